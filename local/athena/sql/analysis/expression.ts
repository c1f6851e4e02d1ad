import { literal } from '../../../parquet/engine.ts';
import { atTimeZone, CLOCK_UNITS, EXTRACTED, zoneIn } from '../functions/datetime.ts';
import { keyed } from '../functions/map.ts';
import { WHITESPACE } from '../functions/string.ts';
import type { Expression, Query, Window } from '../syntax/ast.ts';
import { failAt, type Place } from '../syntax/token.ts';
import { QueryError } from '../query-error.ts';
import { arithmetic, concatenate } from './arithmetic.ts';
import { CallTranslator } from './call.ts';
import { cast, coerce, tryCast } from './cast.ts';
import { commonOf, commonType } from './coercion.ts';
import { compare, compareList, compareQuery } from './comparison.ts';
import { intervalOf, literalOf, typedLiteral } from './literals.ts';
import { fieldOf, type Scope } from './scope.ts';
import { BIGINT, BOOLEAN, isInteger, namedType, typeText, VARCHAR, type Type } from './type.ts';
import { engineCast, typed, type Typed } from './typed.ts';

/** A query inside an expression, translated: its SQL, whose columns are `c0`, `c1`, …, and their types. */
export interface InnerQuery {
  readonly sql: string;
  readonly types: readonly Type[];
}

export interface ExpressionContext {
  readonly scope: Scope;
  /** Milliseconds since the epoch, simulated. */
  readonly now: number;
  readonly windows: ReadonlyMap<string, Window>;
  /** Whether this is over the groups of a GROUP BY, outside of aggregates: the engine cannot follow a TRY there. */
  readonly grouped: boolean;
  /** Translates a query that sees `scope` around it. */
  readonly query: (query: Query, scope: Scope) => InnerQuery;
}

/** Puts expressions into the engine's SQL, by the types that Trino gives them. */
export class ExpressionTranslator {
  readonly scope: Scope;

  constructor(readonly context: ExpressionContext) {
    this.scope = context.scope;
  }

  /** The same translator within a lambda. */
  within(scope: Scope): ExpressionTranslator {
    return new ExpressionTranslator({ ...this.context, scope });
  }

  /** @throws QueryError with Trino's name for what is wrong and its place */
  translate(expression: Expression): Typed {
    try {
      return this.node(expression);
    } catch (error) {
      throw error instanceof QueryError ? placed(error, expression) : error;
    }
  }

  /** @throws QueryError TYPE_MISMATCH */
  as(expression: Expression, type: Type): string {
    const value = this.translate(expression);
    const common = commonType(value.type, type);
    if (common === undefined)
      throw failAt(expression, 'TYPE_MISMATCH', `must evaluate to a ${typeText(type)} (actual: ${typeText(value.type)})`);
    return coerce(value, type);
  }

  private node(node: Expression): Typed {
    switch (node.kind) {
      case 'literal':
        return literalOf(node.type, node.text, node);
      case 'typed_literal':
        return typedLiteral(node.type, node.text, node);
      case 'interval':
        return intervalOf(node, node);
      case 'identifier':
        return this.scope.column(node.name, node);
      case 'field':
        return this.field(node);
      case 'call':
        return new CallTranslator(this).translate(node, node);
      case 'lambda':
        throw failAt(node, 'TYPE_MISMATCH', 'a lambda expression is not lawful here');
      case 'cast':
        return this.cast(node);
      case 'negate':
        return this.negate(this.translate(node.value), node);
      case 'not':
        return typed(`(not ${this.as(node.value, BOOLEAN)})`, BOOLEAN);
      case 'binary':
        return this.binary(node);
      case 'between': {
        const value = this.translate(node.value);
        const [low, high] = [
          compare('>=', value, this.translate(node.low), node),
          compare('<=', value, this.translate(node.high), node),
        ];
        return typed(`(${low.sql} and ${high.sql})`, BOOLEAN);
      }
      case 'in_list':
        return compareList(
          this.translate(node.value),
          node.items.map((item) => this.translate(item)),
          node,
        );
      case 'in_query':
        return compareQuery('= any', this.translate(node.value), this.query(node.query), node);
      case 'quantified':
        return compareQuery(
          `${node.operator} ${node.all ? 'all' : 'any'}`,
          this.translate(node.left),
          this.query(node.query),
          node,
        );
      case 'exists':
        return typed(`exists (${this.query(node.query).sql})`, BOOLEAN);
      case 'like': {
        const [value, pattern] = [this.as(node.value, VARCHAR), this.as(node.pattern, VARCHAR)];
        if (node.escape === undefined) return typed(`(${value} like ${pattern})`, BOOLEAN);
        const escape = this.as(node.escape, VARCHAR);
        return typed(`(${value} like hw_like_pattern(${pattern}, ${escape}) escape ${escape})`, BOOLEAN);
      }
      case 'is_null':
        return typed(`(${this.translate(node.value).sql} is null)`, BOOLEAN);
      case 'is_distinct':
        // the engine passes over groups of rows that a bare one holds of
        return typed(
          `(${compare('is distinct from', this.translate(node.left), this.translate(node.right), node).sql} is true)`,
          BOOLEAN,
        );
      case 'case':
        return this.cases(node);
      case 'subscript':
        return this.subscript(node);
      case 'array':
        return this.array(node.items, node);
      case 'row': {
        const items = node.items.map((item) => this.translate(item));
        const fields = items.map(
          ({ sql, type }, place) => `field${place} := ${type.kind === 'unknown' ? engineCast(sql, type) : sql}`,
        );
        return typed(`struct_pack(${fields.join(', ')})`, { kind: 'row', fields: items.map(({ type }) => ({ type })) });
      }
      case 'subquery':
        return this.scalarQuery(node.query, node);
      case 'at_time_zone': {
        const { constant } = this.translate(node.zone);
        if (constant === undefined)
          throw failAt(node, 'NOT_SUPPORTED', 'AT TIME ZONE with a zone that is no literal, in headwaters local');
        return atTimeZone(this.translate(node.value), zoneIn(constant, { place: node }), { place: node });
      }
      case 'extract':
        return this.extract(node);
      case 'trim': {
        const name = { both: 'trim', leading: 'ltrim', trailing: 'rtrim' }[node.side];
        const value = this.translate(node.value);
        if (value.type.kind !== 'varchar' && value.type.kind !== 'unknown')
          throw failAt(node, 'FUNCTION_NOT_FOUND', `Unexpected parameters (${typeText(value.type)}) for function trim`);
        const text = coerce(value, value.type.kind === 'varchar' ? value.type : VARCHAR);
        return typed(
          `${name}(${text}, ${node.characters === undefined ? WHITESPACE : this.as(node.characters, VARCHAR)})`,
          value.type.kind === 'varchar' ? value.type : VARCHAR,
        );
      }
      default:
        return node;
    }
  }

