import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { ServiceError, type JsonService } from '../service.ts';
import type { Authenticated } from './authenticate.ts';
import { JSON_CODES } from './doubt.ts';
import { notImplemented, withQueryError, type Protocol } from './protocol.ts';
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

  async answer(request: WireRequest, { caller, service: signedFor }: Authenticated): Promise<WireResponse> {
    const target = header(request, 'x-amz-target') ?? '';
    const dot = target.lastIndexOf('.');
    const service = this.services.get(target.slice(0, dot));
    const name = target.slice(dot + 1);
    if (service === undefined) throw notImplemented(signedFor, name);
    if (service.name !== signedFor) {
      throw new ServiceError('InvalidSignatureException', `Credential should be scoped to correct service: '${service.name}'.`);
    }
    try {
      const operation = Object.hasOwn(service.operations, name) ? service.operations[name] : undefined;
      if (operation === undefined) throw notImplemented(service.name, name);
      const output = await operation(parse(request), caller);
      return {
        status: 200,
        headers: { 'content-type': `application/x-amz-json-${service.version}` },
        body: JSON.stringify(output),
      };
    } catch (error) {
      if (!(error instanceof ServiceError) || service.queryCode === undefined) throw error;
      return withQueryError(this.refuse(error), service.queryCode(error.code), error.status);
    }
  }

  refuse({ code, message, status }: ServiceError): WireResponse {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': code };
    return { status, headers, body: JSON.stringify({ __type: code, message }) };
  }
}
