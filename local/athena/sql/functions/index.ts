import { AGGREGATES, WINDOWS, type AggregateFunction } from './aggregate.ts';
import { ARRAYS } from './array.ts';
import { BINARY } from './binary.ts';
import { DATE_AND_TIME } from './datetime.ts';
import type { ScalarFunction } from './definition.ts';
import { JSON_FUNCTIONS } from './json.ts';
import { MAPS } from './map.ts';
import { MATH } from './math.ts';
import { REGULAR_EXPRESSIONS } from './regexp.ts';
import { STRINGS } from './string.ts';

/** Functions that the expressions' own translation knows, by the topic they are told under. */
const FORMS = {
  conditional: ['coalesce', 'if', 'nullif', 'try'],
  conversion: ['cast', 'try_cast', 'typeof'],
  string: ['concat', 'trim'],
  datetime: ['extract'],
  math: ['mod'],
  aggregate: ['grouping'],
} as const;

/** Every function there is here, by topic. */
export const TOPICS = {
  math: [...Object.keys(MATH), ...FORMS.math],
  string: [...Object.keys(STRINGS), ...FORMS.string],
  regexp: Object.keys(REGULAR_EXPRESSIONS),
  datetime: [...Object.keys(DATE_AND_TIME), ...FORMS.datetime],
  json: Object.keys(JSON_FUNCTIONS),
  array: Object.keys(ARRAYS),
  map: Object.keys(MAPS),
  binary: Object.keys(BINARY),
  conditional: [...FORMS.conditional],
  conversion: [...FORMS.conversion],
  aggregate: [...Object.keys(AGGREGATES), ...FORMS.aggregate],
  window: Object.keys(WINDOWS),
} as const satisfies Readonly<Record<string, readonly string[]>>;

const SCALARS: Readonly<Record<string, ScalarFunction>> = {
  ...MATH, ...STRINGS, ...REGULAR_EXPRESSIONS, ...DATE_AND_TIME, ...JSON_FUNCTIONS, ...ARRAYS, ...MAPS, ...BINARY,
}; // prettier-ignore

const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

export const scalarNamed = (name: string): ScalarFunction | undefined => own(SCALARS, name);
export const aggregateNamed = (name: string): AggregateFunction | undefined => own(AGGREGATES, name);
export const windowNamed = (name: string): AggregateFunction | undefined => own(WINDOWS, name);
