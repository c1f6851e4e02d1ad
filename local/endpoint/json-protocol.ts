import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { ServiceError, type JsonService } from '../service.ts';
import type { Authenticated } from './authenticate.ts';
import { JSON_CODES } from './doubt.ts';
import { callOperation, notImplemented, type Protocol } from './protocol.ts';
import { header, type RequestHead, type WireRequest, type WireResponse } from './wire.ts';

const fields = z.record(z.string(), z.unknown());

function parse(request: WireRequest): Readonly<Record<string, unknown>> {
  const malformed = () => new ServiceError('SerializationException', 'the body is not a JSON object');
  try {
    const body = header(request, 'content-encoding') === 'gzip' ? gunzipSync(request.body) : request.body;
    const parsed = fields.safeParse(body.length === 0 ? {} : JSON.parse(body.toString('utf8')));
    if (parsed.success) return parsed.data;
  } catch {
    throw malformed(); // the parser's own message would quote the body
  }
  throw malformed();
}

/** AWS JSON 1.0 and 1.1: `X-Amz-Target` names the operation, bodies are JSON both ways. */
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
    const headers = { 'content-type': `application/x-amz-json-${service.version}` };
    const call = {
      service,
      name,
      input: () => parse(request),
      answer: (output: object) => ({ status: 200, headers, body: JSON.stringify(output) }),
      refuse: (error: ServiceError) => refusal(error, service.errorMessage),
    };
    return callOperation(call, authenticated);
  }

  refuse(error: ServiceError): WireResponse {
    return refusal(error);
  }
}

/** An error that says nothing has no member for it. */
function refusal({ code, message, status }: ServiceError, member: 'Message' | 'message' = 'message'): WireResponse {
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': code };
  return { status, headers, body: JSON.stringify({ __type: code, ...(message !== '' && { [member]: message }) }) };
}
