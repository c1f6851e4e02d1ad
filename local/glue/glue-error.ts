import { ServiceError } from '../service.ts';

/** What Glue calls the things of its catalog. */
type Thing = 'Database' | 'Table' | 'Partition';

export const notFound = (what: string): ServiceError => new ServiceError('EntityNotFoundException', what);

export const databaseNotFound = (name: string): ServiceError => notFound(`Database ${name} not found.`);
export const tableNotFound = (name: string): ServiceError => notFound(`Table ${name} not found.`);
export const partitionNotFound = (): ServiceError => notFound('Cannot find partition.');

export const alreadyExists = (thing: Thing): ServiceError =>
  new ServiceError('AlreadyExistsException', `${thing} already exists.`);

export const invalidInput = (message: string): ServiceError => new ServiceError('InvalidInputException', message);

/** Whether an error is the service's own, of one code. */
export const isCode = (error: unknown, code: string): error is ServiceError =>
  error instanceof ServiceError && error.code === code;

/** The answer of `run`; undefined where Glue knows no such thing. */
export function unlessMissing<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (isCode(error, 'EntityNotFoundException')) return undefined;
    throw error;
  }
}
