import type { EpochUnit, NumberFacts } from './number-facts.ts';
import type { TypePart } from './odcs-parts.ts';
import type { DeclaredType } from './sample-profile.ts';
import { NO_SPAN, type Likeness } from './text-forms.ts';
import type { TextFacts } from './text-kinds.ts';
import { grouped, percent } from './words.ts';

/** A type for values seen, and what a person has to settle of it. */
export interface TypeGuess {
  readonly part: TypePart;
  readonly confirm: readonly string[];
  /** What the values seem to tell beyond their type: they identify nothing, and are no closed list. */
  readonly looksLike?: Likeness['told'];
}

/** Digits of a decimal at most, and those that an amount of money is given. */
const MOST_DIGITS = 38;
const MONEY_DIGITS = 18;
const MOST_MONEY_SCALE = 4;
/** So many numbers of one scale are no chance. */
const LEAST_OF_ONE_SCALE = 20;
/** A column of which this share is of one type is of that type: the rest are said to be refused. */
export const MAJORITY = 0.95;

const MONEY = /(?:^|_)(?:amount|balance|charge|cost|discount|fare|fee|price|revenue|salary|subtotal|tax|total|vat)(?:_|$|s$)/;

/** The type of numbers. */
export function numberType(name: string, facts: NumberFacts, declared?: DeclaredType): TypeGuess {
  if (declared?.kind === 'decimal') return decimal(declared.precision, declared.scale);
  if (declared?.kind === 'double') return double();
  const { wholeDigits, fractionDigits } = facts;
  if (facts.integers === facts.count && facts.beyond64 === 0) {
    const options = declared?.kind === 'i32' ? { logicalTypeOptions: { format: 'i32' } } : {};
    return { part: { logicalType: 'integer', ...options }, ...likenessOf(timeInDigits(name, facts)) };
  }
  const seen = `the sample has up to ${wholeDigits} digits before the point and ${fractionDigits} after it; more are refused`;
  const scale = Math.max(MONEY.test(name) ? 2 : 0, fractionDigits);
  const holds = facts.exponents === 0 && wholeDigits + scale <= MOST_DIGITS;
  if (!holds)
    return double(
      facts.inexact > 0 ? ['the sample has more digits than a number keeps: let the producer send them as a string'] : [],
    );
  const ofOneScale = facts.count >= LEAST_OF_ONE_SCALE && facts.leastFractionDigits === fractionDigits && fractionDigits >= 2;
  const isMoney = scale > 0 && scale <= MOST_MONEY_SCALE && (MONEY.test(name) || ofOneScale);
  if (isMoney) return decimal(wholeDigits + scale <= MONEY_DIGITS ? MONEY_DIGITS : MOST_DIGITS, scale, [seen]);
  return facts.beyond64 > 0 || facts.inexact > 0 ? decimal(MOST_DIGITS, scale, [seen]) : double();
}

const likenessOf = (likeness: Likeness | undefined): Pick<TypeGuess, 'confirm' | 'looksLike'> =>
  likeness === undefined ? { confirm: [] } : { confirm: [likeness.confirm], looksLike: likeness.told };

/** Names of numbers that count or name things, and tell no time. */
const NAMES_A_THING = /(?:^|_)(?:id|key|no|nr|num|number|code|ref|reference|serial|sequence|seq|sku|count|total|version|offset)$/;

/** What to send for a count since 1970; `name` is the column's. */
export function isoOf(name: string, unit: EpochUnit): string {
  const inMilliseconds: Readonly<Record<EpochUnit, string>> = {
    seconds: `${name} * 1000`,
    milliseconds: name,
    microseconds: `${name} / 1e3`,
    nanoseconds: `${name} / 1e6`,
  };
  return `new Date(${inMilliseconds[unit]}).toISOString()`;
}

/** The unit of a column that seems to count since 1970. */
export const epochOf = (name: string, facts: NumberFacts): EpochUnit | undefined =>
  NAMES_A_THING.test(name) ? undefined : facts.epoch;

