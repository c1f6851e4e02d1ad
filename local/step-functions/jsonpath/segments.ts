import type { Filter } from './filter.ts';
import { PathFault } from './path-error.ts';

interface Common {
  /** As errors write it. */
  readonly fragment: string;
  /** Whether it finds one value at most. */
  readonly isDefinite: boolean;
  /** A name or a place, for a segment that is no more. */
  readonly step?: string | number;
}

export type Segment = Common &
  (
    | { readonly kind: 'names'; readonly names: readonly string[] }
    | { readonly kind: 'places'; readonly among: (length: number) => readonly number[] }
    | { readonly kind: 'wildcard' }
    | { readonly kind: 'scan' }
    | { readonly kind: 'filter'; readonly accepts: Filter }
  );

interface Within {
  readonly filterOf: (text: string) => Filter;
  /** Told what is not simulated. */
  readonly lacks: (what: string) => void;
}

/** What is left of a path at a segment, in the order in which it is tried. */
const TOKENS: readonly (readonly [pattern: RegExp, read: (groups: readonly string[], within: Within) => Segment])[] = [
  [/\.(?=\.[^.])/y, () => ({ kind: 'scan', fragment: '..', isDefinite: false })],
  [/\.?(?:\[\*\]|\*(?=[.[]|$))/y, () => ({ kind: 'wildcard', fragment: '[*]', isDefinite: false })],
  [/\.(?!\*)([^.[\] ']+)/y, (all) => names(all)],
  [/\.?\[\s*'([^'[\]]*)'\s*\]/y, (all) => names(all)],
  [
    /\.?\[(\s*'[^'[\]]*'(?:\s*,\s*'[^'[\]]*')+)\s*\]/y,
    ([text = '']) => names(Array.from(text.matchAll(/'([^']*)'/g), ([, name = '']) => name)),
  ],
  [/\.?\[ *(-?\d+) *\]/y, ([text = '']) => place(whole(text))],
  [/\.?\[( *-?\d+(?: *, *-?\d+)+) *\]/y, ([text = '']) => places(text.split(',').map(whole))],
  [/\.?\[ *\( *@\.(?:length|size\(\)) *- *(\d+) *\) *\]/y, ([before = '']) => fromEnd(whole(`-${before}`))],
  [/\.?\[ *(\d+) *: *(-?\d+) *\]/y, ([from = '', to = '']) => between(whole(from), whole(to))],
  [/\.?(\[ *-\d+ *: *-?\d+ *\])/y, ([text = ''], { lacks }) => lacking('from before a list to a place', text, lacks)],
  [/\.?(\[ *-?\d+ *: *-?\d+ *: *(?:-?\d+)? *\])/y, ([text = ''], { lacks }) => lacking('with a step', text, lacks)],
  [/\.?\[ *(-?\d+) *: *\]/y, ([from = '']) => since(whole(from))],
  [/\.?\[ *: *(-?\d+) *\]/y, ([to = '']) => until(whole(to))],
  [
    /\.?\[\s*\?\s*\(((?:[^'[\]]|'(?:[^'[\]]|(?<=\\)')*(?<!\\)'|\[(?:'[^'[\]]*'|[^'[\]])*\])*)\)\s*\]/y,
    ([text = ''], { filterOf }) => ({ kind: 'filter', fragment: '[?]', isDefinite: false, accepts: filterOf(text) }),
  ],
];

/** @throws PathFault */
export function parsePath(text: string, within: Within): readonly Segment[] {
  if (!/^\$(?:[.[]|$)/.test(text)) throw new PathFault(`begins with '$', got '${text}'`);
  const segments: Segment[] = [];
  for (let at = 1; at < text.length;) {
    const [length, segment] = nextOf(text, at, within);
    segments.push(segment);
    at += length;
  }
  return segments;
}

function nextOf(text: string, at: number, within: Within): readonly [length: number, segment: Segment] {
  for (const [pattern, read] of TOKENS) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) return [match[0].length, read(match.slice(1), within)];
  }
  throw new PathFault(
    `goes on with names, ['names'], places in lists, slices, * and filters, got '${text.slice(at)}' in '${text}'`,
  );
}

const names = (all: readonly string[]): Segment => ({
  kind: 'names',
  names: all,
  fragment: `[${all.map((name) => `'${name}'`).join(', ')}]`,
  isDefinite: true,
  ...(all.length === 1 && { step: all[0] }),
});

const inList = (fragment: string, among: (length: number) => readonly number[]): Segment => ({
  kind: 'places',
  among,
  fragment,
  isDefinite: false,
});

const place = (at: number): Segment => ({ ...inList(`[${at}]`, () => [at]), isDefinite: true, step: at });

const places = (all: readonly number[]): Segment => inList(`[${all.join(',')}]`, () => all);

const fromEnd = (back: number): Segment => ({ ...inList(`[@.size()${back}]`, (length) => [length + back]), isDefinite: true });

/** Both bounds count from the beginning. */
const between = (from: number, to: number): Segment => inList(`[${from}:${to}]`, (length) => range(from, Math.min(length, to)));

const since = (from: number): Segment =>
  inList(`[${from}:]`, (length) => range(Math.max(0, from < 0 ? length + from : from), length));

const until = (to: number): Segment => inList(`[:${to}]`, (length) => range(0, Math.min(length, to < 0 ? length + to : to)));

/** Of such a slice the library makes what nobody means: nulls for places before the list, and steps of one. */
function lacking(which: string, text: string, lacks: Within['lacks']): Segment {
  const bounds = Array.from(text.matchAll(/-?\d+/g), ([bound]) => whole(bound));
  lacks(`a slice ${which} in a path: '${text}'`);
  return places(bounds);
}

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);

/** @throws PathFault for one that Java's `int` does not hold */
function whole(text: string): number {
  const number = Number(text);
  if (number === (number | 0)) return number | 0;
  throw new PathFault(`has places of 32 bits, got '${text.trim()}'`);
}
