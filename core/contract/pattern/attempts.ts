import { kindsOfCharacters } from './character-sets.ts';
import { NotLinear, type Steps } from './steps.ts';

/** Attempts that may be under way at one place of a text: with more, a text of a megabyte is felt. */
const MOST_ATTEMPTS = 64;
/** Steps between two characters of a text: as many as an alternation of some hundred words takes. */
const MOST_STEPS_BETWEEN = 2048;
/** Work of the analysis itself, in attempts looked at: about a second. */
const MOST_WORK = 2_000_000;

/** A pattern for which some text makes a search try more ways than a bound, or ever more. */
export class EverMoreWays extends NotLinear {
  constructor() {
    super(
      'must be searched in time linear in the text, and some text makes it try ever more ways',
      'let no two repetitions, side by side or one in another, take the same characters',
    );
  }
}
const slow = () => new EverMoreWays();
const complex = () =>
  new NotLinear('must be simple enough to be shown linear in the text', 'use fewer alternatives and smaller counts');

/** Where attempts stand once a character is taken: the steps that would take the next one, what is tried first at the front. */
interface Reached {
  /** Twice the step's index, and one more where it hangs on an assertion. */
  readonly attempts: readonly number[];
  /** Whether one of them has matched for certain; what would be tried after it never is. */
  readonly matched: boolean;
  readonly steps: number;
}

/**
 * The most attempts that a search has under way at one place of any text, or a throw where that grows with the text: what is bounded takes time
 * linear in the text. A backtracking matcher walks a tree of attempts, depth first. The nodes of that tree at one place of a text are a list, in
 * the order in which the matcher tries them; those that begin at each further character, as a search does, are among them. All lists that
 * any text can lead to are looked at. What is tried after a certain match is cut, as the matcher never gets there. A lookahead counts
 * beside what goes on after it.
 *
 * @throws NotLinear
 */
export function mostAttempts(pattern: Steps): number {
  const { steps } = pattern;
  const kinds = kindsOfCharacters(pattern.sets);
  const known = new Map<number, Reached>();
  const after = (attempt: number): Reached => {
    const found = known.get(attempt);
    if (found !== undefined) return found;
    const step = steps[attempt >> 1];
    const reached = reach(pattern, step?.kind === 'take' ? step.next : attempt >> 1, (attempt & 1) === 1, false);
    known.set(attempt, reached);
    return reached;
  };
  const begun = reach(pattern, pattern.first, false, true);
  const later = reach(pattern, pattern.first, false, false);

  const seen = new Set<string>();
  const waiting: { readonly attempts: readonly number[]; readonly searching: boolean }[] = [];
  const add = (attempts: readonly number[], searching: boolean) => {
    if (attempts.length === 0 && !searching) return;
    const key = `${searching ? '+' : ''}${attempts.join()}`;
    if (seen.has(key)) return;
    seen.add(key);
    waiting.push({ attempts, searching });
  };
  add(begun.attempts, !begun.matched);
  let work = 0;
  let most = 0;
  for (let list = waiting.pop(); list !== undefined; list = waiting.pop()) {
    most = Math.max(most, list.attempts.length);
    for (const kind of kinds) {
      work += list.attempts.length + 1;
      if (work > MOST_WORK) throw complex();
      const going = list.attempts.filter((attempt) => {
        const step = steps[attempt >> 1];
        return step?.kind === 'take' && kind[step.set];
      });
      if (going.length > MOST_ATTEMPTS) throw slow();
      const next: number[] = [];
      let between = 0;
      let { searching } = list;
      for (const reached of [...going.map(after), ...(searching ? [later] : [])]) {
        next.push(...reached.attempts);
        between += reached.steps;
        if (between > MOST_STEPS_BETWEEN) throw complex();
        if (!reached.matched) continue;
        searching = false;
        break;
      }
      add(next, searching);
    }
  }
  return most;
}

/** Follows a matcher from one step to all that take a character, in its order. */
function reach({ steps }: Steps, from: number, asserted: boolean, atStart: boolean): Reached {
  const attempts: number[] = [];
  /** Of repetitions that have begun since the last character. */
  const rounds = new Set<number>();
  let count = 0;
  /** Whether a match is certain. */
  const follow = (at: number, hanging: boolean, atEnd: boolean): boolean => {
    count += 1;
    if (count > MOST_STEPS_BETWEEN) throw complex();
    const step = steps[at];
    switch (step?.kind) {
      case 'take':
        if (!atEnd) attempts.push(2 * at + Number(hanging));
        return false;
      case 'fork':
        return follow(step.ways[0], hanging, atEnd) || follow(step.ways[1], hanging, atEnd);
      case 'open': {
        rounds.add(step.round);
        const matched = follow(step.next, hanging, atEnd);
        rounds.delete(step.round);
        return matched;
      }
      case 'close':
        return !rounds.has(step.round) && follow(step.next, hanging, atEnd);
      case 'start':
        return atStart && follow(step.next, hanging, atEnd);
      case 'end':
        return follow(step.next, true, true);
      case 'boundary':
        return follow(step.next, true, atEnd);
      case 'look':
        follow(step.inside, false, atEnd);
        return follow(step.next, true, atEnd);
      case 'matched':
        return !hanging;
      case 'looked':
      case undefined:
        return false;
    }
  };
  const matched = follow(from, asserted, false);
  return { attempts, matched, steps: count };
}
