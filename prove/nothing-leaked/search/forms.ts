/** A way in which a text may stand in a file. */
export interface Form {
  readonly form: string;
  readonly bytes: Uint8Array;
}

type Encoder = readonly [name: string, encode: (text: string) => readonly Uint8Array[]];

const bytesOf = (text: string): Uint8Array => Buffer.from(text);
const asText =
  (encode: (text: string) => string) =>
  (text: string): readonly Uint8Array[] => [bytesOf(encode(text))];

/** Base64 of bytes wherever they begin in what is encoded: of each of three alignments, the characters that their neighbours do not touch. */
function base64(bytes: Uint8Array): readonly Uint8Array[] {
  return [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const first = Math.ceil((offset * 8) / 6);
    const end = Math.floor(((offset + bytes.length) * 8) / 6);
    return bytesOf(encoded.slice(first, end));
  });
}

const urlSafe = (bytes: Uint8Array): Uint8Array =>
  bytesOf(Buffer.from(bytes).toString('latin1').replaceAll('+', '-').replaceAll('/', '_'));
const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);
/** As writers of JSON that know ASCII alone escape it. */
const asciiEscaped = (text: string): string =>
  escaped(text).replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** As AWS's signatures have it: all but letters, digits and four marks. */
const strictlyEncoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

/** How programs keep a text, beside as it is. */
const KEPT: readonly Encoder[] = [
  ['plain', asText((text) => text)],
  ['base64', (text) => base64(bytesOf(text))],
  ['base64url', (text) => base64(bytesOf(text)).map(urlSafe)],
  ['hex', asText((text) => Buffer.from(text).toString('hex'))],
];
/** How programs write a text into others, or mangle it. */
const WRITTEN: readonly Encoder[] = [
  ['base64 of base64', (text) => base64(bytesOf(text)).flatMap(base64)],
  ['UTF-16LE', (text) => [Buffer.from(text, 'utf16le')]],
  ['UTF-16BE', (text) => [Buffer.from(text, 'utf16le').swap16()]],
  ['Latin-1', (text) => [Buffer.from(text, 'latin1')]],
  ['JSON', asText(escaped)],
  ['JSON in ASCII', asText(asciiEscaped)],
  ['JSON in JSON', asText((text) => escaped(escaped(text)))],
  ['JSON in ASCII in JSON', asText((text) => escaped(asciiEscaped(text)))],
  ['JSON in base64', (text) => base64(bytesOf(escaped(text)))],
  ['JSON in ASCII in base64', (text) => base64(bytesOf(asciiEscaped(text)))],
  ['JSON in JSON in base64', (text) => base64(bytesOf(escaped(escaped(text))))],
  ['URL', asText(encodeURIComponent)],
  ['strict URL', asText(strictlyEncoded)],
  ['form', asText((text) => new URLSearchParams({ a: text }).toString().slice(2))],
  ['CSV', asText((text) => text.replaceAll('"', '""'))],
  ['SQL', asText((text) => text.replaceAll("'", "''"))],
  ['HTML', asText((text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#39;'))],
  ['reversed', asText((text) => Array.from(text).toReversed().join(''))],
];

/** Letters and digits alone: what is left of a text where a program strips the rest. */
const bare = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, '');

/**
 * Every form of a text that a search looks for, each once: as it is, in small and in capital letters, decomposed, without its spaces, without
 * its punctuation, and each of these encoded.
 */
export function formsOf(text: string): readonly Form[] {
  const small = text.toLowerCase();
  const without = text.replaceAll(/\s/g, '');
  const spellings: readonly (readonly [string, string, readonly Encoder[]])[] = [
    ['', text, [...KEPT, ...WRITTEN]],
    ['small ', small, KEPT],
    ['capital ', text.toUpperCase(), KEPT],
    ['decomposed ', text.normalize('NFD'), KEPT],
    ['spaceless ', without, KEPT],
    ['spaceless small ', without.toLowerCase(), KEPT],
    ['bare ', bare(text), KEPT],
    ['bare small ', bare(small), KEPT],
  ];
  const forms = new Map<string, Form>();
  for (const [spelling, spelt, encoders] of spellings) {
    for (const [name, encode] of encoders) {
      for (const bytes of encode(spelt)) {
        const key = Buffer.from(bytes).toString('latin1');
        if (!forms.has(key)) forms.set(key, { form: `${spelling}${name}`, bytes });
      }
    }
  }
  return [...forms.values()];
}
