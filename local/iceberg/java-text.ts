/** A floating-point number as Java writes it: a point always, an exponent below a thousandth and from ten millions on. */
export function javaFloat(value: number, type: 'float' | 'double'): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : `${value < 0 ? '-' : ''}Infinity`;
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const shortest = type === 'float' ? shortestFloat(value) : value;
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7) return Number.isInteger(shortest) ? `${shortest}.0` : String(shortest);
  const [mantissa = '', exponent = ''] = shortest.toExponential().split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${exponent.replace('+', '')}`;
}

/** The number of fewest digits that is the same in 32 bits. */
function shortestFloat(value: number): number {
  for (let digits = 1; digits < 9; digits += 1) {
    const tried = Number(value.toPrecision(digits));
    if (Math.fround(tried) === value) return tried;
  }
  return Number(value.toPrecision(9));
}

/** A decimal as Java writes it: with an exponent where more than six zeros would stand behind the point. */
export function javaDecimal(digits: string, scale: number): string {
  const [, sign = '', rest = ''] = /^(-?)(\d+)$/.exec(digits) ?? [];
  const exponent = rest.length - 1 - scale;
  if (scale === 0 || exponent >= -6) return withPoint(digits, scale);
  return `${sign}${rest.charAt(0)}${rest.length > 1 ? `.${rest.slice(1)}` : ''}E${exponent}`;
}

/** Digits with a point before the last of them. */
export function withPoint(digits: string, scale: number): string {
  if (scale === 0) return digits;
  const [, sign = '', rest = ''] = /^(-?)(\d+)$/.exec(digits) ?? [];
  const padded = rest.padStart(scale + 1, '0');
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}
