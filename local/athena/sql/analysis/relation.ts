import { identifier } from '../../../parquet/engine.ts';
import { QueryError } from '../query-error.ts';
import type { Expression, Query, Relation, TableVersion } from '../syntax/ast.ts';
import { failAt, type Place } from '../syntax/token.ts';
import { coerce } from './cast.ts';
import { compare } from './comparison.ts';
import { commonType } from './coercion.ts';
import { ExpressionTranslator, placed } from './expression.ts';
import { columnCount, type AskedVersion, type QueryContext, type QuerySql, type WithNames } from './query.ts';
import { notFound, Scope, type Field } from './scope.ts';
import { BIGINT, BOOLEAN, typeText, type Type } from './type.ts';
import { typed } from './typed.ts';

/** A relation that has a name, as the engine knows it. */
export interface Source {
  /** What stands in the engine's FROM. */
  readonly sql: string;
  readonly qualifier: readonly string[];
  readonly columns: readonly SourceColumn[];
}

export interface SourceColumn {
  readonly name?: string;
  readonly type: Type;
  /** The engine's name of it. */
  readonly engineName: string;
  /** Left out of `*`. */
  readonly hidden?: boolean;
}

/** What is wrong with a name, rather than with what it names. */
const NAMES = /^(?:TABLE_NOT_FOUND|SCHEMA_NOT_FOUND|CATALOG_NOT_FOUND|MISSING_SCHEMA_NAME|SYNTAX_ERROR): /;

/** Part of a FROM clause: its SQL, and the columns that it gives. */
interface From {
  readonly sql: string;
  readonly fields: readonly Field[];
}

export interface RelationContext {
  readonly context: QueryContext;
  readonly names: WithNames;
  readonly outer: Scope | undefined;
  readonly expressions: (scope: Scope) => ExpressionTranslator;
  readonly query: (query: Query, scope: Scope | undefined) => QuerySql;
}

/** Puts FROM clauses into the engine's SQL; every relation gets an alias of its own, so that columns of the same name stay apart. */
export class RelationTranslator {
  constructor(private readonly props: RelationContext) {}

  translate(relations: readonly Relation[]): From {
    return relations.reduce<From>(
      (left, relation) => {
        if (left.sql === '') return this.relation(relation, []);
        const right = this.relation(relation, left.fields);
        return { sql: `${left.sql} cross join ${right.sql}`, fields: [...left.fields, ...right.fields] };
      },
      { sql: '', fields: [] },
    );
  }

  /** @param before Columns that a lateral relation may use. */
  private relation(relation: Relation, before: readonly Field[]): From {
    switch (relation.kind) {
      case 'table':
        return this.source(this.sourceNamed(relation.name.parts, relation, relation.version));
      case 'query':
        return this.query(
          relation.query,
          relation.lateral ? new Scope(before, this.props.outer) : this.props.outer,
          relation.lateral,
        );
      case 'unnest':
        return this.unnest(relation.items, relation.ordinality, before, relation);
      case 'aliased':
        return renamed(this.relation(relation.relation, before), relation.alias, relation.columns, relation);
      case 'join':
        return this.join(relation, before);
      default:
        return relation;
    }
  }

  private sourceNamed(parts: readonly string[], place: Place, version: TableVersion | undefined): Source {
    const [only = ''] = parts;
    const known = parts.length === 1 ? this.props.names.get(only) : undefined;
    if (known !== undefined) return known;
    const asked = version && this.asked(version);
    try {
      return this.props.context.table(parts, place, asked);
    } catch (error) {
      throw error instanceof QueryError && NAMES.test(error.message) ? placed(error, place) : error;
    }
  }

  /** What a version is asked by: a constant, so that it may be known before the query runs. */
  private asked({ kind, value, ...place }: TableVersion): AskedVersion {
    const { context } = this.props.expressions(new Scope([]));
    const query = (): never => {
      throw failAt(value, 'EXPRESSION_NOT_CONSTANT', 'Constant expression cannot contain a subquery');
    };
    return { kind, place, ...new ExpressionTranslator({ ...context, query }).translate(value) };
  }

  private source({ sql, qualifier, columns }: Source): From {
    const alias = this.alias();
    const fields = columns.map(({ name, type, engineName, hidden }) => ({
      qualifier, type, sql: `${alias}.${identifier(engineName)}`, ...(name !== undefined && { name }), ...(hidden === true && { hidden }),
    })); // prettier-ignore
    return { sql: `${sql} as ${alias}`, fields };
  }

  private query(query: Query, scope: Scope | undefined, lateral: boolean): From {
    const { sql, columns } = this.props.query(query, scope);
    const alias = this.alias();
    const fields = columns.map(({ name, label, type }, place): Field => ({
      qualifier: [],
      type,
      sql: `${alias}.c${place}`,
      ...(name !== undefined && { name }),
      ...(label !== undefined && { label }),
    }));
    return { sql: `${lateral ? 'lateral ' : ''}(${sql}) as ${alias}`, fields };
  }

