import { fractionDigits, inOneUnit } from '../../decimal-text.ts';

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
