import type { Members } from '../input.ts';
import { ServiceError } from '../service.ts';

/** Names of one request. @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
const MOST_NAMES = 10;

/** Nothing is said of what is not there. */
export const notFound = (): ServiceError => new ServiceError('ParameterNotFound', '');

/** Names of a request, each once. @throws ServiceError ValidationException for none or too many */
export function namesOf(input: Members): string[] {
  const names = [...new Set(input.texts('Names'))];
  if (names.length >= 1 && names.length <= MOST_NAMES) return names;
  const rule = names.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${MOST_NAMES}`;
  throw new ServiceError(
    'ValidationException',
    `1 validation error detected: Value '[${names.join(', ')}]' at 'names' failed to satisfy constraint: Member must have length ${rule}`,
  );
}
