import type { FieldGuess } from './guess-fields.ts';
import type { KeyTable } from './key-table.ts';
import { PERSONAL_KINDS } from './personal/guess-personal.ts';
import { SampleError } from './sample-error.ts';
import type { SampleProfile } from './sample-profile.ts';
import { grouped, listed } from './words.ts';

export interface KeyChoice {
  readonly fields: readonly FieldGuess[];
  readonly confirm: readonly string[];
}

/** Events from which a column is believed to be unique though its name says nothing of it. */
const ENOUGH_ROWS = 100;
/** Columns of which pairs are tried: those with the most values. */
const MOST_PAIRED = 12;

/**
 * Chooses what identifies an event: a column, a pair of columns, or else every column that may be part of an identity.
 *
 * @param asked Columns that a person named
 * @throws {@link SampleError} `KeyUnfit`, `NoKey`
 */
export function chooseKey(
  dataset: string,
  fields: readonly FieldGuess[],
  sample: SampleProfile,
  asked?: readonly string[],
): KeyChoice {
  const { keys, rows } = sample;
  const candidates = fields.filter((field) => isCandidate(field, keys));
  if (asked !== undefined) return askedKey(asked, candidates, sample);
  if (candidates.length === 0)
    throw new SampleError(
      'NoKey',
      'a contract must name what identifies an event, and the sample has no string or integer in every event that may be stored; let the producer send an id',
    );
  const rank = (field: FieldGuess) => rankOf(field, dataset);
  const isBelieved = (chosen: readonly FieldGuess[]) => rows >= ENOUGH_ROWS || chosen.some((field) => rank(field) > 0);
  const sum = (chosen: readonly FieldGuess[]) => chosen.reduce((total, field) => total + rank(field), 0);
  const unique = (chosen: readonly FieldGuess[]) => keys.repeats(chosen.map(({ source }) => source)) === 0;
  const first = (of: readonly (readonly FieldGuess[])[]) =>
    of.toSorted((a, b) => sum(b) - sum(a)).find((chosen) => isBelieved(chosen) && unique(chosen));
  const found = first(candidates.map((field) => [field])) ?? first(pairsOf(candidates, keys));
  if (found === undefined) return everyCandidate(candidates, sample);
  const which = found.length === 1 ? 'unique' : 'unique together';
  return { fields: found, confirm: [`${which} in all ${grouped(rows)} events of the sample`] };
}

function askedKey(asked: readonly string[], candidates: readonly FieldGuess[], { keys }: SampleProfile): KeyChoice {
  const fields = asked.map((name) => {
    const field = candidates.find((candidate) => candidate.name === name || candidate.source === name);
    if (field === undefined)
      throw new SampleError(
        'KeyUnfit',
        `'--key' must name string or integer columns that every event has and that are neither masked nor dropped, got '${name}'; name some of ${listed(candidates.map((candidate) => candidate.name))}`,
      );
    return field;
  });
  const repeats = keys.repeats(fields.map(({ source }) => source));
  return { fields, confirm: repeats === 0 ? [] : [`${grouped(repeats)} events of the sample count as copies of others`] };
}

function everyCandidate(candidates: readonly FieldGuess[], { keys, rows }: SampleProfile): KeyChoice {
  const repeats = keys.repeats(candidates.map(({ source }) => source));
  const cost =
    repeats === 0
      ? `these are unique together in ${grouped(rows)} events`
      : `${grouped(repeats)} of ${grouped(rows)} events differ and would still count as copies of others, so readers would not see them`;
  return {
    fields: candidates,
    confirm: [`no column and no pair of columns is a sure identity, and ${cost}; let the producer send an id`],
  };
}

const isCandidate = ({ part, required, source, personal }: FieldGuess, keys: KeyTable): boolean =>
  required &&
  (part.logicalType === 'string' || part.logicalType === 'integer') &&
  keys.isComplete(source) &&
  !['mask', 'drop'].includes(personal === undefined ? '' : PERSONAL_KINDS[personal.kind].protection);

/** How much a column's name says that it identifies an event. */
function rankOf({ name, part }: FieldGuess, dataset: string): number {
  const singular = dataset.replace(/ies$/, 'y').replace(/s$/, '');
  if (['id', 'uuid', 'event_id', 'message_id', `${singular}_id`, `${dataset}_id`].includes(name)) return 3;
  if (/_(?:id|uuid|guid|key)$/.test(name) || part.logicalTypeOptions?.format === 'uuid') return 2;
  return /(?:^|_)(?:code|no|nr|number|ref|reference|sequence|serial|sku)$/.test(name) ? 1 : 0;
}

function pairsOf(candidates: readonly FieldGuess[], keys: KeyTable): FieldGuess[][] {
  const paired = candidates.toSorted((a, b) => keys.distinct(b.source) - keys.distinct(a.source)).slice(0, MOST_PAIRED);
  return paired.flatMap((first, index) => paired.slice(index + 1).map((second) => [first, second]));
}
