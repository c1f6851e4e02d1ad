import type { Members } from '../input.ts';

/** A whole number that is written in a definition. */
export function wholeFrom(least: number, input: Members, name: string): number | undefined {
  const value = input.optionalNumber(name);
  if (value === undefined || (Number.isInteger(value) && value >= least)) return value;
  throw input.invalid(name, `must be a whole number from ${least}, got ${value}`);
}
