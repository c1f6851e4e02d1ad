import type { FieldGuess } from './guess-fields.ts';
import { SampleError } from './sample-error.ts';
import type { SampleProfile } from './sample-profile.ts';
import { MAJORITY } from './scalar-type.ts';
import { listed, percent } from './words.ts';

export interface EventTimeChoice {
  readonly field: FieldGuess;
  readonly confirm: readonly string[];
}

/** Names of when something happened, the surest first; and of another time that an event may tell. */
const HAPPENED = [
  /^(?:event_?time|occurred_(?:at|on)|happened_at|event_?timestamp)$/,
  /^(?:timestamp|ts|time|datetime)$/,
  /(?:^|_)(?:at|timestamp|ts|time)$/,
];
const OTHERWISE =
  /(?:^|_)(?:update|updated|modified|deleted|expires?|expiry|valid|until|due|scheduled|ingested|loaded|processed|last)(?:_|$)/;

/**
 * Chooses when an event happened.
 *
 * @param asked The column that a person named
 * @throws {@link SampleError} `EventTimeUnfit`, `NoEventTime`
 */
export function chooseEventTime(fields: readonly FieldGuess[], sample: SampleProfile, asked?: string): EventTimeChoice {
  const candidates = fields.filter(
    ({ part, required, personal }) => part.logicalType === 'timestamp' && required && personal === undefined,
  );
  if (asked !== undefined) {
    const field = candidates.find(({ name, source }) => name === asked || source === asked);
    if (field === undefined)
      throw new SampleError(
        'EventTimeUnfit',
        `'--event-time' must name a timestamp in ISO 8601 that every event has, got '${asked}'; ${nearMisses(fields, sample) ?? 'let the producer send one'}`,
      );
    return { field, confirm: [] };
  }
  const [field, ...others] = candidates.toSorted((a, b) => rankOf(b) - rankOf(a));
  if (field === undefined)
    throw new SampleError(
      'NoEventTime',
      `a contract must name when an event happened, and the sample has no timestamp in ISO 8601 in every event; ${nearMisses(fields, sample) ?? 'let the producer send one, such as 2026-01-31T09:30:00Z'}`,
    );
  const rivals = others.length === 0 ? [] : [`chosen by its name before ${listed(others.map(({ name }) => name))}`];
  return { field, confirm: rivals };
}

const rankOf = ({ name, part }: FieldGuess): number => {
  const place = HAPPENED.findIndex((pattern) => pattern.test(name));
  const said = OTHERWISE.test(name) ? -1 : place === -1 ? 0 : HAPPENED.length - place;
  return said + (part.logicalTypeOptions?.timezone === true ? 0.5 : 0);
};

/** What could become an event time, and what it lacks. */
function nearMisses(fields: readonly FieldGuess[], { columns }: SampleProfile): string | undefined {
  for (const { name, source, part, required, personal } of fields) {
    const profile = columns.get(source);
    if (profile === undefined || personal !== undefined) continue;
    const { texts, numbers } = profile;
    if (part.logicalType === 'timestamp' && !required)
      return `'${name}' is one that some events lack: let the producer always send it`;
    if (part.logicalType !== 'timestamp' && texts.share('timestamp') >= MAJORITY)
      return `'${name}' is one in ${percent(texts.of('timestamp'), texts.count)} of the values: name it with '--event-time', or mend the rest`;
    if (part.logicalType === 'date') return `'${name}' is a day without a time: let the producer send both`;
    const isEpoch = numbers.count > 0 && numbers.integers === numbers.count && [10, 13].includes(numbers.wholeDigits);
    if (isEpoch && HAPPENED.some((pattern) => pattern.test(name)))
      return `'${name}' looks like a count since 1970: let the producer send ISO 8601`;
    if (part.logicalType === 'string' && HAPPENED.some((pattern) => pattern.test(name)))
      return `'${name}' is named like one, and is not written as 2026-01-31T09:30:00Z: let the producer write it so`;
  }
  return undefined;
}
