import { ipRange } from './iam/ip-range.ts';
import { wildcards } from './wildcards.ts';

/** Why a pattern is none, in EventBridge's words where they are known. */
export class BadEventPattern extends Error {}

/** Whether one value of an event is meant; undefined stands for none. */
export type MatchesValue = (value: unknown) => boolean;

/**
 * What an alternative of a pattern means.
 *
 * @throws BadEventPattern
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function parseFilter(filter: unknown, place: string): MatchesValue {
  if (!isObject(filter)) return (value) => value !== undefined && value === filter;
  const [[name, given] = ['', undefined], ...others] = Object.entries(filter);
  if (others.length > 0) throw new BadEventPattern(`'${place}' must hold filters of one kind each`);
  const make = Object.hasOwn(FILTERS, name) ? FILTERS[name] : undefined;
  if (make === undefined) throw new BadEventPattern(`Unrecognized match type ${name}`);
  return make(given);
}

const FILTERS: Readonly<Record<string, (given: unknown) => MatchesValue>> = {
  prefix: (given) => ofText(given, 'prefix', (value, text) => value.startsWith(text)),
  suffix: (given) => ofText(given, 'suffix', (value, text) => value.endsWith(text)),
  'equals-ignore-case': (given) => inAnyCase(text(given, 'equals-ignore-case'), (value, wanted) => value === wanted),
  wildcard: (given) => wildcard(text(given, 'wildcard')),
  cidr: (given) => inRange(text(given, 'prefix')),
  exists: (given) => {
    if (typeof given !== 'boolean') throw new BadEventPattern('exists match pattern must be either true or false.');
    return (value) => (value !== undefined) === given;
  },
  numeric: (given) => {
    if (!Array.isArray(given)) throw new BadEventPattern('Value of numeric must be an array.');
    return numeric(given);
  },
  'anything-but': (given) => {
    const excluded = excludedBy(given);
    return (value) => value !== undefined && !excluded(value);
  },
};

function text(given: unknown, kind: string): string {
  if (typeof given === 'string') return given;
  throw new BadEventPattern(`${kind} match pattern must be a string`);
}

type Compare = (value: string, text: string) => boolean;

/** Of a text as it is, or of one whose case does not matter. */
function ofText(given: unknown, kind: string, compare: Compare): MatchesValue {
  const folded = isObject(given) ? given['equals-ignore-case'] : undefined;
  if (typeof folded === 'string') return inAnyCase(folded, compare);
  const wanted = text(given, kind);
  return (value) => typeof value === 'string' && compare(value, wanted);
}

const inAnyCase =
  (wanted: string, compare: Compare): MatchesValue =>
  (value) =>
    typeof value === 'string' && compare(value.toLowerCase(), wanted.toLowerCase());

/** `*` stands for any characters. */
function wildcard(wanted: string): MatchesValue {
  const doubled = /^(?:\\[\\*]|[^*]|\*(?!\*))*(?=\*\*)/.exec(wanted);
  if (doubled !== null) throw new BadEventPattern(`Consecutive wildcard characters at pos ${doubled[0].length + 1}`);
  const matches = wildcards(wanted);
  return (value) => typeof value === 'string' && matches(value);
}

/** Addresses of a network, as `10.0.0.0/24`. */
function inRange(range: string): MatchesValue {
  const [address = '', bits, ...others] = range.split('/');
  if (bits === undefined || others.length > 0) throw new BadEventPattern("Malformed CIDR, one '/' required");
  if (!/^\d+$/.test(bits)) throw new BadEventPattern('Malformed CIDR, mask bits must be an integer');
  if (!isAddress(address)) throw new BadEventPattern(`Nonstandard IP address: ${address}`);
  if (Number(bits) > (address.includes(':') ? 128 : 32)) throw new BadEventPattern('Malformed CIDR, too many mask bits');
  const holds = ipRange(range);
  return (value) => typeof value === 'string' && isAddress(value) && holds(value);
}

function isAddress(given: string): boolean {
  try {
    ipRange(given);
    return !given.includes('/');
  } catch {
    return false;
  }
}

const NOT_EXCLUDABLE = 'Value of anything-but must be an array or single string/number value.';

function excludedBy(given: unknown): MatchesValue {
  if (isObject(given)) return excludedByFilter(given);
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (list.length === 0) throw new BadEventPattern('Empty arrays are not allowed');
  if (!list.every((one) => typeof one === 'string' || typeof one === 'number'))
    throw new BadEventPattern(
      Array.isArray(given) ? 'Inside anything but list, start|null|boolean is not supported.' : NOT_EXCLUDABLE,
    );
  return (value) => list.some((one) => one === value);
}

/** What each filter within `anything-but` says of a value that is no text. */
const WITHIN_ANYTHING_BUT: Readonly<Record<string, string>> = {
  prefix: 'prefix/suffix match pattern must be a string',
  suffix: 'prefix/suffix match pattern must be a string',
  wildcard: 'wildcard match pattern must be a string',
  'equals-ignore-case': 'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
};

function excludedByFilter(given: Readonly<Record<string, unknown>>): MatchesValue {
  const [[name, inner] = ['', undefined], ...others] = Object.entries(given);
  const said = Object.hasOwn(WITHIN_ANYTHING_BUT, name) ? WITHIN_ANYTHING_BUT[name] : undefined;
  const make = FILTERS[name];
  if (others.length > 0 || said === undefined || make === undefined || isObject(inner)) throw new BadEventPattern(NOT_EXCLUDABLE);
  const list: readonly unknown[] = Array.isArray(inner) ? inner : [inner];
  if (list.length === 0) throw new BadEventPattern('Empty arrays are not allowed');
  const each = list.map((one) => {
    if (typeof one !== 'string') throw new BadEventPattern(said);
    if (one === '' && name !== 'wildcard' && name !== 'equals-ignore-case')
      throw new BadEventPattern('Null prefix/suffix not allowed');
    return make(one);
  });
  return (value) => each.some((matches) => matches(value));
}

const OPERATORS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** One comparison, or a lower and an upper bound. */
function numeric(given: readonly unknown[]): MatchesValue {
  const [operator, bound, upperOperator, upper, ...others] = given;
  if (typeof operator !== 'string') throw new BadEventPattern(`Invalid member in numeric match: ${told(operator)}`);
  const first = comparison(operator, bound);
  if (given.length <= 2) return first.matches;
  if (!operator.startsWith('>')) throw new BadEventPattern('Too many elements in numeric expression');
  if (typeof upperOperator !== 'string') throw new BadEventPattern(`Bad value in numeric range: ${told(upperOperator)}`);
  if (upperOperator !== '<' && upperOperator !== '<=') throw new BadEventPattern(`Bad numeric range operator: ${upperOperator}`);
  const second = comparison(upperOperator, upper);
  if (others.length > 0) throw new BadEventPattern('Too many terms in numeric range expression');
  if (first.bound >= second.bound) throw new BadEventPattern('Bottom must be less than top');
  return (value) => first.matches(value) && second.matches(value);
}

/** A member as messages name it; the end of the list where there is none. */
const told = (member: unknown): string => (member === undefined ? ']' : JSON.stringify(member));

function comparison(operator: string, bound: unknown): { readonly bound: number; readonly matches: MatchesValue } {
  const compare = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
  if (compare === undefined) throw new BadEventPattern(`Unrecognized numeric range operator: ${operator}`);
  if (typeof bound !== 'number') throw new BadEventPattern(`Value of ${operator === '=' ? 'equals' : operator} must be numeric`);
  return { bound, matches: (value) => typeof value === 'number' && compare(value, bound) };
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
