import { QueryError } from '../query-error.ts';
import type { Comparison, Expression, Query, SortItem, TypeName } from './ast.ts';
import { readCall, readSpecialCall } from './call.ts';
import { Cursor } from './cursor.ts';
import { failAt, type Place } from './token.ts';
import { readTypeName } from './type-name.ts';

/** What the reader of expressions needs of the reader of queries, which needs it in turn. */
export type QueryReader = (cursor: Cursor) => Query;

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '=': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

/** Types that may stand before a string and make a literal of it. */
const LITERAL_TYPES = new Set(
  'boolean tinyint smallint int integer bigint real double decimal varchar char date time timestamp json uuid ipaddress'.split(
    ' ',
  ),
);

/** Reads expressions by Trino's grammar and precedence: OR, AND, NOT, predicate, ||, + and -, * and / and %, sign, AT TIME ZONE. */
export class ExpressionReader {
  constructor(
    readonly cursor: Cursor,
    readonly readQuery: QueryReader,
  ) {}

  /** @throws QueryError SYNTAX_ERROR; NOT_SUPPORTED for syntax that is known and not run here */
  readonly read = (): Expression => {
    const { cursor } = this;
    let left = this.conjunction();
    while (cursor.sees('or')) {
      const { place } = cursor;
      cursor.next();
      left = { kind: 'binary', operator: 'or', left, right: this.conjunction(), ...place };
    }
    return left;
  };

  readonly sortItem = (): SortItem => {
    const { cursor } = this;
    const value = this.read();
    const descending = cursor.takeOne('asc', 'desc') === 'desc';
    if (!cursor.take('nulls')) return { value, descending, nullsFirst: false };
    const order = cursor.takeOne('first', 'last');
    if (order === undefined) throw cursor.mismatch();
    return { value, descending, nullsFirst: order === 'first' };
  };

  private conjunction(): Expression {
    const { cursor } = this;
    let left = this.negation();
    while (cursor.sees('and')) {
      const { place } = cursor;
      cursor.next();
      left = { kind: 'binary', operator: 'and', left, right: this.negation(), ...place };
    }
    return left;
  }

  private negation(): Expression {
    const { place } = this.cursor;
    return this.cursor.take('not') ? { kind: 'not', value: this.negation(), ...place } : this.predicate();
  }

  private predicate(): Expression {
    const { cursor } = this;
    const value = this.concatenation();
    const { place } = cursor;
    const operator = cursor.token.kind === 'symbol' ? COMPARISONS[cursor.token.text] : undefined;
    if (operator !== undefined) {
      cursor.next();
      return this.comparison(operator, value, place);
    }
    if (cursor.take('is')) {
      const negated = cursor.take('not');
      return negate(negated, this.isPredicate(value, place), place);
    }
    const negated = cursor.take('not');
    const found = this.inPredicate(value, place);
    if (found !== undefined) return negate(negated, found, place);
    if (negated) throw cursor.mismatch();
    return value;
  }

  private comparison(operator: Comparison, left: Expression, place: Place): Expression {
    const { cursor } = this;
    const quantifier = cursor.takeOne('all', 'any', 'some');
    if (quantifier === undefined) return { kind: 'binary', operator, left, right: this.concatenation(), ...place };
    return { kind: 'quantified', operator, all: quantifier === 'all', left, query: this.nestedQuery(), ...place };
  }

  private isPredicate(value: Expression, place: Place): Expression {
    const { cursor } = this;
    if (cursor.take('null')) return { kind: 'is_null', value, ...place };
    cursor.expect('distinct', 'from');
    return { kind: 'is_distinct', left: value, right: this.concatenation(), ...place };
  }

  private inPredicate(value: Expression, place: Place): Expression | undefined {
    const { cursor } = this;
    if (cursor.take('between')) {
      const low = this.concatenation();
      cursor.expect('and');
      return { kind: 'between', value, low, high: this.concatenation(), ...place };
    }
    if (cursor.take('like')) {
      const pattern = this.concatenation();
      return { kind: 'like', value, pattern, ...(cursor.take('escape') && { escape: this.concatenation() }), ...place };
    }
    if (!cursor.take('in')) return undefined;
    if (this.seesQuery()) return { kind: 'in_query', value, query: this.nestedQuery(), ...place };
    return { kind: 'in_list', value, items: cursor.group(this.read), ...place };
  }

