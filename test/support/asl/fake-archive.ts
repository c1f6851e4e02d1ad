import type { SimulatedClock } from '../../../local/clock.ts';
import { TaskError } from './run-state-machine.ts';

export interface ArchivedObject {
  readonly key: string;
  readonly size: number;
  readonly storageClass: string;
  /** When the restore is done, and when its copy goes. */
  restore?: { readonly doneAt: number; readonly expiresAt: number };
}

interface Listing {
  readonly Bucket: string;
  readonly Prefix: string;
  readonly StartAfter?: string;
  readonly MaxKeys: number;
  readonly OptionalObjectAttributes?: readonly string[];
}
interface Restore {
  readonly Bucket: string;
  readonly Key: string;
  readonly RestoreRequest: { readonly Days: number; readonly GlacierJobParameters: { readonly Tier: string } };
}
interface Notice {
  readonly TopicArn: string;
  readonly Subject: string;
  readonly Message: string;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Hours that a restore takes. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html */
const HOURS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  GLACIER: { Bulk: 12, Standard: 5 },
  DEEP_ARCHIVE: { Bulk: 48, Standard: 12 },
};

/** S3's archive and a topic, as Step Functions' tasks see them. */
export class FakeArchive {
  readonly notices: Notice[] = [];
  /** Keys that S3 began to retrieve, in order: what is paid for. */
  readonly retrieved: string[] = [];
  /** Keys of all restore requests, refused ones too. */
  readonly requested: string[] = [];
  listings = 0;
  /** Throws instead of an answer, for whom it will. */
  fault: (operation: 'list' | 'restore' | 'publish', key: string) => void = () => undefined;

  private readonly objects: ArchivedObject[];

  constructor(
    private readonly clock: SimulatedClock,
    objects: readonly ArchivedObject[],
  ) {
    this.objects = objects.map((object) => ({ ...object })).sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  readonly handle = (resource: string, input: never): unknown => {
    if (resource === 'aws-sdk:s3:listObjectsV2') return this.list(input);
    if (resource === 'aws-sdk:s3:restoreObject') return this.restore(input);
    if (resource === 'sns:publish') return this.publish(input);
    throw new Error(`no task '${resource}'`);
  };

  private list({ Prefix, StartAfter = '', MaxKeys, OptionalObjectAttributes }: Listing): unknown {
    this.listings += 1;
    this.fault('list', Prefix);
    const found = this.objects.filter(({ key }) => key.startsWith(Prefix) && key > StartAfter);
    const page = found.slice(0, Math.min(MaxKeys, 1000));
    const contents = page.map(({ key, size, storageClass, restore }) => ({
      Key: key,
      LastModified: '2026-01-01T00:15:00Z',
      ETag: '"d41d8cd98f00b204e9800998ecf8427e"',
      ChecksumAlgorithm: ['CRC64NVME'],
      ChecksumType: 'FULL_OBJECT',
      Size: size,
      StorageClass: storageClass,
      ...(OptionalObjectAttributes?.includes('RestoreStatus') === true && this.status(restore)),
    }));
    return {
      IsTruncated: found.length > page.length,
      KeyCount: page.length,
      MaxKeys,
      Prefix,
      ...(contents.length > 0 && { Contents: contents }),
    };
  }

  /** A copy past its day is listed for a while: S3 takes it away in its own time. */
  private status(restore: ArchivedObject['restore']): object {
    if (restore === undefined) return {};
    return restore.doneAt > this.clock.now()
      ? { RestoreStatus: { IsRestoreInProgress: true } }
      : { RestoreStatus: { IsRestoreInProgress: false, RestoreExpiryDate: new Date(restore.expiresAt).toISOString() } };
  }

  private restore({ Key, RestoreRequest: { Days, GlacierJobParameters } }: Restore): unknown {
    this.requested.push(Key);
    this.fault('restore', Key);
    this.begin(Key, GlacierJobParameters.Tier, Days);
    return {};
  }

  /** What S3 does with a restore request, whoever sent it. */
  begin(wanted: string, tier: string, days: number): void {
    const object = this.objects.find(({ key }) => key === wanted);
    const hours = object === undefined ? undefined : HOURS[object.storageClass]?.[tier];
    if (object === undefined || hours === undefined)
      throw new TaskError(
        'S3.S3Exception',
        "Restore is not allowed for the object's current storage class (Service: S3, Status Code: 403)",
      );
    const now = this.clock.now();
    const { restore } = object;
    if (restore !== undefined && restore.doneAt > now)
      throw new TaskError('S3.S3Exception', 'Object restore is already in progress (Service: S3, Status Code: 409)');
    const isThere = restore !== undefined && restore.expiresAt > now;
    const doneAt = isThere ? now : now + hours * HOUR;
    if (!isThere) this.retrieved.push(wanted);
    object.restore = { doneAt, expiresAt: Math.ceil((doneAt + days * DAY) / DAY) * DAY }; // S3 rounds up to the next midnight, UTC
  }

  private publish(notice: Notice): unknown {
    this.fault('publish', notice.TopicArn);
    this.notices.push(notice);
    return { MessageId: 'message' };
  }
}
