import { ServiceError } from '../service.ts';
import type { Authenticated } from './authenticate.ts';
import type { DoubtCodes } from './doubt.ts';
import type { RequestHead, WireRequest, WireResponse } from './wire.ts';

/** What a service that speaks over the endpoint needs to know of HTTP: how requests are recognized, answered and refused. */
export interface Protocol {
  readonly codes: DoubtCodes;
  /** Whether a request is of this protocol, by its request line and headers. */
  speaks(head: RequestHead): boolean;
  /** Refuses what needs no signature on AWS and is lacking here: who asks without one is told so. @throws ServiceError NotImplemented */
  beforeAuthentication?(request: WireRequest): void;
  /** @throws ServiceError */
  answer(request: WireRequest, authenticated: Authenticated): Promise<WireResponse>;
  refuse(error: ServiceError, requestId: string): WireResponse;
}

/** An operation that is lacking: no made-up success. */
export const notImplemented = (service: string, operation: string): ServiceError =>
  new ServiceError('NotImplemented', `NotImplemented: ${service}:${operation}`, 501);

/** What a service that is `awsQueryCompatible` says besides. @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait */
export const withQueryError = (refused: WireResponse, code: string, status: number): WireResponse => ({
  ...refused,
  headers: { ...refused.headers, 'x-amzn-query-error': `${code};${status < 500 ? 'Sender' : 'Receiver'}` },
});
