import { POSITION } from '../../iceberg/load-files.ts';
import type { ReadyQuery } from '../../query-runner.ts';
import type { Outcome } from '../../result-files.ts';
import type { Type } from '../../sql/analysis/type.ts';
import type { IcebergStatement, MergeCase } from '../../sql/iceberg-statement.ts';
import { QueryError } from '../../sql/query-error.ts';
import type { Expression } from '../../sql/syntax/ast.ts';
import { callsIn } from '../../sql/syntax/nodes.ts';
import { failAt, type Place } from '../../sql/syntax/token.ts';
import { fullName, type StatementContext } from '../context.ts';
import { asColumn, checkTypes, targetsOf, writtenAs, type Target } from './assignments.ts';
import { changeRows, countOf } from './change-rows.ts';
import { tableToChange } from './commit.ts';
import { both, choice, column, integer, NULL, select, tableNamed } from './queries.ts';

type Merge = Extract<IcebergStatement, { kind: 'merge' }>;

/** One `WHEN`, with the table's column that each of its values is for. */
interface Planned {
  readonly kind: MergeCase['kind'];
  /** That a row is matched, or is not, and what else the case asks. */
  readonly condition: Expression;
  readonly values: readonly { readonly target: number; readonly value: Expression }[];
  readonly place: Place;
}

/** Of what the query answers, the columns before the target's own: a row's file, its place there, and the case it falls into. */
const BEFORE = 3;

/** @see https://docs.aws.amazon.com/athena/latest/ug/merge-into-statement.html */
export async function mergeRows(context: StatementContext, { table, alias, source, on, cases, place }: Merge): Promise<Outcome> {
  const name = fullName(context, table);
  const open = tableToChange(context, name, 'MERGE');
  const targets = targetsOf(open.metadata);
  refuseChance(cases);
  const own = alias === undefined ? ['awsdatacatalog', name.database, name.name] : [alias];
  const matched: Expression = {
    kind: 'not',
    value: { kind: 'is_null', value: column(POSITION, place, own), ...place },
    ...place,
  };
  const planned = cases.map((each) => plan(each, targets, matched, place));
  const target = tableNamed(name, place);
  const joined = {
    kind: 'join' as const,
    type: cases.some(({ kind }) => kind === 'insert') ? ('left' as const) : ('inner' as const),
    left: source,
    right: alias === undefined ? target : { kind: 'aliased' as const, relation: target, alias, ...place },
    on,
    ...place,
  };
  const items = [
    column('$path', place, own),
    column(POSITION, place, own),
    choice(planned.map(({ condition }, at) => ({ condition, result: integer(at, place) })), place), // prettier-ignore
    ...targets.map((each) => column(each.name, place, own)),
    ...planned.flatMap(({ values }, at) => values.map(({ value }) => whenChosen(planned, at, value))),
  ];
  const rows = await changeRows(context, name, open, select(items, joined, undefined, place), async (ready) => {
    await prepare(ready, planned, targets);
    return { rows: await countOf(ready, 'hw_merged'), deleted: 'hw_gone', added: 'hw_came' };
  });
  return { kind: 'written', rows };
}

const CHANCE: ReadonlySet<string> = new Set(['random', 'rand', 'uuid', 'shuffle']);

/** A condition is asked for the case and again for each value: one that hangs on chance would say two things of a row. */
function refuseChance(cases: readonly MergeCase[]): void {
  for (const { condition, place } of cases) {
    const found = callsIn(condition).find(({ name }) => CHANCE.has(name));
    if (found !== undefined)
      throw failAt(
        place,
        'NOT_SUPPORTED',
        `${found.name}() in a condition of MERGE is not on the tested list of headwaters local`,
      );
  }
}

