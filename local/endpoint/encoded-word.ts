/** What a header can hold as it is. */
const PRINTABLE = /^[\t\x20-\x7e]*$/;
/** A word of RFC 2047 in UTF-8, and the space between it and the next one. @see https://www.rfc-editor.org/rfc/rfc2047#section-2 */
const WORD = /=\?utf-8\?([bq])\?([!->@-~]*)\?=(?:[ \t]+(?==\?utf-8\?[bq]\?[!->@-~]*\?=))?/gi;

/** A text as a header carries it: in an encoded word where it is more than printable US-ASCII. */
export const encodeWord = (text: string): string =>
  PRINTABLE.test(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;

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
