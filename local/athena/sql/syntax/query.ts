import type {
  Expression,
  GroupingElement,
  QualifiedName,
  Query,
  QueryBody,
  Relation,
  Select,
  SelectItem,
  TableVersion,
  Window,
  WithQuery,
} from './ast.ts';
import { readWindow } from './call.ts';
import type { Cursor } from './cursor.ts';
import { ExpressionReader } from './expression.ts';
import { failAt, type Place } from './token.ts';

/** Reads one query by Trino's grammar. @throws QueryError SYNTAX_ERROR; NOT_SUPPORTED for syntax that is known and not run here */
export const readQuery = (cursor: Cursor): Query => new QueryReader(cursor).query();

/** Reads one expression, as WHERE has it. @throws QueryError as above */
export const readExpression = (cursor: Cursor): Expression => new ExpressionReader(cursor, readQuery).read();

/** Reads one relation, as FROM has it between its commas. @throws QueryError as above */
export const readRelation = (cursor: Cursor): Relation => new QueryReader(cursor).relation();

/** Reads `a`, `b.a`, `c.b.a`. */
export function readQualifiedName(cursor: Cursor): QualifiedName {
  const { place } = cursor;
  const parts = [cursor.name()];
  while (cursor.takeSymbol('.')) parts.push(cursor.name());
  return { parts, ...place };
}

/** Words that end a relation and would be taken for its alias. */
const NO_ALIAS = new Set(['tablesample', 'match_recognize', 'limit', 'offset', 'fetch', 'window', 'for']);

class QueryReader {
  private readonly expressions: ExpressionReader;

  constructor(private readonly cursor: Cursor) {
    this.expressions = new ExpressionReader(cursor, readQuery);
  }

  query(): Query {
    const { cursor } = this;
    const { place } = cursor;
    const queries = cursor.take('with') ? this.withQueries() : [];
    const body = this.sets(place);
    const orderBy = cursor.take('order', 'by') ? cursor.list(this.expressions.sortItem) : [];
    const offset = cursor.take('offset') ? this.count() : undefined;
    if (offset !== undefined && !cursor.take('rows')) cursor.take('row');
    const limit = this.limit();
    return { with: queries, body, orderBy, ...(offset && { offset }), ...(limit && { limit }), ...place };
  }

  private withQueries(): readonly WithQuery[] {
    const { cursor } = this;
    const { place } = cursor;
    if (cursor.sees('recursive')) this.expressions.refuse('WITH RECURSIVE', place);
    if (cursor.sees('function')) this.expressions.refuse('WITH FUNCTION', place);
    if (cursor.sees('session')) this.expressions.refuse('WITH SESSION', place);
    return cursor.list(() => {
      const at = cursor.place;
      const name = cursor.name();
      const columns = cursor.seesSymbol('(') ? cursor.group(() => cursor.name()) : undefined;
      cursor.expect('as');
      return { name, query: this.expressions.nestedQuery(), ...(columns && { columns }), ...at };
    });
  }

  private limit(): Expression | undefined {
    const { cursor } = this;
    if (cursor.take('limit')) return cursor.take('all') ? undefined : this.count();
    if (!cursor.take('fetch')) return undefined;
    if (cursor.takeOne('first', 'next') === undefined) throw cursor.mismatch();
    const { place } = cursor;
    const count =
      cursor.token.kind === 'integer' ? this.count() : ({ kind: 'literal', type: 'integer', text: '1', ...place } as const);
    if (cursor.takeOne('rows', 'row') === undefined) throw cursor.mismatch();
    if (cursor.sees('with', 'ties')) this.expressions.refuse('FETCH FIRST WITH TIES', cursor.place);
    cursor.expect('only');
    return count;
  }

  private count(): Expression {
    const { cursor } = this;
    const { token, place } = cursor;
    if (token.kind === 'symbol' && token.text === '?') return this.expressions.read();
    if (token.kind !== 'integer') throw cursor.mismatch('<integer>');
    cursor.next();
    return { kind: 'literal', type: 'integer', text: token.value, ...place };
  }

