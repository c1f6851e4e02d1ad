import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { ServiceError, type JsonService } from '../service.ts';
import { AMZ_CBOR, amzCbor } from './amz-cbor.ts';
import type { Authenticated } from './authenticate.ts';
import type { Codec } from './codec.ts';
import { JSON_CODES } from './doubt.ts';
import { callOperation, notImplemented, type Protocol } from './protocol.ts';
import { header, type RequestHead, type WireRequest, type WireResponse } from './wire.ts';

/** A member that is null is absent. */
const fields = z
  .record(z.string(), z.unknown())
  .transform((members) => Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null)));

const json = (version: JsonService['version']): Codec => ({
  contentType: `application/x-amz-json-${version}`,
  read: (body) => JSON.parse(body.toString('utf8')) as unknown,
  write: (value) => JSON.stringify(value),
});

function parse(request: WireRequest, { read }: Codec): Readonly<Record<string, unknown>> {
  const malformed = () => new ServiceError('SerializationException', 'the body is not a JSON object');
  try {
    const body = header(request, 'content-encoding') === 'gzip' ? gunzipSync(request.body) : request.body;
    const parsed = fields.safeParse(body.length === 0 ? {} : read(body));
    if (parsed.success) return parsed.data;
  } catch {
    throw malformed(); // the parser's own message would quote the body
  }
  throw malformed();
}

/** AWS JSON 1.0 and 1.1: `X-Amz-Target` names the operation, bodies are JSON both ways, or CBOR where a service takes it. */
export class JsonProtocol implements Protocol {
  readonly codes = JSON_CODES;
  private readonly services: ReadonlyMap<string, JsonService>;

  constructor(services: readonly JsonService[]) {
    this.services = new Map(services.map((service) => [service.targetPrefix, service]));
  }

  speaks({ headers }: RequestHead): boolean {
    return headers['x-amz-target'] !== undefined;
  }

  async answer(request: WireRequest, authenticated: Authenticated): Promise<WireResponse> {
    const target = header(request, 'x-amz-target') ?? '';
    const dot = target.lastIndexOf('.');
    const service = this.services.get(target.slice(0, dot));
    const name = target.slice(dot + 1);
    if (service === undefined) throw notImplemented(authenticated.service, name);
    const isCbor = service.amzCbor !== undefined && header(request, 'content-type') === AMZ_CBOR;
    const codec = isCbor ? amzCbor(service.amzCbor) : json(service.version);
    const headers = { 'content-type': codec.contentType };
    const call = {
      service,
      name,
      input: () => parse(request, codec),
      answer: (output: object) => ({ status: 200, headers, body: codec.write(output) }),
      refuse: (error: ServiceError) => refusal(error, service.errorMessage, isCbor ? codec : undefined),
    };
    return callOperation(call, authenticated);
  }

  refuse(error: ServiceError): WireResponse {
    return refusal(error);
  }
}

/** An error that says nothing has no member for it. */
function refusal(
  { code, message, status, members, documents }: ServiceError,
  member: 'Message' | 'message' = 'message',
  { contentType, write }: Codec = json('1.1'),
): WireResponse {
  const headers = { 'content-type': contentType, 'x-amzn-errortype': code };
  return {
    status,
    headers,
    body: write({ __type: code, ...members, ...documents, ...(message !== '' && { [member]: message }) }),
  };
}