  /** Null where what is tried fails. @throws QueryError NOT_SUPPORTED over groups */
  try(sql: string, place: Place): string {
    if (this.context.grouped)
      throw failAt(
        place,
        'NOT_SUPPORTED',
        'TRY outside of an aggregate in a query with GROUP BY is not on the tested list of headwaters local',
      );
    return `try(${sql})`;
  }

  /** The same translator for the arguments of an aggregate. */
  ungrouped(): ExpressionTranslator {
    return new ExpressionTranslator({ ...this.context, grouped: false });
  }

  query(query: Query): InnerQuery {
    return this.context.query(query, this.scope);
  }

  private field(node: Extract<Expression, { kind: 'field' }>): Typed {
    const parts = pathOf(node);
    const column = parts && this.scope.path(parts, node);
    if (column !== undefined) return column;
    if (parts !== undefined)
      throw failAt(
        node,
        'COLUMN_NOT_FOUND',
        `Column '${parts.join('.')}' cannot be resolved or requester is not authorized to access requested resources`,
      );
    return fieldOf(this.translate(node.base), node.name, node);
  }

  private cast(node: Extract<Expression, { kind: 'cast' }>): Typed {
    const named = namedType(node.type);
    const value = this.translate(node.value);
    // a cast leaves the zone as it is
    const to = named.kind === 'timestamp_tz' && value.type.kind === 'timestamp_tz' ? { ...named, zone: value.type.zone } : named;
    if (!node.safe) return typed(cast(value, to), to);
    const safe = tryCast(value, to);
    if (safe !== undefined) return typed(safe, to);
    return typed(
      onlyTried(value.sql, (tried) => this.try(cast(typed(tried, value.type), to), node)),
      to,
    );
  }

  private negate(value: Typed, place: Place): Typed {
    if (value.type.kind === 'unknown' || (!isNumeric(value.type) && !value.type.kind.startsWith('interval'))) {
      throw failAt(place, 'TYPE_MISMATCH', `Cannot negate ${typeText(value.type)}`);
    }
    return { ...typed(`(-${value.sql})`, value.type), ...(value.constant !== undefined && { constant: `-${value.constant}` }) };
  }

  private binary(node: Extract<Expression, { kind: 'binary' }>): Typed {
    const { operator } = node;
    switch (operator) {
      case 'and':
      case 'or':
        return typed(`(${this.as(node.left, BOOLEAN)} ${operator} ${this.as(node.right, BOOLEAN)})`, BOOLEAN);
      case '||':
        return concatenate(this.translate(node.left), this.translate(node.right), node);
      case '+':
      case '-':
      case '*':
      case '/':
      case '%':
        return arithmetic(operator, this.translate(node.left), this.translate(node.right), node);
      default:
        return compare(operator, this.translate(node.left), this.translate(node.right), node);
    }
  }

