import type { Protection } from '../../model.ts';
import type { TextKind } from '../text-kinds.ts';
import type { ValueProfile } from '../value-profile.ts';
import { grouped, percent } from '../words.ts';
import { CLAIMS } from './names.ts';

export type PersonalKind =
  'email' | 'phone' | 'name' | 'card' | 'iban' | 'national-id' | 'birth' | 'address' | 'ip-address' | 'person-id' | 'free-text';

interface Kind {
  readonly called: string;
  /** What leaves the most use with the least of the person: a mask keeps a domain or last digits, a hash or a token still joins. */
  readonly protection: Protection;
}
export const PERSONAL_KINDS: Readonly<Record<PersonalKind, Kind>> = {
  email: { called: 'an e-mail address', protection: 'mask' },
  phone: { called: 'a telephone number', protection: 'mask' },
  name: { called: "a person's name", protection: 'hash' },
  card: { called: 'the number of a payment card', protection: 'mask' },
  iban: { called: 'an account number (IBAN)', protection: 'tokenize' },
  'national-id': { called: "a person's official number", protection: 'tokenize' },
  birth: { called: "a person's birth", protection: 'drop' },
  address: { called: 'a postal address', protection: 'drop' },
  'ip-address': { called: 'an IP address', protection: 'hash' },
  'person-id': { called: "a person's id", protection: 'tokenize' },
  'free-text': { called: 'free text, in which anything may stand', protection: 'drop' },
};

/** That a column seems to hold personal data, and why: for a person to confirm. */
export interface PersonalGuess {
  readonly kind: PersonalKind;
  readonly because: string;
}

/** What stands around a column. */
export interface Surroundings {
  /** Whether the dataset is of persons, by its name or its other columns: then `name` is a person's. */
  readonly ofPersons: boolean;
}

/** Shares of a column's values from which they are believed. E-mails are unmistakable; others have likenesses. */
const ENOUGH = { email: 0.5, iban: 0.8, phone: 0.8, card: 0.9, ipv4: 0.8, ipv6: 0.8 } as const satisfies Partial<
  Record<TextKind, number>
>;
/** Of a column whose name says the same, fewer do. */
const ENOUGH_IF_NAMED = 0.05;
/** One random number of ten passes for a card's: so many must pass before values alone are believed. */
const LEAST_CARDS = 10;

/** Digits of a telephone number or a card's at least. */
const LEAST_DIGITS = 7;

const KIND_OF_VALUE = {
  email: 'email',
  iban: 'iban',
  phone: 'phone',
  card: 'card',
  ipv4: 'ip-address',
  ipv6: 'ip-address',
} as const;

/** Guesses from a column's name and values whether it holds personal data. */
export function guessPersonal(name: string, profile: ValueProfile, around: Surroundings): PersonalGuess | undefined {
  return guessByValue(name, profile) ?? guessByName(name, profile, around);
}

function guessByValue(name: string, profile: ValueProfile): PersonalGuess | undefined {
  const { texts, numbers } = profile;
  for (const [value, enough] of Object.entries(ENOUGH) as [keyof typeof ENOUGH, number][]) {
    const share = texts.share(value);
    if (share < enough || (value === 'card' && texts.count < LEAST_CARDS) || (value === 'ipv4' && CLAIMS.version(name))) continue;
    return looksLike(KIND_OF_VALUE[value], texts.of(value), texts.count);
  }
  if (numbers.count >= LEAST_CARDS && numbers.cards / numbers.count >= ENOUGH.card)
    return looksLike('card', numbers.cards, numbers.count);
  return undefined;
}

function guessByName(name: string, profile: ValueProfile, { ofPersons }: Surroundings): PersonalGuess | undefined {
  const { texts, kinds } = profile;
  const isText = texts.count > 0;
  const isObject = kinds.has('object');
  const hasDigits = isText ? texts.share('digits') >= ENOUGH_IF_NAMED : profile.numbers.wholeDigits >= LEAST_DIGITS;
  const found = (
    Object.entries({
      email: CLAIMS.email(name) && texts.share('email') >= ENOUGH_IF_NAMED,
      phone: CLAIMS.phone(name) && hasDigits,
      card: CLAIMS.card(name) && hasDigits,
      iban: CLAIMS.iban(name) && isText,
      'national-id': CLAIMS.nationalId(name) && (isText || profile.numbers.count > 0),
      birth: CLAIMS.birth(name) && (isText || profile.numbers.count > 0),
      'ip-address': CLAIMS.ip(name) && texts.share('ipv4') + texts.share('ipv6') >= ENOUGH_IF_NAMED,
      name:
        isText &&
        (CLAIMS.name(name) ||
          (CLAIMS.someName(name) && ofPersons) ||
          (CLAIMS.person(name) && texts.share('personName') >= ENOUGH.phone)),
      address: CLAIMS.address(name) && (isObject || texts.share('spaced') >= 0.5),
      'person-id': CLAIMS.personId(name) && (isText || profile.numbers.integers > 0),
      'free-text': CLAIMS.freeText(name) && texts.share('spaced') >= 0.5,
    } satisfies Record<PersonalKind, boolean>) as [PersonalKind, boolean][]
  ).find(([, holds]) => holds)?.[0];
  return found === undefined ? undefined : { kind: found, because: `is named like ${PERSONAL_KINDS[found].called}` };
}

function looksLike(kind: PersonalKind, count: number, of: number): PersonalGuess {
  return { kind, because: `looks like ${PERSONAL_KINDS[kind].called} (${percent(count, of)} of ${grouped(of)} values)` };
}
