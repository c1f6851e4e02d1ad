import { GetShardIteratorCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import type { RoleClients } from '../../../cli/platform/session.ts';
import type { Original } from './originals.ts';

/** One way of reading an original, and whether the steward of its domain may go it. */
export interface Attempt {
  readonly how: string;
  readonly forSteward: boolean;
  readonly make: (clients: RoleClients) => Promise<unknown>;
}

/** Every way in which a client could read an original. */
export function attemptsOn(original: Original): readonly Attempt[] {
  if (original.kind === 'stream') {
    const { stream, shardId } = original;
    const iterator = { StreamName: stream, ShardId: shardId, ShardIteratorType: 'TRIM_HORIZON' } as const;
    return [
      { how: 'GetShardIterator', forSteward: false, make: ({ kinesis }) => kinesis.send(new GetShardIteratorCommand(iterator)) },
    ];
  }
  const { bucket: Bucket, key: Key, versionId: VersionId, isReject } = original;
  return [
    { how: 'GetObject', forSteward: isReject, make: ({ s3 }) => s3.send(new GetObjectCommand({ Bucket, Key })) },
    {
      how: 'GetObject of a range',
      forSteward: isReject,
      make: ({ s3 }) => s3.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=0-1' })),
    },
    { how: 'HeadObject', forSteward: isReject, make: ({ s3 }) => s3.send(new HeadObjectCommand({ Bucket, Key })) },
    {
      how: 'GetObject of a version',
      forSteward: false,
      make: ({ s3 }) => s3.send(new GetObjectCommand({ Bucket, Key, VersionId })),
    },
  ];
}

/** Whether a service refused a call for want of a permission; a HEAD has no words for it. */
export const isDenied = (error: unknown): boolean =>
  error instanceof Error &&
  (/^AccessDenied/.test(error.name) ||
    ('$metadata' in error && (error.$metadata as { readonly httpStatusCode?: number }).httpStatusCode === 403));
