import { isRecord } from '../input.ts';

/** Keys of dynamic partitions and the path of each in a record. */
export type PartitionQuery = readonly { readonly key: string; readonly path: readonly string[] }[];

const MEMBER = /^\s*([A-Za-z_]\w*)\s*:\s*((?:\.[A-Za-z_]\w*)+)\s*$/;

/**
 * Reads the JQ queries that only pick members: `{dataset: .dataset, tenant: .customer.id}`.
 *
 * @throws RangeError for any other JQ: the runtime does not know what it would give
 */
export function parsePartitionQuery(text: string): PartitionQuery {
  const body = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1];
  const members = body?.split(',').map((member) => MEMBER.exec(member)) ?? [];
  if (members.length === 0 || members.includes(null)) {
    throw new RangeError(`must have the form '{key: .member, other: .a.b}'; the local runtime knows no other JQ, got '${text}'`);
  }
  return members.map((member) => ({ key: member?.[1] ?? '', path: (member?.[2] ?? '').slice(1).split('.') }));
}

/** The keys of one record, or why it has none, in AWS's words; null and empty text are no keys. */
export function partitionKeys(
  query: PartitionQuery,
  data: Buffer,
): { readonly keys: Readonly<Record<string, string>> } | { readonly fault: string } {
  const record = parse(data);
  if (record === undefined) return { fault: 'Non JSON record provided' };
  const keys = new Map<string, string>();
  for (const { key, path } of query) {
    const value = path.reduce<unknown>((at, name) => (isRecord(at) && Object.hasOwn(at, name) ? at[name] : undefined), record);
    const isKey = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    if (!isKey || value === '') return { fault: NO_KEY };
    keys.set(key, String(value));
  }
  return { keys: Object.fromEntries(keys) };
}

/** What Firehose says of a record that lacks a key of its partition. */
export const NO_KEY = 'partitionKeys values must not be null or empty';

function parse(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString());
  } catch {
    return undefined;
  }
}
