import type { QueryError } from '../query-error.ts';
import type {
  Expression,
  GroupingElement,
  Query,
  QueryBody,
  Relation,
  Select,
  SelectItem,
  SortItem,
  TableVersion,
  WithQuery,
} from '../syntax/ast.ts';
import { failAt, type Place } from '../syntax/token.ts';
import { CallTranslator, direction } from './call.ts';
import { cast } from './cast.ts';
import { commonType } from './coercion.ts';
import { ExpressionTranslator, pathOf } from './expression.ts';
import { RelationTranslator, type Source } from './relation.ts';
import { Scope, type Field } from './scope.ts';
import { BOOLEAN, typeText, type Type } from './type.ts';
import { typed, type Typed } from './typed.ts';

/** A column of a query's result; one without a name is called by its place. */
export interface OutputColumn {
  readonly name?: string;
  /** The name as the query wrote it. */
  readonly label?: string;
  readonly type: Type;
}

/** A query in the engine's SQL; its columns there are `c0`, `c1`, … */
export interface QuerySql {
  readonly sql: string;
  readonly columns: readonly OutputColumn[];
}

/** What a query means by the names of relations. */
export interface QueryContext {
  /** Milliseconds since the epoch, simulated. */
  readonly now: number;
  /** Columns of a table or view, and how the engine knows it. */
  readonly table: (parts: readonly string[], place: Place, version?: AskedVersion) => Source;
  /** A number that no alias has yet. */
  readonly next: () => number;
}

/** What stands after `AS OF`, in the engine's SQL: a constant that nobody has looked at. */
export interface AskedVersion {
  readonly kind: TableVersion['kind'];
  readonly sql: string;
  readonly type: Type;
  readonly place: Place;
}

/** The names of `WITH` that a query may use. */
export type WithNames = ReadonlyMap<string, Source>;

/** Puts queries into the engine's SQL. */
export class QueryTranslator {
  constructor(
    readonly context: QueryContext,
    private readonly outer: Scope | undefined,
    readonly names: WithNames,
  ) {}

  /** @throws QueryError with Trino's name for what is wrong and its place */
  translate(query: Query): QuerySql {
    const { sql: clause, names } = this.withClause(query.with);
    const inner = new QueryTranslator(this.context, this.outer, names);
    const { sql, columns } = inner.ordered(query);
    return { sql: `${clause}${sql}`, columns };
  }

  private withClause(queries: readonly WithQuery[]): { readonly sql: string; readonly names: WithNames } {
    const names = new Map(this.names);
    const parts = queries.map((item, place) => {
      if (queries.slice(0, place).some(({ name }) => name === item.name))
        throw failAt(item, 'DUPLICATE_NAMED_QUERY', `WITH query name '${item.name}' specified more than once`);
      const { sql, columns } = new QueryTranslator(this.context, this.outer, names).translate(item.query);
      if (item.columns !== undefined && item.columns.length !== columns.length)
        throw columnCount(item.name, item.columns.length, columns.length, item);
      const engineName = `w${this.context.next()}`;
      const named = columns.map(({ name, type }, at) => ({ name: item.columns?.[at] ?? name, type }));
      names.set(item.name, {
        sql: engineName,
        qualifier: [item.name],
        columns: named.map(({ name, type }, at) => ({ ...(name !== undefined && { name }), type, engineName: `c${at}` })),
      });
      return `${engineName} as (${sql})`;
    });
    return { sql: parts.length === 0 ? '' : `with ${parts.join(', ')} `, names };
  }

