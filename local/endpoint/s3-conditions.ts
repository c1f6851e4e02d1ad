import { preconditionFailed, S3Error, type ObjectVersion } from '../s3/index.ts';
import { httpTime, type S3Call } from './s3-call.ts';

const SECOND = 1000;

/** The conditions that a request states; the names differ between reads and the sources of copies. */
interface Conditions {
  readonly match: string | undefined;
  readonly noneMatch: string | undefined;
  readonly modifiedSince: string | undefined;
  readonly unmodifiedSince: string | undefined;
}

const etags = (text: string): string[] => text.split(',').map((tag) => tag.trim().replace(/^(W\/)?"|"$/g, ''));
const matches = (text: string, { etag }: ObjectVersion): boolean => etags(text).some((tag) => tag === '*' || tag === etag);

/** Whether a version is newer than a date, in seconds as HTTP counts them; undefined for what is no date, which S3 passes over. */
function isNewer(version: ObjectVersion, text: string | undefined): boolean | undefined {
  const date = Date.parse(text ?? '');
  return Number.isNaN(date) ? undefined : Math.floor(version.lastModified / SECOND) > Math.floor(date / SECOND);
}

/** The condition that fails: of a pair, the ETag's decides; a date that is still to come says nothing. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
function failing(
  { s3 }: S3Call,
  version: ObjectVersion,
  { match, noneMatch, modifiedSince, unmodifiedSince }: Conditions,
): keyof Conditions | undefined {
  if (match !== undefined && !matches(match, version)) return 'match';
  if (match === undefined && isNewer(version, unmodifiedSince) === true) return 'unmodifiedSince';
  if (noneMatch !== undefined && matches(noneMatch, version)) return 'noneMatch';
  const isOver = Date.parse(modifiedSince ?? '') <= s3.now();
  if (noneMatch === undefined && isOver && isNewer(version, modifiedSince) === false) return 'modifiedSince';
  return undefined;
}

/** @throws S3Error PreconditionFailed, NotModified */
export function checkRead(call: S3Call, version: ObjectVersion): void {
  const { header } = call;
  const failed = failing(call, version, {
    match: header('if-match'),
    noneMatch: header('if-none-match'),
    modifiedSince: header('if-modified-since'),
    unmodifiedSince: header('if-unmodified-since'),
  });
  if (failed === 'match') throw preconditionFailed('If-Match');
  if (failed === 'unmodifiedSince') throw preconditionFailed('If-Unmodified-Since');
  if (failed === undefined) return;
  const headers = { etag: `"${version.etag}"`, 'last-modified': httpTime(version.lastModified) };
  throw new S3Error('NotModified', 'Not Modified', 304, { headers });
}

const SOURCE = 'x-amz-copy-source-if-';

/** Conditions on the source of a copy, all of which answer 412. @throws S3Error PreconditionFailed */
export function checkSource(call: S3Call, version: ObjectVersion): void {
  const { header } = call;
  const failed = failing(call, version, {
    match: header(`${SOURCE}match`),
    noneMatch: header(`${SOURCE}none-match`),
    modifiedSince: header(`${SOURCE}modified-since`),
    unmodifiedSince: header(`${SOURCE}unmodified-since`),
  });
  const names = {
    match: 'x-amz-copy-source-If-Match',
    noneMatch: 'x-amz-copy-source-If-None-Match',
    modifiedSince: 'x-amz-copy-source-If-Modified-Since',
    unmodifiedSince: 'x-amz-copy-source-If-Unmodified-Since',
  };
  if (failed !== undefined) throw preconditionFailed(names[failed]);
}
