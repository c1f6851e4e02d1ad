import type { Members } from '../input.ts';
import { placeOf, shareFrom } from '../pages.ts';
import { ServiceError } from '../service.ts';
import { optionalWhole } from './request.ts';

/** Most items of one answer. @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html */
const LIMIT = { least: 1, most: 1000 } as const;

/** One answer's items, and where the next begins. @throws ServiceError ValidationException, InvalidMarkerException */
export function page<T>(all: readonly T[], input: Members, { usual }: { usual: number }): { items: readonly T[]; rest: object } {
  const limit = optionalWhole(input, 'Limit', LIMIT) ?? usual;
  const marker = input.optionalText('Marker');
  const start = marker === undefined ? 0 : placeOf(marker);
  if (start === undefined || start > all.length)
    throw new ServiceError('InvalidMarkerException', 'The marker does not come from an earlier answer');
  const { items, token } = shareFrom(all, start, limit);
  return { items, rest: token === undefined ? { Truncated: false } : { Truncated: true, NextMarker: token } };
}
