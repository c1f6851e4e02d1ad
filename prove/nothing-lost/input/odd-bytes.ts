import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { PbfWriter } from 'pbf';
import type { Reason } from '../../../core/record/reasons.ts';
import { accepted, eventText, goodEvent, type Given, type Line } from './event.ts';
import { lined, refused, rejected, type Input } from './input.ts';
import { linesOf } from './lines.ts';

const NEWLINE = Buffer.from('\n');

/** An event into whose note some bytes were written. */
function withBytes(given: Given, ...bytes: readonly number[]): Buffer {
  const [before = '', after = ''] = eventText(given, { note: '"@"' }).split('@');
  return Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
}

/** Each line of what is no text, or a text that means nothing here. */
const fragments = (bytes: Buffer): Line[] => linesOf(bytes).map((line) => rejected(line, reasonOf(line)));

function reasonOf(line: Buffer): Reason {
  if (!isUtf8(line)) return 'not-utf8';
  try {
    JSON.parse(line.toString());
    return 'not-an-object';
  } catch {
    return 'not-json';
  }
}

const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const utf32 = (text: string): Buffer => Buffer.concat(Array.from(text).map((each) => Buffer.from([each.charCodeAt(0), 0, 0, 0])));
/** Records in one, as the Kinesis Producer Library packs them. @see https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md */
function aggregated(records: readonly Buffer[], digest = (message: Uint8Array) => hash('md5', message, 'buffer')): Buffer {
  const writer = new PbfWriter();
  writer.writeStringField(1, 'k');
  for (const data of records) {
    const packed = (_: undefined, record: PbfWriter): void => {
      record.writeVarintField(1, 0);
      record.writeBytesField(3, data);
    };
    writer.writeMessage(3, packed, undefined);
  }
  const message = writer.finish();
  return Buffer.concat([Buffer.from([0xf3, 0x89, 0x9a, 0xc2]), message, digest(message)]);
}

/** What arrives where text should: B1 to B4, and worse. */
export const ODD_BYTES: readonly Input[] = [
  lined('B1 an empty payload', () => [rejected('', 'empty-record')], { record: () => Buffer.alloc(0), alone: true }),
  lined('B2 white space', () => [], { record: () => Buffer.from(' \r\n\t\n'), alone: true }),
  lined('B2 newlines', () => [], { record: () => Buffer.from('\n\n\n'), alone: true }),
  lined('B2 blank lines around an event', (given) => [goodEvent(given)], {
    record: (given) => Buffer.concat([Buffer.from('\n \n'), goodEvent(given).bytes, Buffer.from('\n\t\n')]),
  }),
  refused('B3 a byte that no UTF-8 has', 'not-utf8', (given) => withBytes(given, 0xff)),
  refused('B3 an overlong NUL', 'not-utf8', (given) => withBytes(given, 0xc0, 0x80)),
  refused('B3 an overlong slash', 'not-utf8', (given) => withBytes(given, 0xe0, 0x80, 0xaf)),
  refused('B3 half of a surrogate pair as UTF-8', 'not-utf8', (given) => withBytes(given, 0xed, 0xa0, 0x80)),
  refused('B3 a code point above the last', 'not-utf8', (given) => withBytes(given, 0xf4, 0x90, 0x80, 0x80)),
  refused('B3 Latin-1', 'not-utf8', (given) => Buffer.from(eventText(given, { note: '"größe"' }), 'latin1')),
  refused('B3 a character cut in two', 'not-utf8', (given) =>
    Buffer.from(eventText(given, { note: '"é' }).slice(0, -1)).subarray(0, -1),
  ),
  lined('B4 a byte order mark', (given) => {
    const { bytes, expected } = goodEvent(given);
    return [{ bytes: Buffer.concat([Buffer.from('\ufeff'), bytes]), expected }];
  }),
  refused('B4 two byte order marks', 'not-json', (given) => `\ufeff\ufeff${eventText(given)}`),
  refused('UTF-16, little end first', 'not-utf8', (given) => Buffer.from(`\ufeff${eventText(given)}`, 'utf16le')),
  refused('UTF-16, big end first', 'not-utf8', (given) => swapped(`\ufeff${eventText(given)}`)),
  refused('UTF-16 without a mark', 'not-json', (given) => Buffer.from(eventText(given), 'utf16le')),
  refused('UTF-32', 'not-json', (given) => utf32(eventText(given))),
  lined('gzip', (given) => fragments(gzipSync(eventText(given)))),
  lined('deflate', (given) => fragments(deflateRawSync(eventText(given)))),
  lined('what the Kinesis Producer Library packs', (given) => [goodEvent(given), rejected('{"n":', 'not-json')], {
    record: (given) => aggregated([Buffer.concat([goodEvent(given).bytes, NEWLINE]), Buffer.from('{"n":\n')]),
    alone: true,
    ofStreams: true,
  }),
  lined('what the Kinesis Producer Library packs, with a wrong digest', (given) =>
    fragments(aggregated([Buffer.from(eventText(given))], () => Buffer.alloc(16, 0x7f))),
  ),
  refused('an event in base64', 'not-json', (given) => Buffer.from(eventText(given)).toString('base64')),
  refused('an event as a form', 'not-json', (given) => `scan_id=${given.serial}&kind=moved`),
  refused('an event as CSV', 'not-json', (given) => `${given.serial},moved,t-1`),
  refused('an event as XML', 'not-json', (given) => `<scan id="${given.serial}"/>`),
  lined('CRLF behind an event', (given) => {
    const { bytes, expected } = goodEvent(given);
    return [{ bytes: Buffer.concat([bytes, Buffer.from('\r')]), expected }];
  }),
  lined('a text with a line separator of Unicode', (given) => [
    accepted(given, { note: '"a\u2028b\u2029c"' }, { note: 'a\u2028b\u2029c' }),
  ]),
  lined('an event whose record does not end in a newline', (given) => [goodEvent(given)], {
    record: (given) => goodEvent(given).bytes,
    alone: true,
  }),
  lined(
    'a bad line whose record does not end in a newline',
    (given) => [goodEvent(given), rejected(`${given.serial} cut`, 'not-json')],
    {
      record: (given) => Buffer.concat([goodEvent(given).bytes, NEWLINE, Buffer.from(`${given.serial} cut`)]),
      alone: true,
    },
  ),
];
