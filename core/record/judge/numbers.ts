import { JsonNumber } from '../parse-json.ts';
import { readLimits, withinLimits } from './bounds.ts';
import { compareDecimals, isMultiple } from '../../decimal-text.ts';
import { decimalOf } from './decimal.ts';
import { accept, refuse, type Circumstances, type TypeOf, type ValueJudge } from './verdict.ts';

/** Whether a plain decimal obeys the bounds and the multiple of its type; undefined where there are none. */
function numberRule(type: TypeOf<'integer' | 'decimal'>): ((text: string) => boolean) | undefined {
  const { multipleOf } = type;
  const within = withinLimits(type, compareDecimals);
  if (multipleOf === undefined) return within;
  return (text) => (within === undefined || within(text)) && isMultiple(text, multipleOf);
}

const INTEGER = /^-?\d+$/;
const RANGE = { 32: 2n ** 31n, 64: 2n ** 63n } as const;
const SAFE_DIGITS = 9;
/** Characters of the longest integer a table holds; JSON allows no leading zeros. A longer text is never made a number: that takes time. */
const LONGEST_INTEGER = 20;

export function integerJudge(type: TypeOf<'integer'>): ValueJudge {
  const obeys = numberRule(type);
  const limit = RANGE[type.bits];
  return (value) => {
    if (!(value instanceof JsonNumber) || !INTEGER.test(value.text)) return refuse('wrong-type');
    const text = value.text === '-0' ? '0' : value.text;
    if (text.length > LONGEST_INTEGER) return refuse('out-of-range');
    if (text.length > SAFE_DIGITS) {
      const exact = BigInt(text);
      if (exact < -limit || exact >= limit) return refuse('out-of-range');
    }
    return obeys === undefined || obeys(text) ? { json: text, text } : refuse('out-of-range');
  };
}

/** Its rules hold for the double that the table keeps, not for digits that it cannot. */
export function doubleJudge(type: TypeOf<'double'>, { canonical }: Circumstances): ValueJudge {
  const { multipleOf } = type;
  const limits = readLimits(type, Number);
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity } = limits;
  return (value) => {
    if (!(value instanceof JsonNumber)) return refuse('wrong-type');
    const number = Number(value.text);
    const within = number >= minimum && number <= maximum && number > exclusiveMinimum && number < exclusiveMaximum;
    if (!within) return refuse('out-of-range'); // as is what no double holds: it is read as infinite
    if (multipleOf !== undefined && !isMultiple(decimalOf(number), multipleOf)) return refuse('out-of-range');
    return accept(canonical || Object.is(number, -0) ? String(number) : value.text);
  };
}

const DECIMAL = /^-?(\d+)(?:\.(\d+))?$/;

export function decimalJudge(type: TypeOf<'decimal'>): ValueJudge {
  const obeys = numberRule(type);
  return (value) => {
    if (!(value instanceof JsonNumber)) return refuse('wrong-type');
    const match = DECIMAL.exec(value.text);
    if (match === null) return refuse('wrong-type'); // an exponent says nothing of the scale
    const whole = (match[1] ?? '').replace(/^0+/, '');
    const fraction = withoutEndingZeros(match[2] ?? '');
    if (whole.length > type.precision - type.scale || fraction.length > type.scale) return refuse('out-of-range');
    const digits = `${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`;
    const text = value.text.startsWith('-') && digits !== '0' ? `-${digits}` : digits;
    return obeys === undefined || obeys(text) ? accept(text) : refuse('out-of-range');
  };
}

/** One pass, where a pattern anchored at the end would try each zero of a long run anew. */
function withoutEndingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits.charAt(end - 1) === '0') end -= 1;
  return digits.slice(0, end);
}
