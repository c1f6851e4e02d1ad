/** Exact arithmetic on plain decimals by their text: `-12.50`. Its time is bounded by the length of what it is given. */

/** Characters of a decimal at most for which the nearest doubles compare as the decimals do: 15 digits survive the way there and back. */
const EXACT_CHARACTERS = 15;

/** Below 0, 0 or above 0, as `a` is less than, equal to or greater than `b`. */
export function compareDecimals(a: string, b: string): number {
  if (a.length <= EXACT_CHARACTERS && b.length <= EXACT_CHARACTERS) return Number(a) - Number(b);
  const [left, right] = inOneUnit(a, b);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Whether a decimal is a whole multiple of another, which is above 0. */
export function isMultiple(text: string, of: string): boolean {
  const [value, unit] = inOneUnit(text, of);
  return value % unit === 0n;
}

/** Both as whole numbers of one common unit. */
export function inOneUnit(a: string, b: string): readonly [bigint, bigint] {
  const scale = Math.max(fractionDigits(a), fractionDigits(b));
  return [scaled(a, scale), scaled(b, scale)];
}

export const fractionDigits = (text: string): number => (text.includes('.') ? text.length - text.indexOf('.') - 1 : 0);

function scaled(text: string, scale: number): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(`${whole}${fraction.padEnd(scale, '0')}`);
}
