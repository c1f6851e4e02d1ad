import type { Members } from '../input.ts';
import { ServiceError } from '../service.ts';
import { optionalWhole } from './request.ts';

/** Most items of one answer. @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html */
const LIMIT = { least: 1, most: 1000 } as const;

/** One answer's items, and where the next begins. @throws ServiceError ValidationException, InvalidMarkerException */
export function page<T>(
  items: readonly T[],
  input: Members,
  { usual }: { usual: number },
): { items: readonly T[]; rest: object } {
  const limit = optionalWhole(input, 'Limit', LIMIT) ?? usual;
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
