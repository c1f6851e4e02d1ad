import { closedList } from './closed-list.ts';
import { isLawfulName, mendName } from '../parse/lawful-name.ts';
import { isMap, mapType } from './map-guess.ts';
import type { TypePart } from './odcs-parts.ts';
import { guessPersonal, type PersonalGuess } from './personal/guess-personal.ts';
import { isPersonal } from './personal/names.ts';
import type { DeclaredType } from './sample-profile.ts';
import { MAJORITY, numberType, textType, type TypeGuess } from './scalar-type.ts';
import type { ValueKind, ValueProfile } from './value-profile.ts';
import { grouped } from './words.ts';

/** A column, a field or the items of an array, as the sample suggests it. */
export interface FieldGuess {
  readonly name: string;
  /** What the sample calls it. */
  readonly source: string;
  /** Whether it was never missing. */
  readonly required: boolean;
  readonly part: TypePart;
  readonly personal?: PersonalGuess;
  readonly validValues?: readonly string[];
  /** What the values seem to tell beyond their type. */
  readonly looksLike?: TypeGuess['looksLike'];
  /** What a person has to settle. */
  readonly confirm: readonly string[];
  readonly fields?: FieldsGuess;
  readonly items?: FieldGuess;
  /** What the values of a map seem to hold. */
  readonly personalValues?: PersonalGuess;
}

export interface FieldsGuess {
  readonly stated: readonly FieldGuess[];
  /** What no contract can state: an event may have it, and it is kept in `raw` alone. */
  readonly leftOut: readonly { readonly name: string; readonly because: string }[];
}

/** What the guesses of one dataset share. */
export interface GuessContext {
  readonly numbersAsTexts: boolean;
  /** The column that a person named as the event time, by the sample's name. */
  readonly eventTime?: string | undefined;
  readonly declared: ReadonlyMap<string, DeclaredType>;
  /** Names that a contract cannot have, by their dotted path; undefined for one of which nothing can be made. */
  readonly mended: Map<string, string | undefined>;
  /** Columns with values of several types. */
  readonly mixed: string[];
  /** Fields whose mended name is another's. */
  readonly collisions: string[];
}

const TELLS_OF_PERSONS: ReadonlySet<string> = new Set(['email', 'phone', 'name', 'birth', 'national-id']);

/** Guesses the fields of an object, or the columns of a dataset where `place` is empty. */
export function guessFields(
  profiles: ReadonlyMap<string, ValueProfile>,
  parents: number,
  owner: string,
  place: string,
  context: GuessContext,
): FieldsGuess {
  const named = [...profiles].map(([source, profile]) => ({ source, profile, name: lawfulName(source, place, context) }));
  const ofPersons =
    isPersonal(owner) ||
    named.some(({ name, profile }) => TELLS_OF_PERSONS.has(guessPersonal(name, profile, { ofPersons: false })?.kind ?? ''));
  const stated: FieldGuess[] = [];
  const leftOut: { name: string; because: string }[] = [];
  for (const { source, profile, name } of named) {
    const where = dotted(place, source);
    if (stated.some((other) => other.name === name)) context.collisions.push(where);
    const personal = guessPersonal(name, profile, { ofPersons });
    const declared = place === '' ? context.declared.get(source) : undefined;
    const guess = guessType(name, profile, where, personal, declared, context);
    if ('leftOut' in guess) {
      leftOut.push({ name: source, because: guess.leftOut });
      continue;
    }
    const list = listOf(guess, personal, profile);
    const renamed = name === source ? [] : [`the sample says '${source}': the producer must send this name`];
    stated.push({
      ...guess,
      ...list,
      name,
      source,
      required: profile.count === parents,
      ...(personal === undefined ? {} : { personal }),
      confirm: [...renamed, ...guess.confirm, ...list.confirm],
    });
  }
  return { stated, leftOut };
}

type TypeOfField =
  Pick<FieldGuess, 'part' | 'confirm' | 'looksLike' | 'fields' | 'items' | 'personalValues'> | { readonly leftOut: string };

