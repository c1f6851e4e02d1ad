import { PathError, PathFault } from './path-error.ts';

/** Whether a filter of a path takes a value. */
export type Filter = (value: unknown) => boolean;

/** What a filter needs to know of a path in it. */
export interface PathWithin {
  readonly definite: boolean;
  readonly steps: readonly (string | number)[] | undefined;
  readonly read: (value: unknown) => unknown;
}

type PathOf = (text: string) => PathWithin;
type Lacks = (what: string) => void;

/** In the order in which they are sought; `=~` is not simulated. */
const OPERATORS = ['==', '>=', '<=', '!=', '<', '>', '=~'] as const;
type Operator = (typeof OPERATORS)[number];

const QUOTED = /^'((?:[^']|(?<=\\)')*)(?<!\\)'$/;
const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const TRUTH_OR_NULL = /^(?:true|false|null)$/;

/**
 * Reads the condition of a filter: comparisons of members with literals, and whether there is one, joined by `&&` and `||`.
 *
 * @param lacks Told what AWS does not document, which is not simulated
 * @throws PathFault
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html
 */
export function parseFilter(text: string, pathOf: PathOf, lacks: Lacks): Filter {
  if (!isBalanced(text)) throw new PathFault(`closes each parenthesis in a filter, got '${text}'`);
  const any = fromLast(text, '||').map((part) =>
    fromLast(part, '&&').map((condition) => conditionOf(condition.trim(), pathOf, lacks)),
  );
  return (value) => any.some((all) => all.every((accepts) => accepts(value)));
}

/** What is asked last is judged first, which shows where one of two fails. */
const fromLast = (text: string, sign: string): readonly string[] => text.split(sign).reverse();

function isBalanced(text: string): boolean {
  const tokens = Array.from(text.matchAll(/'(?:[^']|(?<=\\)')*(?<!\\)'|[()]/g), ([token]) => token);
  return tokens.filter((token) => token === '(').length === tokens.filter((token) => token === ')').length;
}

function conditionOf(written: string, pathOf: PathOf, lacks: Lacks): Filter {
  const text = unwrapped(written);
  const { left, operator, right } = partsOf(text);
  const [path, second] = [pathIn(left.replace(/^!@/, '@'), pathOf), pathIn(right, pathOf)];
  if (operator === undefined && path === undefined) throw new PathFault(`asks of @ in a filter, got '${written}'`);
  const isMember = /^@./s.test(left) && path?.steps?.every((step) => typeof step === 'string') === true;
  if (text !== written || !isMember || second !== undefined || operator === '=~') {
    lacks(`what a filter of a path asks, but for @.name compared with a literal: '${written}'`);
    return () => false;
  }
  if (operator === undefined) return (value) => (at(path, value) ?? null) !== null;
  const literal = literalOf(right);
  if (literal === undefined) lacks(`a literal in a filter of a path: '${right}'`);
  else if (isOfOrder(operator) && !NUMBER.test(literal))
    lacks(`the order of what is no number in a filter of a path: '${written}'`);
  return comparison(path, operator, literal ?? '');
}

function partsOf(text: string) {
  const operator = OPERATORS.find((each) => text.includes(each));
  const [end, length] = operator === undefined ? [text.length, 0] : [text.indexOf(operator), operator.length];
  return { left: text.slice(0, end).trim(), operator, right: text.slice(end + length).trim() };
}

const isOfOrder = (operator: Operator): boolean => operator !== '==' && operator !== '!=';

/** A condition without the parentheses around it, which have no meaning. */
function unwrapped(text: string): string {
  let inner = text;
  while (inner.startsWith('(')) inner = inner.slice(1).trimStart();
  while (inner.endsWith(')')) inner = inner.slice(0, -1).trimEnd();
  return inner;
}

function pathIn(text: string, pathOf: PathOf): PathWithin | undefined {
  if (!/^!?[@$]/.test(text)) return undefined;
  const path = pathOf(text.replace(/^@/, '$'));
  if (!path.definite) throw new PathFault(`has paths in filters that find one value at most, got '${text}'`);
  return path;
}

function literalOf(written: string): string | undefined {
  const [, quoted] = QUOTED.exec(written) ?? [];
  if (quoted !== undefined) return quoted.replaceAll("\\'", "'");
  return NUMBER.test(written) || TRUTH_OR_NULL.test(written) ? written : undefined;
}

/** Undefined where there is none. */
function at(path: PathWithin, value: unknown): unknown {
  try {
    return path.read(value);
  } catch (error) {
    if (error instanceof PathError && error.isAbsence) return undefined;
    throw error;
  }
}

function comparison(path: PathWithin, operator: Exclude<Operator, '=~'>, literal: string): Filter {
  return (value) => {
    const found = at(path, value);
    if (found === undefined || (found === null && isOfOrder(operator))) return false;
    const order = orderOf(found, literal);
    return order !== undefined && holds(operator, order);
  };
}

/**
 * Whether a value is less than a literal, or more, or neither; undefined for what is not compared. What a literal is hangs on the
 * value: a number for a number, and a text for a text, with quotes or without.
 *
 * @throws PathError where a number is compared with what is none
 */
function orderOf(value: unknown, literal: string): number | undefined {
  const [isNull, isOfNull] = [value === null || value === 'null', literal === 'null'];
  if (isNull || isOfNull) return Number(isOfNull) - Number(isNull);
  switch (typeof value) {
    case 'string':
      return value < literal ? -1 : Number(value > literal);
    case 'number':
      if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(literal))
        throw new PathError(`A filter compares the number ${value} with '${literal}', which is none`);
      return value - Number(literal);
    case 'boolean':
      return Number(value) - Number(literal.toLowerCase() === 'true');
    default:
      return undefined;
  }
}

function holds(operator: Exclude<Operator, '=~'>, order: number): boolean {
  switch (operator) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}
