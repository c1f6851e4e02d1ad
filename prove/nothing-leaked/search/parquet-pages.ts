import { gunzipSync } from 'node:zlib';
import { unpackSnappy } from './snappy.ts';
import { readStruct, type ThriftStruct } from './thrift.ts';

/** Where a column of a row group lies, and how its pages are packed. */
export interface ColumnChunk {
  readonly start: number;
  readonly length: number;
  readonly compression: string;
}

/** One page, unpacked. */
export interface Page {
  readonly kind: 'dictionary page' | 'data page';
  readonly bytes: Uint8Array;
}

/** Ids of fields of a page's header, and the number that is a dictionary's type. @see https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift */
const HEADER = { type: 1, packedSize: 3, dataV2: 8 } as const;
const DATA_V2 = { definitions: 5, repetitions: 6, isPacked: 7 } as const;
const DICTIONARY = 2;

const UNPACK: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  UNCOMPRESSED: (bytes) => bytes,
  SNAPPY: unpackSnappy,
  GZIP: (bytes) => gunzipSync(bytes),
};

/** The pages of a column as they lie in a file, a dictionary's entries that no row uses among them. Of other compressions, none. */
export function* pagesOf(file: Uint8Array, { start, length, compression }: ColumnChunk): Generator<Page> {
  const unpack = UNPACK[compression];
  if (unpack === undefined) return;
  for (let at = start; at < start + length;) {
    const { fields, end } = readStruct(file, at);
    const size = numberOf(fields, HEADER.packedSize);
    const body = file.subarray(end, end + size);
    const levels = levelsOf(fields);
    const bytes = levels === undefined ? unpack(body) : withLevels(body, levels, unpack);
    yield { kind: fields.get(HEADER.type) === DICTIONARY ? 'dictionary page' : 'data page', bytes };
    at = end + size;
  }
}

interface Levels {
  readonly length: number;
  readonly isPacked: boolean;
}

/** Levels stand before the values of a page of version 2, and are never packed. */
function levelsOf(header: ThriftStruct): Levels | undefined {
  const v2 = header.get(HEADER.dataV2);
  if (!(v2 instanceof Map)) return undefined;
  const fields: ThriftStruct = v2;
  return {
    length: numberOf(fields, DATA_V2.definitions) + numberOf(fields, DATA_V2.repetitions),
    isPacked: fields.get(DATA_V2.isPacked) !== false,
  };
}

const withLevels = (body: Uint8Array, { length, isPacked }: Levels, unpack: (bytes: Uint8Array) => Uint8Array): Uint8Array =>
  isPacked && body.length > length ? unpack(body.subarray(length)) : body.subarray(length);

function numberOf(fields: ThriftStruct, id: number): number {
  const value = fields.get(id);
  if (typeof value !== 'number') throw new RangeError(`the header of a page must have the number ${id}`);
  return value;
}
