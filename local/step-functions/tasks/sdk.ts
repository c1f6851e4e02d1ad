import { randomUUID } from 'node:crypto';
import type { ServiceError } from '../../service.ts';

/** The cause of what a service refuses, as an integration of its own tells it. */
export const causeOf = (service: string, { message, status, code }: ServiceError, modeled = code): string =>
  `${message} (Service: ${service}; Status Code: ${status}; Error Code: ${modeled}; Request ID: ${randomUUID()}; Proxy: null)`;

/** The cause of what a service refuses, as an integration of the SDK tells it. */
export const sdkCauseOf = (service: string, { message, status }: ServiceError): string =>
  `${message} (Service: ${service}, Status Code: ${status}, Request ID: ${randomUUID()}) (SDK Attempt Count: 1)`;
