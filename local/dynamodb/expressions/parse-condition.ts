import {
  checkBounds,
  checkCall,
  checkDistinct,
  checkOrdered,
  isFunction,
  operandProblems,
  strangeFunction,
  type OperandProblems,
} from './check-condition.ts';
import { COMPARATORS, isOperand, type Call, type Comparator, type Condition, type Operand } from './condition.ts';
import { parsePath } from './parse-path.ts';
import type { Placeholders } from './placeholders.ts';
import { Problem, Problems } from './problem.ts';
import { Tokens } from './tokens.ts';

const KEYWORDS = ['AND', 'OR', 'NOT', 'BETWEEN', 'IN'];
/** Operators and functions of one expression, and operands of IN. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters */
const MOST_OPERATORS = 300;
const MOST_IN = 100;

const ORDERS = ['<', '<=', '>', '>='];

/** What has been read: a condition or an operand, for a parenthesis may begin with either. */
type Node = Condition | Operand;

/**
 * Reads a condition, a filter, or a condition on keys.
 *
 * @param kind Which of them, as it is told: `filter`
 * @throws Problem
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
 */
export function parseCondition(source: string, placeholders: Placeholders, kind = 'condition'): Condition {
  return new ConditionParser(new Tokens(source), placeholders, kind).parse();
}

class ConditionParser {
  private readonly problems = new Problems(['parentheses', 'function', 'misused', 'reserved', 'condition']);
  /** Of the comparison or the call that is being read. */
  private current = operandProblems();
  /** Operators and functions so far. */
  private operators = 0;
  /** The node that a parenthesis has just closed. */
  private enclosed: Node | undefined;

  constructor(
    private readonly tokens: Tokens,
    private readonly placeholders: Placeholders,
    private readonly kind: string,
  ) {}

  parse(): Condition {
    const condition = this.condition(this.or());
    if (this.tokens.peek().kind !== 'end') throw this.tokens.unexpected();
    if (this.operators > MOST_OPERATORS)
      throw new Problem(`The expression contains too many operators; operator count: ${this.operators}`);
    this.problems.check();
    return condition;
  }

  private or(): Node {
    const left = this.and();
    if (!this.tokens.takesWord('OR')) return left;
    this.operators += 1;
    return { kind: 'or', left: this.condition(left), right: this.condition(this.or()) };
  }

  private and(): Node {
    const left = this.not();
    if (!this.tokens.takesWord('AND')) return left;
    this.operators += 1;
    return { kind: 'and', left: this.condition(left), right: this.condition(this.and()) };
  }

  private not(): Node {
    if (!this.tokens.takesWord('NOT')) return this.comparison();
    this.operators += 1;
    return { kind: 'not', of: this.condition(this.not()) };
  }

  private comparison(): Node {
    const left = this.primary();
    if (!isOperand(left)) return left;
    const operator = COMPARATORS.find((each) => this.tokens.isMark(each));
    if (operator !== undefined) return this.compared(operator, left);
    if (this.tokens.takesWord('BETWEEN')) return this.between(left);
    if (this.tokens.takesWord('IN')) return this.among(left);
    if (left.kind === 'call') this.settle();
    return left;
  }

  private compared(operator: Comparator, left: Operand): Condition {
    this.tokens.next();
    this.operators += 1;
    const right = this.operand();
    this.checkUse([left, right]);
    checkDistinct(operator, [left, right], this.current);
    if (ORDERS.includes(operator)) checkOrdered(operator, [left, right], this.current);
    this.settle();
    return { kind: 'compare', operator, left, right };
  }

  private between(operand: Operand): Condition {
    this.operators += 1;
    const low = this.operand();
    if (!this.tokens.takesWord('AND')) throw this.tokens.unexpected();
    const high = this.operand();
    this.checkUse([operand, low, high]);
    checkOrdered('BETWEEN', [operand, low, high], this.current);
    checkBounds(low, high, this.current);
    this.settle();
    return { kind: 'between', operand, low, high };
  }

  private among(operand: Operand): Condition {
    this.operators += 1;
    this.tokens.expect('(');
    const list = this.operands();
    if (list.length > MOST_IN)
      this.current.note('operands', `The IN operator is provided with too many operands; number of operands: ${list.length}`);
    this.checkUse([operand, ...list]);
    this.settle();
    return { kind: 'in', operand, list };
  }

  /** Operands up to the parenthesis that ends them. */
  private operands(): readonly Operand[] {
    const list = [this.operand()];
    while (this.tokens.takes(',')) list.push(this.operand());
    this.tokens.expect(')');
    return list;
  }

  private operand(): Operand {
    const node = this.primary();
    if (isOperand(node)) return node;
    throw this.tokens.unexpected();
  }

  private primary(): Node {
    if (this.tokens.takes('(')) {
      const inner = this.or();
      if (this.enclosed === inner) this.problems.note('parentheses', 'The expression has redundant parentheses;');
      this.tokens.expect(')');
      this.enclosed = inner;
      return inner;
    }
    const { kind, text } = this.tokens.peek();
    if (kind === 'value') return this.value(text);
    if (kind === 'name' && KEYWORDS.includes(text.toUpperCase())) throw this.tokens.unexpected();
    if (kind === 'name' && this.tokens.isMark('(', 1)) return this.call(text);
    const path = parsePath(this.tokens, this.placeholders, {
      reserved: (message) => {
        this.problems.note('reserved', message);
      },
      undefined: (message) => {
        this.current.note('undefined', message);
      },
    });
    return { kind: 'path', path };
  }

  private value(placeholder: string): Operand {
    this.tokens.next();
    const value = this.placeholders.value(placeholder);
    if (value === undefined)
      this.current.note(
        'undefined',
        `An expression attribute value used in expression is not defined; attribute value: ${placeholder}`,
      );
    return { kind: 'value', value: value ?? { NULL: true } };
  }

  private call(name: string): Call {
    this.tokens.next();
    this.tokens.expect('(');
    const args = this.operands();
    this.operators += 1;
    this.checkUse(args);
    if (isFunction(name)) checkCall(name, args, this.current);
    else this.problems.note('function', strangeFunction(name, this.kind));
    return { kind: 'call', name, args };
  }

  /** Functions that say yes or no are no operands. */
  private checkUse(operands: readonly Operand[]): void {
    for (const operand of operands) if (operand.kind === 'call' && operand.name !== 'size') this.misused(operand.name);
  }

  private misused(name: string): void {
    this.problems.note('misused', `The function is not allowed to be used this way in an expression; function: ${name}`);
  }

  /** A size is no condition, and neither is a path. */
  private condition(node: Node): Condition {
    if (node.kind === 'path' || node.kind === 'value') throw this.tokens.unexpected();
    if (node.kind === 'call' && node.name === 'size') this.misused(node.name);
    return node;
  }

  private settle(): void {
    const problems: OperandProblems = this.current;
    this.current = operandProblems();
    if (problems.told !== undefined) this.problems.note('condition', problems.told);
  }
}
