import { randomUUID } from 'node:crypto';
import type { ServiceError } from './service.ts';

/** What a service refuses as Java's first SDK words it: services that call by it tell that. */
export const causeOf = (service: string, { message, status, code }: ServiceError, modeled = code): string =>
  `${message} (Service: ${service}; Status Code: ${status}; Error Code: ${modeled}; Request ID: ${randomUUID()}; Proxy: null)`;