  private ordered(query: Query): QuerySql {
    const { body } = query;
    if (body.kind === 'select') return this.select(body, query);
    const { sql, columns } = this.body(body);
    if (query.orderBy.length === 0) return { sql: `${wrapped(body, sql)}${this.bounds(query)}`, columns };
    const alias = `t${this.context.next()}`;
    const scope = new Scope(
      columns.map(({ name, type }, place) => ({
        ...(name !== undefined && { name }),
        qualifier: [],
        type,
        sql: `${alias}.c${place}`,
      })),
      this.outer,
    );
    const order = this.orderBy(
      query.orderBy,
      columns,
      columns.map((_, place) => `${alias}.c${place}`),
      scope,
    );
    return {
      sql: `select ${columns.map((_, place) => `c${place}`).join(', ')} from (${sql}) as ${alias}${order}${this.bounds(query)}`,
      columns,
    };
  }

  private body(body: QueryBody): QuerySql {
    switch (body.kind) {
      case 'select':
        return this.select(body);
      case 'nested':
        return this.translate(body.query);
      case 'set':
        return this.sets(body);
      case 'values':
        return this.values(body.rows);
      case 'table': {
        const all: SelectItem = { kind: 'all', line: body.line, column: body.column };
        const from: Relation = { kind: 'table', name: body.name, line: body.line, column: body.column };
        return this.select({
          kind: 'select',
          distinct: false,
          items: [all],
          from: [from],
          groupBy: [],
          grouped: false,
          windows: new Map(),
        });
      }
      default:
        return body;
    }
  }

  private sets(body: Extract<QueryBody, { kind: 'set' }>): QuerySql {
    const [left, right] = [this.body(body.left), this.body(body.right)];
    if (left.columns.length !== right.columns.length) {
      throw failAt(
        body,
        'TYPE_MISMATCH',
        `${body.operator.toUpperCase()} query has different number of fields: ${left.columns.length}, ${right.columns.length}`,
      );
    }
    const columns = left.columns.map((column, place) => {
      const other = right.columns[place] ?? column;
      const type = commonType(column.type, other.type);
      if (type === undefined)
        throw failAt(
          body,
          'TYPE_MISMATCH',
          `column ${place + 1} in ${body.operator.toUpperCase()} query has incompatible types: ${typeText(column.type)}, ${typeText(other.type)}`,
        );
      return { ...column, type };
    });
    const sides = [left, right].map((side) => `(${recast(side, columns)})`);
    return { sql: sides.join(` ${body.operator}${body.all ? ' all' : ''} `), columns };
  }

  private values(rows: readonly Expression[]): QuerySql {
    const expressions = this.expressions(new Scope([], this.outer));
    const values = rows.map((row) => (row.kind === 'row' ? row.items : [row]).map((item) => expressions.translate(item)));
    const columns = (values[0] ?? []).map((_, place) => {
      const types = values.map((row, index) => {
        const item = row[place];
        if (item === undefined || row.length !== values[0]?.length)
          throw failAt(rows[index] ?? { line: 1, column: 1 }, 'TYPE_MISMATCH', 'Values rows have mismatched sizes');
        return item.type;
      });
      const type = types.reduce<Type | undefined>((all, one) => all && commonType(all, one), { kind: 'unknown' });
      if (type === undefined)
        throw failAt(rows[0] ?? { line: 1, column: 1 }, 'TYPE_MISMATCH', 'Values rows have mismatched types');
      return { type };
    });
    const text = values.map((row) => `(${row.map((item, place) => cast(item, columns[place]?.type ?? item.type)).join(', ')})`);
    const alias = `t${this.context.next()}`;
    return {
      sql: `select * from (values ${text.join(', ')}) as ${alias}(${columns.map((_, place) => `c${place}`).join(', ')})`,
      columns,
    };
  }

  private expressions(scope: Scope, windows: Select['windows'] = new Map(), grouped = false): ExpressionTranslator {
    return new ExpressionTranslator({
      scope,
      windows,
      grouped,
      now: this.context.now,
      query: (query, around) => {
        const { sql, columns } = new QueryTranslator(this.context, around, this.names).translate(query);
        return { sql, types: columns.map(({ type }) => type) };
      },
    });
  }

