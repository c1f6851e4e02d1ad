/** The condition keys of a request, by name in lower case: IAM compares the names of keys without regard to case. */
export type Lookup = ReadonlyMap<string, string | readonly string[]>;

const ANY = Symbol('any characters');
const ONE = Symbol('one character');

type Unit = string | typeof ANY | typeof ONE;
interface Variable {
  readonly key: string;
  readonly fallback: string | undefined;
}

/** A value of a policy, taken apart once: single characters, wildcards and policy variables. */
export type Pattern = readonly (Unit | Variable)[];

/** A pattern whose variables have their values: what came from the request is literal, a `*` in it included. */
export type Expanded = readonly Unit[];

const wildcard = (character: string): Unit => (character === '*' ? ANY : character === '?' ? ONE : character);

/**
 * Reads a value of a policy. Variables exist since policy version 2012-10-17 only; before that `${` is text.
 *
 * @throws Error for a variable that is not closed or not named
 */
export function parsePattern(text: string, { variables }: { variables: boolean }): Pattern {
  if (!variables || !text.includes('${')) return Array.from(text, wildcard);
  const pattern: (Unit | Variable)[] = [];
  for (let at = 0; at < text.length;) {
    if (!text.startsWith('${', at)) {
      const next = text.indexOf('${', at);
      const plain = next < 0 ? text.slice(at) : text.slice(at, next);
      pattern.push(...Array.from(plain, wildcard));
      at += plain.length;
      continue;
    }
    const end = text.indexOf('}', at);
    const found = /^([^,\s]+)(?:\s*,\s*'([^']*)')?$/.exec(text.slice(at + 2, Math.max(end, at + 2)));
    if (end < 0 || found?.[1] === undefined) throw new Error('a policy variable is not closed or not named');
    const [, key, fallback] = found;
    if (key === '*' || key === '?' || key === '$') pattern.push(key);
    else pattern.push({ key: key.toLowerCase(), fallback });
    at = end + 1;
  }
  return pattern;
}

/** Puts values in the place of variables; undefined when one has no value and no default, for nothing equals or resembles that. */
export function expand(pattern: Pattern, lookup: Lookup): Expanded | undefined {
  const expanded: Unit[] = [];
  for (const part of pattern) {
    if (typeof part !== 'object') {
      expanded.push(part);
      continue;
    }
    const value = lookup.get(part.key) ?? part.fallback;
    if (value === undefined) return undefined;
    if (typeof value !== 'string') throw new Error(`'${part.key}' has many values and cannot be a policy variable`);
    expanded.push(...Array.from(value));
  }
  return expanded;
}

/** The pattern as text, for operators that know no wildcards. */
export const literal = (pattern: Expanded): string =>
  pattern.map((unit) => (unit === ANY ? '*' : unit === ONE ? '?' : unit)).join('');

/** Whether `*` and `?` can stretch so that the pattern becomes `value`; both cases of a letter differ. */
export function matches(pattern: Expanded, value: string): boolean {
  const characters = Array.from(value);
  let at = 0;
  let unit = 0;
  let star = -1;
  let restart = 0;
  while (at < characters.length) {
    if (pattern[unit] === ANY) {
      star = unit++;
      restart = at;
    } else if (pattern[unit] === ONE || (unit < pattern.length && pattern[unit] === characters[at])) {
      unit++;
      at++;
    } else if (star >= 0) {
      unit = star + 1; // let the last star take one character more; earlier stars need never be revisited
      at = ++restart;
    } else return false;
  }
  while (pattern[unit] === ANY) unit++;
  return unit === pattern.length;
}

/** An ARN's six components: the resource keeps its colons. Undefined when there are fewer. */
export function arnComponents(pattern: Expanded): readonly Expanded[] | undefined {
  const components: Expanded[] = [];
  let rest = pattern;
  while (components.length < 5) {
    const colon = rest.indexOf(':');
    if (colon < 0) return undefined;
    components.push(rest.slice(0, colon));
    rest = rest.slice(colon + 1);
  }
  return [...components, rest];
}
