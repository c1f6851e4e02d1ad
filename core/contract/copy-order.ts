import type { DatasetContract } from './model.ts';
import { quotedName } from './quoted-name.ts';

/** How a row's value is written: of the row that is at hand, or of one of two. */
type Value = (column: string) => string;

/** One of the things that decide between rows, the weightier first. */
interface Decider {
  readonly of: (value: Value) => string;
  /** Which row comes before the other; one without a value comes last. */
  readonly first: 'highest' | 'lowest';
  readonly isOptional?: true;
}

/**
 * What decides between copies of one event, and between events of one key, first to last: when it happened, its sequence, the newest contract
 * that judged it, and then a hash of all that it holds. Only copies that hold the same are told apart by their arrival, the first before all
 * others: so the answer depends on what arrived, and not on how it is read. None of these but the hash is a column of many bytes, so a
 * question reads little beside what it asks for (docs/adr/0004-arrival-in-clean.md).
 */
const decidedBy = ({ eventTimeField, sequenceField }: DatasetContract): readonly Decider[] => [
  { of: (value) => value(eventTimeField), first: 'highest' },
  ...(sequenceField === undefined
    ? []
    : [{ of: (value: Value) => value(sequenceField), first: 'highest', isOptional: true } as const]),
  ...[1, 2, 3].map((part): Decider => ({
    of: (value) => `CAST(split_part(${value('_contract_version')}, '.', ${part}) AS integer)`,
    first: 'highest',
  })),
  { of: (value) => value('_content_hash'), first: 'highest' },
  { of: (value) => value('_ingested_at'), first: 'lowest' },
];

/** The terms of an ORDER BY that puts the row first which stands for its copies. */
export const copyOrder = (dataset: DatasetContract): string =>
  decidedBy(dataset)
    .map(({ of, first }) => `${of(quotedName)}${first === 'highest' ? ' DESC' : ''}`)
    .join(', ');

/**
 * A condition under which a row comes before another in that order; never true of two that are alike in all of it.
 *
 * @param challenger Alias of the row in the statement
 * @param holder Alias of the other
 */
export function comesBefore(dataset: DatasetContract, challenger: string, holder: string): string {
  const valueOf =
    (row: string): Value =>
    (column) =>
      `${row}.${quotedName(column)}`;
  const pairs = decidedBy(dataset).flatMap(({ of, first, isOptional }) => {
    const sides = [of(valueOf(challenger)), of(valueOf(holder))] as const;
    const pair = (sideOf: (side: string) => string) =>
      ({ mine: sideOf(sides[0]), other: sideOf(sides[1]), sign: first === 'highest' ? '>' : '<' }) as const;
    return isOptional === true
      ? [pair((side) => `CASE WHEN ${side} IS NULL THEN 0 ELSE 1 END`), pair((side) => `coalesce(${side}, 0)`)]
      : [pair((side) => side)];
  });
  return pairs.reduceRight((otherwise, { mine, other, sign }) => {
    const wins = `${mine} ${sign} ${other}`;
    return otherwise === '' ? wins : `${wins} OR (${mine} = ${other} AND (${otherwise}))`;
  }, '');
}