function plan(each: MergeCase, targets: readonly Target[], matched: Expression, statement: Place): Planned {
  const { kind, place } = each;
  const condition = both(kind === 'insert' ? { kind: 'not', value: matched, ...place } : matched, each.condition, place);
  if (kind === 'delete') return { kind, condition, values: [], place };
  const wanted = kind === 'update' ? each.set.map(({ column: name }) => name) : (each.columns ?? targets.map(({ name }) => name));
  const values = kind === 'update' ? each.set.map(({ value }) => value) : each.values;
  const places = wanted.map((name, at) => {
    const found = targets.findIndex((target) => target.name === name);
    if (found === -1) throw failAt(statement, 'COLUMN_NOT_FOUND', `Merge column name does not exist in target table: ${name}`);
    if (wanted.indexOf(name) < at)
      throw failAt(statement, 'DUPLICATE_COLUMN_NAME', `Merge column name is specified more than once: ${name}`);
    return found;
  });
  if (places.length !== values.length)
    throw new QueryError(
      `GENERIC_INTERNAL_ERROR: Number of merge columns (${places.length}) isn't equal to number of expressions (${values.length})`,
    );
  return { kind, condition, values: values.map((value, at) => ({ target: places[at] ?? 0, value })), place };
}

/**
 * A value of a case, where no earlier case takes the row: what nobody asked for may not fail. A column cannot, and is asked for as it is: a
 * table may have many, and a condition be long.
 */
const whenChosen = (planned: readonly Planned[], at: number, value: Expression): Expression => {
  if (isColumn(value)) return value;
  const { condition, place } = planned[at] ?? { condition: value, place: value };
  const earlier = planned.slice(0, at).map((other) => ({ condition: other.condition, result: NULL(place) }));
  return choice([...earlier, { condition, result: value }], place);
};

const isColumn = (value: Expression): boolean => value.kind === 'identifier' || (value.kind === 'field' && isColumn(value.base));

/** Makes relations of the rows that a case takes: all of them, those that go and those that come. @throws QueryError TYPE_MISMATCH, MERGE_TARGET_ROW_MULTIPLE_MATCHES */
async function prepare(
  { connection, query }: ReadyQuery,
  planned: readonly Planned[],
  targets: readonly Target[],
): Promise<void> {
  const types = query.columns.map(({ type }) => type);
  let next = BEFORE + targets.length;
  const sources = planned.map(({ values }) => values.map(({ target }) => ({ target, from: next++ })));
  for (const [at, { place }] of planned.entries()) {
    const own = sources[at] ?? [];
    const wanted = own.flatMap(({ target }) => targets[target]?.type ?? []);
    checkTypes(wanted, own.flatMap(({ from }) => types[from] ?? []), `MERGE table column types don't match for MERGE case ${at}, SET expressions`, place); // prettier-ignore
  }
  await connection.run(`create or replace temp table hw_joined as ${query.sql}`);
  // "no case" is one of its own here, as in Trino
  const twice = await connection.runAndReadAll(
    'select 1 from hw_joined where c1 is not null group by c0, c1, c2 having count(*) > 1 limit 1',
  );
  if (twice.currentRowCount > 0)
    throw new QueryError('MERGE_TARGET_ROW_MULTIPLE_MATCHES: One MERGE target table row matched more than one source row');
  await connection.run('create or replace temp table hw_merged as select * from hw_joined where c2 is not null');
  const numbers = (kinds: readonly MergeCase['kind'][]): string =>
    planned.flatMap(({ kind }, at) => (kinds.includes(kind) ? [at] : [])).join(', ') || '-1';
  await connection.run(
    `create or replace temp table hw_gone as select c0 as path, c1 as pos from hw_merged where c2 in (${numbers(['update', 'delete'])})`,
  );
  const columns = targets.map((target, place) => writtenAs(valueOf(target, place, planned, sources, types), place));
  await connection.run(
    `create or replace temp table hw_came as select ${columns.join(', ')} from hw_merged where c2 in (${numbers(['update', 'insert'])})`,
  );
}

/** The value of a column by the case that a row falls into: what an update does not name stays, what an insert does not name is null. */
function valueOf(
  target: Target,
  place: number,
  planned: readonly Planned[],
  sources: readonly (readonly { readonly target: number; readonly from: number }[])[],
  types: readonly Type[],
): string {
  const whens = planned.flatMap(({ kind }, at) => {
    if (kind === 'delete') return [];
    const source = sources[at]?.find((each) => each.target === place);
    if (source === undefined && kind === 'insert') return [];
    const value =
      source === undefined ? `c${BEFORE + place}` : asColumn(`c${source.from}`, types[source.from] ?? target.type, target);
    return [`when ${at} then ${value}`];
  });
  return whens.length === 0 ? asColumn('null', { kind: 'unknown' }, target) : `case c2 ${whens.join(' ')} end`;
}
