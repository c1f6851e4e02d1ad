import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { GB, PRICES, usd } from '../../core/cost/prices.ts';
import { TEMPERATURE, type StorageClass, type Temperature } from '../../core/storage/retention-classes.ts';
import { CommandError } from '../command-error.ts';

interface Listed {
  readonly key: string;
  readonly bytes: number;
  readonly storageClass: StorageClass;
}

/** Every object under a prefix. */
export async function listObjects(client: S3Client, bucket: string, prefix: string): Promise<Listed[]> {
  const found: Listed[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...(token === undefined ? {} : { ContinuationToken: token }) }),
    );
    for (const { Key = '', Size = 0, StorageClass: name = 'STANDARD' } of page.Contents ?? []) {
      if (!(name in TEMPERATURE))
        throw new CommandError('UnknownStorageClass', `'${name}' has no temperature; add it to the retention classes`);
      found.push({ key: Key, bytes: Size, storageClass: name as StorageClass });
    }
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return found;
}

/** Objects of one dataset in one zone that have one temperature. */
export interface Tier {
  readonly zone: string;
  readonly dataset: string;
  readonly temperature: Temperature;
  readonly objects: number;
  readonly bytes: number;
  /** USD of storage for a month, at list prices. */
  readonly monthlyCost: number;
}

/** Groups objects by temperature, hot first. */
export function tiersOf(zone: string, dataset: string, objects: readonly Listed[]): Tier[] {
  return (['hot', 'warm', 'cold'] as const).flatMap((temperature): Tier[] => {
    const mine = objects.filter(({ storageClass }) => TEMPERATURE[storageClass] === temperature);
    if (mine.length === 0) return [];
    const sum = (of: (object: Listed) => number) => mine.reduce((total, object) => total + of(object), 0);
    return [
      {
        zone,
        dataset,
        temperature,
        objects: mine.length,
        bytes: sum(({ bytes }) => bytes),
        monthlyCost: sum(({ bytes, storageClass }) => usd(PRICES.s3.storage[storageClass], bytes / GB)),
      },
    ];
  });
}
