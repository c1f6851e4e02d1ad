import { invalidArgument, S3Error } from './s3-error.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
const MOST_TAGS = 10;
const KEY_CHARACTERS = 128;
const VALUE_CHARACTERS = 256;
const LAWFUL = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Unicode characters, as AWS counts them. */
const lengthOf = (text: string): number => Array.from(text).length;

export type Tags = Readonly<Record<string, string>>;

const invalidTag = (message: string, TagKey: string, TagValue?: string): S3Error =>
  new S3Error('InvalidTag', message, 400, { elements: { TagKey, ...(TagValue === undefined ? {} : { TagValue }) } });

/** @throws S3Error BadRequest over ten tags, InvalidTag */
export function checkTags(pairs: readonly (readonly [string, string])[]): Tags {
  if (pairs.length > MOST_TAGS) throw new S3Error('BadRequest', 'Object tags cannot be greater than 10');
  const tags = new Map<string, string>();
  for (const [key, value] of pairs) {
    if (tags.has(key)) throw invalidTag('Cannot provide multiple Tags with the same key', key);
    if (key === '' || lengthOf(key) > KEY_CHARACTERS || !LAWFUL.test(key))
      throw invalidTag('The TagKey you have provided is invalid', key);
    if (key.startsWith('aws:')) throw invalidTag('Your TagKey cannot be prefixed with aws:', key);
    if (lengthOf(value) > VALUE_CHARACTERS || !LAWFUL.test(value))
      throw invalidTag('The TagValue you have provided is invalid', key, value);
    tags.set(key, value);
  }
  return Object.fromEntries(tags);
}

/** Reads `x-amz-tagging`, which has the form of a query. @throws S3Error InvalidArgument, InvalidTag, BadRequest */
export function parseTagging(header: string): Tags {
  const pairs = [...new URLSearchParams(header)];
  if (new Set(pairs.map(([key]) => key)).size < pairs.length || pairs.some(([key, value]) => /,/.test(key + value))) {
    throw invalidArgument(
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      'x-amz-tagging',
      header,
    );
  }
  return checkTags(pairs);
}

/** Tags as conditions see them: one key for each, and the list of their names. */
export function tagContext(prefix: 'ExistingObjectTag' | 'RequestObjectTag', tags: Tags = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`s3:${prefix}/${key}`, value]));
}
