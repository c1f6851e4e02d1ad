import type { FieldGuess } from './guess-fields.ts';
import type { KeyTable } from './key-table.ts';
import { PERSONAL_KINDS } from './personal/guess-personal.ts';
import { SampleError } from './sample-error.ts';
import type { SampleProfile } from './sample-profile.ts';
import { grouped, listed, quoted } from './words.ts';

export interface KeyChoice {
  readonly fields: readonly FieldGuess[];
  /** How many events differ from all others and have an earlier one's identity all the same. */
  readonly repeats: number;
  readonly confirm: readonly string[];
}

/** Events from which columns are believed to be unique though their names say nothing of it, and those from which a name like that of any id is. */
const ENOUGH_ROWS = 100;
const ENOUGH_IF_NAMED = 20;
/** Columns of which pairs are tried: those with the most values. */
const MOST_PAIRED = 12;
/** Columns that people would still name together. */
const MOST_TOGETHER = 6;

/**
 * Chooses what identifies an event: a column or a pair of columns. What merges events is chosen by nobody but a person: readers would not
 * see them, and nothing would say so.
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
  const fit = fields.filter((field) => isCandidate(field, keys));
  if (asked !== undefined) return askedKey(asked, fields, fit, sample);
  const candidates = fit.filter(({ looksLike }) => looksLike === undefined);
  if (candidates.length === 0)
    throw new SampleError(
      'NoKey',
      'a contract must name what identifies an event, and the sample has no string or integer in every event that may be stored and tells more than a time or an amount; let the producer send an id',
    );
  const rank = (field: FieldGuess) => rankOf(field, dataset);
  const sum = (chosen: readonly FieldGuess[]) => chosen.reduce((total, field) => total + rank(field), 0);
  const byName = (of: readonly (readonly FieldGuess[])[]) => of.toSorted((a, b) => sum(b) - sum(a));
  const isBelieved = (chosen: readonly FieldGuess[]) =>
    rows >= ENOUGH_ROWS ||
    (rows >= ENOUGH_IF_NAMED && chosen.every((field) => rank(field) > 0)) ||
    (chosen.length === 1 && chosen.every((field) => rank(field) === OF_THE_EVENT));
  const unique: (readonly FieldGuess[])[] = [];
  let best: { readonly fields: readonly FieldGuess[]; readonly repeats: number } | undefined;
  for (const chosen of [...byName(candidates.map((field) => [field])), ...byName(pairsOf(candidates, keys))]) {
    const repeats = keys.repeats(namesOf(chosen));
    if (repeats === 0 && isBelieved(chosen)) {
      const which = chosen.length === 1 ? 'unique' : 'unique together';
      return { fields: chosen, repeats, confirm: [`${which} in all ${grouped(rows)} events of the sample`] };
    }
    if (repeats === 0) unique.push(chosen);
    if (best === undefined || repeats < best.repeats) best = { fields: chosen, repeats };
  }
  throw new SampleError('NoKey', unique[0] === undefined ? repeating(best, candidates, sample) : tooFew(unique[0], rows));
}

const namesOf = (fields: readonly FieldGuess[]): string[] => fields.map(({ source }) => source);
const option = (fields: readonly FieldGuess[]): string => `'--key ${fields.map(({ name }) => name).join(',')}'`;
const together = (fields: readonly FieldGuess[]): string => fields.map(({ name }) => quoted(name)).join(' + ');

function tooFew(unique: readonly FieldGuess[], rows: number): string {
  return `${grouped(rows)} ${rows === 1 ? 'event is' : 'events are'} too few to tell what identifies an event: ${together(unique)} may be unique by chance; give ${ENOUGH_ROWS} events or more, or say what is with ${option(unique)}`;
}

function repeating(
  best: { readonly fields: readonly FieldGuess[]; readonly repeats: number } | undefined,
  candidates: readonly FieldGuess[],
  { keys, rows }: SampleProfile,
): string {
  const { fields, repeats } = best ?? { fields: candidates, repeats: keys.repeats(namesOf(candidates)) };
  const allAre = candidates.length > 2 && candidates.length <= MOST_TOGETHER && keys.repeats(namesOf(candidates)) === 0;
  const remedy = allAre
    ? `accept that with ${option(fields)}, or take all that are unique together, ${option(candidates)}`
    : `or accept that with ${option(fields)}`;
  return `no column and no pair of columns identifies an event: the best, ${together(fields)}, would merge ${grouped(repeats)} of ${grouped(rows)}; let the producer send an id, ${remedy}`;
}

function askedKey(
  asked: readonly string[],
  all: readonly FieldGuess[],
  fit: readonly FieldGuess[],
  sample: SampleProfile,
): KeyChoice {
  const { keys, rows } = sample;
  const called = (name: string) => (field: FieldGuess) => field.name === name || field.source === name;
  const unfit = asked.filter((name) => !fit.some(called(name)));
  if (unfit.length > 0) {
    const why = unfit.map((name) => `${quoted(name)} ${whyUnfit(name, all.find(called(name)), all, keys)}`);
    const others = fit.length === 0 ? 'let the producer send an id' : `name some of ${listed(fit.map(({ name }) => name))}`;
    throw new SampleError(
      'KeyUnfit',
      `'--key' must name string or integer columns that every event has and that are neither masked nor dropped: ${why.join('; ')}; ${others}`,
    );
  }
  const fields = asked.flatMap((name) => fit.filter(called(name)).slice(0, 1));
  const repeats = keys.repeats(namesOf(fields));
  const lost = `${grouped(repeats)} of ${grouped(rows)} events differ and have an earlier one's identity: of such, readers see one a day`;
  return { fields, repeats, confirm: repeats === 0 ? [] : [`${lost}; let the producer send an id of its own for each event`] };
}

function whyUnfit(name: string, field: FieldGuess | undefined, all: readonly FieldGuess[], keys: KeyTable): string {
  if (field === undefined) {
    const within = all.some((column) => name.startsWith(`${column.name}.`) || name.startsWith(`${column.source}.`));
    return within
      ? `is a field within a column, which cannot be an id: lift ${quoted(name)} to a column of its own`
      : 'is no column that the contract would state';
  }
  const { part, required, personal, source } = field;
  if (part.logicalType !== 'string' && part.logicalType !== 'integer')
    return `is of type ${part.logicalType}, which cannot be an id`;
  if (!required) return 'is lacking in some events';
  if (isHidden(personal)) return 'seems personal and would be masked or dropped';
  return keys.isComplete(source) ? 'cannot be an id' : 'has values that are too long for an id, or of several types';
}

const isHidden = (personal: FieldGuess['personal']): boolean =>
  ['mask', 'drop'].includes(personal === undefined ? '' : PERSONAL_KINDS[personal.kind].protection);

const isCandidate = ({ part, required, source, personal }: FieldGuess, keys: KeyTable): boolean =>
  required && (part.logicalType === 'string' || part.logicalType === 'integer') && keys.isComplete(source) && !isHidden(personal);

/** A name that can be of nothing but the event itself. */
const OF_THE_EVENT = 3;

/** How much a column's name says that it identifies an event. */
function rankOf({ name, part }: FieldGuess, dataset: string): number {
  const singular = dataset.replace(/ies$/, 'y').replace(/s$/, '');
  if (['id', 'uuid', 'event_id', 'message_id', `${singular}_id`, `${dataset}_id`].includes(name)) return OF_THE_EVENT;
  if (/_(?:id|uuid|guid|key)$/.test(name) || part.logicalTypeOptions?.format === 'uuid') return 2;
  return /(?:^|_)(?:code|no|nr|number|ref|reference|sequence|serial|sku)$/.test(name) ? 1 : 0;
}

function pairsOf(candidates: readonly FieldGuess[], keys: KeyTable): FieldGuess[][] {
  const paired = candidates.toSorted((a, b) => keys.distinct(b.source) - keys.distinct(a.source)).slice(0, MOST_PAIRED);
  return paired.flatMap((first, index) => paired.slice(index + 1).map((second) => [first, second]));
}
