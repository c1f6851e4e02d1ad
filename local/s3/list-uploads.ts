import { compareKeys } from './key-index.ts';
import { commonPrefixOf } from './list-page.ts';
import { invalidArgument } from './s3-error.ts';
import { uploadsAfter, type Upload } from './uploads.ts';

export interface UploadsQuery {
  readonly prefix: string;
  /** @default - no common prefixes */
  readonly delimiter?: string | undefined;
  /** 0 to 1,000. */
  readonly maxUploads: number;
  /** The key after which to begin; with an upload, the key whose later uploads come first. */
  readonly keyMarker: string;
  /** Says nothing without a key. */
  readonly uploadIdMarker: string;
}

/** A page of ListMultipartUploads. */
export interface UploadsPage {
  readonly uploads: readonly Upload[];
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
}

/** Uploads behind the markers. @throws S3Error InvalidArgument for an upload that the key never had */
function behind(uploads: readonly Upload[], { keyMarker, uploadIdMarker, ...query }: UploadsQuery): readonly Upload[] {
  if (keyMarker === '') return uploads;
  if (uploadIdMarker !== '') {
    const later = uploadsAfter(uploads, keyMarker, uploadIdMarker);
    if (later === undefined) throw invalidArgument('Invalid uploadId marker', 'upload-id-marker', uploadIdMarker);
    return later;
  }
  const folded = commonPrefixOf(keyMarker, query);
  return uploads.filter(({ key }) => compareKeys(key, keyMarker) > 0 && (folded === undefined || !key.startsWith(folded)));
}

/** One page of uploads under way, which come by key and age. @throws S3Error InvalidArgument */
export function listUploads(all: readonly Upload[], query: UploadsQuery): UploadsPage {
  const uploads: Upload[] = [];
  const commonPrefixes: string[] = [];
  for (const upload of behind(all, query).filter(({ key }) => key.startsWith(query.prefix))) {
    const common = commonPrefixOf(upload.key, query);
    if (common !== undefined && common === commonPrefixes.at(-1)) continue;
    if (uploads.length + commonPrefixes.length >= query.maxUploads)
      return { uploads, commonPrefixes, isTruncated: query.maxUploads > 0 };
    if (common === undefined) uploads.push(upload);
    else commonPrefixes.push(common);
  }
  return { uploads, commonPrefixes, isTruncated: false };
}
