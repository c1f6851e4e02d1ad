import path from 'node:path';
import { Athena } from '../../../local/athena/index.ts';
import { Fixture, READER } from './fixture.ts';

let fixture: Fixture;
beforeEach(async () => {
  fixture = await Fixture.open();
});
afterEach(() => {
  fixture.close();
});

/** Athena of a later process, over the same lake. */
function reopen(): Athena {
  const { clock, catalog, store, access, scratch, duckdb } = fixture;
  const props = {
    clock,
    catalog,
    store,
    access,
    account: '111122223333',
    region: 'us-east-1',
    scratch: path.join(scratch, 'later'),
    duckdb,
  };
  const later = new Athena(props);
  later.restore(path.join(scratch, 'state'));
  later.createWorkGroup({ name: 'readers', resultLocation: 's3://results/readers/', enforce: true });
  return later;
}

test('keeps the history and gives the results again, which lie in S3', async () => {
  const { id } = await fixture.run("select 'a' as x, null as y");
  const failed = await fixture.run('select none');
  fixture.athena.preparedStatements.create(READER, { name: 'p', workGroup: 'readers', statement: 'select 1' });
  fixture.athena.save(path.join(fixture.scratch, 'state'));
  const later = reopen();
  expect(later.list(READER, 'readers')).toEqual([failed.id, id]);
  expect(later.describe(READER, id)).toEqual(fixture.athena.describe(READER, id));
  expect(later.results(READER, id)).toEqual(fixture.athena.results(READER, id));
  expect(later.preparedStatements.list(READER, 'readers')).toMatchObject([{ name: 'p', statement: 'select 1' }]);
});

test('a state without a history has none', () => {
  expect(reopen().list(READER, 'readers')).toEqual([]);
});
