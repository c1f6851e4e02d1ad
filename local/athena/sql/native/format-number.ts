const UNITS = ['', 'K', 'M', 'B', 'T', 'Q'];
/** Java's largest long. */
const MOST = 2 ** 63;

/**
 * A whole number in three digits and a unit: `1.23M`; what is after the point is cut first. Numbers below zero have two digits after it, as Trino writes them.
 *
 * @see https://github.com/trinodb/trino/blob/405/core/trino-main/src/main/java/io/trino/operator/scalar/FormatNumberFunction.java
 */
export function formatNumber(value: number): string {
  const whole = Number.isNaN(value) ? 0 : Math.trunc(Math.min(MOST, Math.max(-MOST, value)));
  let size = Math.abs(whole);
  let unit = 0;
  for (; size >= 1000 && unit < UNITS.length - 1; unit += 1) size /= 1000;
  const digits = size.toFixed(size < 10 || whole < 0 ? 2 : size < 100 ? 1 : 0);
  return `${whole < 0 ? '-' : ''}${trimmed(digits)}${UNITS[unit]}`;
}

/** Without zeros at the end of a fraction. */
const trimmed = (digits: string): string => (digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits);
