import { existsSync, openSync, readSync, closeSync, statSync } from 'node:fs';
import path from 'node:path';
import { mendName } from '../../../core/contract/parse/lawful-name.ts';
import { CommandError } from '../../command-error.ts';

export const FORMATS = ['ndjson', 'csv', 'parquet'] as const;
export type SampleFormat = (typeof FORMATS)[number];

/** A file with sample events. */
export interface SampleFile {
  readonly file: string;
  readonly format: SampleFormat;
  readonly gzipped: boolean;
}

const FORMAT_OF: Readonly<Record<string, SampleFormat>> = {
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.json': 'ndjson',
  '.csv': 'csv',
  '.tsv': 'csv',
  '.parquet': 'parquet',
};

/**
 * Looks at a sample's file without reading it.
 *
 * @throws {@link CommandError} `SampleMissing`, `SampleEmpty`, `UnknownFormat`
 */
export function openSample(file: string, format?: SampleFormat): SampleFile {
  if (!existsSync(file) || !statSync(file).isFile())
    throw new CommandError('SampleMissing', `'${file}' must be a file with sample events; mend its path`);
  if (statSync(file).size === 0)
    throw new CommandError('SampleEmpty', `'${file}' must hold events, got no bytes; choose another file`);
  const known = format ?? FORMAT_OF[path.extname(bareName(file)).toLowerCase()];
  if (known === undefined)
    throw new CommandError(
      'UnknownFormat',
      `'${file}' must end in ${Object.keys(FORMAT_OF).join(', ')}, or one of them and .gz; say what it is with '--format' (${FORMATS.join(', ')})`,
    );
  return { file, format: known, gzipped: isGzipped(file) };
}

/** What a dataset is called by its sample's file: `Orders-2026.ndjson.gz` holds `orders_2026`. */
export function datasetNameOf(file: string): string {
  const bare = bareName(file);
  const name = mendName(path.basename(bare, path.extname(bare)));
  if (name === undefined)
    throw new CommandError('DatasetUnnamed', `no dataset can be named after '${path.basename(file)}'; name it with '--dataset'`);
  return name;
}

const bareName = (file: string): string => path.basename(file).replace(/\.gz$/i, '');

/** By its first bytes: a name may say anything. */
function isGzipped(file: string): boolean {
  const magic = Buffer.alloc(2);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, magic);
  } finally {
    closeSync(handle);
  }
  return magic.equals(Buffer.from([0x1f, 0x8b]));
}