  /** UNION and EXCEPT from left to right, INTERSECT before them. */
  private sets(place: Place): QueryBody {
    const { cursor } = this;
    let left = this.intersections(place);
    for (;;) {
      const operator = cursor.takeOne('union', 'except');
      if (operator === undefined) return left;
      const all = cursor.takeOne('all', 'distinct') === 'all';
      left = { kind: 'set', operator, all, left, right: this.intersections(cursor.place), ...place };
    }
  }

  private intersections(place: Place): QueryBody {
    const { cursor } = this;
    let left = this.term();
    while (cursor.take('intersect')) {
      const all = cursor.takeOne('all', 'distinct') === 'all';
      left = { kind: 'set', operator: 'intersect', all, left, right: this.term(), ...place };
    }
    return left;
  }

  private term(): QueryBody {
    const { cursor } = this;
    const { place } = cursor;
    if (cursor.seesSymbol('(')) return { kind: 'nested', query: this.expressions.nestedQuery(), ...place };
    if (cursor.take('table')) return { kind: 'table', name: readQualifiedName(cursor), ...place };
    if (cursor.take('values')) return { kind: 'values', rows: cursor.list(this.expressions.read), ...place };
    if (cursor.take('select')) return { ...this.select(), ...place };
    throw cursor.mismatch();
  }

  private select(): Select {
    const { cursor, expressions } = this;
    const distinct = cursor.takeOne('distinct', 'all') === 'distinct';
    const items = cursor.list(() => this.item());
    const from = cursor.take('from') ? cursor.list(() => this.relation()) : [];
    const where = cursor.take('where') ? expressions.read() : undefined;
    const grouped = cursor.take('group', 'by');
    if (grouped && cursor.sees('distinct')) expressions.refuse('GROUP BY DISTINCT', cursor.place);
    if (grouped && cursor.sees('auto')) expressions.refuse('GROUP BY AUTO', cursor.place);
    if (grouped) cursor.take('all');
    const groupBy = grouped ? cursor.list(() => this.grouping()) : [];
    const having = cursor.take('having') ? expressions.read() : undefined;
    const windows = cursor.take('window') ? this.windows() : new Map<string, Window>();
    return {
      kind: 'select',
      distinct,
      items,
      from,
      groupBy,
      grouped,
      windows,
      ...(where && { where }),
      ...(having && { having }),
    };
  }

  private item(): SelectItem {
    const { cursor } = this;
    const { place } = cursor;
    if (cursor.takeSymbol('*')) return { kind: 'all', ...place };
    const value = this.expressions.read();
    if (cursor.takeSymbol('.')) {
      cursor.expectSymbol('*');
      const columns = cursor.take('as') ? cursor.group(() => cursor.name()) : undefined;
      return { kind: 'all', of: value, ...(columns && { columns }), ...place };
    }
    const named = value.kind === 'identifier' || value.kind === 'field' ? { label: cursor.written } : {};
    if (!cursor.take('as') && !this.seesAlias()) return { kind: 'expression', value, ...named, ...place };
    return { kind: 'expression', value, alias: cursor.name(), label: cursor.written, ...place };
  }

  private seesAlias(): boolean {
    return this.cursor.seesName() && !(this.cursor.token.kind === 'word' && NO_ALIAS.has(this.cursor.token.value));
  }

  private grouping(): GroupingElement {
    const { cursor } = this;
    const kind = cursor.takeOne('rollup', 'cube');
    if (kind !== undefined) return { kind, sets: cursor.group(() => this.groupingSet()) };
    if (cursor.take('grouping', 'sets')) return { kind: 'sets', sets: cursor.group(() => this.groupingSet()) };
    return { kind: 'simple', expressions: this.groupingSet() };
  }

