import { decode, encode, Token, Type } from 'cborg';
import { JsonProtocol } from '../../../local/endpoint/json-protocol.ts';
import type { Caller, JsonService } from '../../../local/service.ts';

export const AMZ_CBOR = 'application/x-amz-cbor-1.1';

/** A map whose end is not said beforehand, as Jackson writes it; a time is in milliseconds. */
const written = (input: Readonly<Record<string, unknown>>): Buffer => {
  const typeEncoders = { Date: (time: Date) => [new Token(Type.tag, 1), new Token(Type.uint, time.getTime())] };
  const parts = Object.entries(input).flatMap((pair) => pair.map((part) => encode(part, { typeEncoders })));
  return Buffer.concat([Buffer.of(0xbf), ...parts, Buffer.of(0xff)]);
};

/** What a service answers or refuses where it is asked as the SDKs for Java ask Kinesis. */
export async function overAmzCbor(
  service: JsonService,
  operation: string,
  input: Readonly<Record<string, unknown>>,
  caller: Caller,
) {
  const request = {
    method: 'POST',
    path: '/',
    query: [],
    headers: { 'x-amz-target': `${service.targetPrefix}.${operation}`, 'content-type': AMZ_CBOR },
    body: written(input),
  };
  const { status, headers, body } = await new JsonProtocol([service]).answer(request, {
    caller,
    service: service.name,
    requestId: 'id',
  });
  if (!Buffer.isBuffer(body)) throw new Error('answers are CBOR');
  const tags = { 1: (content: () => unknown) => new Date(Number(content())) };
  return { status, contentType: headers?.['content-type'], content: decode(body, { tags }) as Record<string, unknown> };
}
