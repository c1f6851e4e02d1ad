import { gunzipSync } from 'node:zlib';
import { decode, encode, Token, Type } from 'cborg';
import * as z from 'zod';
import { isRecord } from '../input.ts';
import { ServiceError, type CborNames, type JsonService } from '../service.ts';
import type { Authenticated } from './authenticate.ts';
import { JSON_CODES } from './doubt.ts';
import { callOperation, notImplemented, type Protocol } from './protocol.ts';
import { header, type RequestHead, type WireRequest, type WireResponse } from './wire.ts';

type CborService = JsonService & { readonly cbor: CborNames };

/** `/service/<Service>/operation/<Operation>`. */
const OPERATION = /\/service\/(\w+)\/operation\/(\w+)$/;
/** @see https://www.rfc-editor.org/rfc/rfc8949#section-3.4.2 */
const EPOCH_TIME = 1;
const PROTOCOL = { 'smithy-protocol': 'rpc-v2-cbor' };

const fields = z.record(z.string(), z.unknown());

/** A number whose type in CBOR its value does not tell. */
class Typed {
  constructor(readonly tokens: readonly Token[]) {}
}

const double = (value: number): Typed => new Typed([new Token(Type.float, value)]);
const timestamp = (seconds: number): Typed => new Typed([new Token(Type.tag, EPOCH_TIME), new Token(Type.float, seconds)]);

function typed(value: unknown, names: CborNames, member = ''): unknown {
  if (typeof value === 'number')
    return names.isTimestamp(member) ? timestamp(value) : names.isDouble(member) ? double(value) : value;
  if (Array.isArray(value)) return value.map((item) => typed(item, names, member));
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, typed(each, names, name)]));
  return value;
}

const write = (value: object): Buffer =>
  Buffer.from(
    encode(value, {
      ignoreUndefinedProperties: true,
      typeEncoders: { Object: (part: unknown) => (part instanceof Typed ? [...part.tokens] : null) },
    }),
  );

/** A request's members, its points in time as seconds since the epoch. @throws ServiceError SerializationException */
function parse(request: WireRequest): Readonly<Record<string, unknown>> {
  const malformed = () => new ServiceError('SerializationException', 'the body is not a CBOR map');
  try {
    const body = header(request, 'content-encoding') === 'gzip' ? gunzipSync(request.body) : request.body;
    const decoded: unknown = body.length === 0 ? {} : decode(body, { tags: { [EPOCH_TIME]: (content) => content() } });
    const parsed = fields.safeParse(decoded);
    if (parsed.success) return parsed.data;
  } catch {
    throw malformed(); // the decoder's own message would quote the body
  }
  throw malformed();
}

/** An operation without output has no body. */
function answerOf(output: object, names: CborNames): WireResponse {
  if (Object.keys(output).length === 0) return { status: 200, headers: PROTOCOL };
  return {
    status: 200,
    headers: { 'content-type': 'application/cbor', ...PROTOCOL },
    body: write(typed(output, names) as object),
  };
}

/**
 * Smithy's RPC v2 in CBOR, as CloudWatch's clients speak it.
 *
 * @see https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
 */
export class CborProtocol implements Protocol {
  readonly codes = JSON_CODES;
  private readonly services: ReadonlyMap<string, CborService>;

  constructor(services: readonly JsonService[]) {
    const speaking = services.filter((service): service is CborService => service.cbor !== undefined);
    this.services = new Map(speaking.map((service) => [service.cbor.service, service]));
  }

  speaks(head: RequestHead): boolean {
    return header(head, 'smithy-protocol') === 'rpc-v2-cbor';
  }

  async answer(request: WireRequest, authenticated: Authenticated): Promise<WireResponse> {
    const [, called = '', name = request.path] = OPERATION.exec(request.path) ?? [];
    const service = this.services.get(called);
    if (service === undefined) throw notImplemented(authenticated.service, name);
    const call = {
      service,
      name,
      input: () => parse(request),
      answer: (output: object) => answerOf(output, service.cbor),
      refuse: (error: ServiceError) => this.refuse(error),
    };
    return callOperation(call, authenticated);
  }

  refuse({ code, message, status }: ServiceError): WireResponse {
    return {
      status,
      headers: { 'content-type': 'application/cbor', ...PROTOCOL },
      body: write({ __type: code, ...(message !== '' && { message }) }),
    };
  }
}
