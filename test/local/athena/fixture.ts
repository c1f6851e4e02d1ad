import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { DuckDBInstance } from '@duckdb/node-api';
import { Athena, type StartQuery } from '../../../local/athena/index.ts';
import { SimulatedClock } from '../../../local/clock.ts';
import { GlueCatalog, type GlueTableInput } from '../../../local/glue/index.ts';
import { openDuckdb, ParquetConverter } from '../../../local/parquet/index.ts';
import type { Caller } from '../../../local/service.ts';
import { FakeAccess, FakeObjectStore } from '../../support/fake-object-store.ts';

export const READER: Caller = { arn: 'arn:aws:sts::111122223333:assumed-role/reader/me', accountId: '111122223333' };
export const NOW = '2024-02-10T08:30:00Z';

const account = '111122223333';
const region = 'us-east-1';

interface Answer {
  readonly state: string;
  readonly reason: string | undefined;
  readonly scanned: number;
  readonly header: readonly (string | undefined)[];
  readonly rows: readonly (readonly (string | undefined)[])[];
  readonly types: readonly string[];
  readonly id: string;
}

/** What came of a statement. */
export interface Ran {
  readonly id: string;
  readonly state: string;
  readonly reason: string | undefined;
  readonly output: string;
  readonly manifest: string | undefined;
  readonly scanned: number;
  readonly rows: readonly (readonly (string | undefined)[])[];
  /** Name and type. */
  readonly columns: readonly string[];
  readonly updated: number | undefined;
}

interface Described {
  readonly Status: { readonly State: string; readonly StateChangeReason?: string };
  readonly Statistics: { readonly DataManifestLocation?: string; readonly DataScannedInBytes: number };
  readonly ResultConfiguration: { readonly OutputLocation: string };
}

interface Results {
  readonly UpdateCount?: number;
  readonly ResultSet: {
    readonly Rows: readonly { readonly Data: readonly { readonly VarCharValue?: string }[] }[];
    readonly ResultSetMetadata: { readonly ColumnInfo: readonly { readonly Name: string; readonly Type: string }[] };
  };
}

/** An Athena with its catalog, store and engine; each test names what it needs. */
export class Fixture {
  readonly clock = new SimulatedClock(new Date(NOW));
  readonly access = new FakeAccess();
  readonly catalog: GlueCatalog;
  readonly store: FakeObjectStore;
  readonly athena: Athena;

  private constructor(
    readonly scratch: string,
    readonly duckdb: DuckDBInstance,
  ) {
    this.store = new FakeObjectStore(path.join(scratch, 'objects'), this.access);
    const { clock, access, store } = this;
    const catalog = new GlueCatalog({ clock, access, account, region, objects: store });
    this.catalog = catalog;
    this.athena = new Athena({ clock, catalog, store, access, account, region, scratch: path.join(scratch, 'work'), duckdb });
    this.athena.createWorkGroup({ name: 'readers', resultLocation: 's3://results/readers/', enforce: true });
    this.athena.createWorkGroup({ name: 'free', resultLocation: 's3://results/free/', enforce: false });
    this.catalog.createDatabase({ name: 'db' });
  }

  static async open(): Promise<Fixture> {
    const scratch = mkdtempSync(path.join(os.tmpdir(), 'headwaters-athena-'));
    return new Fixture(scratch, await openDuckdb(scratch));
  }

  close(): void {
    this.duckdb.closeSync();
    rmSync(this.scratch, { recursive: true, force: true });
  }

  /** A projected Parquet table `db.<name>` under `s3://lake/std/<name>/`. */
  table(name: string, columns: Readonly<Record<string, string>>, more: Partial<GlueTableInput> = {}): void {
    this.catalog.createTable('db', {
      Name: name,
      TableType: 'EXTERNAL_TABLE',
      PartitionKeys: [
        { Name: 'dt', Type: 'string' },
        { Name: 'hr', Type: 'string' },
      ],
      Parameters: {
        'projection.enabled': 'true',
        'projection.dt.type': 'date',
        'projection.dt.format': 'yyyy-MM-dd',
        'projection.dt.range': 'NOW-3YEARS,NOW',
        'projection.hr.type': 'integer',
        'projection.hr.range': '0,23',
        'projection.hr.digits': '2',
        'storage.location.template': `s3://lake/std/${name}/dt=\${dt}/hr=\${hr}/`,
      },
      StorageDescriptor: {
        Columns: Object.entries(columns).map(([Name, Type]) => ({ Name, Type })),
        Location: `s3://lake/std/${name}/`,
        InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
        SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
      },
      ...more,
    });
  }

