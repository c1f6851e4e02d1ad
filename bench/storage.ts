import path from 'node:path';
import { keyOf } from '../cli/platform/names.ts';
import type { DeployedDataset } from '../cli/platform/platform.ts';
import { putAndAccepted } from './accepted.ts';
import { machine, table } from './markdown.ts';
import { ParquetFiles } from './parquet-files.ts';
import { withSampleLake, type SampleLake } from './sample-lake.ts';
import { scannedBytes, type Scanned } from './scan.ts';

/** Events of the leading dataset: of 18 days. */
const FLIGHTS = 300_000;

/** Bytes, unless it says otherwise. */
interface Stored {
  /** Accepted events, copies too. */
  readonly events: number;
  readonly ndjson: number;
  readonly parquet: number;
  readonly objects: number;
  readonly eventIds: number;
  /** All rows in one file. */
  readonly asOne: { readonly snappy: number; readonly gzip: number };
  /** All that was put: as JSON lines, and as `raw` holds it. */
  readonly put: number;
  readonly raw: number;
}

interface Measured {
  readonly name: string;
  readonly stored: Stored;
  readonly scanned: Scanned;
}

/** Prints what the lake of the sample takes beside the JSON that was put, and what questions read of it. */
export async function benchStorage(): Promise<void> {
  const measured: Measured[] = [];
  await withSampleLake(FLIGHTS, async (lake) => {
    for (const dataset of lake.datasets) measured.push(await measure(lake, dataset));
  });
  console.log(`Bytes in the lake of a run of ${FLIGHTS.toLocaleString('en')} flights, and bytes scanned. ${machine()}\n`);
  console.log(storedTable(measured));
  console.log(shareTable(measured));
  console.log(scannedTable(measured));
}

async function measure(lake: SampleLake, dataset: DeployedDataset): Promise<Measured> {
  const [raw, clean, quarantine] = await Promise.all(
    (['raw', 'clean', 'quarantine'] as const).map((zone) => lake.read(zone, dataset)),
  );
  const { put, accepted } = putAndAccepted(raw ?? [], quarantine ?? []);
  const name = keyOf(dataset.contract);
  return ParquetFiles.with(path.join(lake.scratch, name), clean ?? [], async (files) => {
    const rows = await files.rows();
    if (rows !== accepted.count) throw new Error(`'${name}' must hold each accepted event, got ${rows} of ${accepted.count}`);
    const stored: Stored = {
      events: rows,
      ndjson: accepted.bytes,
      parquet: bytesOf(clean ?? []),
      objects: clean?.length ?? 0,
      eventIds: await files.bytesOf('_event_id'),
      asOne: { snappy: await files.bytesAsOne('snappy'), gzip: await files.bytesAsOne('gzip') },
      put: put.bytes,
      raw: bytesOf(raw ?? []),
    };
    return { name, stored, scanned: await scannedBytes(lake, dataset, files) };
  });
}

const bytesOf = (objects: readonly Buffer[]): number => objects.reduce((sum, { length }) => sum + length, 0);
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;
const percent = (part: number, whole: number): string => `${((part / whole) * 100).toFixed(part < whole / 100 ? 1 : 0)} %`;

function storedTable(measured: readonly Measured[]): string {
  const rows = measured.map(({ name, stored: { events, ndjson, parquet, put, raw } }) => [
    name,
    events.toLocaleString('en'),
    megabytes(ndjson),
    megabytes(parquet),
    percent(parquet, ndjson),
    megabytes(raw),
    percent(raw, put),
    percent(parquet, raw),
  ]);
  const head = [
    'Accepted events',
    'NDJSON',
    'Parquet in `clean`',
    'of NDJSON',
    '`raw` in gzip',
    'of what was put',
    'Parquet of `raw`',
  ];
  return table(['Dataset', ...head], rows);
}

/** What makes the Parquet as large as it is. */
function shareTable(measured: readonly Measured[]): string {
  const rows = measured.map(({ name, stored: { parquet, objects, eventIds, asOne } }) => [
    name,
    String(objects),
    percent(eventIds, parquet),
    percent(asOne.snappy, parquet),
    percent(asOne.gzip, parquet),
  ]);
  return table(['Of the Parquet in `clean`', 'Objects', '`_event_id`', 'All in one file', 'All in one file, in gzip'], rows);
}

function scannedTable(measured: readonly Measured[]): string {
  const questions = Object.keys(measured[0]?.scanned ?? {});
  const cell = ({ stored, scanned }: Measured, question: string): string => {
    const bytes = scanned[question] ?? Number.NaN;
    return `${megabytes(bytes)}, ${percent(bytes, stored.parquet)}`;
  };
  return table(
    ['Scanned, of the bytes of the table', ...measured.map(({ name }) => name)],
    [
      ['the objects of the table', ...measured.map(({ stored }) => megabytes(stored.parquet))],
      ...questions.map((question) => [question, ...measured.map((each) => cell(each, question))]),
    ],
  );
}
