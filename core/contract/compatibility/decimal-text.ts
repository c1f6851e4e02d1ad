/** Exact arithmetic on plain decimals as the contract writes them: `-12.50`. */

const fractionDigits = (text: string): number => (text.includes('.') ? text.length - text.indexOf('.') - 1 : 0);

function scaled(text: string, scale: number): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(`${whole}${fraction.padEnd(scale, '0')}`);
}

/** Both as whole numbers of one common unit. */
export function inOneUnit(one: string, other: string): readonly [bigint, bigint] {
  const scale = Math.max(fractionDigits(one), fractionDigits(other));
  return [scaled(one, scale), scaled(other, scale)];
}

/** Below 0, 0 or above 0, as the first is less than, equal to or greater than the second. */
export function compareDecimals(one: string, other: string): number {
  const [left, right] = inOneUnit(one, other);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Whether every multiple of the one is a multiple of the other. */
export function isMultiple(value: string, of: string): boolean {
  const [multiple, unit] = inOneUnit(value, of);
  return multiple % unit === 0n;
}

/** The multiple of the step that is nearest to the number on one side of it; the number itself counts unless it is left out. */
export function nearestMultiple(text: string, step: string, side: 'above' | 'below', leftOut: boolean): string {
  const [value, unit] = inOneUnit(text, step);
  const isExact = value % unit === 0n;
  const below = value / unit - (value < 0n && !isExact ? 1n : 0n);
  const beside = isExact && !leftOut ? below : side === 'above' ? below + 1n : isExact ? below - 1n : below;
  return ofUnits(beside * unit, Math.max(fractionDigits(text), fractionDigits(step)));
}

/** So many units of the last of the decimals, as a plain decimal. */
export function ofUnits(units: bigint, decimals: number): string {
  const digits = String(units < 0n ? -units : units).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  return `${units < 0n ? '-' : ''}${whole}${decimals === 0 ? '' : `.${digits.slice(-decimals)}`}`;
}
