import { createHash } from 'node:crypto';

/** Writes a text as some program would, into what stands around it. `number` varies what stands before it. */
export type Way = (text: string, number: number) => string | Uint8Array;

const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64');
/** Of so many bytes that the text begins at each of the three places that base64 knows. */
const before = (number: number): string =>
  createHash('sha256')
    .update(String(number))
    .digest('hex')
    .slice(0, number % 3);

/** Each way in which a value may stand in a file and not look like itself, by name. Written apart from what looks for them. */
export const WAYS: Readonly<Record<string, Way>> = {
  'small letters': (text) => text.toLowerCase(),
  'capital letters': (text) => text.toUpperCase(),
  'no spaces': (text) => text.replaceAll(/\s+/g, ''),
  'no spaces, small letters': (text) => text.toLowerCase().split(/\s/).join(''),
  'words on lines of their own': (text) => text.split(/\s/).join('\r\n      '),
  'letters and digits alone': (text) => (text.match(/[\p{L}\p{N}]/gu) ?? []).join(''),
  'letters and digits alone, small': (text) => (text.toLowerCase().match(/[\p{L}\p{N}]/gu) ?? []).join(''),
  'decomposed accents': (text) => text.normalize('NFD'),
  base64: (text, number) => base64(`${before(number)}${text} and more`),
  'base64 of small letters': (text, number) => base64(`${before(number)}${text.toLowerCase()} and more`),
  'base64 without spaces': (text, number) => base64(`${before(number)}${text.replaceAll(/\s/g, '')} and more`),
  'base64 for addresses': (text, number) => Buffer.from(`${before(number)}${text} and more`).toString('base64url'),
  'base64 in lines of 76': (text, number) =>
    base64(`${before(number)}${'so much before it '.repeat(3)}${text} and more`).replaceAll(/.{76}/g, '$&\r\n'),
  'base64 of base64': (text, number) => base64(`${before(number)}${base64(`${before(number + 1)}${text} and more`)}`),
  'base64 of JSON': (text, number) => base64(`${before(number)}${JSON.stringify({ name: text })}`),
  'base64 of JSON of JSON': (text, number) => base64(`${before(number)}${JSON.stringify(JSON.stringify({ name: text }))}`),
  hex: (text) => Buffer.from(text).toString('hex'),
  'hex in capitals': (text) => Buffer.from(text).toString('hex').toUpperCase(),
  'hex with spaces': (text) => Buffer.from(text).toString('hex').match(/../g)?.join(' ') ?? '',
  'UTF-16': (text) => Buffer.from(`${text} and more`, 'utf16le'),
  'UTF-16, big end first': (text) => Buffer.from(`${text} and more`, 'utf16le').swap16(),
  JSON: (text) => JSON.stringify({ name: text }),
  'JSON in ASCII': (text) =>
    JSON.stringify({ name: text }).replaceAll(
      /[\u0080-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  'JSON in JSON': (text) => JSON.stringify({ message: JSON.stringify({ name: text }) }),
  'an address': (text) => `https://example.com/?name=${encodeURIComponent(text)}&more=1`,
  'a form': (text) => new URLSearchParams({ name: text }).toString(),
  CSV: (text) => `1,"${text.replaceAll('"', '""')}",2`,
  SQL: (text) => `select '${text.replaceAll("'", "''")}' as name`,
  HTML: (text) => `<td>${text.replaceAll('&', '&amp;').replaceAll("'", '&#39;').replaceAll('"', '&quot;')}</td>`,
  reversed: (text) => Array.from(text).toReversed().join(''),
};
