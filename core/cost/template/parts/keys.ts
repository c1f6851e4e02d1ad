import * as z from 'zod';
import { ASSUMED } from '../../assumed.ts';
import { dataKeyRequests } from '../../meters/kinesis.ts';
import { PRICES } from '../../prices.ts';
import { billItem, type BillItem } from '../bill.ts';
import { readProperties, type Declared } from '../resource-set.ts';
import type { Scene } from '../scene.ts';
import { requestsFor } from '../written/records.ts';

const keyShape = z.looseObject({
  EnableKeyRotation: z.boolean().default(false),
  KeySpec: z.literal('SYMMETRIC_DEFAULT').optional(),
});
const bucketShape = z.looseObject({
  BucketEncryption: z
    .looseObject({
      ServerSideEncryptionConfiguration: z.array(
        z.looseObject({
          BucketKeyEnabled: z.boolean().default(false),
          ServerSideEncryptionByDefault: z.looseObject({ SSEAlgorithm: z.string() }).optional(),
        }),
      ),
    })
    .optional(),
});
/** Rotations of a key that are billed as keys of their own. @see https://aws.amazon.com/kms/pricing/ */
const BILLED_ROTATIONS = 2;
/** Months between rotations, unless a key says otherwise. */
const MONTHS_BETWEEN = 12;

/** KMS and Secrets Manager: what is kept, and what is asked of them. */
export function keyItems(scene: Scene): BillItem[] {
  const { resources, streams, functions, workload, month, when } = scene;
  const { kms, secrets } = PRICES;
  const starts = functions.filter(({ invocations }) => invocations > 0).length * workload.coldStartsPerDay * month.days;
  const [secret] = resources.ofType('AWS::SecretsManager::Secret');
  return [
    ...resources.ofType('AWS::KMS::Key').map((key) => {
      const { EnableKeyRotation } = readProperties(key, keyShape);
      const rotations =
        when === 'filled' ? BILLED_ROTATIONS : Math.min(BILLED_ROTATIONS, Math.floor((when - 1) / MONTHS_BETWEEN));
      return billItem('keys', key, 'key', 1 + (EnableKeyRotation ? rotations : 0), kms.key);
    }),
    ...streams
      .filter(({ encrypted, traffic }) => encrypted && traffic.records > 0)
      .map(({ resource }) => billItem('keys', resource, 'data keys of the stream', dataKeyRequests(month.seconds), kms.request)),
    ...resources
      .ofType('AWS::S3::Bucket')
      .map((bucket) => billItem('keys', bucket, 'keys of objects', keyRequests(bucket, scene), kms.request)),
    ...resources.ofType('AWS::SecretsManager::Secret').map((one) => billItem('keys', one, 'secret', 1, secrets.secret)),
    ...(secret === undefined || starts === 0
      ? []
      : [
          billItem('keys', secret, 'secrets read', starts, secrets.request),
          billItem('keys', secret, 'secrets decrypted', starts, kms.request),
        ]),
  ];
}

/** Requests to KMS for objects of a bucket: each, or a few where the bucket has a key of its own. */
function keyRequests(bucket: Declared, { kept }: Scene): number {
  const [rule] = readProperties(bucket, bucketShape).BucketEncryption?.ServerSideEncryptionConfiguration ?? [];
  if (rule?.ServerSideEncryptionByDefault?.SSEAlgorithm !== 'aws:kms') return 0;
  return requestsFor(kept.filter((one) => one.bucket === bucket)) * (rule.BucketKeyEnabled ? ASSUMED.bucketKeyShare : 1);
}
