import { JsonNumber } from '../parse-json.ts';
import { readLimits, withinLimits, type Limits } from './bounds.ts';
import { compareDecimals, isMultiple } from '../../decimal-text.ts';
import { decimalOf } from './decimal.ts';
import { accept, refuse, type Circumstances, type TypeOf, type ValueJudge } from './verdict.ts';

/** Whether a plain decimal obeys the bounds and the multiple of its type; undefined where there are none. */
function numberRule(type: TypeOf<'integer' | 'decimal'>): ((text: string) => boolean) | undefined {
  const { multipleOf } = type;
  const within = withinDecimals(type);
  if (multipleOf === undefined) return within;
  return (text) => (within === undefined || within(text)) && isMultiple(text, multipleOf);
}

/** 15 digits survive the way to a double and back: so short, decimals compare as their doubles do. */
const isShort = (text: string): boolean => text.length <= 15;

/** Bounds that are short are read once, for the texts that are short too. */
function withinDecimals(limits: Limits<string>): ((text: string) => boolean) | undefined {
  const exact = withinLimits(limits, compareDecimals);
  const doubles = withinLimits(readLimits(limits, Number), (a, b) => a - b);
  const bounds = [limits.minimum, limits.maximum, limits.exclusiveMinimum, limits.exclusiveMaximum];
  if (exact === undefined || doubles === undefined || !bounds.every((bound) => isShort(bound ?? ''))) return exact;
  return (text) => (isShort(text) ? doubles(Number(text)) : exact(text));
}

const INTEGER = /^-?\d+$/;
const RANGE = { 32: 2n ** 31n, 64: 2n ** 63n } as const;
const SAFE_DIGITS = 9;
/** Characters of the longest integer a table holds; JSON allows no leading zeros. A longer text is never made a number: that takes time. */
const LONGEST_INTEGER = 20;

export function integerJudge(type: TypeOf<'integer'>): ValueJudge {
  const isInRange = integerTest(type);
  return (value) => {
    if (!(value instanceof JsonNumber) || !INTEGER.test(value.text)) return refuse('wrong-type');
    const text = value.text === '-0' ? '0' : value.text;
    return isInRange(text) ? { json: text, text } : refuse('out-of-range');
  };
}

/** Compiles the range of an integer to the test of its text, which is of digits, a sign before them at most, and is not `-0`. */
export function integerTest(type: TypeOf<'integer'>): (text: string) => boolean {
  const obeys = numberRule(type);
  const limit = RANGE[type.bits];
  return (text) => {
    if (text.length > LONGEST_INTEGER) return false;
    if (text.length > SAFE_DIGITS) {
      const exact = BigInt(text);
      if (exact < -limit || exact >= limit) return false;
    }
    return obeys === undefined || obeys(text);
  };
}

export function doubleJudge(type: TypeOf<'double'>, { canonical }: Circumstances): ValueJudge {
  const isInRange = doubleTest(type);
  return (value) => {
    if (!(value instanceof JsonNumber)) return refuse('wrong-type');
    const number = Number(value.text);
    if (!isInRange(number)) return refuse('out-of-range');
    return accept(canonical || Object.is(number, -0) ? String(number) : value.text);
  };
}

/** Its rules hold for the double that the table keeps, not for digits that it cannot. */
export function doubleTest(type: TypeOf<'double'>): (number: number) => boolean {
  const { multipleOf } = type;
  const limits = readLimits(type, Number);
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity } = limits;
  return (number) =>
    number >= minimum &&
    number <= maximum &&
    number > exclusiveMinimum && // what no double holds is read as infinite, and no infinity passes
    number < exclusiveMaximum &&
    (multipleOf === undefined || isMultiple(decimalOf(number), multipleOf));
}

const DECIMAL = /^-?(\d+)(?:\.(\d+))?$/;

export function decimalJudge(type: TypeOf<'decimal'>): ValueJudge {
  const store = storedDecimal(type);
  return (value) => {
    if (!(value instanceof JsonNumber) || !DECIMAL.test(value.text)) return refuse('wrong-type'); // an exponent says nothing of the scale
    const stored = store(value.text);
    return stored === undefined ? refuse('out-of-range') : accept(stored);
  };
}

/** Compiles a decimal's rules to its text without needless zeros; undefined for one that is out of range. The text is of digits, a sign and a point. */
export function storedDecimal(type: TypeOf<'decimal'>): (text: string) => string | undefined {
  const obeys = numberRule(type);
  return (text) => {
    const sign = text.startsWith('-') ? 1 : 0;
    const point = text.indexOf('.');
    const whole = text.slice(sign, point === -1 ? text.length : point).replace(/^0+/, '');
    const fraction = point === -1 ? '' : withoutEndingZeros(text.slice(point + 1));
    if (whole.length > type.precision - type.scale || fraction.length > type.scale) return undefined;
    const digits = `${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`;
    const stored = sign === 1 && digits !== '0' ? `-${digits}` : digits;
    return obeys === undefined || obeys(stored) ? stored : undefined;
  };
}

/** One pass, where a pattern anchored at the end would try each zero of a long run anew. */
function withoutEndingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits.charAt(end - 1) === '0') end -= 1;
  return digits.slice(0, end);
}
