import { splitDocuments } from '../parquet/split-documents.ts';
import type { Incoming } from './records.ts';

/** How the parts of an aggregated record are told apart. */
export type Deaggregation = { readonly kind: 'json' } | { readonly kind: 'delimited'; readonly delimiter: Buffer };

/** Parts that one record is split into at most. @see https://docs.aws.amazon.com/firehose/latest/dev/dynamic-partitioning-multirecord-deaggergation.html */
const MOST_PARTS = 500;

/** The parts of a record; the record itself, whole, where it cannot be split or has too many parts. */
export function deaggregate(record: Incoming, how: Deaggregation): readonly Incoming[] {
  const parts = how.kind === 'json' ? documents(record.data) : pieces(record.data, how.delimiter);
  if (parts.length < 2 || parts.length > MOST_PARTS) return [record];
  return parts.map((data, index) => ({ ...record, recordId: `${record.recordId}${String(index).padStart(3, '0')}`, data }));
}

function documents(data: Buffer): Buffer[] {
  return splitDocuments(data.toString())?.map((text) => Buffer.from(text)) ?? [];
}

function pieces(data: Buffer, delimiter: Buffer): Buffer[] {
  const found: Buffer[] = [];
  let from = 0;
  for (let at = data.indexOf(delimiter); at !== -1; at = data.indexOf(delimiter, from)) {
    found.push(data.subarray(from, at));
    from = at + delimiter.length;
  }
  found.push(data.subarray(from));
  return found.filter(({ length }) => length > 0);
}
