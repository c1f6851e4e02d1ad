import { ServiceError } from '../service.ts';
import type { Authenticated, DoubtCodes } from './authenticate.ts';
import type { WireRequest, WireResponse } from './wire.ts';

/** What a service that speaks over the endpoint needs to know of HTTP: how requests are recognized, answered and refused. */
export interface Protocol {
  readonly codes: DoubtCodes;
  /** Whether a request is of this protocol, by its method and headers. */
  speaks(head: Pick<WireRequest, 'method' | 'headers'>): boolean;
  /** @throws ServiceError */
  answer(request: WireRequest, authenticated: Authenticated): Promise<WireResponse>;
  refuse(error: ServiceError, requestId: string): WireResponse;
}

/** An operation that is lacking: no made-up success. */
export const notImplemented = (service: string, operation: string): ServiceError =>
  new ServiceError('NotImplemented', `NotImplemented: ${service}:${operation} is not simulated by headwaters`, 501);
