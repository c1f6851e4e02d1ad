import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import { GlueCatalog } from '../../../local/glue/index.ts';
import type { Caller } from '../../../local/service.ts';
import { StateError } from '../../../local/state-folder.ts';
import { FakeAccess } from '../../support/fake-object-store.ts';

const caller: Caller = { arn: 'arn:aws:iam::111122223333:user/me', accountId: '111122223333' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'catalog-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A catalog of a process: what was saved, and then what its template declares. */
function open(declare: (catalog: GlueCatalog) => void): GlueCatalog {
  const catalog = new GlueCatalog({
    clock: new SimulatedClock(0),
    access: new FakeAccess(),
    account: '111122223333',
    region: 'us-east-1',
  });
  catalog.restore(folder);
  declare(catalog);
  return catalog;
}

/** The template: a database and a table with a description. */
const template =
  (description: string) =>
  (catalog: GlueCatalog): void => {
    catalog.createDatabase({ name: 'sales' });
    catalog.createTable('sales', { Name: 'orders', Description: description, PartitionKeys: [{ Name: 'day', Type: 'string' }] });
  };

const names = (catalog: GlueCatalog): readonly string[] => catalog.tables.list(caller, 'sales').map(({ Name }) => Name);

test('keeps what calls have made: tables, partitions, versions', () => {
  const first = open(template('one'));
  first.tables.create(caller, 'sales', { Name: 'made' });
  first.partitions.create(caller, { database: 'sales', table: 'orders' }, { Values: ['2024'] });
  first.tables.update(caller, 'sales', { Name: 'made', Description: 'new' }, { skipArchive: false });
  first.databases.create(caller, { Name: 'scratch' });
  first.save(folder);
  const second = open(template('one'));
  expect(names(second)).toEqual(['made', 'orders']);
  expect(second.partitions.list(caller, { database: 'sales', table: 'orders' }).map(({ Values }) => Values)).toEqual([['2024']]);
  expect(second.tables.versions(caller, 'sales', 'made').map(({ VersionId }) => VersionId)).toEqual(['1', '0']);
  expect(second.databaseFor(caller, 'scratch').Name).toBe('scratch');
});

test('a template that is unchanged leaves what calls have changed; one that changed makes a new version of its own', () => {
  const first = open(template('one'));
  first.tables.update(caller, 'sales', { Name: 'orders', Description: 'by hand' }, { skipArchive: false });
  first.save(folder);
  expect(open(template('one')).tableFor(caller, 'sales', 'orders')).toMatchObject({ Description: 'by hand', VersionId: '1' });
  expect(open(template('two')).tableFor(caller, 'sales', 'orders')).toMatchObject({ Description: 'two', VersionId: '2' });
});

test('what a call has dropped stays gone until the template changes it, which fails', () => {
  const first = open(template('one'));
  first.tables.delete(caller, 'sales', 'orders');
  first.save(folder);
  expect(names(open(template('one')))).toEqual([]);
  expect(() => open(template('two'))).toThrow('Table orders not found.');
});

test('what a template no longer declares is gone, and what it declares cannot be found before', () => {
  const first = open(template('one'));
  first.save(folder);
  const second = open(() => undefined);
  expect(second.databases.list(caller)).toEqual([]);
});

test('fails where a template declares what a call has made', () => {
  const first = open(template('one'));
  first.tables.create(caller, 'sales', { Name: 'made' });
  first.save(folder);
  expect(() => open((catalog) => { template('one')(catalog); catalog.createTable('sales', { Name: 'made' }); })).toThrow('Table already exists.'); // prettier-ignore
});

test('fails on a file that cannot be read, with a code and without its words', () => {
  writeFileSync(path.join(folder, 'catalog.json'), '{"secret": ');
  const reason = 'what was saved of the catalog cannot be read; reset the state to begin anew';
  expect(() => open(() => undefined)).toThrow(new StateError('StateUnreadable', reason));
});

test('a process that dies while it saves leaves the catalog that was saved before', () => {
  const first = open(template('one'));
  first.save(folder);
  writeFileSync(path.join(folder, 'catalog.json.new'), '{"version":1,');
  expect(names(open(template('one')))).toEqual(['orders']);
  open(template('one')).save(folder);
  expect(readdirSync(folder)).toEqual(['catalog.json']);
  expect(existsSync(path.join(folder, 'catalog.json.new'))).toBe(false);
});
