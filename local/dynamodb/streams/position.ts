import { ServiceError } from '../../service.ts';

/** Milliseconds for which an iterator may be used. @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html */
const LASTS = 15 * 60_000;

/** Sequence numbers have 21 digits at least. */
const FIRST = 100_000_000_000_000_000_000n;

/** Of a shard: it stands before all records. */
export const BEFORE_ALL = -1;

export const sequenceNumber = (ordinal: number): string => String(FIRST + BigInt(ordinal + 1));

/** The place of a record; undefined for what is no sequence number of a stream's. */
export function ordinalOf(text: string): number | undefined {
  if (!/^\d{21,40}$/.test(text)) return undefined;
  const ordinal = BigInt(text) - FIRST - 1n;
  return ordinal >= BigInt(BEFORE_ALL) && ordinal <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(ordinal) : undefined;
}

/** Where a reader stands. */
export interface Position {
  readonly arn: string;
  readonly ordinal: number;
  /** Milliseconds since the epoch, simulated. */
  readonly made: number;
}

export const writeIterator = ({ arn, ordinal, made }: Position): string =>
  `${arn}|1|${Buffer.from(`${ordinal} ${made}`).toString('base64')}`;

/** @throws ServiceError ValidationException, ExpiredIteratorException */
export function readIterator(text: string, now: number): Position {
  const [, arn, rest = ''] = /^(arn:[^|]+)\|1\|(\S+)$/.exec(text) ?? [];
  const [, ordinal, made] = /^(\d+) (\d+)$/.exec(Buffer.from(rest, 'base64').toString('latin1')) ?? [];
  if (arn === undefined || ordinal === undefined || made === undefined)
    throw new ServiceError('ValidationException', 'Invalid ShardIterator');
  if (Number(made) + LASTS < now)
    throw new ServiceError(
      'ExpiredIteratorException',
      'The shard iterator has expired and can no longer be used to retrieve stream records.',
    );
  return { arn, ordinal: Number(ordinal), made: Number(made) };
}
