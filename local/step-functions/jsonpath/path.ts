import { isRecord } from '../../input.ts';
import { parseFilter, type Filter } from './filter.ts';

/** Why a path finds nothing in a value. */
export class PathError extends Error {
  constructor(
    message: string,
    /** Whether it is not there, rather than of a type that the path cannot be applied to. */
    readonly isAbsence = false,
  ) {
    super(message);
  }
}

/** Why a text is no path that is simulated. */
export class PathFault extends Error {}

interface Bounds {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

type Segment =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'fromEnd'; readonly before: number }
  | { readonly kind: 'indices'; readonly indices: readonly number[]; readonly text: string }
  | ({ readonly kind: 'slice'; readonly text: string } & Bounds)
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'scan' }
  | { readonly kind: 'filter'; readonly accepts: Filter };

/** What is left of a path at a segment, in the order in which it is tried. */
const TOKENS: readonly (readonly [pattern: RegExp, read: (groups: readonly string[]) => Segment])[] = [
  [/\.(?=\.[^.])/y, () => ({ kind: 'scan' })],
  [/\.?(?:\[\s*\*\s*\]|\*)/y, () => ({ kind: 'wildcard' })],
  [/\.?\[\s*'([^']*)'\s*\]/y, ([name = '']) => ({ kind: 'name', name })],
  [/\.?\[\s*(-?\d+)\s*\]/y, ([index = '']) => ({ kind: 'index', index: Number(index) })],
  [
    /\.?\[\s*\(\s*@\.(?:length|size\(\))\s*-\s*(\d+)\s*\)\s*\]/y,
    ([before = '']) => ({ kind: 'fromEnd', before: Number(before) }),
  ],
  [/\.?(\[\s*-?\d+(?:\s*,\s*-?\d+)+\s*\])/y, ([text = '']) => ({ kind: 'indices', indices: numbersIn(text), text })],
  [
    /\.?(\[\s*(-?\d*)\s*:\s*(-?\d*)\s*\])/y,
    ([text = '', from, to]) => ({ kind: 'slice', from: bound(from), to: bound(to), text }),
  ],
  [
    /\.?\[\s*\?\s*\(((?:'(?:[^'\\]|\\.)*'|\[(?:'[^']*'|[^\]'])*\]|[^'[\]])*)\)\s*\]/y,
    ([text = '']) => ({ kind: 'filter', accepts: parseFilter(text) }),
  ],
  [/\.([^.[\]\s*]+)/y, ([name = '']) => ({ kind: 'name', name })],
];

const numbersIn = (text: string): number[] => (text.match(/-?\d+/g) ?? []).map(Number);
const bound = (text: string | undefined): number | undefined => (text === undefined || text === '' ? undefined : Number(text));

/**
 * JSONPath as Step Functions has it: what its recorded answers show is what version 2.0.0 of Jayway's JsonPath does, and no later
 * one. Of its filters those are simulated that AWS documents.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html
 */
export class Path {
  private readonly segments: readonly Segment[];
  /** By the place of a segment, whether it and all after it find one value at most. */
  private readonly definiteFrom: readonly boolean[];

  /** @param text From `$` on @throws PathFault */
  constructor(readonly text: string) {
    this.segments = segmentsOf(text);
    let definite = true;
    this.definiteFrom = this.segments
      .toReversed()
      .map(({ kind }) => (definite &&= kind === 'name' || kind === 'index' || kind === 'fromEnd'))
      .reverse();
  }

  /** Whether it finds one value at most. */
  get definite(): boolean {
    return this.definiteFrom[0] ?? true;
  }

  /** The names and places on its way, for a path that is definite. */
  get steps(): readonly (string | number)[] {
    return this.segments.flatMap((segment): (string | number)[] => {
      if (segment.kind === 'name') return [segment.name];
      return segment.kind === 'index' ? [segment.index] : [];
    });
  }

  /** The one value of a definite path, undefined past the end of a list; else the list of all that it finds. @throws PathError */
  read(value: unknown): unknown {
    const found: unknown[] = [];
    this.walk(value, 0, '$', found);
    return this.definite ? found[0] : found;
  }

  private walk(value: unknown, at: number, path: string, found: unknown[]): void {
    const segment = this.segments[at];
    if (segment === undefined) {
      found.push(value);
      return;
    }
    const enter = (index: number): void => {
      this.element(value as unknown[], index, at, path, found);
    };
    switch (segment.kind) {
      case 'name':
        this.member(value, segment.name, at, path, found);
        return;
      case 'index':
        listAt(value, `[${segment.index}]`, path);
        enter(segment.index);
        return;
      case 'fromEnd':
        enter(listAt(value, `[@.size()-${segment.before}]`, path).length - segment.before);
        return;
      case 'indices':
        listAt(value, segment.text, path);
        segment.indices.forEach(enter);
        return;
      case 'slice':
        for (const index of placesOf(listAt(value, segment.text, path).length, segment)) enter(index);
        return;
      case 'wildcard':
        this.all(value, at, path, found);
        return;
      case 'scan':
        this.scan(value, at + 1, path, found);
        return;
      case 'filter':
        this.filtered(value, segment.accepts, at, path, found);
    }
  }