  private cases(node: Extract<Expression, { kind: 'case' }>): Typed {
    const operand = node.operand && this.translate(node.operand);
    const whens = node.whens.map(({ condition, result }) => ({
      condition:
        operand === undefined ? this.as(condition, BOOLEAN) : compare('=', operand, this.translate(condition), condition).sql,
      result: this.translate(result),
    }));
    const otherwise = node.otherwise && this.translate(node.otherwise);
    const type = commonOf([...whens.map(({ result }) => result.type), ...(otherwise ? [otherwise.type] : [])]);
    if (type === undefined)
      throw failAt(node, 'TYPE_MISMATCH', 'All CASE results must be the same type or coercible to a common type');
    const branches = whens.map(({ condition, result }) => `when ${condition} then ${cast(result, type)}`).join(' ');
    return typed(`case ${branches} else ${otherwise === undefined ? engineCast('null', type) : cast(otherwise, type)} end`, type);
  }

  private subscript(node: Extract<Expression, { kind: 'subscript' }>): Typed {
    const [base, index] = [this.translate(node.base), this.translate(node.index)];
    switch (base.type.kind) {
      case 'array':
        return typed(`hw_subscript(${base.sql}, ${coerce(index, BIGINT)})`, base.type.element);
      case 'map': {
        const { map, key } = keyed(base, base.type, index);
        return typed(`hw_map_subscript(${map}, ${key})`, base.type.value);
      }
      case 'row': {
        const place = index.constant === undefined || !isInteger(index.type) ? -1 : Number(index.constant) - 1;
        const field = base.type.fields[place];
        if (field === undefined)
          throw failAt(
            node,
            'INVALID_FUNCTION_ARGUMENT',
            `Invalid subscript index: the row has ${base.type.fields.length} fields`,
          );
        return typed(`struct_extract(${base.sql}, ${literal(field.name ?? `field${place}`)})`, field.type);
      }
      default:
        throw failAt(node, 'TYPE_MISMATCH', `Cannot subscript a ${typeText(base.type)}`);
    }
  }

  private array(items: readonly Expression[], place: Place): Typed {
    const values = items.map((item) => this.translate(item));
    const element = commonOf(values.map(({ type }) => type));
    if (element === undefined)
      throw failAt(place, 'TYPE_MISMATCH', 'All ARRAY elements must be the same type or coercible to a common type');
    const type: Type = { kind: 'array', element };
    return typed(engineCast(`[${values.map((value) => cast(value, element)).join(', ')}]`, type), type);
  }

  private scalarQuery(query: Query, place: Place): Typed {
    const { sql, types } = this.query(query);
    const [type, ...more] = types;
    if (type === undefined || more.length > 0)
      throw failAt(
        place,
        'NOT_SUPPORTED',
        'a subquery of several columns as a row is not on the tested list of headwaters local',
      );
    return typed(`(${sql})`, type);
  }

  private extract(node: Extract<Expression, { kind: 'extract' }>): Typed {
    if (!EXTRACTED.has(node.field)) throw failAt(node, 'SYNTAX_ERROR', `Invalid EXTRACT field: ${node.field.toUpperCase()}`);
    const call = {
      kind: 'call',
      name: node.field,
      args: [node.value],
      star: false,
      distinct: false,
      orderBy: [],
      ignoreNulls: false,
    } as const;
    const wrong = (): Error =>
      failAt(
        node.value,
        'TYPE_MISMATCH',
        `Cannot extract ${node.field.toUpperCase()} from ${typeText(this.translate(node.value).type)}`,
      );
    // the function of this name takes a day for its first moment
    if (CLOCK_UNITS.some((unit) => unit === node.field) && this.translate(node.value).type.kind === 'date') throw wrong();
    try {
      return new CallTranslator(this).translate(call, node);
    } catch (error) {
      throw error instanceof QueryError && error.message.startsWith('FUNCTION_NOT_FOUND') ? wrong() : error;
    }
  }
}

/** What is tried of a value, which itself may fail. */
const onlyTried = (sql: string, attempt: (tried: string) => string): string =>
  `list_transform([${sql}], lambda hw_tried: ${attempt('hw_tried')})[1]`;

const isNumeric = (type: Type): boolean => commonType(type, { kind: 'double' })?.kind === 'double';

/** The names of `a.b.c`; undefined where it begins with anything but a name. */
export function pathOf(node: Expression): readonly string[] | undefined {
  if (node.kind === 'identifier') return [node.name];
  const base = node.kind === 'field' ? pathOf(node.base) : undefined;
  return base && node.kind === 'field' ? [...base, node.name] : undefined;
}

/** Trino says where; what was found wrong deeper inside has said it already. */
export function placed(error: QueryError, { line, column }: Place): QueryError {
  const [, code, words] = /^([A-Z_]+): (?!line \d)([\s\S]*)$/.exec(error.message) ?? [];
  return code === undefined ? error : new QueryError(`${code}: line ${line}:${column}: ${words}`, error.category);
}
