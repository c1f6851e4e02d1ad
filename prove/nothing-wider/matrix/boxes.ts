import { OTHER, type Dimension } from './dimension.ts';

/** Answers that let a request through: by key, those that do. A key that does not matter is not told. */
export interface Term {
  readonly key: string;
  /** Tokens of the answers that are let through. */
  readonly passing: readonly string[];
  /** Tokens of those that are not. */
  readonly failing: readonly string[];
}
/** A conjunction: each of its keys must have one of the answers that pass. Without any it always holds. */
export type Box = readonly Term[];

const LARGEST = 20_000;

/**
 * All combinations of answers that pass, as a union of boxes that share none.
 *
 * @throws Error for more combinations than can be asked
 */
export function boxesOf(dimensions: readonly Dimension[], passes: (choice: readonly number[]) => boolean): readonly Box[] {
  const sizes = dimensions.map(({ answers }) => answers.length);
  const total = sizes.reduce((product, size) => product * size, 1);
  if (total > LARGEST)
    throw new Error(`${total} combinations of ${dimensions.map(({ key }) => key).join(', ')}: too many to ask`);
  const choices = cartesian(sizes);
  const passing = choices.filter(passes);
  return cover(
    dimensions,
    sizes.map((size) => range(size)),
    passing,
  );
}

const range = (size: number): readonly number[] => Array.from({ length: size }, (_, index) => index);
const cartesian = (sizes: readonly number[]): readonly (readonly number[])[] =>
  sizes.reduce<readonly (readonly number[])[]>(
    (all, size) => all.flatMap((one) => range(size).map((index) => [...one, index])),
    [[]],
  );

/** @param open Of each dimension the answers that are still to be told apart */
function cover(
  dimensions: readonly Dimension[],
  open: readonly (readonly number[])[],
  passing: readonly (readonly number[])[],
): readonly Box[] {
  if (passing.length === 0) return [];
  const used = dimensions.map((_, at) =>
    [...new Set(passing.map((choice) => choice[at] ?? 0))].sort((one, other) => one - other),
  );
  if (used.reduce((product, { length }) => product * length, 1) === passing.length) return [boxOf(dimensions, used)];
  const behaviour = (at: number, index: number): string =>
    JSON.stringify(passing.filter((choice) => choice[at] === index).map((choice) => choice.with(at, 0)));
  const at = dimensions.findIndex(
    (_, candidate) => new Set((open[candidate] ?? []).map((index) => behaviour(candidate, index))).size > 1,
  );
  const groups = new Map<string, number[]>();
  for (const index of open[at] ?? []) {
    const key = behaviour(at, index);
    groups.set(key, [...(groups.get(key) ?? []), index]);
  }
  return [...groups.values()].flatMap((group) =>
    cover(
      dimensions,
      open.with(at, group),
      passing.filter((choice) => group.includes(choice[at] ?? -1)),
    ),
  );
}

const boxOf = (dimensions: readonly Dimension[], used: readonly (readonly number[])[]): Box =>
  dimensions.flatMap(({ key, answers }, at) => {
    const tokens = answers.map(({ token }) => token);
    const passing = tokens.filter((_, index) => used[at]?.includes(index));
    return passing.length === tokens.length
      ? []
      : [{ key, passing, failing: tokens.filter((token) => !passing.includes(token)) }];
  });

/** `key is a or b`, or `key is not c` where all but a few pass. Tokens hold no ` or `. */
export const renderBox = (box: Box): string =>
  box
    .map(({ key, passing, failing }) =>
      passing.includes(OTHER) ? `${key} is not ${failing.join(' or ')}` : `${key} is ${passing.join(' or ')}`,
    )
    .sort()
    .join(' and ');

/** Whether a condition, as it is written, lets through all that another does. */
export function covers(wide: string, narrow: string): boolean {
  if (wide === narrow || wide === '') return true;
  const read = (text: string): ReadonlyMap<string, { readonly negated: boolean; readonly tokens: readonly string[] }> =>
    new Map(
      text
        .split(' and ')
        .filter((term) => term !== '')
        .map((term) => {
          const [, key = '', not, values = ''] = /^(.*?) is (not )?(.*)$/.exec(term) ?? [];
          return [key, { negated: not !== undefined, tokens: values.split(' or ') }] as const;
        }),
    );
  const narrower = read(narrow);
  return [...read(wide)].every(([key, { negated, tokens }]) => {
    const own = narrower.get(key);
    if (own === undefined) return false;
    if (!negated) return !own.negated && own.tokens.every((token) => tokens.includes(token));
    return own.negated
      ? tokens.every((token) => own.tokens.includes(token))
      : own.tokens.every((token) => !tokens.includes(token));
  });
}
