import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier, literal } from '../../../local/parquet/engine.ts';

/** Writes a copy of a file that holds a text where the original holds its own: as a part of it, packed as it is packed. */
export async function plantInCopy(file: string, copy: string, text: string, connection: DuckDBConnection): Promise<void> {
  mkdirSync(path.dirname(copy), { recursive: true });
  const bytes = readFileSync(file);
  if (bytes.subarray(0, 4).toString('latin1') === 'PAR1') await plantInParquet(file, copy, text, connection);
  else if (bytes[0] === 0x1f && bytes[1] === 0x8b) writeFileSync(copy, gzipSync(inserted(gunzipSync(bytes), text)));
  else writeFileSync(copy, inserted(bytes, text));
}

function inserted(bytes: Buffer, text: string): Buffer {
  const middle = Math.floor(bytes.length / 2);
  return Buffer.concat([bytes.subarray(0, middle), Buffer.from(text), bytes.subarray(middle)]);
}

/** In the first row of the first column of text. @throws RangeError for a file that has none */
async function plantInParquet(file: string, copy: string, text: string, connection: DuckDBConnection): Promise<void> {
  const source = `read_parquet(${literal(file)}, file_row_number = true, hive_partitioning = false)`;
  const described = await connection.runAndReadAll(`describe select * from ${source}`);
  const column = described.getRows().find(([, type]) => type === 'VARCHAR')?.[0];
  if (typeof column !== 'string') throw new RangeError('the file has no column of text');
  const name = identifier(column);
  await connection.run(
    `copy (select * exclude (file_row_number) replace (case when file_row_number = 0 then ${literal(text)} else ${name} end as ${name}) from ${source}) ` +
      `to ${literal(copy)} (format parquet, compression snappy)`,
  );
}
