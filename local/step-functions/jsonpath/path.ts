import { isRecord } from '../../input.ts';
import { NotSimulated } from '../language.ts';
import { parseFilter } from './filter.ts';
import { PathError } from './path-error.ts';
import { parsePath, type Segment } from './segments.ts';

type Members = Readonly<Record<string, unknown>>;
type Names = Segment & { readonly kind: 'names' };

/**
 * JSONPath as Step Functions has it: what its recorded answers show is what version 2.0.0 of Jayway's JsonPath does, and no later
 * one. Of its filters those are simulated that AWS documents.
 *
 * On the way a member that is null is undefined, as is a place past the end of a list: Java has null for both, and an object for a
 * null in a list.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html
 */
export class Path {
  private readonly segments: readonly Segment[];
  /** By the place of a segment, whether it and all after it find one value at most. */
  private readonly definiteFrom: readonly boolean[];

  /** @param text From `$` on @throws PathFault, NotSimulated */
  constructor(readonly text: string) {
    const lacking: string[] = [];
    const lacks = (what: string) => lacking.push(what);
    const filterOf = (filter: string) => parseFilter(filter, (path) => new Path(path), lacks);
    this.segments = parsePath(text, { filterOf, lacks });
    if (lacking[0] !== undefined) throw new NotSimulated(lacking[0]);
    let definite = true;
    this.definiteFrom = this.segments
      .toReversed()
      .map((segment) => (definite &&= segment.isDefinite))
      .reverse();
  }

  /** Whether it finds one value at most. */
  get definite(): boolean {
    return this.definiteFrom[0] ?? true;
  }

  /** The names and places on its way; undefined for a path with anything else. */
  get steps(): readonly (string | number)[] | undefined {
    const steps = this.segments.flatMap(({ step }) => (step === undefined ? [] : [step]));
    return steps.length === this.segments.length ? steps : undefined;
  }

  /** The one value of a definite path, undefined past the end of a list; else the list of all that it finds. @throws PathError */
  read(value: unknown): unknown {
    const found: unknown[] = [];
    this.walk(value, 0, '$', found);
    return this.definite ? found[0] : found.map((each) => each ?? null);
  }

  private walk(value: unknown, at: number, path: string, found: unknown[]): void {
    const segment = this.segments[at];
    switch (segment?.kind) {
      case undefined:
        found.push(value);
        return;
      case 'names':
        this.named(value, segment, at, path, found);
        return;
      case 'places': {
        const list = this.list(value, at, path);
        for (const place of segment.among(list.length)) this.element(list, place, at, path, found);
        return;
      }
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

  private isLeaf(at: number): boolean {
    return at === this.segments.length - 1;
  }

  private named(value: unknown, { names, fragment }: Names, at: number, path: string, found: unknown[]): void {
    if (!isRecord(value)) throw new PathError(`Property ${fragment} not found in path ${path}`, true);
    const [name, ...more] = names;
    if (name !== undefined && more.length === 0) {
      this.member(value, name, at, path, found);
      return;
    }
    if (!this.isLeaf(at)) throw new PathError(`Multi properties can only be used as path leafs: ${path}${fragment}`);
    found.push(Object.fromEntries(names.filter((each) => Object.hasOwn(value, each)).map((each) => [each, value[each]])));
  }

  private member(object: Members, name: string, at: number, path: string, found: unknown[]): void {
    const own = `${path}['${name}']`;
    if (Object.hasOwn(object, name)) {
      this.walk(this.isLeaf(at) ? object[name] : (object[name] ?? undefined), at + 1, own, found);
      return;
    }
    if (this.isLeaf(at)) throw new PathError(`No results for path: ${own}`, true);
    if (this.definiteFrom[Math.max(0, at - 1)] === true) throw new PathError(`Missing property in path ${own}`, true);
  }

  /** A place that a list does not have holds nothing, which is no error. */
  private element(list: readonly unknown[], place: number, at: number, path: string, found: unknown[]): void {
    this.walk(list[place], at + 1, `${path}[${place}]`, found);
  }

  private all(value: unknown, at: number, path: string, found: unknown[]): void {
    if (isRecord(value)) for (const name of Object.keys(value)) this.member(value, name, at, path, found);
    if (!Array.isArray(value)) return;
    for (const place of value.keys()) {
      try {
        this.element(value, place, at, path, found);
      } catch (error) {
        if (!(error instanceof PathError && error.isAbsence)) throw error;
      }
    }
  }

  /** What the segment at `at` finds in a value, and in all that is within it. */
  private scan(value: unknown, at: number, path: string, found: unknown[]): void {
    const isList = Array.isArray(value);
    if (!isList && !isRecord(value)) return;
    if (fits(this.segments[at], value)) {
      if (isList && !this.isLeaf(at))
        for (const [place, each] of value.entries()) this.walk(each ?? undefined, at + 1, `${path}[${place}]`, found);
      else this.walk(value, at, path, found);
    }
    for (const [step, each] of Object.entries(value)) this.scan(each, at, `${path}[${isList ? step : `'${step}'`}]`, found);
  }

  private filtered(value: unknown, accepts: (value: unknown) => boolean, at: number, path: string, found: unknown[]): void {
    if (isRecord(value)) {
      if (accepts(value)) this.walk(value, at + 1, path, found);
      return;
    }
    if (!Array.isArray(value)) throw this.unfit(value, 'can not be applied to primitives', at, path);
    for (const [place, each] of value.entries()) if (accepts(each)) this.element(value, place, at, path, found);
  }

  private list(value: unknown, at: number, path: string): readonly unknown[] {
    if (Array.isArray(value)) return value;
    if (value === undefined) throw new PathError(`The path ${path} is null`, true);
    throw this.unfit(value, 'can only be applied to arrays', at, path);
  }

  /** Java writes a text without quotes where it came from an object, or from a scan. */
  private unfit(value: unknown, rule: string, at: number, path: string): PathError {
    const isPlain = path.endsWith("']") || this.segments[at - 2]?.kind === 'scan';
    const shown = isPlain && typeof value === 'string' ? value : JSON.stringify(value ?? null);
    const rest = this.segments.slice(at).map(({ fragment }) => fragment);
    return new PathError(`Filter: ${rest.join('')} ${rule}. Current context is: ${shown}`);
  }
}

/** Whether a scan asks a segment about a value. */
function fits(segment: Segment | undefined, value: Members | readonly unknown[]): boolean {
  switch (segment?.kind) {
    case 'names':
      return !Array.isArray(value) && segment.names.every((name) => Object.hasOwn(value, name));
    case 'places':
      return Array.isArray(value);
    case 'wildcard':
      return true;
    case 'filter':
      return segment.accepts(value);
    default:
      return false;
  }
}