  private select(select: Select, query?: Query): QuerySql {
    const relations = new RelationTranslator({
      context: this.context,
      names: this.names,
      outer: this.outer,
      expressions: (scope) => this.expressions(scope),
      query: (inner, scope) => new QueryTranslator(this.context, scope, this.names).translate(inner),
    });
    const from = relations.translate(select.from);
    const scope = new Scope(from.fields, this.outer);
    const expressions = this.expressions(scope, select.windows, select.grouped);
    const rows = this.expressions(scope);
    const items = select.items.flatMap((item) => this.item(item, expressions, select.from.length > 0));
    const parts = [
      `select ${select.distinct ? 'distinct ' : ''}${items.map(({ value }, place) => `${value.sql} as c${place}`).join(', ')}`,
    ];
    if (from.sql !== '') parts.push(`from ${from.sql}`);
    if (select.where !== undefined) parts.push(`where ${clause(rows, select.where, 'WHERE')}`);
    if (select.grouped) parts.push(`group by ${select.groupBy.map((element) => this.grouping(element, rows, items)).join(', ')}`);
    if (select.having !== undefined) parts.push(`having ${clause(expressions, select.having, 'HAVING')}`);
    const columns = items.map(({ name, label, value }): OutputColumn => ({
      type: value.type,
      ...(name !== undefined && { name }),
      ...(label !== undefined && { label }),
    }));
    const order =
      query === undefined
        ? ''
        : this.orderBy(
            query.orderBy,
            columns,
            items.map(({ value }) => value.sql),
            scope,
            select,
          );
    return { sql: `${parts.join(' ')}${order}${query === undefined ? '' : this.bounds(query)}`, columns };
  }

  private item(item: SelectItem, expressions: ExpressionTranslator, hasFrom: boolean): readonly Item[] {
    if (item.kind === 'expression') {
      const name = item.alias ?? nameOf(item.value);
      const value = expressions.translate(item.value);
      const sql = value.type.kind === 'unknown' ? cast(typed(value.sql, { kind: 'unknown' }), { kind: 'integer' }) : value.sql;
      const label = item.label?.toLowerCase() === name ? item.label : undefined;
      return [{ value: { ...value, sql }, ...(name !== undefined && { name }), ...(label !== undefined && { label }) }];
    }
    if (item.of === undefined) {
      if (!hasFrom) throw failAt(item, 'COLUMN_NOT_FOUND', 'SELECT * not allowed in queries without FROM clause');
      return (expressions.scope.all([]) ?? []).map(column);
    }
    const path = pathOf(item.of);
    const relation = path && expressions.scope.all(path);
    if (relation !== undefined) return relation.map(column);
    const row = expressions.translate(item.of);
    if (row.type.kind !== 'row') throw failAt(item, 'TABLE_NOT_FOUND', `Unable to resolve reference ${path?.join('.') ?? ''}`);
    return row.type.fields.map((field, place) => {
      const name = item.columns?.[place] ?? field.name;
      return {
        value: typed(`struct_extract(${row.sql}, '${(field.name ?? `field${place}`).replaceAll("'", "''")}')`, field.type),
        ...(name !== undefined && { name }),
      };
    });
  }

  private grouping(
    element: GroupingElement,
    expressions: ExpressionTranslator,
    items: readonly { readonly value: Typed }[],
  ): string {
    const one = (value: Expression): string => {
      const ordinal = ordinalOf(value);
      if (ordinal === undefined) return expressions.translate(value).sql;
      const item = items[ordinal - 1];
      if (item === undefined)
        throw failAt(value, 'INVALID_COLUMN_REFERENCE', `GROUP BY position ${ordinal} is not in select list`);
      return item.value.sql;
    };
    const set = (values: readonly Expression[]): string => `(${values.map(one).join(', ')})`;
    if (element.kind === 'simple')
      return element.expressions.length === 0 ? 'grouping sets (())' : element.expressions.map(one).join(', ');
    return `${element.kind === 'sets' ? 'grouping sets' : element.kind} (${element.sets.map((values) => (values.length === 1 && values[0] ? one(values[0]) : set(values))).join(', ')})`;
  }

