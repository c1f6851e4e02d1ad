import type { Expression, Query, Relation } from '../../sql/syntax/ast.ts';
import type { Place } from '../../sql/syntax/token.ts';

/** Parts of queries that a statement which changes rows is answered by: trees as the parser makes them. */
export const column = (name: string, place: Place, of: readonly string[] = []): Expression =>
  [...of, name].reduce<Expression | undefined>(
    (base, part) =>
      base === undefined ? { kind: 'identifier', name: part, ...place } : { kind: 'field', base, name: part, ...place },
    undefined,
  ) ?? NULL(place);

export const integer = (value: number, place: Place): Expression => ({
  kind: 'literal',
  type: 'integer',
  text: String(value),
  ...place,
});

/** `SELECT … FROM … WHERE …` */
export const select = (items: readonly Expression[], from: Relation, where: Expression | undefined, place: Place): Query => ({
  with: [],
  orderBy: [],
  body: {
    kind: 'select',
    distinct: false,
    items: items.map((value) => ({ kind: 'expression', value, ...place })),
    from: [from],
    ...(where && { where }),
    groupBy: [],
    grouped: false,
    windows: new Map(),
    ...place,
  },
  ...place,
});

/** `WHEN condition THEN value … END`, the first that holds. */
export const choice = (
  whens: readonly { readonly condition: Expression; readonly result: Expression }[],
  place: Place,
): Expression => ({
  kind: 'case',
  whens,
  ...place,
});

export const both = (left: Expression, right: Expression | undefined, place: Place): Expression =>
  right === undefined ? left : { kind: 'binary', operator: 'and', left, right, ...place };

export const NULL = (place: Place): Expression => ({ kind: 'literal', type: 'null', text: 'null', ...place });

export const tableNamed = ({ database, name }: { readonly database: string; readonly name: string }, place: Place): Relation => ({
  kind: 'table',
  name: { parts: [database, name], ...place },
  ...place,
});