  /** @param columns Trino's types by the names of the columns. */
  view(name: string, sql: string, columns: Readonly<Record<string, string>>, database = 'db'): void {
    const text = {
      originalSql: sql,
      catalog: 'awsdatacatalog',
      schema: database,
      columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
    };
    const encoded = Buffer.from(JSON.stringify(text)).toString('base64');
    this.catalog.createTable(database, {
      Name: name,
      TableType: 'VIRTUAL_VIEW',
      ViewOriginalText: `/* Presto View: ${encoded} */`,
    });
  }

  /** Puts rows as one Parquet object. */
  async put(
    key: string,
    columns: Readonly<Record<string, string>>,
    rows: readonly object[],
    storageClass = 'STANDARD',
  ): Promise<void> {
    const converter = new ParquetConverter(this.duckdb, this.scratch);
    const text = rows.map((row) => JSON.stringify(row)).join('\n');
    const { parquet, failed } = await converter.convert({
      records: [{ id: '1', text }],
      columns: Object.entries(columns).map(([Name, Type]) => ({ Name, Type })),
    });
    if (parquet === undefined) throw new Error(JSON.stringify(failed));
    this.store.seed('lake', key, parquet, storageClass);
  }

  /** Runs any statement, with its answer as it lies in the pages of results. */
  async run(sql: string, more: Partial<StartQuery> = {}, caller: Caller = READER): Promise<Ran> {
    const id = this.athena.start(caller, { sql, database: 'db', workGroup: 'readers', ...more });
    await this.athena.idle();
    const { Status, Statistics, ResultConfiguration } = this.athena.describe(caller, id) as Described;
    const ran = {
      id, state: Status.State, reason: Status.StateChangeReason, output: ResultConfiguration.OutputLocation,
      manifest: Statistics.DataManifestLocation, scanned: Statistics.DataScannedInBytes,
    }; // prettier-ignore
    if (Status.State !== 'SUCCEEDED') return { ...ran, rows: [], columns: [], updated: 0 };
    const { ResultSet, UpdateCount } = this.athena.results(caller, id) as Results;
    return {
      ...ran,
      rows: ResultSet.Rows.map((row) => row.Data.map((datum) => datum.VarCharValue)),
      columns: ResultSet.ResultSetMetadata.ColumnInfo.map((column) => `${column.Name} ${column.Type}`),
      updated: UpdateCount,
    };
  }

  /** Runs statements in a workgroup that lets clients say where data goes; all but the last must succeed. */
  async runAll(...statements: readonly string[]): Promise<Ran> {
    let last: Ran | undefined;
    for (const [place, sql] of statements.entries()) {
      last = await this.run(sql, { workGroup: 'free' });
      if (place < statements.length - 1) expect([sql, last.reason]).toEqual([sql, undefined]);
    }
    if (last === undefined) throw new Error('no statement');
    return last;
  }

  /** The text of an object at an S3 address, unpacked by its name. */
  text(address: string): string {
    const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(address) ?? [];
    const body = readFileSync(this.store.getObject(READER, bucket, key).file);
    return (key.endsWith('.gz') ? gunzipSync(body) : body).toString('utf8');
  }

  /** Keys of a bucket under a prefix. */
  keys(bucket: string, prefix = ''): readonly string[] {
    return this.store.listObjects(READER, bucket, prefix).map(({ key }) => key);
  }

  async query(sql: string, workGroup = 'readers', caller: Caller = READER): Promise<Answer> {
    const id = this.athena.start(caller, { sql, database: 'db', workGroup });
    await this.athena.idle();
    const { Status, Statistics } = this.athena.describe(caller, id) as {
      Status: { State: string; StateChangeReason?: string };
      Statistics: { DataScannedInBytes: number };
    };
    const outcome = { id, state: Status.State, reason: Status.StateChangeReason, scanned: Statistics.DataScannedInBytes };
    if (Status.State !== 'SUCCEEDED') return { ...outcome, header: [], rows: [], types: [] };
    const { ResultSet } = this.athena.results(caller, id) as {
      ResultSet: { Rows: { Data: { VarCharValue?: string }[] }[]; ResultSetMetadata: { ColumnInfo: { Type: string }[] } };
    };
    const [header = [], ...rows] = ResultSet.Rows.map((row) => row.Data.map((datum) => datum.VarCharValue));
    return { ...outcome, header, rows, types: ResultSet.ResultSetMetadata.ColumnInfo.map((column) => column.Type) };
  }
}
