/** Arithmetic of plain decimals by their text: exact, and of bounded length wherever a judge calls it. */

/** Characters of a decimal at most for which the nearest doubles compare as the decimals do: 15 digits survive the way there and back. */
const EXACT_CHARACTERS = 15;

/** Below 0, 0 or above 0, as `a` is less than, equal to or greater than `b`. */
export function compareDecimals(a: string, b: string): number {
  if (a.length <= EXACT_CHARACTERS && b.length <= EXACT_CHARACTERS) return Number(a) - Number(b);
  const scale = Math.max(fractionDigits(a), fractionDigits(b));
  const [left, right] = [scaled(a, scale), scaled(b, scale)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Whether a decimal is a whole multiple of another, which is above 0. */
export function isMultiple(text: string, of: string): boolean {
  const scale = Math.max(fractionDigits(text), fractionDigits(of));
  return scaled(text, scale) % scaled(of, scale) === 0n;
}

const SCIENTIFIC = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/;

/** The shortest plain decimal that is read as this finite double: at most 17 digits and 324 zeros. */
export function decimalOf(number: number): string {
  const text = String(number);
  const match = SCIENTIFIC.exec(text);
  if (match === null) return text;
  const [sign, whole, fraction] = [match[1] ?? '', match[2] ?? '', match[3] ?? ''];
  const point = whole.length + Number(match[4]);
  const digits = `${whole}${fraction}`;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return point >= digits.length
    ? `${sign}${digits.padEnd(point, '0')}`
    : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

const fractionDigits = (text: string): number => (text.includes('.') ? text.length - text.indexOf('.') - 1 : 0);
function scaled(text: string, scale: number): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(`${whole}${fraction.padEnd(scale, '0')}`);
}
