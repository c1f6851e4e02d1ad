/** Why a pattern is none. */
export class BadEventPattern extends Error {}

/** Whether an event is meant. */
export type Matches = (event: unknown) => boolean;

/** Whether one value of an event is meant; undefined stands for none. */
type MatchesValue = (value: unknown) => boolean;

/**
 * Reads an event pattern: what it names must be there, what it lists are alternatives, and all that it says must hold.
 *
 * @throws BadEventPattern for what EventBridge does not take, and for a filter that is not known here
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function parseEventPattern(pattern: unknown): Matches {
  if (!isObject(pattern) || Object.keys(pattern).length === 0)
    throw new BadEventPattern('an event pattern must be an object, and not empty');
  return ofObject(pattern, '');
}

function ofObject(pattern: Readonly<Record<string, unknown>>, path: string): Matches {
  const all = Object.entries(pattern).map(([key, part]) => ofMember(key, part, path));
  return (event) => all.every((matches) => matches(event));
}

function ofMember(key: string, part: unknown, path: string): Matches {
  const place = path === '' ? key : `${path}.${key}`;
  if (key === '$or' && Array.isArray(part) && part.length > 1 && part.every(isObject)) {
    const any = part.map((one) => ofObject(one, path));
    return (event) => any.some((matches) => matches(event));
  }
  if (isObject(part)) {
    const within = ofObject(part, place);
    return (event) => {
      const values = memberOf(event, key);
      return values.length === 0 ? within(undefined) : values.some((value) => within(value));
    };
  }
  if (!Array.isArray(part) || part.length === 0)
    throw new BadEventPattern(`'${place}' must be a list of what it may be, or an object, and not empty`);
  const any = part.map((filter) => ofFilter(filter, place));
  return (event) => {
    const values = memberOf(event, key).filter((value) => !isObject(value)); // filters are of leaves
    return values.length === 0
      ? any.some((matches) => matches(undefined))
      : values.some((value) => any.some((matches) => matches(value)));
  };
}

/** The values of a member; of a list each of its own. */
function memberOf(event: unknown, key: string): readonly unknown[] {
  if (!isObject(event) || !Object.hasOwn(event, key)) return [];
  const value = event[key];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

function ofFilter(filter: unknown, place: string): MatchesValue {
  if (!isObject(filter)) return (value) => value !== undefined && value === filter;
  const [[name, given] = ['', undefined], ...others] = Object.entries(filter);
  const make = others.length === 0 && Object.hasOwn(FILTERS, name) ? FILTERS[name] : undefined;
  const made = make?.(given);
  if (made === undefined)
    throw new BadEventPattern(`'${place}' holds a filter that is not known here: ${JSON.stringify(Object.keys(filter))}`);
  return made;
}

/** Each filter by what it is given; undefined for what it does not take. */
const FILTERS: Readonly<Record<string, (given: unknown) => MatchesValue | undefined>> = {
  prefix: (given) => ofText(given, (value, text) => value.startsWith(text)),
  suffix: (given) => ofText(given, (value, text) => value.endsWith(text)),
  'equals-ignore-case': (given) => (typeof given === 'string' ? withoutCase(given, (value, text) => value === text) : undefined),
  wildcard: (given) => (typeof given === 'string' ? wildcard(given) : undefined),
  exists: (given) => (typeof given === 'boolean' ? (value) => (value !== undefined) === given : undefined),
  numeric: (given) => (Array.isArray(given) ? numeric(given) : undefined),
  'anything-but': (given) => {
    const excluded = excludedBy(given);
    return excluded && ((value) => value !== undefined && !excluded(value));
  },
};

type Compare = (value: string, text: string) => boolean;

/** Of a text as it is, or of one whose case does not matter. */
function ofText(given: unknown, compare: Compare): MatchesValue | undefined {
  if (typeof given === 'string') return (value) => typeof value === 'string' && compare(value, given);
  const folded = isObject(given) ? given['equals-ignore-case'] : undefined;
  return typeof folded === 'string' ? withoutCase(folded, compare) : undefined;
}

const withoutCase =
  (text: string, compare: Compare): MatchesValue =>
  (value) =>
    typeof value === 'string' && compare(value.toLowerCase(), text.toLowerCase());

/** What stands between the stars of a text; a backslash takes the meaning of one away. */
function partsOf(text: string): readonly string[] {
  const units = [...text.matchAll(/\\[\\*]|[^]/g)].map(([unit]) => unit);
  const stars = units.flatMap((unit, index) => (unit === '*' ? [index] : []));
  const ends = [...stars, units.length];
  return ends.map((end, index) =>
    units
      .slice(index === 0 ? 0 : (ends[index - 1] ?? 0) + 1, end)
      .map((unit) => unit.slice(-1))
      .join(''),
  );
}

/** `*` stands for any characters. */
function wildcard(text: string): MatchesValue {
  const [first = '', ...between] = partsOf(text);
  const last = between.pop();
  return (value) => {
    if (typeof value !== 'string') return false;
    if (last === undefined) return value === first;
    if (!value.startsWith(first) || value.length < first.length + last.length || !value.endsWith(last)) return false;
    const end = value.length - last.length;
    let at = first.length;
    for (const part of between) {
      const found = value.indexOf(part, at);
      if (found < 0 || found + part.length > end) return false;
      at = found + part.length;
    }
    return true;
  };
}

function excludedBy(given: unknown): MatchesValue | undefined {
  if (isObject(given)) {
    const [entry, ...others] = Object.entries(given);
    const [name, inner] = entry ?? ['', undefined];
    if (others.length > 0 || !['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].includes(name)) return undefined;
    const each = (Array.isArray(inner) ? (inner as unknown[]) : [inner]).map((one) => FILTERS[name]?.(one));
    return each.length > 0 && each.every((one) => one !== undefined)
      ? (value) => each.some((matches) => matches(value))
      : undefined;
  }
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  return list.length > 0 && list.every((one) => typeof one === 'string' || typeof one === 'number')
    ? (value) => list.some((one) => one === value)
    : undefined;
}

const OPERATORS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** One comparison, or two that make a range. */
function numeric(given: readonly unknown[]): MatchesValue | undefined {
  const pairs = Array.from({ length: given.length / 2 }, (_, index) => [given[2 * index], given[2 * index + 1]] as const);
  const all = pairs.map(([operator, bound]) => {
    const compare = typeof operator === 'string' && Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
    return compare && typeof bound === 'number' ? (value: number) => compare(value, bound) : undefined;
  });
  if (![2, 4].includes(given.length) || all.some((one) => one === undefined)) return undefined;
  return (value) => typeof value === 'number' && all.every((holds) => holds?.(value) === true);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