function guessType(
  name: string,
  profile: ValueProfile,
  where: string,
  personal: PersonalGuess | undefined,
  declared: DeclaredType | undefined,
  context: GuessContext,
): TypeOfField {
  if (declared?.kind === 'binary') return { leftOut: 'it holds bytes, which an event in JSON cannot' };
  if (profile.count === 0) return { leftOut: 'no value was seen' };
  const { kind, confirm } = majority(profile, where, context.mixed);
  switch (kind) {
    case 'boolean':
      return { part: { logicalType: 'boolean' }, confirm };
    case 'number':
      return withMore(numberType(name, profile.numbers, declared), confirm);
    case 'string': {
      const asTexts = context.numbersAsTexts && personal === undefined; // a text can be protected, a number cannot
      const isEventTime = where === context.eventTime;
      const sent =
        context.numbersAsTexts && !asTexts && profile.textNumbers.count === profile.texts.count
          ? ['a string and no number, since only a string can be protected: the producer must send it so']
          : [];
      const guess = textType(name, profile.texts, profile.textNumbers, { numbersAsTexts: asTexts, isEventTime, declared });
      return withMore(personal === undefined || guess.looksLike === undefined ? guess : { part: guess.part, confirm: [] }, [
        ...confirm,
        ...sent,
      ]);
    }
    case 'array':
      return guessArray(name, profile, where, confirm, context);
    case 'object': {
      if (declared?.kind === 'map' || isMap(profile)) {
        const map = mapType(profile);
        if ('leftOut' in map) return map;
        const personalValues = profile.values && guessPersonal(singularOf(name), profile.values, { ofPersons: false });
        return { part: map.part, confirm, ...(personalValues === undefined ? {} : { personalValues }) };
      }
      const fields = guessFields(
        profile.fields ?? new Map<string, ValueProfile>(),
        profile.kinds.get('object') ?? 0,
        name,
        where,
        context,
      );
      return fields.stated.length === 0
        ? { leftOut: 'only objects without a value were seen' }
        : { part: { logicalType: 'object' }, confirm, fields };
    }
  }
}

function guessArray(
  name: string,
  { items }: ValueProfile,
  where: string,
  confirm: readonly string[],
  context: GuessContext,
): TypeOfField {
  if (items === undefined || items.count === 0) return { leftOut: 'only empty arrays were seen' };
  const singular = singularOf(name);
  const personal = guessPersonal(singular, items, { ofPersons: isPersonal(singular) });
  const inside = guessType(singular, items, `${where}[]`, personal, undefined, { ...context, numbersAsTexts: false });
  if ('leftOut' in inside) return { leftOut: `of its items, ${inside.leftOut}` };
  const item = { ...inside, name: '', source: '', required: false, ...(personal === undefined ? {} : { personal }) };
  const nulls = items.nulls === 0 ? [] : [`${grouped(items.nulls)} items are null: an event with one is refused`];
  return { part: { logicalType: 'array' }, confirm: [...confirm, ...nulls], items: item };
}

/** The kind that nearly all values have. Where there is none, the column is noted and the commonest taken. */
function majority(profile: ValueProfile, where: string, mixed: string[]): { kind: ValueKind; confirm: readonly string[] } {
  const [[kind, count] = ['string' as const, 0], ...others] = [...profile.kinds].sort(([, a], [, b]) => b - a);
  if (others.length === 0) return { kind, confirm: [] };
  const said = others
    .map(([other, times]) => `${grouped(times)} of ${grouped(profile.count)} values are of type ${other}`)
    .join(', ');
  if (count / profile.count < MAJORITY) mixed.push(`'${where}' (${kind}; ${said})`);
  return { kind, confirm: [`${said}: they would be refused`] };
}

function lawfulName(source: string, place: string, { mended }: GuessContext): string {
  const nested = place !== '';
  if (isLawfulName(source, nested)) return source;
  const name = mendName(source, nested);
  mended.set(dotted(place, source), name);
  return name ?? source;
}

const singularOf = (name: string): string => name.replace(/s$/, '');
const dotted = (place: string, name: string): string => (place === '' ? name : `${place}.${name}`);

function withMore<T extends { readonly confirm: readonly string[] }>(guess: T, confirm: readonly string[]): T {
  return { ...guess, confirm: [...confirm, ...guess.confirm] };
}

function listOf(
  { part, looksLike }: Pick<FieldGuess, 'part' | 'looksLike'>,
  personal: PersonalGuess | undefined,
  profile: ValueProfile,
): Pick<FieldGuess, 'confirm' | 'validValues'> {
  const isPlainText = part.logicalType === 'string' && part.logicalTypeOptions === undefined && looksLike === undefined;
  const validValues = isPlainText && personal === undefined ? closedList(profile) : undefined;
  return validValues === undefined
    ? { confirm: [] }
    : {
        validValues,
        confirm: [
          `these ${validValues.length} values are all that ${grouped(profile.texts.count)} events have; any other is refused`,
        ],
      };
}
