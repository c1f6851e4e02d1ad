import { ServiceError } from '../service.ts';

/** Why Athena does not take a request, as its `AthenaErrorCode` says it. */
export type RefusalCode =
  | 'DATACATALOG_NOT_FOUND'
  | 'IDEMPOTENT_PARAMETER_MISMATCH'
  | 'INVALID_INPUT'
  | 'INVALID_QUERY_EXECUTION_STATE'
  | 'MALFORMED_QUERY'
  | 'QUERY_EXECUTION_NOT_FOUND'
  | 'RESULT_NOT_FOUND';

/** What Athena answers to a request that it does not take: it says the code twice. */
export const invalid = (message: string, code: RefusalCode = 'INVALID_INPUT'): ServiceError =>
  new ServiceError('InvalidRequestException', message, 400, { AthenaErrorCode: code, ErrorCode: code });

export const notThere = (message: string): ServiceError => new ServiceError('ResourceNotFoundException', message);
