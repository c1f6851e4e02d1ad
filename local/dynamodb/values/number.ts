import type { ServiceError } from '../../service.ts';
import { invalid } from '../errors.ts';

/** A decimal number: `0.` and its digits, times ten to the exponent. Zero has no digits. */
export interface Decimal {
  readonly isNegative: boolean;
  /** Without zeros at either end. */
  readonly digits: string;
  /** Of the first digit: 2 for 123. */
  readonly exponent: number;
}

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number */
const MOST_DIGITS = 38;
const LARGEST = 125;
const SMALLEST = -130;

const FORM = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/;
const ZERO: Decimal = { isNegative: false, digits: '', exponent: 0 };

/** @throws ServiceError ValidationException */
export function readDecimal(text: string): Decimal {
  if (text === '') throw invalid('The parameter cannot be converted to a numeric value');
  const [, sign, whole = '', fraction = '', power = '0'] = FORM.exec(text) ?? [];
  if (sign === undefined || whole + fraction === '')
    throw invalid(`The parameter cannot be converted to a numeric value: ${text}`);
  return inRange(decimalOf(sign === '-', whole + fraction, whole.length - 1 + Number(power)));
}

/** @param exponent Of the first of the digits, which may be a zero */
function decimalOf(isNegative: boolean, digits: string, exponent: number): Decimal {
  const leading = /^0*/.exec(digits)?.[0].length ?? 0;
  const significant = digits.slice(leading).replace(/0+$/, '');
  return significant === '' ? ZERO : { isNegative, digits: significant, exponent: exponent - leading };
}

const overflow = (): ServiceError =>
  invalid('Number overflow. Attempting to store a number with magnitude larger than supported range');

function inRange(decimal: Decimal): Decimal {
  const { digits, exponent } = decimal;
  if (exponent > LARGEST) throw overflow();
  if (exponent < SMALLEST)
    throw invalid('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  if (digits.length > MOST_DIGITS) throw invalid('Attempting to store more than 38 significant digits in a Number');
  return decimal;
}

/** As DynamoDB answers it: no exponent, no zeros that say nothing. */
export function textOf({ isNegative, digits, exponent }: Decimal): string {
  if (digits === '') return '0';
  const point = exponent + 1;
  const text =
    point <= 0
      ? `0.${'0'.repeat(-point)}${digits}`
      : point >= digits.length
        ? digits.padEnd(point, '0')
        : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return isNegative ? `-${text}` : text;
}

/** One form for each number. @throws ServiceError ValidationException */
export const canonical = (text: string): string => textOf(readDecimal(text));

/** @throws ServiceError ValidationException where the sum has no place in a number */
export function add(one: string, other: string, sign: 1 | -1 = 1): string {
  const [a, b] = [readDecimal(one), readDecimal(other)];
  const last = Math.min(lastPlace(a), lastPlace(b));
  const sum = scaled(a, last) + scaled(b, last) * BigInt(sign);
  const digits = String(sum < 0n ? -sum : sum);
  const result = decimalOf(sum < 0n, digits, digits.length - 1 + last);
  if (result.digits.length > MOST_DIGITS) throw overflow(); // so it is called of a sum
  return textOf(inRange(result));
}

const lastPlace = ({ digits, exponent }: Decimal): number => (digits === '' ? 0 : exponent - digits.length + 1);

function scaled(decimal: Decimal, place: number): bigint {
  if (decimal.digits === '') return 0n;
  const size = BigInt(decimal.digits.padEnd(decimal.exponent - place + 1, '0'));
  return decimal.isNegative ? -size : size;
}

/** A text that sorts as the number does. */
export function sortable(text: string): string {
  const { isNegative, digits, exponent } = readDecimal(text);
  if (digits === '') return '1';
  const place = exponent - SMALLEST;
  if (!isNegative) return `2${three(place)}${digits}`;
  const inverted = digits.replace(/\d/g, (digit) => String(9 - Number(digit)));
  return `0${three(999 - place)}${inverted}~`; // what ends sooner is the larger of two below zero
}

const three = (number: number): string => String(number).padStart(3, '0');

/** Bytes that DynamoDB counts for a number. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
export function bytesOfNumber(text: string): number {
  const { isNegative, digits, exponent } = readDecimal(text);
  if (digits === '') return 1;
  const isSplit = digits.length % 2 === 0 && exponent % 2 === 0; // two digits lie in one byte, from the point on
  return 1 + Math.ceil(digits.length / 2) + (isSplit ? 1 : 0) + (isNegative ? 1 : 0);
}
