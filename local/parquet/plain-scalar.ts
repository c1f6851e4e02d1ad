import type { HiveType } from '../glue/hive-type.ts';
import { INTEGERS } from './check-scalar.ts';

/** No quote, no escape, no control character, and no surrogate: of all else JSON text is the value. */
const TEXT = '"[^"\\\\\\u0000-\\u001f\\ud800-\\udfff]*"';

/** Days that every year of two centuries before this one, of this one and of the next has, so that no calendar is asked. */
const DAY =
  '(?:1[7-9]|2[01])[0-9]{2}-' +
  '(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)';
const TIME = '(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,6})?';

/** Digits with which a decimal number comes through a double unharmed: what its two roundings may lose is less than half of the last digit. */
const SURE_DIGITS = 15;

/** At most so many digits, the first of which is no zero unless it is the only one. */
const whole = (digits: number): string => (digits > 1 ? `(?:0|[1-9][0-9]{0,${digits - 1}})` : '[0-9]');
/** A number without an exponent, whose magnitude its digits bound. */
const fractional = (digits: number): string => `-?${whole(digits)}(?:\\.[0-9]{1,99})?`;

/**
 * The source of a pattern for values in JSON that a column holds exactly, and that the engine reads as they stand. It matches fewer texts than
 * `checkScalar` takes, and none that it refuses. No text matches it in two ways.
 *
 * @returns undefined for a type whose values have no such form
 */
export function plainScalar(type: HiveType): string | undefined {
  switch (type.kind) {
    case 'string':
      return TEXT;
    case 'boolean':
      return '(?:true|false)';
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
      return integer(INTEGERS[type.kind][1]);
    case 'float':
      return fractional(38);
    case 'double':
      return fractional(308);
    case 'decimal':
      return plainDecimal(type);
    case 'date':
      return `"${DAY}"`;
    case 'timestamp':
      return `"${DAY} ${TIME}"`;
    case 'binary':
    case 'array':
    case 'map':
    case 'struct':
      return undefined;
  }
}

/** An integer between `most` and its negative. Those as long as `most` come first: an engine that tries a shorter one would have to take back digits. */
function integer(most: bigint): string {
  const longest = String(most);
  const lower = Array.from(longest, (digit, at) => {
    const [least, greatest] = [at === 0 ? 1 : 0, Number(digit) - 1];
    return greatest < least ? [] : [`${longest.slice(0, at)}[${least}-${greatest}][0-9]{${longest.length - at - 1}}`];
  });
  return `(?:0|-?(?:${[...lower.flat(), longest, `[1-9][0-9]{0,${longest.length - 2}}`].join('|')}))`;
}

/** Of the numbers that are as long as the type allows, those that are short enough for a double: the engine reads it as one. */
function plainDecimal({ precision, scale }: { readonly precision: number; readonly scale: number }): string | undefined {
  const digits = Math.min(precision, SURE_DIGITS) - scale;
  if (digits < 1) return undefined;
  const fraction = scale > 0 ? `(?:\\.[0-9]{1,${scale}})?` : '';
  return `-?${whole(digits)}${fraction}`;
}
