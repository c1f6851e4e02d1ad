/**
 * Why an event was not accepted. A closed list: each is a segment of a key in `quarantine`, so adding one is an API change,
 * and the active partitions of the domain's quarantine delivery are bounded by it.
 */
export const REASONS = [
  'empty-record',
  'not-utf8',
  'not-json',
  'not-an-object',
  'invalid-text',
  'too-deep',
  'duplicate-key',
  'ambiguous-key',
  'missing-value',
  'wrong-type',
  'out-of-range',
  'wrong-length',
  'pattern-mismatch',
  'wrong-format',
  'not-listed',
  'bad-time',
  'too-old',
  'in-the-future',
] as const;
export type Reason = (typeof REASONS)[number];
