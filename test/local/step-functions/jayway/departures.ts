/** Where this runtime answers otherwise than version 2.0.0 of Jayway's JsonPath, and why. */
export interface Departure {
  /** Of the difference as it is told. */
  readonly told: RegExp;
  readonly why: string;
}

export const DEPARTURES: readonly Departure[] = [
  {
    told: /ours: {3}InvalidPathException: A filter compares the number .*\n {2}Jayway: NumberFormatException: /,
    why: 'a number that is compared with what is none fails in words of ours, where Java has its own',
  },
];

/** Why this runtime refuses paths that the library takes. */
export const REFUSED: readonly string[] = [
  'a literal in a filter of a path',
  'a slice from before a list to a place in a path',
  'a slice with a step in a path',
  "begins with '$'",
  "goes on with names, ['names'], places in lists, slices, * and filters",
  'the order of what is no number in a filter of a path',
  'what a filter of a path asks, but for @.name compared with a literal',
];
