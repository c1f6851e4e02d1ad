import { isPaymentCard } from './personal/values.ts';
import { isCompactDay } from './text-forms.ts';

/** What has been seen of the numbers at one place, by their texts: nothing is rounded on the way. */
export class NumberFacts {
  count = 0;
  integers = 0;
  /** Integers that 64 bits do not hold. */
  beyond64 = 0;
  /** Numbers with an exponent, which say nothing of their scale. */
  exponents = 0;
  /** Numbers that a double gives back as other digits. */
  inexact = 0;
  /** Numbers that pass for a payment card's. */
  cards = 0;
  wholeDigits = 0;
  fractionDigits = 0;
  leastFractionDigits = Infinity;
  /** Integers that are days as `yyyyMMdd`. */
  compactDays = 0;
  /** Numbers that may count since 1970, by their unit. */
  private readonly epochs = new Map<EpochUnit, number>();

  add(text: string): void {
    this.count += 1;
    const match = PLAIN.exec(text);
    if (match === null) {
      this.exponents += 1;
      return;
    }
    const [whole, fraction] = [(match[1] ?? '').replace(/^0+/, '').length, (match[2] ?? '').length];
    this.wholeDigits = Math.max(this.wholeDigits, whole);
    this.fractionDigits = Math.max(this.fractionDigits, fraction);
    this.leastFractionDigits = Math.min(this.leastFractionDigits, fraction);
    if (match[2] === undefined) {
      this.integers += 1;
      if (whole > SAFE_DIGITS && !fits64(text)) this.beyond64 += 1;
      if (isPaymentCard(text)) this.cards += 1;
      if (isCompactDay(text)) this.compactDays += 1;
    }
    const unit = UNIT_OF_DIGITS.get(whole);
    if (unit !== undefined && YEARS_OF_EVENTS.test(text)) this.epochs.set(unit, (this.epochs.get(unit) ?? 0) + 1);
    if (whole + fraction > SAFE_DIGITS && !survivesDouble(text)) this.inexact += 1;
  }

  /** The unit in which all numbers seem to count since 1970. */
  get epoch(): EpochUnit | undefined {
    return [...this.epochs].find(([, count]) => count === this.count)?.[0];
  }
}

export type EpochUnit = 'seconds' | 'milliseconds' | 'microseconds' | 'nanoseconds';
const UNIT_OF_DIGITS: ReadonlyMap<number, EpochUnit> = new Map([
  [10, 'seconds'],
  [13, 'milliseconds'],
  [16, 'microseconds'],
  [19, 'nanoseconds'],
]);
/** 2001 to 2042, whatever the unit. */
const YEARS_OF_EVENTS = /^(?:1|2[0-2])\d{8,}(?:\.\d+)?$/;

const PLAIN = /^-?(\d+)(?:\.(\d+))?$/;
/** Digits that survive a reading as a double, whatever they are. */
const SAFE_DIGITS = 15;
/** Longer texts are not made a number: that takes time. */
const LONGEST_INTEGER = 20;

const fits64 = (text: string): boolean => text.length <= LONGEST_INTEGER && BigInt.asIntN(64, BigInt(text)) === BigInt(text);

function survivesDouble(text: string): boolean {
  const back = String(Number(text));
  return back.includes('e') || canonical(back) === canonical(text);
}
const canonical = (text: string): string => (text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text);
