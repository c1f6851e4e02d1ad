import { ServiceError } from '../service.ts';

/** What Athena answers to a request that it does not take. */
export const invalid = (message: string): ServiceError => new ServiceError('InvalidRequestException', message);

export const notThere = (message: string): ServiceError => new ServiceError('ResourceNotFoundException', message);
