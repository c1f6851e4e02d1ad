import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { DuckDBInstance } from '@duckdb/node-api';
import { Athena } from '../../../local/athena/index.ts';
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

/** An Athena with its catalog, store and engine; each test names what it needs. */
export class Fixture {
  readonly clock = new SimulatedClock(new Date(NOW));
  readonly access = new FakeAccess();
  readonly catalog = new GlueCatalog({ clock: this.clock, access: this.access, account, region });
  readonly store: FakeObjectStore;
  readonly athena: Athena;

  private constructor(
    readonly scratch: string,
    readonly duckdb: DuckDBInstance,
  ) {
    this.store = new FakeObjectStore(path.join(scratch, 'objects'), this.access);
    const { clock, access, catalog, store } = this;
    this.athena = new Athena({ clock, catalog, store, access, account, region, scratch: path.join(scratch, 'work'), duckdb });
    this.athena.createWorkGroup({ name: 'readers', resultLocation: 's3://results/readers/', enforce: true });
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

  view(name: string, sql: string, columns: readonly string[], database = 'db'): void {
    const text = {
      originalSql: sql,
      catalog: 'awsdatacatalog',
      schema: database,
      columns: columns.map((column) => ({ name: column, type: 'varchar' })),
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

  async query(sql: string, workGroup = 'readers', caller: Caller = READER): Promise<Answer> {
    const id = this.athena.start(caller, { sql, database: 'db', workGroup });
    await this.athena.idle();
    const { Status, Statistics } = this.athena.describe(caller, id) as {
      Status: { State: string; StateChangeReason?: string };
      Statistics: { DataScannedInBytes: number };
    };
    const outcome = { id, state: Status.State, reason: Status.StateChangeReason, scanned: Statistics.DataScannedInBytes };
    if (Status.State !== 'SUCCEEDED') return { ...outcome, header: [], rows: [], types: [] };
    const { ResultSet } = this.athena.results(caller, id, 0, 1000) as {
      ResultSet: { Rows: { Data: { VarCharValue?: string }[] }[]; ResultSetMetadata: { ColumnInfo: { Type: string }[] } };
    };
    const [header = [], ...rows] = ResultSet.Rows.map((row) => row.Data.map((datum) => datum.VarCharValue));
    return { ...outcome, header, rows, types: ResultSet.ResultSetMetadata.ColumnInfo.map((column) => column.Type) };
  }
}
