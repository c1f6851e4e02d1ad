import type { Members } from '../input.ts';
import { ServiceError } from '../service.ts';

/** Most items of one answer. @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html */
const LONGEST = 1000;

/** One answer's items, and where the next begins. @throws ServiceError ValidationException, InvalidMarkerException */
export function page<T>(
  items: readonly T[],
  input: Members,
  { usual }: { usual: number },
): { items: readonly T[]; rest: object } {
  const limit = input.optionalNumber('Limit') ?? usual;
  if (!Number.isInteger(limit) || limit < 1 || limit > LONGEST) throw input.invalid('Limit', `must be 1 to ${LONGEST}`);
  const marker = input.optionalText('Marker');
  const start = marker === undefined ? 0 : Number(Buffer.from(marker, 'base64').toString('utf8'));
  if (!Number.isInteger(start) || start < 0 || start > items.length)
    throw new ServiceError('InvalidMarkerException', 'The marker does not come from an earlier answer');
  const end = start + limit;
  return {
    items: items.slice(start, end),
    rest: end < items.length ? { Truncated: true, NextMarker: Buffer.from(`${end}`).toString('base64') } : { Truncated: false },
  };
}
