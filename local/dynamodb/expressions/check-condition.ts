import { compare } from '../values/compare.ts';
import { TYPES, typeOf, type AttributeType, type AttributeValue } from '../values/attribute-value.ts';
import type { Operand } from './condition.ts';
import { pathText, type Path } from './path.ts';
import { Problems } from './problem.ts';

/** What may be wrong with one comparison or call, in the order in which it is told. */
export type OperandProblems = Problems<'undefined' | 'operands' | 'distinct' | 'types'>;
export const operandProblems = (): OperandProblems => new Problems(['undefined', 'operands', 'distinct', 'types']);

const OPERANDS: Readonly<Record<string, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
  size: 1,
};

/** Functions that updates alone have. */
const OF_UPDATES = ['if_not_exists', 'list_append'];

/** What is wrong with a function that conditions do not have. @param kind Of the expression: `filter` */
export const strangeFunction = (name: string, kind: string): string =>
  OF_UPDATES.includes(name)
    ? `The function is not allowed in a ${kind} expression; function: ${name}`
    : `Invalid function name; function: ${name}`;

export const isFunction = (name: string): boolean => Object.hasOwn(OPERANDS, name);

const typeGiven = (operand: Operand | undefined): AttributeType | undefined => {
  if (operand?.kind === 'value') return typeOf(operand.value);
  return operand?.kind === 'call' && operand.name === 'size' ? 'N' : undefined;
};

/** Notes what is wrong with the operands of a function that there is. */
export function checkCall(name: string, args: readonly Operand[], problems: OperandProblems): void {
  if (OPERANDS[name] !== args.length) {
    problems.note(
      'operands',
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${args.length}`,
    );
    return;
  }
  checkDistinct(name, args, problems);
  const wrong = wrongOperand(name, args);
  if (wrong !== undefined) problems.note('types', wrong);
}

function wrongOperand(name: string, [first, second]: readonly Operand[]): string | undefined {
  const badType = (type: string): string =>
    `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`;
  const [one, other] = [typeGiven(first), typeGiven(second)];
  switch (name) {
    case 'attribute_exists':
    case 'attribute_not_exists':
      return first?.kind === 'path' ? undefined : `Operator or function requires a document path; operator or function: ${name}`;
    case 'begins_with': {
      const bad = [one, other].find((type) => type !== undefined && type !== 'S' && type !== 'B');
      return bad === undefined ? undefined : badType(bad);
    }
    case 'attribute_type':
      if (other !== 'S' || second?.kind !== 'value' || !('S' in second.value))
        return badType(other ?? '{NS,SS,L,BS,N,M,B,BOOL,NULL,S}');
      return (TYPES as readonly string[]).includes(second.value.S)
        ? undefined
        : `Invalid attribute type name found; type: ${second.value.S}, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}`;
    case 'size':
      return one === 'N' || one === 'BOOL' || one === 'NULL' ? badType(one) : undefined;
    default:
      return undefined;
  }
}

/** A comparison of a path with itself. */
export function checkDistinct(operator: string, [first, second]: readonly Operand[], problems: OperandProblems): void {
  if (first?.kind !== 'path' || second?.kind !== 'path' || !isSame(first.path, second.path)) return;
  problems.note(
    'distinct',
    `The first operand must be distinct from the remaining operands for this operator or function; operator: ${operator}, first operand: ${pathText(first.path)}`,
  );
}

const isSame = (one: Path, other: Path): boolean =>
  one.length === other.length && one.every((part, index) => part === other[index]);

/** As Java prints a value. */
const javaText = (value: AttributeValue): string => `AttributeValue: {${typeOf(value)}:${String(Object.values(value)[0])}}`;

export function checkBounds(low: Operand, high: Operand, problems: OperandProblems): void {
  if (low.kind !== 'value' || high.kind !== 'value') return;
  const bounds = `lower bound operand: ${javaText(low.value)}, upper bound operand: ${javaText(high.value)}`;
  if (typeOf(low.value) !== typeOf(high.value))
    problems.note('types', `The BETWEEN operator requires same data type for lower and upper bounds; ${bounds}`);
  else if ((compare(low.value, high.value) ?? 0) > 0)
    problems.note('types', `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${bounds}`);
}

/** Types that have an order, which `<` and `BETWEEN` go by. */
export function checkOrdered(operator: string, operands: readonly Operand[], problems: OperandProblems): void {
  const bad = operands.map(typeGiven).find((type) => type !== undefined && type !== 'S' && type !== 'N' && type !== 'B');
  if (bad !== undefined)
    problems.note(
      'types',
      `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${bad}`,
    );
}
