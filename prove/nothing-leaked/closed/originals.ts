import { PutRecordCommand, ListShardsCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { DatasetContract } from '../../../core/contract/model.ts';
import type { OpenPlatform } from './open-platform.ts';

/** An original that lies somewhere, and whose domain it is of. */
export type Original = { readonly domain: string; readonly label: string } & (
  | {
      readonly kind: 'object';
      readonly bucket: string;
      readonly key: string;
      readonly versionId: string;
      readonly isReject: boolean;
    }
  | { readonly kind: 'stream'; readonly stream: string; readonly shardId: string }
);

/** Lays an original where each dataset keeps them: one in `raw`, one in quarantine, one under `_errors/` of each of the three, one in its stream where it has one. */
export async function layOriginals(
  { platform, place }: OpenPlatform,
  datasets: readonly DatasetContract[],
): Promise<readonly Original[]> {
  const { endpoint, region, operator } = place;
  const options = { endpoint, region, credentials: operator };
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  const kinesis = new KinesisClient(options);
  const originals: Original[] = [];
  for (const dataset of datasets) {
    const { prefix, intake } = platform.dataset(dataset);
    const { domain, name } = dataset;
    const errors = `_errors/${domain}/${name}/processing-failed/dt=2026-01-04/1`;
    const objects = [
      { zone: 'raw', key: `${prefix}dt=2026-01-04/hr=01/1.gz`, isReject: false },
      { zone: 'raw', key: errors, isReject: false },
      { zone: 'quarantine', key: `${prefix}reason=not-json/dt=2026-01-04/1.gz`, isReject: true },
      { zone: 'quarantine', key: errors, isReject: true },
      { zone: 'clean', key: errors, isReject: true },
    ] as const;
    for (const { zone, key, isReject } of objects) {
      const bucket = platform.bucket(zone);
      const { VersionId: versionId = '' } = await s3.send(
        new PutObjectCommand({ Bucket: bucket, Key: key, Body: 'an original' }),
      );
      originals.push({ kind: 'object', domain, label: `${zone}/${key}`, bucket, key, versionId, isReject });
    }
    if (intake.kind === 'delivery') continue; // nobody reads what is in it
    const streamName = intake.name;
    await kinesis.send(new PutRecordCommand({ StreamName: streamName, PartitionKey: '1', Data: Buffer.from('an original') }));
    const { Shards: [shard] = [] } = await kinesis.send(new ListShardsCommand({ StreamName: streamName }));
    originals.push({
      kind: 'stream',
      domain,
      label: `the stream of ${domain}.${name}`,
      stream: streamName,
      shardId: shard?.ShardId ?? '',
    });
  }
  s3.destroy();
  kinesis.destroy();
  return originals;
}
