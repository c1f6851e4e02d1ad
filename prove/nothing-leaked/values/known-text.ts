import type { ColumnType, StringFormat } from '../../../core/contract/model.ts';
import type { Draw } from './draw.ts';

/** A text, and what of it must be found nowhere: what a mask lets stay is not of it. */
export interface KnownText {
  readonly text: string;
  readonly secrets: readonly string[];
}

/** Characters below which a text is found by chance, or could be guessed. */
export const SHORTEST_TEXT = 12;
/** Characters beyond which a text tells nothing more. */
const LONGEST_TEXT = 2000;
/** What a mask keeps of a number. @see core/record/protect.ts */
const KEPT_DIGITS = 4;
/** Characters of a long text that are looked for at its beginning, in its middle and at its end: a part of it is a leak, too. */
const PIECE = 24;

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const whole = (text: string): KnownText => ({ text, secrets: [text] });

interface Shape {
  /** Characters. */
  readonly length: number;
  readonly make: (draw: Draw) => KnownText;
}

/** What people write into a field of text. */
const SHAPES: readonly Shape[] = [
  { length: 17, make: (draw) => whole(`${capital(draw.word(8))} ${capital(draw.word(8))}`) },
  { length: 19, make: (draw) => cardNumber([draw.digits(4), draw.digits(4), draw.digits(4), draw.digits(4)].join(' ')) },
  { length: 18, make: (draw) => whole(`Ž${draw.word(7)}ñ Ó${draw.word(7)}ß`) },
  { length: 19, make: (draw) => whole(`O'${capital(draw.word(7))} "${draw.word(6)}\\`) },
  { length: 17, make: (draw) => whole(`${draw.word(6)}😀${draw.word(6)}\t/ð`) },
];

function cardNumber(text: string): KnownText {
  return { text, secrets: [text.slice(0, -KEPT_DIGITS).trimEnd()] };
}

/** The shapes of texts of a type, told apart by number; undefined where the type leaves no room for a text that only one person has. */
export function knownText(type: Extract<ColumnType, { kind: 'string' }>, number: number, draw: Draw): KnownText | undefined {
  const { minLength = 0, maxLength = Infinity, format } = type;
  const known = format === undefined ? freeText(minLength, maxLength, number, draw) : formatted(format, draw);
  if (known === undefined) return undefined;
  const { length } = Array.from(known.text);
  return length >= minLength && length <= maxLength ? known : undefined;
}

function freeText(minLength: number, maxLength: number, number: number, draw: Draw): KnownText | undefined {
  if (maxLength < SHORTEST_TEXT) return undefined;
  const fitting = SHAPES.filter(({ length }) => length >= minLength && length <= maxLength);
  const choices = fitting.length + (maxLength > 4 * PIECE || fitting.length === 0 ? 1 : 0);
  const shape = fitting[number % choices];
  return shape?.make(draw) ?? longText(Math.min(Math.max(minLength, LONGEST_TEXT), maxLength), draw);
}

/** Words without end, of exactly so many characters. */
function longText(length: number, draw: Draw): KnownText {
  let text = '';
  while (text.length < length) text += `${text === '' ? '' : ' '}${capital(draw.word(9))}`;
  text = text.slice(0, length).replace(/\s$/, 'x');
  const middle = Math.floor(length / 2);
  const pieces = [text.slice(0, PIECE), text.slice(middle, middle + PIECE), text.slice(-PIECE)];
  return length <= 3 * PIECE ? whole(text) : { text, secrets: pieces.map((piece) => piece.trim()) };
}

function formatted(format: StringFormat, draw: Draw): KnownText {
  switch (format) {
    case 'email': {
      const mailbox = `${capital(draw.word(7))}.${draw.word(8)}`;
      return { text: `${mailbox}@mail.example`, secrets: [mailbox] };
    }
    case 'uuid': {
      const hex = draw.hex(32);
      return whole(
        [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20)].join('-'),
      );
    }
    case 'uri': {
      const path = `${capital(draw.word(8))}-${draw.word(8)}`;
      return { text: `https://example.com/${path}`, secrets: [path] };
    }
    case 'hostname': {
      const host = `${draw.word(8)}-${draw.word(8)}`;
      return { text: `${host}.example`, secrets: [host] };
    }
    case 'ipv4':
      return whole(Array.from({ length: 4 }, () => String(100 + draw.next(156))).join('.'));
    case 'ipv6':
      return whole(Array.from({ length: 8 }, () => `f${draw.hex(3)}`).join(':'));
  }
}
