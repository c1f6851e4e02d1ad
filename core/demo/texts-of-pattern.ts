import { RegExpParser } from '@eslint-community/regexpp';
import type { CharacterSet } from '../contract/pattern/character-sets.ts';
import { stepsOf, type Steps } from '../contract/pattern/steps.ts';

/** Texts enough for any demo: longer ones are looked at only where the shorter are fewer. */
const ENOUGH = 2n ** 40n;
/** Characters of the longest text that is looked for. */
const LONGEST = 512;
/** Lists of steps that the texts of some patterns may lead to: beyond, they are given up. */
const MOST_STATES = 5_000;

const ALPHANUMERIC = Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz');
/** How many characters are tried of a set that has neither a letter nor a digit of ASCII. */
const MOST_OTHERS = 36;

/** Where the matchers of all patterns stand after some characters. */
interface State {
  readonly accepts: boolean;
  /** Characters that lead on, and where to; filled when it is first asked for. */
  next?: readonly (readonly [characters: readonly string[], to: State])[];
  /** How many texts of as many further characters end in a match, by that number. */
  readonly counts: bigint[];
  readonly places: readonly Place[];
}

/** Where one pattern's matcher stands. */
interface Place {
  /** Steps that take the next character. */
  readonly takes: readonly number[];
  /** Whether the text may end here. */
  readonly matched: boolean;
  /** Whether it may go on as it likes: the match of a search is behind it. */
  readonly found: boolean;
}

/**
 * Texts that match all of some patterns, each at a number of its own: the texts are told apart by how their characters lead through the patterns'
 * steps, so that the n-th is found without those before it, and no two are alike. Assertions about a word's edge or what lies ahead are not
 * looked at: with one, some texts do not match.
 */
export class TextsOfPatterns {
  /** Whether each text matches: there is no assertion that was not looked at. */
  readonly exact: boolean;
  readonly count: bigint;
  private readonly patterns: readonly Steps[];
  private readonly lengths: readonly { readonly length: number; readonly count: bigint }[];
  private readonly states = new Map<string, State>();
  private readonly kinds: readonly { readonly characters: readonly string[]; readonly sets: readonly ReadonlySet<number>[] }[];
  private readonly start: State;
  /** Spreads numbers that follow each other over all texts: it has no divisor in common with their count. */
  private readonly stride: bigint;

  /** @param whole Whether a text is matched from its first character to its last, or may hold more around the match, as a search allows */
  constructor(
    patterns: readonly string[],
    { minLength = 0, maxLength = LONGEST }: { readonly minLength?: number; readonly maxLength?: number },
    private readonly whole: boolean,
  ) {
    this.patterns = patterns.map((pattern) =>
      stepsOf(new RegExpParser({ ecmaVersion: 2022 }).parsePattern(pattern, 0, pattern.length, { unicode: true })),
    );
    this.exact = this.patterns.every(({ steps }) => !steps.some(({ kind }) => kind === 'look' || kind === 'boundary'));
    this.kinds = kindsOf(this.patterns);
    this.start = this.state(this.patterns.map((pattern) => this.reach(pattern, [pattern.first], true)));
    const lengths: { length: number; count: bigint }[] = [];
    let total = 0n;
    for (let length = minLength; length <= Math.min(maxLength, LONGEST) && total < ENOUGH; length += 1) {
      const count = this.countFrom(this.start, length);
      if (count > 0n) lengths.push({ length, count });
      total += count;
    }
    this.lengths = lengths;
    this.count = total;
    this.stride = strideOf(total);
  }

  /** @param number From 0 to `count` - 1 */
  at(number: bigint): string {
    let rank = (number * this.stride) % this.count;
    for (const { length, count } of this.lengths) {
      if (rank < count) return this.write(rank, length);
      rank -= count;
    }
    throw new RangeError(`there are ${this.count} texts, got the number ${number}`);
  }

  private write(from: bigint, length: number): string {
    let rank = from;
    let state = this.start;
    let text = '';
    for (let left = length - 1; left >= 0; left -= 1) {
      for (const [characters, to] of this.nextOf(state)) {
        const each = this.countFrom(to, left);
        const all = each * BigInt(characters.length);
        if (rank < all) {
          text += characters[Number(rank / each)] ?? '';
          rank %= each;
          state = to;
          break;
        }
        rank -= all;
      }
    }
    return text;
  }

  private countFrom(state: State, length: number): bigint {
    const known = state.counts[length];
    if (known !== undefined) return known;
    const count =
      length === 0
        ? BigInt(state.accepts)
        : this.nextOf(state).reduce(
            (sum, [characters, to]) => sum + BigInt(characters.length) * this.countFrom(to, length - 1),
            0n,
          );
    state.counts[length] = count;
    return count;
  }

