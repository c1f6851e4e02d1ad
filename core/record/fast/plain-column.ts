import type { CompiledColumn, CompiledType } from '../compiled-contract.ts';
import type { TypeOf } from '../judge/verdict.ts';
import { dateFault, timeFault, timestampReader } from '../judge/moments.ts';
import { doubleTest, integerTest, storedDecimal } from '../judge/numbers.ts';
import { stringFault } from '../judge/texts.ts';
import { valueJudge } from '../judge-value.ts';
import { parseValue, Refusal } from '../parse-json.ts';
import { storedTimestamp } from '../time.ts';

/** How a column's value is found in the text of an event, and judged there by the same rules as on the exact path. */
export interface PlainColumn {
  /** What surrounds the captured text in JSON, and in the row: quotes, or nothing. */
  readonly quote: '"' | '';
  /**
   * Source of a pattern: between its quotes, what it matches means itself in JSON, and it matches at most one text at a place. A part that may
   * be of any length never matches the character that ends the value, so that a search never tries two ways.
   */
  readonly pattern: string;
  /** Whether the pattern alone says that a value is accepted. */
  readonly isSettled: boolean;
  /** Whether what is stored is always what was captured. */
  readonly isVerbatim: boolean;
  /** The text for the row; undefined for what the exact path must judge. */
  readonly store: (captured: string) => string | undefined;
  /** The same with its milliseconds since the epoch, where it is a timestamp. */
  readonly moment?: (captured: string) => { readonly time: number; readonly stored: string } | undefined;
}

/** No quote, no escape, no control character, and no surrogate: of all else JSON text is the value, and JSON.stringify writes it back. */
const PLAIN_TEXT = '[^"\\\\\\u0000-\\u001f\\ud800-\\udfff]*';
const DIGITS = '[0-9]';
const INTEGER = `(?:0|-?[1-9]${DIGITS}*)`; // not -0
const DECIMAL = `-?(?:0|[1-9]${DIGITS}*)(?:\\.${DIGITS}+)?`;
const DOUBLE = `${DECIMAL}(?:[eE][+-]?${DIGITS}+)?`;

/** @param unknownField Called for each attribute that the contract lacks */
export function plainColumn({ type, validValues }: CompiledColumn, unknownField: () => void): PlainColumn {
  if (type.kind === 'string') return string(type, validValues);
  if (validValues !== undefined) return judged(type, validValues, unknownField);
  switch (type.kind) {
    case 'integer': {
      const isInRange = integerTest(type);
      return number(INTEGER, (captured) => (isInRange(captured) ? captured : undefined));
    }
    case 'double': {
      const isInRange = doubleTest(type);
      return number(DOUBLE, (captured) => {
        const value = Number(captured);
        return isInRange(value) && !Object.is(value, -0) ? captured : undefined;
      });
    }
    case 'decimal':
      return { ...number(DECIMAL, storedDecimal(type)), isVerbatim: false };
    case 'boolean':
      return { ...number('(?:true|false)', (captured) => captured), isSettled: true };
    case 'date':
      return text(dateFault(type));
    case 'time':
      return text(timeFault(type));
    case 'timestamp': {
      const read = timestampReader(type);
      const moment = (captured: string) => {
        const time = read(captured);
        return typeof time === 'number' ? { time, stored: storedTimestamp(captured, time) } : undefined;
      };
      return { ...text(read), isVerbatim: false, store: (captured) => moment(captured)?.stored, moment };
    }
    default:
      return judged(type, validValues, unknownField);
  }
}

const number = (pattern: string, store: PlainColumn['store']): PlainColumn => ({
  quote: '',
  pattern,
  isSettled: false,
  isVerbatim: true,
  store,
});
const text = (faultOf: (text: string) => unknown): PlainColumn => ({
  quote: '"',
  pattern: PLAIN_TEXT,
  isSettled: false,
  isVerbatim: true,
  store: (captured) => (faultOf(captured) === undefined ? captured : undefined),
});

type StringType = TypeOf<'string'>;

function string(type: StringType, validValues: readonly string[] | undefined): PlainColumn {
  const pattern = settledPattern(type, validValues);
  if (pattern === undefined) return text(stringFault(type, validValues));
  return { quote: '"', pattern, isSettled: true, isVerbatim: true, store: (captured) => captured };
}

const ONE_CLASS = /^\^(\[(?:A-Z|a-z|0-9|\w)+\]\{\d{1,3}(?:,\d{1,3})?\})\$$/;
const LISTED = /^[\w ]+$/;
const MOST_LISTED = 16;

/** The pattern of exactly the texts that obey the one rule of a string; undefined where there are more rules, or one that is harder. */
function settledPattern({ kind: _, ...rules }: StringType, listed: readonly string[] | undefined): string | undefined {
  const count = Object.values({ ...rules, listed }).filter((rule) => rule !== undefined).length;
  if (count === 0) return PLAIN_TEXT;
  if (count > 1) return undefined;
  if (rules.pattern !== undefined) return ONE_CLASS.exec(rules.pattern)?.[1];
  const isShort = listed !== undefined && listed.length > 0 && listed.length <= MOST_LISTED;
  return isShort && listed.every((value) => LISTED.test(value)) ? `(?:${listed.join('|')})` : undefined;
}

/** A value that is found by its brackets, and then goes the exact path alone. */
function judged(type: CompiledType, validValues: readonly string[] | undefined, unknownField: () => void): PlainColumn {
  const judge = valueJudge(type, { validValues }, unknownField);
  const store = (captured: string) => {
    const value = parseValue(captured, 1);
    if (value instanceof Refusal || value === null) return undefined;
    const verdict = judge(value);
    return 'reason' in verdict ? undefined : verdict.json;
  };
  return { ...number(valueOf(nesting(type)), store), isVerbatim: false };
}

function nesting(type: CompiledType): number {
  switch (type.kind) {
    case 'array':
      return 1 + nesting(type.items);
    case 'object':
      return 1 + Math.max(0, ...type.fields.map((field) => nesting(field.type)));
    case 'map':
      return 1 + nesting(type.values);
    default:
      return 0;
  }
}

/** Whatever has brackets in pairs, so many levels of them at most; whether it is JSON is not asked here. */
function valueOf(levels: number): string {
  const atom = '[^"\\\\\\[\\]{}]';
  const string = '"[^"\\\\]*"';
  let value = `(?:${string}|(?!null)[a-z0-9.E+-]+)`;
  for (let level = 0; level < levels; level += 1) {
    const within = level === 0 ? `(?:${atom}|${string})` : `(?:${atom}|${string}|${value})`;
    value = `[\\[{]${within}*[\\]}]`;
  }
  return value;
}
