import { createHash } from 'node:crypto';
import { parse, stringify } from 'yaml';
import * as z from 'zod';
import { ADMINISTRATOR } from './actors.ts';
import { covers } from './boxes.ts';
import type { GoldenRow } from './golden.ts';
import { EVERYBODYS, textOf, type Row } from './rows.ts';

const entryShape = z.strictObject({
  id: z.string().regex(/^[a-z0-9][\w-]*$/, 'must be in kebab case'),
  date: z.iso.date(),
  who: z.string().min(3),
  /** Names every actor and every action that it lets in; the first entry, which lets in all there was, need not. */
  what: z.string().min(10),
  why: z.string().min(40),
  /** Digests of the rows that it let in and that stand, by environment: what a renewal writes, and a person does not. */
  sealed: z.record(z.string(), z.string()).optional(),
});

/** Why somebody may do more than before. */
export type Widening = z.infer<typeof entryShape>;

/** @throws Error naming the fault */
export function readWidenings(text: string): readonly Widening[] {
  const read = z.array(entryShape).safeParse(parse(text));
  if (!read.success) throw new Error(z.prettifyError(read.error));
  return read.data;
}

const HEADER = `# Every time that somebody was let do more: newest last, and what stands is not edited. A renewal of the golden lists refuses a wider one
# until an entry without 'sealed' says what got wider and why; it ties the new rows to the entry and seals it.
`;
export const writeWidenings = (entries: readonly Widening[]): string => HEADER + stringify(entries, { lineWidth: 140 });

/** The golden lists by environment. */
export type Goldens = ReadonlyMap<string, readonly GoldenRow[]>;

const DIGITS = 16;
const rowsOf = (id: string, goldens: Goldens): readonly (readonly [string, readonly string[]])[] =>
  [...goldens]
    .map(
      ([name, rows]) =>
        [
          name,
          rows
            .filter(({ since }) => since === id)
            .map(textOf)
            .sort(),
        ] as const,
    )
    .filter(([, rows]) => rows.length > 0);

/** Digests of the rows that an entry let in, by environment. @param entry The digest is of its words too */
function sealOf({ id, date, who, what, why }: Widening, goldens: Goldens): Readonly<Record<string, string>> {
  const digest = (rows: readonly string[]): string =>
    createHash('sha256')
      .update(JSON.stringify([id, date, who, what, why, rows]))
      .digest('hex')
      .slice(0, DIGITS);
  return Object.fromEntries(rowsOf(id, goldens).map(([name, rows]) => [name, digest(rows)]));
}

/** What is wrong with the log of widenings, as the golden lists stand: one line for each. */
export function checkWidenings(entries: readonly Widening[], goldens: Goldens): readonly string[] {
  const ids = entries.map(({ id }) => id);
  const strangers = [...new Set([...goldens.values()].flat().map(({ since }) => since))].filter((id) => !ids.includes(id));
  return [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `two entries are called '${id}'`),
    ...strangers.map((id) => `no entry says why the rows of '${id}' were let in`),
    ...entries.flatMap((entry, index) => {
      const rows = rowsOf(entry.id, goldens).flatMap(([name]) =>
        (goldens.get(name) ?? []).filter(({ since }) => since === entry.id),
      );
      if (rows.length === 0) return [`'${entry.id}' let in nothing that stands: it is stale, take it out`];
      if (JSON.stringify(sorted(entry.sealed ?? {})) !== JSON.stringify(sorted(sealOf(entry, goldens))))
        return [
          `'${entry.id}' is not sealed as its rows and words stand: rows were added to it by hand, or it was edited; renew by RENEW_GOLDEN=1 with an entry of its own`,
        ];
      return index === 0 ? [] : unsaid(entry, rows);
    }),
  ];
}

const sorted = (record: Readonly<Record<string, string>>): unknown => Object.entries(record).sort();

/** Actors and actions that an entry lets in and does not name. */
function unsaid({ id, what }: Widening, rows: readonly Row[]): readonly string[] {
  const names = [...new Set(rows.flatMap(({ actor, action }) => [actor.replace(/ at .*| through .*/, ''), action]))];
  return names
    .filter((name) => !what.includes(name))
    .map((name) => `'${id}' lets in something that its 'what' does not name: ${name}`);
}

/** Rows with the entries that let them in. */
export interface Renewal {
  readonly golden: Goldens;
  readonly entries: readonly Widening[];
  /** What nothing lets in: rows that are wider than any of the old list, without an entry that is open. */
  readonly unexplained: readonly string[];
}

/** Ties rows to entries: what was allowed keeps its entry, narrower or not; what was not goes to the entry that is open. */
export function renew(matrices: ReadonlyMap<string, readonly Row[]>, before: Goldens, entries: readonly Widening[]): Renewal {
  const open = entries.find(({ sealed }) => sealed === undefined)?.id;
  const unexplained: string[] = [];
  const golden = new Map(
    [...matrices].map(([name, rows]) => [
      name,
      rows.flatMap((row): GoldenRow[] => {
        const since = coveredBy(row, before.get(name) ?? [])?.since ?? open;
        if (since !== undefined) return [{ ...row, since }];
        unexplained.push(`${name}: ${textOf(row)}`);
        return [];
      }),
    ]),
  );
  const standing = entries.filter(({ id }) => rowsOf(id, golden).length > 0);
  return { golden, entries: standing.map((entry) => ({ ...entry, sealed: sealOf(entry, golden) })), unexplained };
}

/** The row of a list that allows all that another does. */
export function coveredBy(row: Row, list: readonly GoldenRow[]): GoldenRow | undefined {
  const alike = list.filter(({ actor, action }) => action === row.action && isActor(actor, row.actor));
  return (
    alike.find((old) => textOf(old) === textOf(row)) ??
    alike.find(
      (old) =>
        ((old.whose === row.whose && old.what === row.what) || isInBucket(row, old)) &&
        covers(old.when, row.when) &&
        (old.only === '' || old.only === row.only),
    )
  );
}

/** An administrator at a path may at least what any other may. */
const isActor = (wide: string, narrow: string): boolean =>
  wide === narrow || (wide === ADMINISTRATOR && narrow.startsWith(`${ADMINISTRATOR} at `));

const isInBucket = (row: Row, old: Row): boolean =>
  old.whose === EVERYBODYS &&
  old.what.endsWith('/*') &&
  row.what.startsWith(old.what.slice(0, -1)) &&
  !/environment|account/.test(row.whose);
