/** What a header can hold as it is. */
const PRINTABLE = /^[\t\x20-\x7e]*$/;
/** A word of RFC 2047 in UTF-8, and the space between it and the next one. @see https://www.rfc-editor.org/rfc/rfc2047#section-2 */
const WORD = /=\?utf-8\?([bq])\?([!->@-~]*)\?=(?:[ \t]+(?==\?utf-8\?[bq]\?[!->@-~]*\?=))?/gi;

/** What stands for itself in a word by Q. */
const PLAIN = /^[!->@-^`-~]$/;

/** A text as a header carries it: in an encoded word where it is more than printable US-ASCII, by Q where most of it is that. */
export function encodeWord(text: string): string {
  if (PRINTABLE.test(text)) return text;
  const units = text.split('');
  const printable = units.filter((unit) => PRINTABLE.test(unit)).length;
  return printable > units.length - printable
    ? `=?UTF-8?Q?${encodeQ(text)}?=`
    : `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
}

const encodeQ = (text: string): string =>
  Array.from(Buffer.from(text), (byte) => {
    const character = String.fromCharCode(byte);
    if (character === ' ') return '_';
    return character !== '=' && PLAIN.test(character) ? character : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');

/** What a header says whose encoded words are read. */
export const decodeWords = (text: string): string =>
  text.replace(WORD, (_, encoding: string, content: string) =>
    encoding.toLowerCase() === 'b' ? Buffer.from(content, 'base64').toString() : decodeQ(content),
  );

const decodeQ = (content: string): string =>
  Buffer.from(
    content.replaceAll('_', ' ').replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString();