  /** Names of the result come before names of what is read. */
  private orderBy(
    items: readonly SortItem[],
    columns: readonly OutputColumn[],
    sqls: readonly string[],
    scope: Scope,
    select?: Select,
  ): string {
    if (items.length === 0) return '';
    const outputs = new Map<string, Typed>();
    for (const [place, { name, type }] of columns.entries())
      if (name !== undefined) outputs.set(name, typed(sqls[place] ?? '', type));
    const expressions = this.expressions(new Scope(scope.fields, scope.outer, outputs), select?.windows, select?.grouped);
    const parts = items.map((item) => {
      const ordinal = ordinalOf(item.value);
      if (ordinal !== undefined) {
        if (ordinal < 1 || ordinal > columns.length)
          throw failAt(item.value, 'INVALID_COLUMN_REFERENCE', `ORDER BY position ${ordinal} is not in select list`);
        return `${ordinal}${direction(item)}`;
      }
      if (select?.distinct === true && !sqls.includes(expressions.translate(item.value).sql))
        throw failAt(
          item.value,
          'EXPRESSION_NOT_IN_DISTINCT',
          'For SELECT DISTINCT, ORDER BY expressions must appear in select list',
        );
      return new CallTranslator(expressions).sortItems([item]);
    });
    return ` order by ${parts.join(', ')}`;
  }

  private bounds({ limit, offset }: Query): string {
    const of = (word: string, count: Expression | undefined): string => {
      if (count === undefined) return '';
      if (ordinalOf(count) === undefined)
        throw failAt(count, 'TYPE_MISMATCH', `${word.toUpperCase()} must be a non-negative integer`);
      return ` ${word} ${ordinalOf(count)}`;
    };
    return `${of('limit', limit)}${of('offset', offset)}`;
  }
}

/** A column of SELECT. */
interface Item {
  readonly name?: string;
  readonly label?: string;
  readonly value: Typed;
}

const column = ({ sql, type, name, label }: Field): Item => ({
  value: typed(sql, type),
  ...(name !== undefined && { name }),
  ...(label !== undefined && { label }),
});

const ordinalOf = (value: Expression): number | undefined =>
  value.kind === 'literal' && value.type === 'integer' ? Number(value.text) : undefined;

function clause(expressions: ExpressionTranslator, condition: Expression, word: string): string {
  const { type } = expressions.translate(condition);
  if (type.kind !== 'boolean' && type.kind !== 'unknown')
    throw failAt(condition, 'TYPE_MISMATCH', `${word} clause must evaluate to a boolean: actual type ${typeText(type)}`);
  return expressions.as(condition, BOOLEAN);
}

/** What a column is called that was given no name. */
function nameOf(value: Expression): string | undefined {
  if (value.kind === 'identifier' || value.kind === 'field') return value.name;
  return undefined;
}

/** A set operation stands by itself only in parentheses before LIMIT. */
const wrapped = (body: QueryBody, sql: string): string => (body.kind === 'nested' ? `select * from (${sql})` : sql);

function recast({ sql, columns }: QuerySql, wanted: readonly OutputColumn[]): string {
  const casts = columns.map(({ type }, place) => cast(typed(`c${place}`, type), wanted[place]?.type ?? type));
  if (casts.every((text, place) => text === `c${place}`)) return sql;
  return `select ${casts.map((text, place) => `${text} as c${place}`).join(', ')} from (${sql})`;
}

export const columnCount = (name: string, aliases: number, columns: number, place: Place): QueryError =>
  failAt(
    place,
    'MISMATCHED_COLUMN_ALIASES',
    `Column alias list has ${aliases} entries but '${name}' has ${columns} columns available`,
  );