  private member(value: unknown, name: string, at: number, path: string, found: unknown[]): void {
    if (!isRecord(value)) throw new PathError(`Property ['${name}'] not found in path ${path}`, true);
    const own = `${path}['${name}']`;
    if (Object.hasOwn(value, name)) {
      this.walk(value[name], at + 1, own, found);
      return;
    }
    if (at === this.segments.length - 1) throw new PathError(`No results for path: ${own}`, true);
    if (this.definiteFrom[Math.max(0, at - 1)] === true) throw new PathError(`Missing property in path ${own}`, true);
  }

  /** A place that a list does not have holds nothing, which is no error. */
  private element(list: readonly unknown[], index: number, at: number, path: string, found: unknown[]): void {
    this.walk(list[index], at + 1, `${path}[${index}]`, found);
  }

  private all(value: unknown, at: number, path: string, found: unknown[]): void {
    if (isRecord(value)) for (const name of Object.keys(value)) this.member(value, name, at, path, found);
    if (!Array.isArray(value)) return;
    for (const index of value.keys()) {
      try {
        this.element(value, index, at, path, found);
      } catch (error) {
        if (!(error instanceof PathError && error.isAbsence)) throw error;
      }
    }
  }

  /** What the segment at `at` finds in a value, and in all that is within it. */
  private scan(value: unknown, at: number, path: string, found: unknown[]): void {
    const segment = this.segments[at];
    const isList = Array.isArray(value);
    if (!isList && !isRecord(value)) return;
    const leaf = at === this.segments.length - 1;
    if (fits(segment, value)) {
      if (isList && !leaf) for (const [index, each] of value.entries()) this.walk(each, at + 1, `${path}[${index}]`, found);
      else this.walk(value, at, path, found);
    }
    const within = isList
      ? value.map((each: unknown, index) => [`[${index}]`, each] as const)
      : Object.entries(value).map(([name, each]) => [`['${name}']`, each] as const);
    for (const [step, each] of within) this.scan(each, at, `${path}${step}`, found);
  }

  private filtered(value: unknown, accepts: Filter, at: number, path: string, found: unknown[]): void {
    if (isRecord(value)) {
      if (accepts(value)) this.walk(value, at + 1, path, found);
      return;
    }
    if (!Array.isArray(value))
      throw new PathError(`Filter: [?] can not be applied to primitives. Current context is: ${JSON.stringify(value)}`);
    for (const [index, each] of value.entries()) if (accepts(each)) this.element(value, index, at, path, found);
  }
}

/** @throws PathFault */
function segmentsOf(text: string): readonly Segment[] {
  if (!text.startsWith('$')) throw new PathFault(`begins with '$', got '${text}'`);
  const segments: Segment[] = [];
  for (let at = 1; at < text.length;) {
    const [length, segment] = nextOf(text, at);
    segments.push(segment);
    at += length;
  }
  return segments;
}

function nextOf(text: string, at: number): readonly [length: number, segment: Segment] {
  for (const [pattern, read] of TOKENS) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) return [match[0].length, read(match.slice(1))];
  }
  throw new PathFault(
    `goes on with names, ['names'], places in lists, slices, * and filters, got '${text.slice(at)}' in '${text}'`,
  );
}

/** @throws PathError */
function listAt(value: unknown, asked: string, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value === undefined) throw new PathError(`The path ${path} is null`, true);
  throw new PathError(`Filter: ${asked} can only be applied to arrays. Current context is: ${JSON.stringify(value)}`);
}

/** A slice with one bound may count it from the end. */
function placesOf(length: number, { from, to }: Bounds): number[] {
  const isOpen = from === undefined || to === undefined;
  const place = (at: number): number => (isOpen && at < 0 ? Math.max(0, length + at) : Math.min(length, at));
  const [first, end] = [place(from ?? 0), place(to ?? length)];
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
}

/** Whether a scan asks a segment about a value. */
function fits(segment: Segment | undefined, value: Readonly<Record<string, unknown>> | readonly unknown[]): boolean {
  switch (segment?.kind) {
    case 'name':
      return !Array.isArray(value) && Object.hasOwn(value, segment.name);
    case 'index':
    case 'fromEnd':
    case 'indices':
    case 'slice':
      return Array.isArray(value);
    case 'wildcard':
      return true;
    case 'filter':
      return segment.accepts(value);
    default:
      return false;
  }
}
