import type { FieldGuess } from './guess-fields.ts';
import { SampleError } from './sample-error.ts';
import type { SampleProfile } from './sample-profile.ts';
import { epochOf, isoOf, MAJORITY } from './scalar-type.ts';
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
        `'--event-time' must name a timestamp in ISO 8601 that every event has, got '${asked}'; ${nearMisses(fields, sample, asked) ?? 'let the producer send one'}`,
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

/** What could become an event time, and what it lacks: of the column that was asked for, or else of any. */
function nearMisses(fields: readonly FieldGuess[], sample: SampleProfile, asked?: string): string | undefined {
  const own = fields.filter(({ name, source }) => name === asked || source === asked);
  for (const field of [...own, ...fields]) {
    const lacks = nearMiss(field, sample);
    if (lacks !== undefined) return lacks;
  }
  return undefined;
}

function nearMiss(
  { name, source, part, required, personal, looksLike }: FieldGuess,
  { columns }: SampleProfile,
): string | undefined {
  const profile = columns.get(source);
  if (profile === undefined || personal !== undefined) return undefined;
  const { texts, numbers, textNumbers } = profile;
  if (part.logicalType === 'timestamp' && !required)
    return `'${name}' is one that some events lack: let the producer always send it`;
  if (part.logicalType !== 'timestamp' && texts.share('timestamp') >= MAJORITY)
    return `'${name}' is one in ${percent(texts.of('timestamp'), texts.count)} of the values: name it with '--event-time', or mend the rest`;
  if (part.logicalType === 'date') return `'${name}' is a day without a time: let the producer send both`;
  const unit = epochOf(name, numbers.count > 0 ? numbers : textNumbers);
  if (unit !== undefined && profile.count === Math.max(numbers.count, textNumbers.count))
    return `'${name}' holds ${unit} since 1970: a contract takes ISO 8601 texts; let the producer send ${isoOf(name, unit)}`;
  if (part.logicalType === 'string' && (looksLike === 'time' || HAPPENED.some((pattern) => pattern.test(name))))
    return `'${name}' ${looksLike === 'time' ? 'looks' : 'is named'} like one, and is not written as 2026-01-31T09:30:00Z: let the producer write it so`;
  return undefined;
}