  private alias(): string {
    return `t${this.props.context.next()}`;
  }

  /**
   * Arrays side by side, one row for each element; of maps two columns. An element that is a row is one column too, as the pages of Athena
   * have it; Trino makes a column of each field.
   *
   * @see https://docs.aws.amazon.com/athena/latest/ug/filtering-with-unnest.html
   */
  private unnest(items: readonly Expression[], ordinality: boolean, before: readonly Field[], place: Place): From {
    const expressions = this.props.expressions(new Scope(before, this.props.outer));
    const lists: string[] = [];
    const columns: { readonly sql: string; readonly type: Type }[] = [];
    for (const item of items) {
      const { sql, type } = expressions.translate(item);
      if (type.kind === 'map') {
        columns.push({ sql: `u${lists.length}`, type: type.key }, { sql: `u${lists.length + 1}`, type: type.value });
        lists.push(`map_keys(${sql})`, `map_values(${sql})`);
      } else if (type.kind === 'array') {
        columns.push({ sql: `u${lists.length}`, type: type.element });
        lists.push(sql);
      } else throw failAt(place, 'INVALID_FUNCTION_ARGUMENT', `Cannot unnest type: ${typeText(type)}`);
    }
    if (ordinality) columns.push({ sql: 'uo', type: BIGINT });
    const longest = `range(1, greatest(${lists.map((list) => `coalesce(len(${list}), 0)`).join(', ')}) + 1)`;
    const inner = [
      ...lists.map((list, index) => `unnest(${list}) as u${index}`),
      ...(ordinality ? [`unnest(${longest}) as uo`] : []),
    ];
    const alias = this.alias();
    return {
      sql: `lateral (select ${columns.map(({ sql }, index) => `${sql} as c${index}`).join(', ')} from (select ${inner.join(', ')})) as ${alias}`,
      fields: columns.map(({ type }, index) => ({ qualifier: [], type, sql: `${alias}.c${index}` })),
    };
  }

  private join(join: Extract<Relation, { kind: 'join' }>, before: readonly Field[]): From {
    const left = this.relation(join.left, before);
    const right = this.relation(join.right, [...before, ...left.fields]);
    if (join.type === 'cross') return { sql: `(${left.sql} cross join ${right.sql})`, fields: [...left.fields, ...right.fields] };
    if (join.using !== undefined) return this.using(join, left, right);
    const fields = [...left.fields, ...right.fields];
    const condition =
      join.on === undefined ? 'true' : this.props.expressions(new Scope(fields, this.props.outer)).as(join.on, BOOLEAN);
    return { sql: `(${left.sql} ${join.type} join ${right.sql} on ${condition})`, fields };
  }

  /** Columns of USING come first, once. */
  private using(join: Extract<Relation, { kind: 'join' }>, left: From, right: From): From {
    const used = new Set<Field>();
    const pairs = (join.using ?? []).map((name) => {
      const [a, b] = [left, right].map((side) => {
        const [field, ...more] = side.fields.filter((candidate) => candidate.name === name);
        if (field === undefined) throw notFound(name, join);
        if (more.length > 0) throw failAt(join, 'AMBIGUOUS_NAME', `Column '${name}' is ambiguous`);
        used.add(field);
        return field;
      });
      if (a === undefined || b === undefined) throw notFound(name, join);
      return { name, a, b, type: commonType(a.type, b.type) ?? a.type };
    });
    const merged = pairs.map(({ name, a, b, type }): Field => {
      const [x, y] = [a, b].map((side) => coerce(typed(side.sql, side.type), type));
      const sql = { left: x, inner: x, right: y, full: `coalesce(${x}, ${y})`, cross: x }[join.type] ?? '';
      return { name, qualifier: [], type, sql };
    });
    const condition = pairs.map(({ a, b }) => compare('=', typed(a.sql, a.type), typed(b.sql, b.type), join).sql).join(' and ');
    const rest = [...left.fields, ...right.fields].filter((field) => !used.has(field));
    return { sql: `(${left.sql} ${join.type} join ${right.sql} on ${condition})`, fields: [...merged, ...rest] };
  }
}

function renamed(from: From, alias: string, columns: readonly string[] | undefined, place: Place): From {
  const shown = from.fields.filter((field) => field.hidden !== true);
  if (columns !== undefined && columns.length !== shown.length) throw columnCount(alias, columns.length, shown.length, place);
  const fields = from.fields.map((field) => {
    const name = columns?.[shown.indexOf(field)] ?? field.name;
    const { label, ...rest } = field;
    return {
      ...rest,
      ...(label !== undefined && columns === undefined && { label }),
      qualifier: [alias],
      ...(name !== undefined && { name }),
    };
  });
  return { sql: from.sql, fields };
}
