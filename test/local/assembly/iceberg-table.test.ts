import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { GetTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { SimulatedClock } from '../../../local/clock.ts';
import { start, type LocalRuntime } from '../../../local/start.ts';
import { writeAssembly, type Template } from './fixture.ts';

const field = (Id: number, Name: string, Type: string) => ({ Id, Name, Type, Required: false });
const FIELDS = [
  field(1, 'id', 'long'),
  field(2, 'tags', '{"type":"list","element-id":3,"element-required":false,"element":"string"}'),
];
const location = { 'Fn::Join': ['', ['s3://', { Ref: 'Lake' }, '/orders/']] };
const definition = (Fields: readonly object[], more: object = {}) => ({
  Location: location,
  Schema: { Type: 'struct', Fields },
  ...more,
});
/** What `CfnTable` gives for an Iceberg table. */
const native = (input: object) => ({
  Name: 'orders',
  OpenTableFormatInput: { IcebergInput: { MetadataOperation: 'CREATE', Version: '2', IcebergTableInput: input } },
});
const described = (Description: string) => ({
  TableInput: {
    Name: 'orders',
    Description,
    TableType: 'EXTERNAL_TABLE',
    StorageDescriptor: { Location: location, Columns: [{ Name: 'id', Type: 'bigint' }] },
  },
  OpenTableFormatInput: { IcebergInput: { MetadataOperation: 'CREATE' } },
});

const assemblyOf = (table: object): string => {
  const account = { Ref: 'AWS::AccountId' };
  const template: Template = {
    Resources: {
      Lake: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'lake' } },
      Database: { Type: 'AWS::Glue::Database', Properties: { CatalogId: account, DatabaseInput: { Name: 'sales' } } },
      Table: { Type: 'AWS::Glue::Table', Properties: { CatalogId: account, DatabaseName: { Ref: 'Database' }, ...table } },
    },
  };
  return writeAssembly({ Lake: { template } });
};

let state: string;
beforeEach(() => {
  state = mkdtempSync(path.join(tmpdir(), 'state-'));
});

/** Runs the platform of a table's definition on the state that the last run left. */
async function withTable(table: object, work: (platform: Platform) => Promise<void>): Promise<void> {
  const runtime = await start({ assembly: assemblyOf(table), state, clock: new SimulatedClock(Date.now() + 60_000) });
  try {
    await work(platformOf(runtime));
  } finally {
    await runtime.stop();
  }
}

interface Platform {
  readonly ask: (sql: string) => Promise<readonly (readonly (string | undefined)[])[]>;
  readonly parameters: () => Promise<Readonly<Record<string, string>>>;
}

function platformOf({ endpoint, region, operator: credentials }: LocalRuntime): Platform {
  const [athena, glue] = [AthenaClient, GlueClient].map((client) => new client({ endpoint, region, credentials })) as [AthenaClient, GlueClient]; // prettier-ignore
  return {
    ask: async (QueryString) => {
      const started = { QueryString, ResultConfiguration: { OutputLocation: 's3://lake/results/' } };
      const { QueryExecutionId } = await athena.send(new StartQueryExecutionCommand(started));
      for (;;) {
        const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
        const { State, StateChangeReason } = QueryExecution?.Status ?? {};
        if (State === 'FAILED') throw new Error(StateChangeReason);
        if (State === 'SUCCEEDED') break;
        await setTimeout(20);
      }
      const { ResultSet } = await athena.send(new GetQueryResultsCommand({ QueryExecutionId }));
      return (ResultSet?.Rows ?? []).slice(1).map(({ Data }) => (Data ?? []).map(({ VarCharValue }) => VarCharValue));
    },
    parameters: async () =>
      (await glue.send(new GetTableCommand({ DatabaseName: 'sales', Name: 'orders' }))).Table?.Parameters ?? {},
  };
}

test('a template defines an Iceberg table, Athena writes it, and what the template says next keeps the rows', async () => {
  const first = native(definition(FIELDS, { PartitionSpec: { Fields: [{ SourceId: 1, Transform: 'bucket[2]', Name: 'b' }] } }));
  await withTable(first, async ({ ask }) => {
    await ask("insert into sales.orders values (1, array['x']), (2, null)");
  });
  let before: Readonly<Record<string, string>> = {};
  await withTable(first, async ({ ask, parameters }) => {
    expect(await ask('select * from sales.orders order by id')).toEqual([
      ['1', '[x]'],
      ['2', undefined],
    ]);
    before = await parameters();
  });
  await withTable(native(definition([...FIELDS, field(4, 'note', 'string')])), async ({ ask, parameters }) => {
    await ask("insert into sales.orders values (3, null, 'new')");
    expect(await ask('select id, note from sales.orders order by id')).toEqual([
      ['1', undefined],
      ['2', undefined],
      ['3', 'new'],
    ]);
    expect(before['metadata_location']).toMatch(/\/00001-/);
    expect((await parameters())['metadata_location']).toMatch(/\/00003-/);
  });
});

test('a table that a TableInput describes is one of Iceberg until the template changes it', async () => {
  await withTable(described('one'), async ({ ask, parameters }) => {
    await ask('insert into sales.orders values 1');
    expect(await ask('select id from sales.orders')).toEqual([['1']]);
    expect(await parameters()).toMatchObject({ table_type: 'ICEBERG' });
  });
  await withTable(described('two'), async ({ parameters }) => {
    expect(await parameters()).toEqual({});
  });
});

const REFUSED = /Table metadata is expected only via TableInput or via IcebergTableInputProperties inside OpenTableFormatInput/;
test.each([
  ['a TableInput beside the definition', { ...described('d'), ...native(definition(FIELDS)) }, REFUSED],
  ['neither of them', { Name: 'orders', OpenTableFormatInput: { IcebergInput: { MetadataOperation: 'CREATE' } } }, REFUSED],
  ['an unknown property', native(definition(FIELDS, { Colour: 'red' })), /IcebergTableInput.*Colour/],
  ['another version', { ...native(definition(FIELDS)), OpenTableFormatInput: { IcebergInput: { MetadataOperation: 'CREATE', Version: '1' } } }, /Version/], // prettier-ignore
  ['no name', { OpenTableFormatInput: native(definition(FIELDS)).OpenTableFormatInput }, /'Name' is required/],
])('fails %s', async (_, table, message) => {
  await expect(withTable(table, async () => undefined)).rejects.toThrow(message);
});