  /** An operand of a predicate. */
  readonly operand = (): Expression => this.concatenation();

  private concatenation(): Expression {
    return this.chain(['||'], () => this.chain(['+', '-'], () => this.chain(['*', '/', '%'], () => this.signed())));
  }

  private chain(operators: readonly ('||' | '+' | '-' | '*' | '/' | '%')[], operand: () => Expression): Expression {
    const { cursor } = this;
    let left = operand();
    for (;;) {
      const { place } = cursor;
      const operator = operators.find((symbol) => cursor.takeSymbol(symbol));
      if (operator === undefined) return left;
      left = { kind: 'binary', operator, left, right: operand(), ...place };
    }
  }

  private signed(): Expression {
    const { cursor } = this;
    const { place } = cursor;
    if (cursor.takeSymbol('-')) {
      const { kind, value } = cursor.token;
      // the sign is the literal's own: the least number of a type has no positive counterpart
      if (kind === 'integer') {
        cursor.next();
        return { kind: 'literal', type: 'integer', text: `-${value}`, ...place };
      }
      return { kind: 'negate', value: this.signed(), ...place };
    }
    if (cursor.takeSymbol('+')) return this.signed();
    return this.zoned();
  }

  private zoned(): Expression {
    const { cursor } = this;
    let value = this.postfixed();
    while (cursor.sees('at')) {
      const { place } = cursor;
      cursor.next();
      cursor.expect('time', 'zone');
      value = { kind: 'at_time_zone', value, zone: this.postfixed(), ...place };
    }
    return value;
  }

  private postfixed(): Expression {
    const { cursor } = this;
    let base = this.primary();
    for (;;) {
      const { place } = cursor;
      if (cursor.takeSymbol('[')) {
        base = { kind: 'subscript', base, index: this.read(), ...place };
        cursor.expectSymbol(']');
      } else if (cursor.seesSymbol('.') && cursor.seesName(1)) {
        cursor.next();
        base = { kind: 'field', base, name: cursor.name(), line: base.line, column: base.column };
      } else return base;
    }
  }

  private primary(): Expression {
    const { cursor } = this;
    const { token, place } = cursor;
    switch (token.kind) {
      case 'string':
      case 'binary':
      case 'integer':
      case 'decimal':
      case 'double':
        cursor.next();
        return { kind: 'literal', type: token.kind, text: token.value, ...place };
      case 'symbol':
        if (token.text === '(') return this.parenthesized(place);
        if (token.text === '?') return this.parameter(place);
        throw cursor.mismatch('<expression>');
      default:
        return this.word(place);
    }
  }

  /** A parameter's value is an expression of its own, of literals. */
  private parameter(place: Place): Expression {
    this.cursor.next();
    const inner = new Cursor(this.cursor.nextParameter(place));
    const value = new ExpressionReader(inner, this.readQuery).read();
    inner.end();
    return { ...value, ...place };
  }

  private parenthesized(place: Place): Expression {
    const { cursor } = this;
    if (this.seesQuery()) return { kind: 'subquery', query: this.nestedQuery(), ...place };
    const parameters = this.lambdaParameters();
    if (parameters !== undefined) return { kind: 'lambda', parameters, body: this.read(), ...place };
    const items = cursor.group(this.read);
    const [only] = items;
    return items.length === 1 && only !== undefined ? only : { kind: 'row', items, ...place };
  }

  private lambdaParameters(): readonly string[] | undefined {
    const { cursor } = this;
    return cursor.attempt(() => {
      cursor.expectSymbol('(');
      const names = cursor.seesSymbol(')') ? [] : cursor.list(() => cursor.name());
      cursor.expectSymbol(')');
      cursor.expectSymbol('->');
      return names;
    });
  }

