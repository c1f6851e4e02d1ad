import { query, RETRY, type State } from '../aws/asl.ts';
import { ARCHIVE_CLASSES } from './tiers.ts';
import type { RestorePlace } from './place.ts';

/**
 * Objects of one listing. Step Functions takes 256 KiB from a task, and an object's entry is up to 600 bytes with a long key: S3's own
 * page of 1,000 would end the execution.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const PAGE_OBJECTS = 250;

/**
 * JSONata that reads the listing into `$page`, with the `standing` of each object: `open` is read as it lies, `underway` is being restored,
 * `restored` is queryable as long as asked, `short` is restored for less long, `frozen` needs a retrieval. A copy past its day counts as frozen.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreStatus.html
 */
export const READ_PAGE = `$clock := $millis();
  $standing := function($object, $expiry) {
    $not($object.StorageClass in ${JSON.stringify(ARCHIVE_CLASSES)}) ? "open"
    : $object.RestoreStatus.IsRestoreInProgress = true ? "underway"
    : $not($exists($expiry)) ? "frozen"
    : $expiry <= $clock ? "frozen"
    : $expiry < $keepUntil ? "short" : "restored"
  };
  $page := [$states.result.Contents.(
    $expiry := $toMillis(RestoreStatus.RestoreExpiryDate);
    { "key": Key, "size": Size, "class": StorageClass, "standing": $standing($, $expiry), "until": $expiry }
  )];`;

/** The key after which the next page begins. A retried listing asks for the same page, and there is no token that could expire. */
const AFTER = '( $last := $states.result.Contents[-1].Key; $exists($last) ? $last : $after )';

/** Lists one page of what lies under `$prefix`; `assign` keeps of it what is needed. */
export const listPage = (
  { partition, bucket }: RestorePlace,
  state: { readonly assign: Readonly<Record<string, string>>; readonly next: string; readonly catches?: readonly object[] },
): State => ({
  Type: 'Task',
  Resource: `arn:${partition}:states:::aws-sdk:s3:listObjectsV2`,
  Arguments: {
    Bucket: bucket,
    Prefix: query('$prefix'),
    StartAfter: query('$after'),
    MaxKeys: PAGE_OBJECTS,
    OptionalObjectAttributes: ['RestoreStatus'],
  },
  TimeoutSeconds: 60,
  Retry: RETRY,
  ...(state.catches === undefined ? {} : { Catch: state.catches }),
  Assign: { ...state.assign, after: query(AFTER), more: query('$states.result.IsTruncated = true') },
  Output: {},
  Next: state.next,
});

/**
 * What each child execution starts from: nothing of its parent's variables reaches it, nor may it name one like them.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
 */
export const CHILD = {
  prefix: query('$states.input.prefix'),
  after: query('$states.input.prefix'), // everything under a prefix comes after it
  keepUntil: query('$states.input.keepUntil'),
} as const;