  private nextOf(state: State): NonNullable<State['next']> {
    state.next ??= this.kinds.flatMap(({ characters, sets }) => {
      const places = this.patterns.map((pattern, index) => this.after(pattern, state.places[index], sets[index] ?? new Set()));
      const isDead = places.some(({ takes, matched }) => takes.length === 0 && !matched);
      return isDead || this.states.size >= MOST_STATES ? [] : [[characters, this.state(places)] as const];
    });
    return state.next;
  }

  private state(places: readonly Place[]): State {
    const key = JSON.stringify(places);
    const known = this.states.get(key);
    if (known !== undefined) return known;
    const state: State = { accepts: places.every(({ matched }) => matched), counts: [], places };
    this.states.set(key, state);
    return state;
  }

  /** Where a matcher stands after a character that some sets take. */
  private after(pattern: Steps, place: Place | undefined, sets: ReadonlySet<number>): Place {
    if (place?.found === true) return FOUND;
    const next = (place?.takes ?? []).flatMap((at) => {
      const step = pattern.steps[at];
      return step?.kind === 'take' && sets.has(step.set) ? [step.next] : [];
    });
    return this.reach(pattern, this.whole ? next : [...next, pattern.first], false);
  }

  /** Follows the steps to those that take a character. */
  private reach({ steps }: Steps, from: readonly number[], atStart: boolean): Place {
    const takes = new Set<number>();
    const seen = new Set<string>();
    const end = { matched: false, found: false };
    const follow = (at: number, atEnd: boolean): void => {
      const key = `${at}/${atEnd}`;
      if (seen.has(key)) return;
      seen.add(key);
      const step = steps[at];
      switch (step?.kind) {
        case 'take':
          if (!atEnd) takes.add(at);
          return;
        case 'fork':
          for (const way of step.ways) follow(way, atEnd);
          return;
        case 'start':
          if (atStart) follow(step.next, atEnd);
          return;
        case 'end':
          follow(step.next, true);
          return;
        case 'open':
        case 'close':
        case 'boundary':
        case 'look':
          follow(step.next, atEnd);
          return;
        case 'matched':
          end.matched = true;
          end.found ||= !atEnd;
          return;
        case 'looked':
        case undefined:
      }
    };
    for (const at of from) follow(at, false);
    if (!this.whole && end.found) return FOUND;
    return { takes: [...takes].sort((a, b) => a - b), matched: end.matched, found: false };
  }
}

const FOUND: Place = { takes: [], matched: true, found: true };

/** Characters to write with, those together that the sets of the patterns do not tell apart. */
function kindsOf(patterns: readonly Steps[]): TextsOfPatterns['kinds'] {
  const characters = new Set([...ALPHANUMERIC, ...patterns.flatMap(({ sets }) => sets.flatMap(othersOf))]);
  const kinds = new Map<string, { characters: string[]; sets: ReadonlySet<number>[] }>();
  for (const character of characters) {
    const taken = patterns.map(({ sets }) => sets.flatMap((set, index) => (holds(set, character) ? [index] : [])));
    const key = JSON.stringify(taken);
    const kind = kinds.get(key) ?? { characters: [], sets: taken.map((indexes) => new Set(indexes)) };
    kind.characters.push(character);
    kinds.set(key, kind);
  }
  return [...kinds.values()];
}

const holds = (set: CharacterSet, character: string): boolean => {
  const code = character.codePointAt(0) ?? 0;
  return set.some(([first, last]) => first <= code && code <= last);
};

/** Characters to try of a set that has neither a letter nor a digit of ASCII: visible ones, or else its first. */
function othersOf(set: CharacterSet): readonly string[] {
  if (ALPHANUMERIC.some((character) => holds(set, character))) return [];
  const all: string[] = [];
  const seen: string[] = [];
  for (const [first, last] of set)
    for (let code = first; code <= last && seen.length < MOST_OTHERS && all.length < 10 * MOST_OTHERS; code += 1) {
      const character = String.fromCodePoint(code);
      if (/\p{Cs}/u.test(character)) continue; // no text holds half a pair
      all.push(character);
      if (/[\p{L}\p{N}\p{P}\p{S}]/u.test(character)) seen.push(character);
    }
  return seen.length > 0 ? seen : all.slice(0, 1);
}

/** Near the golden section of the count, and without a divisor that both have. */
function strideOf(count: bigint): bigint {
  let stride = (count * 618_034n) / 1_000_000n + 1n;
  while (greatestDivisor(stride, count) > 1n) stride += 1n;
  return stride;
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [left, right] = [a, b];
  while (right !== 0n) [left, right] = [right, left % right];
  return left;
}
