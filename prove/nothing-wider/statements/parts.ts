import type { RawStatement } from './read-policies.ts';

/** What a statement is made of that widens it: without it, less is allowed. */
export interface Part {
  /** `s3:GetObject`, a resource's pattern, or a value of a condition with its key. */
  readonly name: string;
  readonly of: 'action' | 'resource' | 'condition';
  /** The statement without it. */
  readonly rest: RawStatement;
}

/** Operators of which each further value lets more requests through. */
const WIDENED_BY_VALUES = /^(ForAnyValue:)?(StringEquals|StringLike|ArnEquals|ArnLike)$/;

/** Parts of an Allow statement that could be taken away and leave a statement: one that stands alone is the statement itself. */
export function partsOf(statement: RawStatement): readonly Part[] {
  const { Action, Resource = [], Condition = {} } = statement;
  const members = (of: 'action' | 'resource', property: 'Action' | 'Resource', given: string | readonly string[]): Part[] =>
    without([given].flat()).map(([name, rest]) => ({ name, of, rest: { ...statement, [property]: rest } }));
  const values = Object.entries(Condition).flatMap(([operator, keys]) =>
    WIDENED_BY_VALUES.test(operator)
      ? Object.entries(keys).flatMap(([key, wanted]) =>
          without([wanted].flat().map(String)).map(([value, rest]): Part => {
            const narrowed = { ...Condition, [operator]: { ...keys, [key]: rest } };
            return { name: `${key} ${value}`, of: 'condition', rest: { ...statement, Condition: narrowed } };
          }),
        )
      : [],
  );
  return [...members('action', 'Action', Action), ...members('resource', 'Resource', Resource), ...values];
}

/** Each member of a list of several, and the others. */
const without = (list: readonly string[]): [string, readonly string[]][] =>
  list.length < 2 ? [] : list.map((member, index) => [member, list.toSpliced(index, 1)]);
