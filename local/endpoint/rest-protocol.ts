import type { ServiceError } from '../service.ts';
import type { Authenticated } from './authenticate.ts';
import { REST_CODES } from './doubt.ts';
import { notImplemented, type Protocol } from './protocol.ts';
import { header, type RequestHead, type WireRequest, type WireResponse } from './wire.ts';

const SCOPE = /Credential=[^/,\s]+\/\d{8}\/[^/,\s]+\/([^/,\s]+)\//;

/** The service that a request is signed for, by what it says of its signature. */
export const serviceOf = (head: RequestHead): string | undefined => SCOPE.exec(header(head, 'authorization') ?? '')?.[1];

/**
 * The services that speak REST, S3, Lambda and EventBridge Scheduler apart: none is simulated. Which operation a method and a path are only a service's own model tells, so the
 * answer names these.
 */
export class RestProtocol implements Protocol {
  readonly codes = REST_CODES;

  speaks(head: RequestHead): boolean {
    const service = serviceOf(head);
    return service !== undefined && service !== 's3';
  }

  async answer({ method, path }: WireRequest, { service }: Authenticated): Promise<WireResponse> {
    throw notImplemented(service, `${method} ${path}`);
  }

  refuse({ code, message, status }: ServiceError): WireResponse {
    const headers = { 'content-type': 'application/json', 'x-amzn-errortype': code };
    return { status, headers, body: JSON.stringify({ message }) };
  }
}
