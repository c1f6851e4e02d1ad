import { NativeError } from './json.ts';
import { compile, type Pattern } from './pattern.ts';

const fail = (words: string): never => {
  throw new NativeError(`INVALID_FUNCTION_ARGUMENT: ${words}`);
};

function ready(text: string, pattern: string): Pattern {
  const compiled = compile(pattern);
  if (compiled.lines && text.endsWith('\n'))
    throw new NativeError(
      "NOT_SUPPORTED: '$' over a text that ends with a newline is not on the tested list of headwaters local",
    );
  compiled.rule.lastIndex = 0;
  return compiled;
}

const matches = (text: string, pattern: string): RegExpExecArray[] => Array.from(text.matchAll(ready(text, pattern).rule));

export const like = (text: string, pattern: string): boolean => text.search(ready(text, pattern).rule) >= 0;

export const count = (text: string, pattern: string): bigint => BigInt(matches(text, pattern).length);

/** Checks that a group is there and that its last value is the same in every engine. */
function groupOf({ groups, tangled }: Pattern, group: bigint): number {
  if (group < 0n) return fail('Group cannot be negative');
  if (group > BigInt(groups)) return fail(`Pattern has ${groups} groups. Cannot access group ${group}`);
  if (tangled && group > 0n)
    throw new NativeError('NOT_SUPPORTED: a group within a repeated one is not on the tested list of headwaters local');
  return Number(group);
}

/** Undefined where nothing matches, or where the group took no part. */
export function extract(text: string, pattern: string, group: bigint): string | undefined {
  const compiled = ready(text, pattern);
  const place = groupOf(compiled, group);
  return compiled.rule.exec(text)?.[place];
}

export function extractAll(text: string, pattern: string, group: bigint): readonly (string | null)[] {
  const place = groupOf(ready(text, pattern), group);
  return matches(text, pattern).map((found) => found[place] ?? null);
}

/** What the groups of each match hold. */
export function groups(text: string, pattern: string): readonly (readonly (string | null)[])[] {
  const compiled = ready(text, pattern);
  if (compiled.groups > 0) groupOf(compiled, 1n);
  return matches(text, pattern).map((found) => Array.from(found.slice(1), (group: string | undefined) => group ?? null));
}

export function split(text: string, pattern: string): readonly string[] {
  let end = 0;
  const parts = matches(text, pattern).map((found) => {
    const part = text.slice(end, found.index);
    end = found.index + found[0].length;
    return part;
  });
  return [...parts, text.slice(end)];
}

export function replace(text: string, pattern: string, by: string): string {
  const compiled = ready(text, pattern);
  return text.replace(compiled.rule, (...args: unknown[]) => replacement(by, compiled, args));
}

const ILLEGAL = 'Illegal replacement sequence';

/** `$1`, whose number takes as many digits as there are groups for, and `\\`, after which a character stands for itself. */
const replacement = (by: string, pattern: Pattern, groups: readonly unknown[]): string =>
  by.replaceAll(/\\([\s\S]?)|\$(\d+|\{|)/g, (_, escaped?: string, digits?: string) => {
    if (escaped !== undefined) return escaped === '' ? fail(ILLEGAL) : escaped;
    if (digits === '{')
      throw new NativeError('NOT_SUPPORTED: a group by name in a replacement is not on the tested list of headwaters local');
    if (digits === undefined || digits === '') return fail(ILLEGAL);
    let length = 1;
    if (Number(digits[0]) > pattern.groups) return fail(`${ILLEGAL}: unknown group ${digits[0]}`);
    while (length < digits.length && Number(digits.slice(0, length + 1)) <= pattern.groups) length += 1;
    const group = groups[groupOf(pattern, BigInt(digits.slice(0, length)))];
    return `${typeof group === 'string' ? group : ''}${digits.slice(length)}`;
  });

/** The place of the n-th match from a place on; -1 where there is none. */
export function position(text: string, pattern: string, start: bigint, nth: bigint): number {
  if (start < 1n) return fail('start position cannot be smaller than 1');
  if (nth < 1n) return fail('occurrence cannot be smaller than 1');
  const { rule } = ready(text, pattern);
  const points = Array.from(text);
  if (start > BigInt(points.length)) return -1;
  const from = points.slice(0, Number(start) - 1).join('').length;
  let left = nth;
  rule.lastIndex = from;
  for (let found = rule.exec(text); found !== null; found = rule.exec(text)) {
    left -= 1n;
    if (left === 0n) return Array.from(text.slice(0, found.index)).length + 1;
    if (found[0] === '') rule.lastIndex += (text.codePointAt(found.index) ?? 0) > 0xffff ? 2 : 1;
  }
  return -1;
}
