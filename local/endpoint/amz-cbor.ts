import { decode, encode, Token, Type } from 'cborg';
import { isRecord } from '../input.ts';
import type { AmzCborNames } from '../service.ts';
import type { Codec } from './codec.ts';

export const AMZ_CBOR = 'application/x-amz-cbor-1.1';
/** A point in time, by the standard in seconds; AWS counts milliseconds, in whole numbers. @see https://github.com/aws/aws-sdk-java-v2/issues/4661 */
const EPOCH_TIME = 1;

class Tokens {
  constructor(readonly tokens: readonly Token[]) {}
}

const timestamp = (seconds: number): Tokens =>
  new Tokens([new Token(Type.tag, EPOCH_TIME), new Token(Type.uint, Math.round(seconds * 1000))]);

/** The bodies of AWS JSON in CBOR, as the SDKs for Java write them to Kinesis. */
export const amzCbor = (names: AmzCborNames): Codec => ({
  contentType: AMZ_CBOR,
  read: (body) => withoutBytes(decode(body, { tags: { [EPOCH_TIME]: (content: () => unknown) => Number(content()) / 1000 } })),
  write: (value) =>
    Buffer.from(
      encode(typed(value, names), {
        ignoreUndefinedProperties: true,
        typeEncoders: { Object: (part: unknown) => (part instanceof Tokens ? [...part.tokens] : null) },
      }),
    ),
});

/** Operations know bytes as base64 text. */
function withoutBytes(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(withoutBytes);
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withoutBytes(each)]));
  return value;
}

function typed(value: unknown, names: AmzCborNames, member = ''): unknown {
  if (typeof value === 'number' && names.timestamps.includes(member)) return timestamp(value);
  if (typeof value === 'string' && names.blobs.includes(member)) return new Uint8Array(Buffer.from(value, 'base64'));
  if (Array.isArray(value)) return value.map((item) => typed(item, names, member));
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, typed(each, names, name)]));
  return value;
}
