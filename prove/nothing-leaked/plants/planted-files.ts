import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { DuckDBConnection } from '@duckdb/node-api';
import { writeHistory } from '../../../local/athena/saved-athena.ts';
import { processingFailed } from '../../../local/firehose/records.ts';
import { writeFrames } from '../../../local/frames.ts';
import { literal } from '../../../local/parquet/engine.ts';

/** Where a text is planted. */
export interface Plot {
  /** A folder of its own. */
  readonly folder: string;
  readonly text: string;
  readonly connection: DuckDBConnection;
}

/** A kind of file, and the layer in which a search must find what is planted in it. */
export interface PlantedFile {
  readonly layer: string;
  readonly write: (plot: Plot) => Promise<void> | void;
}

const ROWS = 300;
const NEIGHBOUR = 'somebody else entirely';

const file = ({ folder }: Plot, name: string): string => path.join(folder, name);
const bytes =
  (name: string, content: (text: string) => string | Uint8Array): PlantedFile['write'] =>
  (plot) => {
    writeFileSync(file(plot, name), content(plot.text));
  };
/** As the platform writes what no name may hold. */
const asName = (text: string): string => (text.includes('/') ? encodeURIComponent(text) : text);
const envelope = (text: string): string =>
  JSON.stringify({ reason: 'not-json', original: Buffer.from(`{"name":${JSON.stringify(text)}`).toString('base64') });

/** A Parquet file whose first column holds the text among `rows` others, as `options` have it. */
const parquet =
  (select: (text: string) => string, options: string): PlantedFile['write'] =>
  async (plot) => {
    await plot.connection.run(
      `copy (${select(plot.text)}) to ${literal(file(plot, 'rows.parquet'))} (format parquet, ${options})`,
    );
  };
/** Few values that come again and again: the engine keeps them in a dictionary. */
const repeated = (text: string): string =>
  `select case when range % 2 = 0 then ${literal(text)} else ${literal(NEIGHBOUR)} end as name from range(${ROWS})`;
/** Values that all differ. */
const distinct = (text: string): string =>
  `select case when range = 7 then ${literal(text)} else md5(range::varchar) end as name from range(${ROWS})`;
/** The least and the greatest value of all. */
const extreme = (text: string): string => `select unnest([${literal(text)}, ${literal(`~${text}`)}]) as name`;

