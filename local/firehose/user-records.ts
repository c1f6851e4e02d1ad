import { createHash } from 'node:crypto';
import { PbfReader } from 'pbf';

/** A record that a producer gave to the Kinesis Producer Library. */
export interface UserRecord {
  readonly partitionKey: string;
  readonly data: Buffer;
}

/** What the library's form of many records in one begins with; an MD5 of what lies between ends it. @see https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md */
const MARK = Buffer.from([0xf3, 0x89, 0x9a, 0xc2]);
const DIGEST = 16;

/** Numbers of the fields in the form's messages. */
const KEY_TABLE = 1;
const RECORDS = 3;
const RECORD_KEY = 1;
const RECORD_DATA = 3;

/** The records that the Kinesis Producer Library has packed into one; undefined for a record that is not of that form. */
export function userRecords(data: Buffer): readonly UserRecord[] | undefined {
  const end = data.length - DIGEST;
  if (end < MARK.length || !data.subarray(0, MARK.length).equals(MARK)) return undefined;
  const message = data.subarray(MARK.length, end);
  if (!createHash('md5').update(message).digest().equals(data.subarray(end))) return undefined;
  try {
    return recordsOf(message);
  } catch {
    return undefined; // no protobuf: nothing says that it is one but four bytes and a digest
  }
}

function recordsOf(message: Buffer): readonly UserRecord[] | undefined {
  const keys: string[] = [];
  const packed: { key: number; data: Buffer }[] = [];
  const reader = new PbfReader(message);
  reader.readFields((field) => {
    if (field === KEY_TABLE) keys.push(reader.readString());
    else if (field === RECORDS) packed.push(reader.readMessage(readRecord, { key: -1, data: Buffer.alloc(0) }));
  }, undefined);
  if (reader.pos !== message.length) return undefined;
  const records = packed.map(({ key, data }) => ({ partitionKey: keys[key], data }));
  return records.every((record): record is UserRecord => record.partitionKey !== undefined) ? records : undefined;
}

function readRecord(field: number, record: { key: number; data: Buffer }, reader: PbfReader): void {
  if (field === RECORD_KEY) record.key = reader.readVarint();
  else if (field === RECORD_DATA) record.data = Buffer.from(reader.readBytes());
}
