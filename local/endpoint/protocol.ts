import { ServiceError, type JsonService } from '../service.ts';
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

/** An operation that a client calls by its name. */
export interface Called {
  readonly service: JsonService;
  readonly name: string;
  /** Reads the body. @throws ServiceError SerializationException */
  readonly input: () => Readonly<Record<string, unknown>>;
  readonly answer: (output: object) => WireResponse;
  readonly refuse: (error: ServiceError) => WireResponse;
}

/**
 * Runs it. A service that is `awsQueryCompatible` says a code of its own besides where it refuses.
 *
 * @throws ServiceError InvalidSignatureException, NotImplemented
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait
 */
export async function callOperation(
  { service, name, input, answer, refuse }: Called,
  { caller, service: signedFor }: Authenticated,
): Promise<WireResponse> {
  const signs = service.signs ?? service.name;
  if (signs !== signedFor) {
    throw new ServiceError('InvalidSignatureException', `Credential should be scoped to correct service: '${signs}'.`);
  }
  try {
    const operation = Object.hasOwn(service.operations, name) ? service.operations[name] : undefined;
    if (operation === undefined) throw notImplemented(service.name, name);
    return answer(await operation(input(), caller));
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const refused = refuse(error);
    if (service.queryCode === undefined) return refused;
    const code = `${service.queryCode(error.code)};${error.status < 500 ? 'Sender' : 'Receiver'}`;
    return { ...refused, headers: { ...refused.headers, 'x-amzn-query-error': code } };
  }
}
