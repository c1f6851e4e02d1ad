import { typeOf, type AttributeType, type AttributeValue } from '../values/attribute-value.ts';
import { isFunction } from './check-condition.ts';
import { parsePath } from './parse-path.ts';
import { clash, clashText, type Path } from './path.ts';
import type { Placeholders } from './placeholders.ts';
import { Problems } from './problem.ts';
import { Tokens } from './tokens.ts';
import type { Action, UpdateOperand } from './update.ts';

const SECTIONS = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;
type Section = (typeof SECTIONS)[number];

/** As DynamoDB calls types where a section does not take them. */
const TYPE_NAMES: Readonly<Partial<Record<AttributeType, string>>> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  NULL: 'NULL',
  BOOL: 'BOOLEAN',
  L: 'LIST',
  M: 'MAP',
};

/**
 * Reads an update.
 *
 * @throws Problem
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
 */
export function parseUpdate(source: string, placeholders: Placeholders): readonly Action[] {
  return new UpdateParser(new Tokens(source), placeholders).parse();
}

class UpdateParser {
  private readonly problems = new Problems([
    'reserved',
    'function',
    'section',
    'name',
    'value',
    'overlap',
    'conflict',
    'operand',
    'types',
  ]);
  private readonly actions: Action[] = [];

  constructor(
    private readonly tokens: Tokens,
    private readonly placeholders: Placeholders,
  ) {}

  parse(): readonly Action[] {
    const had = new Set<Section>();
    do {
      const section = SECTIONS.find((each) => this.tokens.takesWord(each));
      if (section === undefined) throw this.tokens.unexpected();
      if (had.has(section))
        this.problems.note('section', `The "${section}" section can only be used once in an update expression;`);
      had.add(section);
      do this.take(this.action(section));
      while (this.tokens.takes(','));
    } while (this.tokens.peek().kind !== 'end');
    this.problems.check();
    return this.actions;
  }

  private take(action: Action): void {
    for (const { path } of this.actions) {
      const kind = clash(path, action.path);
      if (kind !== undefined) this.problems.note(kind, clashText(kind, path, action.path));
    }
    this.actions.push(action);
  }

  private action(section: Section): Action {
    const path = this.path();
    if (section === 'REMOVE') return { kind: 'remove', path };
    if (section === 'SET') {
      this.tokens.expect('=');
      return { kind: 'set', path, operand: this.sum() };
    }
    if (this.tokens.peek().kind !== 'value') throw this.tokens.unexpected();
    const value = this.value();
    const name = value === undefined ? undefined : TYPE_NAMES[typeOf(value)];
    if (name !== undefined && !(section === 'ADD' && name === 'NUMBER'))
      this.problems.note(
        'operand',
        `Incorrect operand type for operator or function; operator: ${section}, operand type: ${name}`,
      );
    return { kind: section === 'ADD' ? 'add' : 'delete', path, value: value ?? { NULL: true } };
  }

  private sum(): UpdateOperand {
    const left = this.operand();
    const sign = this.tokens.isMark('+') ? 1 : this.tokens.isMark('-') ? -1 : undefined;
    if (sign === undefined) return left;
    const operator = this.tokens.next().text;
    const right = this.operand();
    this.checkTypes(operator, [left, right], 'N');
    return { kind: 'sum', sign, left, right };
  }

  private operand(): UpdateOperand {
    if (this.tokens.takes('(')) {
      const inner = this.sum();
      this.tokens.expect(')');
      return inner;
    }
    const { kind, text } = this.tokens.peek();
    if (kind === 'value') return { kind: 'value', value: this.value() ?? { NULL: true } };
    if (kind === 'name' && this.tokens.isMark('(', 1)) return this.call(text);
    return { kind: 'path', path: this.path() };
  }

  private call(name: string): UpdateOperand {
    this.tokens.next();
    this.tokens.expect('(');
    const args = [this.operand()];
    while (this.tokens.takes(',')) args.push(this.operand());
    this.tokens.expect(')');
    const [left, right] = args;
    const none: UpdateOperand = { kind: 'value', value: { NULL: true } };
    if (name !== 'if_not_exists' && name !== 'list_append')
      this.problems.note(
        'function',
        isFunction(name)
          ? `The function is not allowed in an update expression; function: ${name}`
          : `Invalid function name; function: ${name}`,
      );
    else if (left === undefined || right === undefined || args.length !== 2)
      this.problems.note(
        'types',
        `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${args.length}`,
      );
    else if (name === 'list_append') {
      this.checkTypes(name, args, 'L');
      return { kind: name, left, right };
    } else if (left.kind === 'path') return { kind: name, path: left.path, otherwise: right };
    else this.problems.note('types', `Operator or function requires a document path; operator or function: ${name}`);
    return none;
  }

  private checkTypes(operator: string, operands: readonly UpdateOperand[], wanted: AttributeType): void {
    for (const operand of operands) {
      if (operand.kind !== 'value' || typeOf(operand.value) === wanted) continue;
      this.problems.note(
        'types',
        `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${typeOf(operand.value)}`,
      );
    }
  }

  private path(): Path {
    return parsePath(this.tokens, this.placeholders, {
      reserved: (message) => {
        this.problems.note('reserved', message);
      },
      undefined: (message) => {
        this.problems.note('name', message);
      },
    });
  }

  private value(): AttributeValue | undefined {
    const { text } = this.tokens.next();
    const value = this.placeholders.value(text);
    if (value === undefined)
      this.problems.note('value', `An expression attribute value used in expression is not defined; attribute value: ${text}`);
    return value;
  }
}
