/** Digits that a cast keeps of a real. */
export const DIGITS_OF_REAL = 7;

/**
 * A double as a cast to varchar writes it: one digit before the point, one or more after it, and an exponent.
 *
 * @param digits How many are written; all that tell the value from its neighbours if unsaid.
 * @see https://github.com/trinodb/trino/blob/405/core/trino-main/src/main/java/io/trino/type/DoubleOperators.java
 */
export function scientific(value: number, digits?: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return '0E0';
  const [mantissa = '', exponent = ''] = value.toExponential(digits === undefined ? undefined : digits - 1).split('e');
  const kept = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  return `${kept.includes('.') ? kept : `${kept}.0`}E${exponent.replace('+', '')}`;
}
