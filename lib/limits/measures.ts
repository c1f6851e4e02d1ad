import { policySize } from '../../constructs/security/policy-size.ts';

/** About how many characters a value will have once deployed: an intrinsic has the length of what it becomes. */
export const length = (value: unknown): number =>
  value === undefined ? 0 : typeof value === 'string' ? value.length : policySize(value) - (isIntrinsic(value) ? 2 : 0);

/** About how many bytes a value will have once deployed. */
export const bytes = (value: unknown): number => (typeof value === 'string' ? Buffer.byteLength(value) : length(value));

export const count = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

/** The value at a path of keys; a list on the way stands for each of its members. */
export function at(value: unknown, ...path: readonly string[]): unknown[] {
  const [key, ...rest] = path;
  if (Array.isArray(value)) return value.flatMap((member) => at(member, ...path));
  if (key === undefined) return value === undefined ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return at((value as Readonly<Record<string, unknown>>)[key], ...rest);
}

export const largest = (values: readonly unknown[], measure: (value: unknown) => number): number =>
  Math.max(0, ...values.map(measure));

/** An intrinsic becomes a text, which is not written with quotation marks here. */
const isIntrinsic = (value: unknown): boolean => {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0]?.startsWith('Fn::') === true);
};
