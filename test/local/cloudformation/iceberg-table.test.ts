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
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import * as glue from 'aws-cdk-lib/aws-glue';
import { IcebergTable, IcebergTables, type IcebergColumn, type IcebergTableProps } from '../../../constructs/catalog/index.ts';
import { LakeStorage } from '../../../constructs/storage/index.ts';
import { FEATURE_FLAGS } from '../../../lib/feature-flags.ts';
import { SimulatedClock } from '../../../local/clock.ts';
import { readMetadata, type TableMetadata } from '../../../local/iceberg/metadata.ts';
import { start, type LocalRuntime } from '../../../local/start.ts';

const column = (name: string, type: IcebergColumn['type'], rest: Partial<IcebergColumn> = {}): IcebergColumn => ({
  name,
  type,
  required: false,
  ...rest,
});
const KEY = column('reading_id', 'string', { required: true, comment: 'of the meter' });
const FIRST = [KEY, column('amount', 'int'), column('place', { type: 'struct', fields: [column('floor', 'int')] })];

const removalPolicy = RemovalPolicy.DESTROY;
const DATABASE = 'headwaters_dev_energy';

/** A lake, a database and, unless it is gone, a table. */
function assemblyOf(rest: Partial<IcebergTableProps> | undefined): string {
  const outdir = mkdtempSync(path.join(tmpdir(), 'iceberg-'));
  const app = new App({ outdir, context: FEATURE_FLAGS, analyticsReporting: false, stackTraces: false, treeMetadata: false });
  const stack = new Stack(app, 'Lake', { env: { account: '111122223333', region: 'eu-west-1' } });
  const lake = new LakeStorage(stack, 'Lake', { environment: 'dev', removalPolicy });
  const database = new glue.CfnDatabase(stack, 'Database', { catalogId: stack.account, databaseInput: { name: DATABASE } });
  const maker = new IcebergTables(stack, 'Maker', { environment: 'dev', lake, databaseName: DATABASE, removalPolicy });
  if (rest !== undefined) {
    const table = new IcebergTable(stack, 'Readings', {
      maker,
      name: 'readings',
      prefix: 'energy/readings',
      columns: FIRST,
      key: ['reading_id'],
      removalPolicy,
      ...rest,
    });
    table.node.addDependency(database);
  }
  app.synth();
  return outdir;
}

let state: string;
beforeEach(() => {
  state = mkdtempSync(path.join(tmpdir(), 'state-'));
});

async function deployed(
  rest: Partial<IcebergTableProps> | undefined,
  work: (platform: Platform) => Promise<void>,
): Promise<void> {
  const runtime = await start({ assembly: assemblyOf(rest), state, clock: new SimulatedClock(Date.now() + 60_000) });
  try {
    await work(platformOf(runtime));
  } finally {
    await runtime.stop();
  }
}

interface Platform {
  readonly ask: (sql: string) => Promise<readonly (readonly (string | undefined)[])[]>;
  readonly metadata: () => Promise<TableMetadata>;
}

function platformOf(runtime: LocalRuntime): Platform {
  const { endpoint, region, operator: credentials } = runtime;
  const client = { endpoint, region, credentials };
  const athena = new AthenaClient(client);
  const catalog = new GlueClient(client);
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  const [results = ''] = [...runtime.objects().keys()]
    .map((key) => key.split('/')[0] ?? '')
    .filter((bucket) => bucket.includes('curated'));
  return {
    ask: async (QueryString) => {
      const ResultConfiguration = { OutputLocation: `s3://${results}/results/` };
      const { QueryExecutionId } = await athena.send(new StartQueryExecutionCommand({ QueryString, ResultConfiguration }));
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
    metadata: async () => {
      const { Table } = await catalog.send(new GetTableCommand({ DatabaseName: DATABASE, Name: 'readings' }));
      const address = Table?.Parameters?.metadata_location ?? '';
      const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.*)$/.exec(address) ?? [];
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      return readMetadata((await Body?.transformToString()) ?? '', address);
    },
  };
}

const fieldsOf = ({ schemas, 'current-schema-id': current }: TableMetadata): readonly string[] =>
  (schemas.find((schema) => schema['schema-id'] === current)?.fields ?? []).map(
    ({ id, name, required, type }) =>
      `${id} ${name} ${typeof type === 'string' ? type : type.type}${required ? ' required' : ''}`,
  );

test('a table is made, takes rows, and has them still once it is wider and has a column more; what no file holds is refused', async () => {
  await deployed({ description: 'what meters say', properties: { owner: 'energy' } }, async ({ ask, metadata }) => {
    await ask(`insert into ${DATABASE}.readings values ('a', 1, row(2))`);
    const made = await metadata();
    expect(fieldsOf(made)).toEqual(['1 reading_id string required', '2 amount int', '3 place struct']);
    expect(made.location).toMatch(/^s3:\/\/[^/]*curated[^/]*\/energy\/readings$/);
    expect(made).toMatchObject({
      'last-column-id': 4,
      schemas: [{ 'identifier-field-ids': [1], fields: [{ doc: 'of the meter' }, {}, {}] }],
      properties: { comment: 'what meters say', owner: 'energy' },
    });
  });

  const place = column('place', { type: 'struct', fields: [column('floor', 'long'), column('room', 'string')] });
  const wider = [KEY, column('amount', 'long'), column('taken_at', 'timestamp'), place];
  await deployed({ columns: wider }, async ({ ask, metadata }) => {
    await ask(`insert into ${DATABASE}.readings values ('b', 5000000000, timestamp '2026-03-01 00:00:00', row(3, 'x'))`);
    expect(
      await ask(`select reading_id, amount, taken_at, place.floor, place.room from ${DATABASE}.readings order by 1`),
    ).toEqual([
      ['a', '1', undefined, '2', undefined],
      ['b', '5000000000', '2026-03-01 00:00:00.000000', '3', 'x'],
    ]);
    const changed = await metadata();
    expect(fieldsOf(changed)).toEqual([
      '1 reading_id string required',
      '2 amount long',
      '5 taken_at timestamp',
      '3 place struct',
    ]);
    expect(changed).toMatchObject({ 'last-column-id': 6, properties: { comment: 'what meters say', owner: 'energy' } });
  });

  const refused = deployed({ columns: [KEY, column('amount', 'string')] }, () => Promise.resolve());
  await expect(refused).rejects.toThrow(
    "IcebergTypeChanged: column 'amount' must keep its type or be widened, got long to string",
  );

  await deployed({ columns: wider }, async ({ ask, metadata }) => {
    expect(await ask(`select count(*), sum(amount) from ${DATABASE}.readings`)).toEqual([['2', '5000000001']]);
    expect(fieldsOf(await metadata())).toHaveLength(4);
  });
}, 120_000);

test('a table that is gone from its stack goes from the catalog, and its objects stay; one that is retained is taken up again', async () => {
  await deployed({}, async ({ ask }) => {
    await ask(`insert into ${DATABASE}.readings values ('a', 1, row(2))`);
  });
  await deployed({ removalPolicy: RemovalPolicy.RETAIN }, () => Promise.resolve());
  await deployed(undefined, async ({ ask }) => {
    expect(await ask(`select count(*) from ${DATABASE}.readings`)).toEqual([['1']]);
  });
  await deployed({}, async ({ ask }) => {
    expect(await ask(`select count(*) from ${DATABASE}.readings`)).toEqual([['1']]);
  });
  await deployed(undefined, async ({ ask }) => {
    await expect(ask(`select count(*) from ${DATABASE}.readings`)).rejects.toThrow('readings');
  });
}, 120_000);
