import { isDay } from '../aws/is-day.ts';
import { clip } from '../contract/clip.ts';
import { didYouMean, nameOneOf } from '../suggest.ts';
import { REASONS, type Reason } from '../record/reasons.ts';
import { ReplayError } from './replay-error.ts';

/** Where originals are taken from. */
export const SOURCES = ['quarantine', 'raw'] as const;
export type Source = (typeof SOURCES)[number];

/** Days of one request: all that `raw` holds, and a third of what quarantine does. */
export const MOST_DAYS = 31;

/** What is to be replayed. */
export interface ReplayRequest {
  readonly source: Source;
  readonly dataset: string;
  /** First and last partition, inclusive, as keys hold them: `dt=2026-01-31`, of `raw` `dt=2026-01-31/hr=08`. */
  readonly from: string;
  readonly to: string;
  /** Of quarantine alone: only what was rejected for this reason. */
  readonly reason?: Reason;
  /** Whether it is only judged and counted. */
  readonly dryRun: boolean;
  /** The arrival that events are judged by, in milliseconds since the epoch: that of the run. */
  readonly arrival: number;
}

const KEYS = ['source', 'dataset', 'from', 'to', 'reason', 'dryRun', 'arrival'];
const DAY_MS = 86_400_000;
const LONGEST_SHOWN = 100;
const MOMENT = /^(\d{4}-\d\d-\d\d)(?:T([01]\d|2[0-3]))?$/;

interface Moment {
  readonly day: string;
  readonly hour?: string | undefined;
}

/**
 * Reads a request as a person or a program wrote it.
 *
 * @param datasets The names that may be asked for
 * @throws {@link ReplayError} `InvalidRequest`, `UnknownInput`, `InvalidSource`, `UnknownDataset`, `InvalidFrom`, `InvalidTo`, `HourOfQuarantine`,
 *   `RangeReversed`, `RangeTooLarge`, `UnknownReason`, `ReasonOfRaw`, `InvalidDryRun`
 */
export function parseRequest(input: unknown, datasets: readonly string[]): ReplayRequest {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw new ReplayError('InvalidRequest', 'a request must be a JSON object; give it source, dataset, from and to');
  const given = input as Readonly<Record<string, unknown>>;
  const stranger = Object.keys(given).find((key) => !KEYS.includes(key));
  if (stranger !== undefined)
    throw new ReplayError('UnknownInput', `a request takes ${KEYS.slice(0, 6).join(', ')}, got ${shown(stranger)}; remove it`);
  const source = SOURCES.find((known) => known === given.source);
  if (source === undefined)
    throw new ReplayError('InvalidSource', `'source' must be ${SOURCES.join(' or ')}, got ${shown(given.source)}; choose one`);
  const dataset = datasets.find((known) => known === given.dataset);
  if (dataset === undefined) throw unknownDataset(given.dataset, datasets);
  const from = moment('from', given.from, source);
  const to = moment('to', given.to, source);
  refuseRange(from, to);
  const { arrival, dryRun = false } = given;
  if (typeof dryRun !== 'boolean')
    throw new ReplayError('InvalidDryRun', `'dryRun' must be true or false, got ${shown(dryRun)}; leave it out to replay`);
  if (typeof arrival !== 'number')
    throw new ReplayError(
      'InvalidRequest',
      "'arrival' must be milliseconds since the epoch; start the state machine, which states it",
    );
  return {
    source,
    dataset,
    from: partition(from, source, '00'),
    to: partition(to, source, '23'),
    ...reasonOf(source, given.reason),
    dryRun,
    arrival,
  };
}

function unknownDataset(given: unknown, datasets: readonly string[]): ReplayError {
  const suggestion = typeof given === 'string' ? didYouMean(given, datasets) : '';
  return new ReplayError(
    'UnknownDataset',
    `'dataset' must name a dataset that stands here, got ${shown(given)}${suggestion || `; ${nameOneOf(datasets)}`}`,
  );
}

function moment(key: 'from' | 'to', given: unknown, source: Source): Moment {
  const [, day, hour] = typeof given === 'string' ? (MOMENT.exec(given) ?? []) : [];
  if (day === undefined || !isDay(day))
    throw new ReplayError(
      key === 'from' ? 'InvalidFrom' : 'InvalidTo',
      `'${key}' must be a day of UTC, such as 2026-01-31${source === 'raw' ? ', or an hour, such as 2026-01-31T08' : ''}, got ${shown(given)}; write it as the keys do`,
    );
  if (hour !== undefined && source === 'quarantine')
    throw new ReplayError(
      'HourOfQuarantine',
      `'${key}' must be a day, for quarantine is filed by day, got ${shown(given)}; leave the hour out`,
    );
  return { day, hour };
}

function refuseRange(from: Moment, to: Moment): void {
  const said = (at: Moment): string => (at.hour === undefined ? at.day : `${at.day}T${at.hour}`);
  if (from.day > to.day || (from.day === to.day && (from.hour ?? '00') > (to.hour ?? '23')))
    throw new ReplayError('RangeReversed', `'from' must not be after 'to', got ${said(from)} and ${said(to)}; exchange them`);
  const days = (Date.parse(to.day) - Date.parse(from.day)) / DAY_MS + 1;
  if (days > MOST_DAYS)
    throw new ReplayError(
      'RangeTooLarge',
      `one request takes ${MOST_DAYS} days at most, got ${days}; ask for one part after another`,
    );
}

function reasonOf(source: Source, given: unknown): { readonly reason?: Reason } {
  if (given === undefined) return {};
  if (source === 'raw')
    throw new ReplayError(
      'ReasonOfRaw',
      "'reason' must be left out for raw, which holds what was accepted and what was not; name quarantine, or leave it out",
    );
  const reason = REASONS.find((known) => known === given);
  if (reason !== undefined) return { reason };
  const suggestion = typeof given === 'string' ? didYouMean(given, REASONS) : '';
  throw new ReplayError(
    'UnknownReason',
    `'reason' must be a reason of quarantine, got ${shown(given)}${suggestion || `; ${nameOneOf(REASONS)}, or leave it out for all`}`,
  );
}

const partition = ({ day, hour }: Moment, source: Source, otherwise: string): string =>
  source === 'quarantine' ? `dt=${day}` : `dt=${day}/hr=${hour ?? otherwise}`;

/** What was got, short enough for a line. */
const shown = (value: unknown): string =>
  value === undefined ? 'nothing' : `'${clip(typeof value === 'string' ? value : JSON.stringify(value), LONGEST_SHOWN)}'`;
