import { gunzipSync } from 'node:zlib';
import type { CompressionCodec, PageHeader } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';

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

const CODECS: readonly CompressionCodec[] = ['UNCOMPRESSED', 'SNAPPY', 'GZIP'];
const COMPRESSORS = { GZIP: (bytes: Uint8Array): Uint8Array => gunzipSync(bytes) };

/**
 * The pages of a column as they lie in a file, a dictionary's entries that no row uses among them. Of other compressions, none.
 *
 * @throws RangeError, or what the library throws, for bytes that are none
 */
export function* pagesOf(file: Uint8Array, { start, length, compression }: ColumnChunk): Generator<Page> {
  const codec = CODECS.find((known) => known === compression);
  if (codec === undefined) return;
  const reader = { view: new DataView(file.buffer, file.byteOffset, file.byteLength), offset: start };
  while (reader.offset < start + length) {
    const header = parquetHeader(reader);
    if (!Number.isSafeInteger(header.compressed_page_size))
      throw new RangeError("the header of a page must have the page's size");
    const body = file.subarray(reader.offset, (reader.offset += header.compressed_page_size));
    yield { kind: header.type === 'DICTIONARY_PAGE' ? 'dictionary page' : 'data page', bytes: unpack(body, header, codec) };
  }
}

/** Levels stand before the values of a page of version 2, and are never packed. */
function unpack(body: Uint8Array, header: PageHeader, codec: CompressionCodec): Uint8Array {
  const v2 = header.data_page_header_v2;
  const levels = v2 === undefined ? 0 : v2.definition_levels_byte_length + v2.repetition_levels_byte_length;
  const values = body.subarray(levels);
  const packed = values.length > 0 && v2?.is_compressed !== false;
  return packed ? decompressPage(values, header.uncompressed_page_size - levels, codec, COMPRESSORS) : values;
}
