import type { Column, ColumnType } from '../contract/model.ts';
import { FORMAT_PATTERNS } from '../record/judge/formats.ts';
import { stringFault } from '../record/judge/texts.ts';
import { formatted } from './formatted.ts';
import { TextsOfPatterns } from './texts-of-pattern.ts';

type StringType = Extract<ColumnType, { kind: 'string' }>;

/** Different values of a column, each at a number from 0 to `size` - 1. */
export interface Values {
  /** Infinity where there are more than anybody counts. */
  readonly size: number;
  at(number: number): string;
}

/** Texts looked at for each that is wanted, where some that were made up may not fit, and at least. */
const TRIES = { each: 50, least: 10_000 } as const;
/** Texts of a format that are told apart by a number. */
const FORMATTED = 2 ** 32;
const DIGITS = 36;
/** Characters of a plain text, where its rule does not ask for more or fewer. */
const PLAIN_LENGTH = 8;

/** The texts of the column's closed list, or its examples, as far as its own judge takes them. */
export function listedTexts(column: Column, type: StringType): Values {
  const isFit = fitness(column, type);
  const texts = [...new Set(column.validValues ?? column.examples)].filter(isFit);
  return { size: texts.length, at: (number) => texts[number] ?? '' };
}

/**
 * Texts that obey the type's pattern, format and lengths. None where none was found.
 *
 * @param wanted How many are asked for: where each must be looked at first, no more are
 */
export function textsOfType(column: Column, type: StringType, wanted: number): Values {
  const isFit = fitness(column, type);
  let best = NONE;
  for (const make of [plain, ofFormat, whole, around]) {
    const found = make(type, isFit, wanted);
    if (found.size >= wanted) return found;
    if (found.size > best.size) best = found;
  }
  return best;
}

type IsFit = (text: string) => boolean;
type Make = (type: StringType, isFit: IsFit, wanted: number) => Values;
const NONE: Values = { size: 0, at: () => '' };

function fitness(column: Column, type: StringType): IsFit {
  const faultOf = stringFault(type, column.validValues);
  return (text) => text !== '' && faultOf(text) === undefined;
}

const plain: Make = ({ pattern, format, minLength = 0, maxLength = Infinity }) =>
  pattern !== undefined || format !== undefined
    ? NONE
    : {
        size: DIGITS ** maxLength,
        at: (number) => number.toString(DIGITS).padStart(Math.max(minLength, Math.min(maxLength, PLAIN_LENGTH)), '0'),
      };

/** As people know the format, where that fits. */
const ofFormat: Make = ({ pattern, format }, isFit, wanted) => {
  if (format === undefined) return NONE;
  const at = (number: number): string => formatted(format, number.toString(16).padStart(32, '0'));
  const isOneLength = format !== 'ipv4';
  if (pattern === undefined && isOneLength) return isFit(at(0)) ? { size: FORMATTED, at } : NONE;
  return format === 'ipv6' ? found(at, FORMATTED, isFit, wanted) : NONE;
};

const ofPatterns =
  (isWhole: boolean): Make =>
  ({ pattern, format, minLength, maxLength }, isFit, wanted) => {
    const patterns = [
      ...(pattern === undefined ? [] : [pattern]),
      ...(format === undefined || format === 'ipv6' ? [] : [FORMAT_PATTERNS[format].source]),
    ];
    if (patterns.length === 0) return NONE;
    const texts = new TextsOfPatterns(
      patterns,
      { ...(minLength === undefined ? {} : { minLength }), ...(maxLength === undefined ? {} : { maxLength }) },
      isWhole,
    );
    const [size, at] = [Number(texts.count), (number: number) => texts.at(BigInt(number))];
    return texts.exact && format !== 'ipv6' ? { size, at } : found(at, size, isFit, wanted);
  };
const whole = ofPatterns(true);
/** A pattern may ask for a part of the text alone: `^ORD-`. */
const around = ofPatterns(false);

/** Those that fit, of texts that may not. */
function found(at: (number: number) => string, size: number, isFit: IsFit, wanted: number): Values {
  const texts: string[] = [];
  const tries = Math.min(size, Math.max(TRIES.least, wanted * TRIES.each));
  for (let number = 0; number < tries && texts.length < wanted; number += 1) {
    const text = at(number);
    if (isFit(text)) texts.push(text);
  }
  return { size: texts.length, at: (number) => texts[number] ?? '' };
}
