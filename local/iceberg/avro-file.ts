import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import avro, { type Schema, type Type } from 'avsc';
import { isRecord } from '../input.ts';
import { avroName } from './avro-schemas.ts';
import { IcebergError } from './iceberg-error.ts';

/** Numbers of 64 bits: JavaScript's own hold 53. */
const LONG = avro.types.LongType.__with(
  {
    fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
    toBuffer: (value: bigint) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigInt64LE(value);
      return bytes;
    },
    fromJSON: (value: number) => BigInt(value),
    toJSON: (value: bigint) => Number(value),
    isValid: (value: unknown) => typeof value === 'bigint',
    compare: (a: bigint, b: bigint) => (a === b ? 0 : a < b ? -1 : 1),
  },
  false,
);

const isLong = (schema: Schema): boolean => typeof schema === 'object' && 'type' in schema && schema.type === 'long';

/** A long of a logical type is written as an object, which the library would make a type of its own of. */
const typeOf = (schema: Schema): Type =>
  avro.Type.forSchema(schema, { registry: { long: LONG }, typeHook: (part) => (isLong(part) ? LONG : undefined) });

/** A file of Avro's: what its head says, and its records, whose fields stand in the order of the schema. */
export interface AvroFile {
  readonly head: Readonly<Record<string, string>>;
  readonly records: readonly Readonly<Record<string, unknown>>[];
}

/** What a file begins with. @see https://avro.apache.org/docs/1.12.0/specification/#object-container-files */
const HEAD = avro.Type.forSchema({
  type: 'record',
  fields: [
    { name: 'magic', type: { type: 'fixed', size: 4 } },
    { name: 'meta', type: { type: 'map', values: 'bytes' } },
    { name: 'sync', type: { type: 'fixed', size: 16 } },
  ],
} as unknown as Schema);
const MAGIC = Buffer.from('Obj\u0001');

/** The head is written here, for the library leaves out of a schema what Avro does not know: the ids of fields, by which Iceberg reads. */
export async function writeAvro(schema: Schema, { head, records }: AvroFile): Promise<Buffer> {
  const texts = { ...head, 'avro.schema': JSON.stringify(schema), 'avro.codec': 'deflate' };
  const meta = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, Buffer.from(text)]));
  const syncMarker = randomBytes(16);
  const encoder = new avro.streams.BlockEncoder(typeOf(schema), { codec: 'deflate', writeHeader: 'never', syncMarker });
  const written = buffer(encoder);
  for (const record of records) encoder.write(record);
  encoder.end();
  return Buffer.concat([HEAD.toBuffer({ magic: MAGIC, meta, sync: syncMarker }), await written]);
}

/**
 * Other engines leave letters in names that Avro has none of, and define a type twice; the library is strict, and nobody here reads types or
 * a partition's fields by their names.
 */
function withLawfulNames(schema: Schema): Schema {
  const defined = new Set<string>();
  return JSON.parse(JSON.stringify(schema), (member, value: unknown) => {
    if (member === 'name' && typeof value === 'string') return avroName(value);
    if (!isFixed(value)) return value;
    const name = defined.has(value.name) ? `${value.name}_${defined.size}` : value.name;
    defined.add(name);
    return { ...value, name };
  }) as Schema;
}

const isFixed = (value: unknown): value is { readonly name: string } =>
  isRecord(value) && value['type'] === 'fixed' && typeof value['name'] === 'string';

/** @throws IcebergError ICEBERG_INVALID_METADATA for what is no Avro, or packed as nobody packs it here */
export async function readAvro(bytes: Buffer, file: string): Promise<AvroFile> {
  const records: Readonly<Record<string, unknown>>[] = [];
  const head: Record<string, string> = {};
  const decoder = new avro.streams.BlockDecoder({ parseHook: (schema) => typeOf(withLawfulNames(schema)) });
  decoder.on('metadata', (_type: unknown, _codec: unknown, header: { readonly meta: Readonly<Record<string, Buffer>> }) => {
    for (const [name, value] of Object.entries(header.meta)) head[name] = value.toString();
  });
  try {
    for await (const record of Readable.from([bytes], { objectMode: false }).pipe(decoder))
      records.push(record as Readonly<Record<string, unknown>>);
  } catch {
    throw new IcebergError('ICEBERG_INVALID_METADATA', `${file} is no Avro file that headwaters local reads`);
  }
  return { head, records };
}