function timeInDigits(name: string, facts: NumberFacts): Likeness | undefined {
  const unit = epochOf(name, facts);
  if (unit !== undefined)
    return {
      told: 'time',
      confirm: `looks like ${unit} since 1970; it is a timestamp only if the producer sends ISO 8601, as ${isoOf(name, unit)} does`,
    };
  return facts.compactDays === facts.count && !NAMES_A_THING.test(name)
    ? { told: 'time', confirm: 'looks like a date in the form yyyyMMdd; it is a date only if the producer sends yyyy-MM-dd' }
    : undefined;
}

const double = (confirm: readonly string[] = []): TypeGuess => ({ part: { logicalType: 'number' }, confirm });
const decimal = (precision: number, scale: number, confirm: readonly string[] = []): TypeGuess => ({
  part: { logicalType: 'number', physicalType: `decimal(${precision},${scale})` },
  confirm,
});

export interface TextContext {
  /** Numbers and booleans may have been written as texts, as in CSV. */
  readonly numbersAsTexts: boolean;
  /** A column that a person named as the event time. */
  readonly isEventTime: boolean;
  readonly declared?: DeclaredType | undefined;
}

/** The type of texts. */
export function textType(name: string, texts: TextFacts, numbers: NumberFacts, context: TextContext): TypeGuess {
  if (context.declared?.kind === 'interval')
    return {
      part: { logicalType: 'string' },
      ...likenessOf({ told: 'time', confirm: `is an INTERVAL of Parquet, ${NO_SPAN}` }),
    };
  if (context.numbersAsTexts && numbers.count === texts.count) return numberType(name, numbers);
  if (context.numbersAsTexts && texts.all('boolean')) return { part: { logicalType: 'boolean' }, confirm: [] };
  const isTime = texts.all('timestamp') || (context.isEventTime && texts.share('timestamp') >= MAJORITY);
  if (isTime) return timestampType(texts);
  if (texts.all('date')) return { part: { logicalType: 'date' }, confirm: [] };
  if (texts.all('time')) return { part: { logicalType: 'time' }, confirm: [] };
  const format = formatOf(name, texts);
  if (format !== undefined) return { part: { logicalType: 'string', logicalTypeOptions: { format } }, confirm: [] };
  const inDigits = numbers.count === texts.count ? timeInDigits(name, numbers) : undefined;
  return { part: { logicalType: 'string' }, ...likenessOf(inDigits ?? likenessOfTexts(name, texts, numbers)) };
}

const likenessOfTexts = (name: string, texts: TextFacts, numbers: NumberFacts): Likeness | undefined =>
  /version|release/.test(name) ? undefined : texts.forms.likeness(texts.count, numbers.count);

function timestampType(texts: TextFacts): TypeGuess {
  const refused = texts.count - texts.of('timestamp');
  const zoneless = texts.of('timestamp') - texts.of('zonedTimestamp');
  return {
    part: { logicalType: 'timestamp', logicalTypeOptions: zoneless === 0 ? { timezone: true } : { defaultTimezone: 'UTC' } },
    confirm: [
      ...(zoneless === 0 ? [] : [`read as UTC, since ${percent(zoneless, texts.count)} of the values have no zone`]),
      ...(refused === 0 ? [] : [`${grouped(refused)} of ${grouped(texts.count)} values are no timestamp, and would be refused`]),
    ],
  };
}

function formatOf(name: string, texts: TextFacts): string | undefined {
  if (texts.all('uuid')) return 'uuid';
  if (texts.all('email')) return 'email';
  if (texts.all('link') && texts.all('uri')) return 'uri';
  if (texts.all('ipv4')) return 'ipv4';
  return texts.all('hostname') && /(?:^|_)(?:host|hostname|fqdn)$/.test(name) ? 'hostname' : undefined; // any word passes for a host
}