  private word(place: Place): Expression {
    const { cursor } = this;
    const special = readSpecialCall(this, place) ?? this.wordLiteral(place);
    if (special !== undefined) return special;
    const second = cursor.ahead(1);
    if (second.kind === 'symbol' && second.text === '->' && cursor.seesName()) {
      const parameter = cursor.name();
      cursor.next();
      return { kind: 'lambda', parameters: [parameter], body: this.read(), ...place };
    }
    if (!cursor.seesName()) throw cursor.mismatch('<expression>');
    if (second.kind === 'symbol' && second.text === '(' && cursor.token.kind === 'word')
      return readCall(this, cursor.name(), place);
    return { kind: 'identifier', name: cursor.name(), ...place };
  }

  private wordLiteral(place: Place): Expression | undefined {
    const { cursor } = this;
    if (cursor.take('null')) return { kind: 'literal', type: 'null', text: 'null', ...place };
    const truth = cursor.takeOne('true', 'false');
    if (truth !== undefined) return { kind: 'literal', type: 'boolean', text: truth, ...place };
    if (cursor.sees('interval') && ['string', 'symbol'].includes(cursor.ahead(1).kind)) return this.interval(place);
    if (cursor.sees('case')) return this.caseExpression(place);
    const type = this.literalType();
    return type === undefined ? undefined : { kind: 'typed_literal', type, text: cursor.string(), ...place };
  }

  /** A type right before a string makes a literal of it. */
  private literalType(): TypeName | undefined {
    const { cursor } = this;
    if (cursor.token.kind !== 'word' || !LITERAL_TYPES.has(cursor.token.value)) return undefined;
    return cursor.attempt(() => {
      const type = readTypeName(cursor);
      if (cursor.token.kind !== 'string') throw cursor.mismatch('<string>');
      return type;
    });
  }

  private interval(place: Place): Expression {
    const { cursor } = this;
    cursor.next();
    const negative = cursor.takeSymbol('-');
    if (!negative) cursor.takeSymbol('+');
    const text = cursor.string();
    const units = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second'] as const;
    const from = cursor.takeOne(...units);
    if (from === undefined) throw cursor.mismatch();
    if (!cursor.take('to')) return { kind: 'interval', text, negative, from, ...place };
    const to = cursor.takeOne(...units);
    if (to === undefined) throw cursor.mismatch();
    return { kind: 'interval', text, negative, from, to, ...place };
  }

  private caseExpression(place: Place): Expression {
    const { cursor } = this;
    cursor.next();
    const operand = cursor.sees('when') ? undefined : this.read();
    const whens = [];
    while (cursor.take('when')) {
      const condition = this.read();
      cursor.expect('then');
      whens.push({ condition, result: this.read() });
    }
    if (whens.length === 0) throw cursor.mismatch();
    const otherwise = cursor.take('else') ? this.read() : undefined;
    cursor.expect('end');
    return { kind: 'case', whens, ...(operand && { operand }), ...(otherwise && { otherwise }), ...place };
  }

  /** Whether a query in parentheses begins here; `(` is the first token of it. */
  seesQuery(): boolean {
    const { cursor } = this;
    let ahead = 0;
    while (cursor.ahead(ahead).kind === 'symbol' && cursor.ahead(ahead).text === '(') ahead += 1;
    if (ahead === 0) return false;
    const { kind, value } = cursor.ahead(ahead);
    return kind === 'word' && ['select', 'with', 'values', 'table'].includes(value) && this.isWholeQuery(ahead);
  }

  /** `((select 1) + 1)` begins as a query does and is none. */
  private isWholeQuery(parentheses: number): boolean {
    if (parentheses < 2) return true;
    let whole = false;
    this.cursor.attempt(() => {
      this.nestedQuery();
      whole = true;
      throw new QueryError('what was read is read again');
    });
    return whole;
  }

  nestedQuery(): Query {
    this.cursor.expectSymbol('(');
    const query = this.readQuery(this.cursor);
    this.cursor.expectSymbol(')');
    return query;
  }

  /** @throws QueryError for syntax of Trino that is read only to be refused by name */
  refuse(what: string, place: Place): never {
    throw failAt(place, 'NOT_SUPPORTED', `${what} is not on the tested list of headwaters local`);
  }
}

const negate = (negated: boolean, value: Expression, place: Place): Expression =>
  negated ? { kind: 'not', value, ...place } : value;
