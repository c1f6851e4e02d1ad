import { readerView } from '../../../core/contract/reader-view.ts';
import type { DatasetContract } from '../../../core/contract/model.ts';
import { viewQuery } from '../../../core/review/rules/view-query.ts';
import { dataset } from '../../support/contracts.ts';

const full = dataset();
const without = (name: string): DatasetContract => ({ ...full, columns: full.columns.filter((column) => column.name !== name) });
const optional = full.columns.filter(({ required, protection }) => !required && protection !== 'drop').map(({ name }) => name);

/** A view as CloudFormation is told of it. */
function viewOf(contract: DatasetContract, sqlOf = (sql: string): string => sql) {
  const { sql, columns } = readerView(contract);
  const text = `/* Presto View: ${Buffer.from(JSON.stringify({ originalSql: sqlOf(sql) })).toString('base64')} */`;
  const properties = { TableInput: { StorageDescriptor: { Columns: columns.map(({ name }) => ({ Name: name })) } } };
  return { text, properties };
}
type View = ReturnType<typeof viewOf>;

const codesOf = (before: View, after: View): string[] =>
  viewQuery(before.text, after.text, 'ViewOriginalText', { before: before.properties, after: after.properties }).map(
    ({ code }) => code,
  );

test.each(optional)('a view that shows the column %s too asks what it asked', (name) => {
  expect(codesOf(viewOf(without(name)), viewOf(full))).toEqual([]);
  expect(codesOf(viewOf(full), viewOf(without(name)))).toEqual([]);
});

test.each([
  ['rows left out', (sql: string) => sql.replace('"_copy" = 1', '"_copy" = 1 AND "kind" = \'gas\'')],
  ['another copy of an event', (sql: string) => sql.replace('"measured_at" DESC', '"measured_at"')],
  ['the last to arrive', (sql: string) => sql.replace('"_ingested_at",', '"_ingested_at" DESC,')],
  ['other ids', (sql: string) => sql.replace('PARTITION BY dt, "_event_id"', 'PARTITION BY dt, "reading_id"')],
])('a view of %s asks otherwise', (_, edit) => {
  expect(codesOf(viewOf(full), viewOf(full, edit))).toEqual(['ViewQueryChanged']);
});
