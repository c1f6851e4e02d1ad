import { COLUMN_NAME, LONGEST_NAME } from '../contract/parse/lawful-name.ts';
import { literal, query, type State } from '../aws/asl.ts';
import { RETRIEVAL_TIERS } from './tiers.ts';

/** What one execution restores at most: with a day to each item, a Map's items and results stay far under 256 KiB. */
export const MOST_DAYS = 366;
/** Days that a restored copy may stay. Whoever needs it longer copies it. */
export const LONGEST_KEPT_DAYS = 365;

export const DEFAULT_INPUT = { tier: 'Bulk', keepDays: 7 } as const;

const KEYS = ['domain', 'dataset', 'from', 'to', 'tier', 'keepDays', 'maxUsd'] as const;
type Key = (typeof KEYS)[number];

/** A fault of the input: when it is there, and what the execution then says. Each may count on those before it. */
interface InputRule {
  readonly code: string;
  /** JSONata; true for a faulty input. */
  readonly broken: string;
  /** JSONata; what is required, what was got and what to change. */
  readonly cause: string;
}

const at = (key: Key) => `$states.input.${key}`;
const got = (key: Key) => `($exists(${at(key)}) ? $substring($string(${at(key)}), 0, 100) : "nothing")`;
const textThat = (key: Key, holds: string) => `($type(${at(key)}) = "string" ? (${holds}) : false)`;
const absentOr = (key: Key, holds: string) => `($exists(${at(key)}) ? (${holds}) : true)`;

const named = (key: 'domain' | 'dataset', code: string): InputRule => ({
  code,
  broken: `$not(${textThat(key, `$contains(${at(key)}, /${COLUMN_NAME.source}/) and $length(${at(key)}) <= ${LONGEST_NAME}`)})`,
  cause: `"'${key}' must be the name of a ${key} in lower case, got " & ${got(key)} & "; take it from the contract"`,
});

/** Days of this century. A pattern and no date function: what such a function makes of 30 February differs between engines. */
const DAY =
  /^20\d\d-((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|1\d|2[0-8]))$|^20([02468][048]|[13579][26])-02-29$/;

const day = (key: 'from' | 'to', code: string): InputRule => ({
  code,
  broken: `$not(${textThat(key, `$contains(${at(key)}, /${DAY.source}/)`)})`,
  cause: `"'${key}' must be a day of arrival as YYYY-MM-DD, got " & ${got(key)} & "; write it as the dt= of the keys"`,
});

const millis = (key: 'from' | 'to') => `$toMillis(${at(key)} & "T00:00:00.000Z")`;
const DAY_COUNT = `((${millis('to')} - ${millis('from')}) / 86400000 + 1)`;
const UNKNOWN = `$keys($states.input)[$not($ in ${JSON.stringify(KEYS)})]`;

const INPUT_RULES: readonly InputRule[] = [
  {
    code: 'InputNotAnObject',
    broken: '$type($states.input) != "object"',
    cause: literal(`the input must be a JSON object; give it ${KEYS.slice(0, 4).join(', ')}`),
  },
  {
    code: 'UnknownInput',
    broken: `$count(${UNKNOWN}) > 0`,
    cause: `"the input has unknown keys, got " & $substring($join([${UNKNOWN}], ", "), 0, 100) & "; the known ones are ${KEYS.join(', ')}"`,
  },
  named('domain', 'InvalidDomain'),
  named('dataset', 'InvalidDataset'),
  day('from', 'InvalidFrom'),
  day('to', 'InvalidTo'),
  {
    code: 'DaysReversed',
    broken: `${at('from')} > ${at('to')}`,
    cause: `"'from' must not be after 'to', got " & ${at('from')} & " and " & ${at('to')} & "; exchange them"`,
  },
  {
    code: 'TooManyDays',
    broken: `${DAY_COUNT} > ${MOST_DAYS}`,
    cause: `"one execution restores ${MOST_DAYS} days at most, got " & $string(${DAY_COUNT}) & "; start one for each year"`,
  },
  {
    code: 'InvalidTier',
    broken: `$not(${absentOr('tier', `${at('tier')} in ${JSON.stringify(RETRIEVAL_TIERS)}`)})`,
    cause: `"'tier' must be ${RETRIEVAL_TIERS.join(' or ')}, got " & ${got('tier')} & "; leave it out for ${DEFAULT_INPUT.tier}"`,
  },
  {
    code: 'InvalidKeepDays',
    broken: `$not(${absentOr(
      'keepDays',
      `$type(${at('keepDays')}) = "number" ? ($floor(${at('keepDays')}) = ${at('keepDays')} and ${at('keepDays')} >= 1 and ${at('keepDays')} <= ${LONGEST_KEPT_DAYS}) : false`,
    )})`,
    cause: `"'keepDays' must be a whole number from 1 to ${LONGEST_KEPT_DAYS}, got " & ${got('keepDays')} & "; leave it out for ${DEFAULT_INPUT.keepDays}"`,
  },
  {
    code: 'InvalidMaxUsd',
    broken: `$not(${absentOr('maxUsd', `$type(${at('maxUsd')}) = "number" ? ${at('maxUsd')} >= 0 : false`)})`,
    cause: `"'maxUsd' must be a number of USD from 0, got " & ${got('maxUsd')} & "; leave it out to be told the price"`,
  },
];

/** Looks at the input before anything is called: the first rule that is broken ends the execution by its code. */
export const checkInput = (next: string): Readonly<Record<string, State>> => ({
  CheckInput: {
    Type: 'Choice',
    Choices: INPUT_RULES.map(({ code, broken, cause }) => ({
      Condition: query(broken),
      Output: { code, cause: query(cause) },
      Next: 'RefuseInput',
    })),
    Default: next,
  },
  RefuseInput: { Type: 'Fail', Error: query('$states.input.code'), Cause: query('$states.input.cause') },
});

const KEEP_DAYS = `($exists(${at('keepDays')}) ? ${at('keepDays')} : ${DEFAULT_INPUT.keepDays})`;

/** What the later states read as `$request`, the defaults filled in. */
export const REQUEST = {
  domain: query(at('domain')),
  dataset: query(at('dataset')),
  from: query(at('from')),
  to: query(at('to')),
  tier: query(`$exists(${at('tier')}) ? ${at('tier')} : ${literal(DEFAULT_INPUT.tier)}`),
  keepDays: query(KEEP_DAYS),
  days: query(`( $first := ${millis('from')}; [[0..${DAY_COUNT} - 1].$substring($fromMillis($first + $ * 86400000), 0, 10)] )`),
} as const;

/** USD that the execution may spend; below zero where it is only asked for the price. */
export const MAX_USD = query(`$exists(${at('maxUsd')}) ? ${at('maxUsd')} : -1`);

/** The moment until which a copy must stay: taken once, so that a long wait asks for no more. */
export const WANTED_UNTIL = query(`$millis() + ${KEEP_DAYS} * 86400000`);