  /** Expressions that are grouped by together: one, or several in parentheses, or none in them. */
  private groupingSet(): readonly Expression[] {
    const { cursor } = this;
    if (cursor.seesSymbol('(') && cursor.ahead(1).text === ')') {
      cursor.next();
      cursor.next();
      return [];
    }
    const value = this.expressions.read();
    return value.kind === 'row' ? value.items : [value];
  }

  private windows(): ReadonlyMap<string, Window> {
    const { cursor } = this;
    const entries = cursor.list(() => {
      const name = cursor.name();
      cursor.expect('as');
      return [name, readWindow(this.expressions)] as const;
    });
    return new Map(entries);
  }

  relation(): Relation {
    const { cursor } = this;
    let left = this.aliased();
    for (;;) {
      const { place } = cursor;
      if (cursor.sees('natural')) throw failAt(place, 'NOT_SUPPORTED', 'Natural join not supported');
      if (cursor.take('cross', 'join')) {
        left = { kind: 'join', type: 'cross', left, right: this.aliased(), ...place };
        continue;
      }
      const type = this.joinType();
      if (type === undefined) return left;
      left = { kind: 'join', type, left, right: this.aliased(), ...this.criteria(), ...place };
    }
  }

  private joinType(): 'inner' | 'left' | 'right' | 'full' | undefined {
    const { cursor } = this;
    if (cursor.take('join')) return 'inner';
    const type = cursor.takeOne('inner', 'left', 'right', 'full');
    if (type === undefined) return undefined;
    if (type !== 'inner') cursor.take('outer');
    cursor.expect('join');
    return type;
  }

  private criteria(): { readonly on: Expression } | { readonly using: readonly string[] } {
    const { cursor } = this;
    if (cursor.take('using')) return { using: cursor.group(() => cursor.name()) };
    cursor.expect('on');
    return { on: this.expressions.read() };
  }

  private aliased(): Relation {
    const { cursor, expressions } = this;
    const { place } = cursor;
    const relation = this.primaryRelation(place);
    if (cursor.sees('tablesample')) expressions.refuse('TABLESAMPLE', cursor.place);
    if (cursor.sees('match_recognize')) expressions.refuse('MATCH_RECOGNIZE', cursor.place);
    if (!cursor.take('as') && !this.seesAlias()) return relation;
    const alias = cursor.name();
    const columns = cursor.seesSymbol('(') ? cursor.group(() => cursor.name()) : undefined;
    if (cursor.sees('tablesample')) expressions.refuse('TABLESAMPLE', cursor.place);
    return { kind: 'aliased', relation, alias, ...(columns && { columns }), ...place };
  }

  private primaryRelation(place: Place): Relation {
    const { cursor, expressions } = this;
    if (cursor.take('lateral')) return { kind: 'query', query: expressions.nestedQuery(), lateral: true, ...place };
    if (cursor.sees('table')) expressions.refuse('a table function', place);
    if (cursor.take('unnest')) {
      const items = cursor.group(expressions.read);
      return { kind: 'unnest', items, ordinality: cursor.take('with', 'ordinality'), ...place };
    }
    if (!cursor.seesSymbol('(')) {
      const name = readQualifiedName(cursor);
      if (cursor.seesSymbol('(')) throw cursor.mismatch();
      const version = cursor.sees('for') ? this.version() : undefined;
      return { kind: 'table', name, ...(version && { version }), ...place };
    }
    if (expressions.seesQuery()) return { kind: 'query', query: expressions.nestedQuery(), lateral: false, ...place };
    cursor.expectSymbol('(');
    const relation = this.relation();
    cursor.expectSymbol(')');
    return relation;
  }

  private version(): TableVersion {
    const { cursor, expressions } = this;
    const { place } = cursor;
    cursor.expect('for');
    const kind = cursor.takeOne('timestamp', 'version');
    if (kind === undefined) throw cursor.mismatch();
    cursor.expect('as');
    cursor.expect('of');
    return { kind, value: expressions.operand(), ...place };
  }
}
