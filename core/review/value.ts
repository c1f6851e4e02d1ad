import type { Properties } from '../aws/template.ts';

/** An object that is no intrinsic function: its keys are properties. */
export const isObject = (value: unknown): value is Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isIntrinsic(value);

/** `{ "Ref": … }`, `{ "Fn::GetAtt": … }`: a value that only a deployment knows. */
export const isIntrinsic = (value: object): boolean => {
  const [key, ...others] = Object.keys(value);
  return others.length === 0 && key !== undefined && (key === 'Ref' || key === 'Condition' || key.startsWith('Fn::'));
};

/** A number as templates write it; undefined for anything else, intrinsic functions included. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

/** A boolean as templates write it. */
export const booleanOf = (value: unknown): boolean | undefined =>
  value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined;

export const listOf = (value: unknown): readonly unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** The value at a path of keys. */
export const at = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);

/** A value as people read it: `${Bucket.Arn}/*` for a join of a reference and a text. Two values of one text mean the same; what is not there has none. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined) return '';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  const [only, ...others] = Object.entries(value) as [string, unknown][];
  if (only !== undefined && others.length === 0) {
    const [key, given] = only;
    if (key === 'Ref' && typeof given === 'string') return `\${${given}}`;
    if (key === 'Fn::ImportValue') return `\${import ${textOf(given)}}`;
    if (key === 'Fn::GetAtt') return `\${${Array.isArray(given) ? given.map(textOf).join('.') : textOf(given)}}`;
    if (key === 'Fn::Sub' && typeof given === 'string') return given;
    const [separator, parts] = key === 'Fn::Join' && Array.isArray(given) ? (given as unknown[]) : [];
    if (typeof separator === 'string' && Array.isArray(parts)) return parts.map(textOf).join(separator);
  }
  return JSON.stringify(value);
}