/** Every kind of file in which a run could leave a value. */
export const PLANTED_FILES: Readonly<Record<string, PlantedFile>> = {
  'a text': { layer: 'bytes', write: bytes('notes.txt', (text) => `first\n${text}\nlast\n`) },
  'a line of a log': {
    layer: 'bytes',
    write: bytes(
      'log',
      (text) => `2026-01-01T00:00:00.000Z error /aws/lambda/x ${JSON.stringify({ message: `cannot read ${text}` })}\n`,
    ),
  },
  'a metric': {
    layer: 'bytes',
    write: bytes('metrics.log', (text) =>
      JSON.stringify({ _aws: { CloudWatchMetrics: [{ Dimensions: [['Name']] }] }, Name: text }),
    ),
  },
  'a message of an error within JSON': {
    layer: 'bytes',
    write: bytes('error.json', (text) => JSON.stringify({ message: JSON.stringify({ error: `Cannot cast '${text}' to INT` }) })),
  },
  "a file's name": {
    layer: 'name',
    write: (plot) => {
      writeFileSync(file(plot, asName(plot.text)), 'nothing');
    },
  },
  "a folder's name": {
    layer: 'name',
    write: (plot) => {
      mkdirSync(file(plot, asName(plot.text)));
    },
  },
  'a result of a query': { layer: 'bytes', write: bytes('result.csv', (text) => `"name"\n"${text.replaceAll('"', '""')}"\n`) },
  'the history of queries': {
    layer: 'bytes',
    write: ({ folder, text }) => {
      const failed = { id: '1', submitted: 0, state: 'FAILED', reason: `Cannot cast '${text}' to INT` };
      writeHistory(folder, { version: 1, executions: [failed as never], prepared: [], named: [] });
    },
  },
  'a record of a stream': {
    layer: 'bytes',
    write: (plot) => {
      writeFrames(file(plot, 'shard.frames'), [
        { head: { key: '1', arrival: 0 }, body: Buffer.from(JSON.stringify({ name: plot.text })) },
      ]);
    },
  },
  'the partition key of a record': {
    layer: 'bytes',
    write: (plot) => {
      writeFrames(file(plot, 'shard.frames'), [{ head: { key: plot.text, arrival: 0 }, body: Buffer.from('{}') }]);
    },
  },
  'a record that was given up': {
    layer: 'bytes',
    write: bytes('processing-failed', (text) =>
      processingFailed(
        { recordId: '1', arrival: 0, data: Buffer.from(`{"name":${JSON.stringify(text)}}\n`) },
        { errorCode: 'Lambda.FunctionError', errorMessage: '', attemptsMade: 4, ended: 0 },
        undefined,
      ),
    ),
  },
  gzip: { layer: 'gzip', write: bytes('raw.gz', (text) => gzipSync(text)) },
  'a later member of gzip': {
    layer: 'gzip',
    write: bytes('raw.gz', (text) => Buffer.concat([gzipSync(NEIGHBOUR), gzipSync(text)])),
  },
  'gzip that was cut short': {
    layer: 'gzip',
    write: bytes('raw.gz', (text) => gzipSync(`${text}\n${NEIGHBOUR.repeat(ROWS)}`, { level: 0 }).subarray(0, -8)),
  },
  'gzip within a record of a stream': {
    layer: 'gzip',
    write: (plot) => {
      writeFrames(file(plot, 'shard.frames'), [{ head: { key: '1' }, body: gzipSync(plot.text) }]);
    },
  },
  'gzip within gzip': { layer: 'gzip gzip', write: bytes('twice.gz.gz', (text) => gzipSync(gzipSync(text))) },
  'an envelope of quarantine': { layer: 'gzip', write: bytes('rejects.gz', (text) => gzipSync(`${envelope(text)}\n`)) },
  'rows of Parquet, Snappy': { layer: 'rows', write: parquet(distinct, 'compression snappy') },
  'rows of Parquet, Zstandard': { layer: 'rows', write: parquet(distinct, 'compression zstd') },
  'rows of Parquet, LZ4': { layer: 'rows', write: parquet(distinct, 'compression lz4_raw') },
  'rows of Parquet, Brotli': { layer: 'rows', write: parquet(distinct, 'compression brotli') },
  'rows of Parquet in deltas': { layer: 'rows', write: parquet(distinct, "compression snappy, parquet_version 'V2'") },
  'a dictionary page, Snappy': { layer: 'dictionary page', write: parquet(repeated, 'compression snappy') },
  'a dictionary page, gzip': { layer: 'dictionary page', write: parquet(repeated, 'compression gzip') },
  'a dictionary page, unpacked': { layer: 'dictionary page', write: parquet(repeated, 'compression uncompressed') },
  'a plain page, Snappy': { layer: 'data page', write: parquet(distinct, 'compression snappy') },
  'a plain page, gzip': { layer: 'data page', write: parquet(distinct, 'compression gzip') },
  'the bounds in a footer': { layer: 'footer', write: parquet(extreme, 'compression zstd') },
  'what its writer added to a footer': {
    layer: 'bytes',
    write: async (plot) => {
      const name = literal(file(plot, 'rows.parquet'));
      await plot.connection.run(`copy (select 1 as one) to ${name} (format parquet, kv_metadata {note: ${literal(plot.text)}})`);
    },
  },
  'a name of a column of Parquet': {
    layer: 'footer',
    write: parquet((text) => `select 1 as "${text.replaceAll('"', '""')}"`, 'compression snappy'),
  },
  'a database of the engine': {
    layer: 'rows',
    write: async (plot) => {
      await plot.connection.run(`attach ${literal(file(plot, 'lake.duckdb'))} as hw_planted`);
      await plot.connection.run(`create table hw_planted.people as ${repeated(plot.text)}`);
      await plot.connection.run('detach hw_planted');
    },
  },
};
