import path from 'node:path';
import type { SimulatedClock } from '../clock.ts';
import { ServiceError } from '../service.ts';
import type { Outlets } from './bucket-events.ts';
import { bucketFolders, BucketFiles } from './bucket-files.ts';
import { Bucket } from './bucket.ts';
import type { NewBucket } from './new-bucket.ts';
import { declaredNotifications } from './notifications/declared.ts';
import { noSuchBucket } from './s3-error.ts';

export interface BucketsProps extends Outlets {
  /** The folder that holds a folder for each bucket. */
  readonly root: string;
  readonly clock: SimulatedClock;
  /** Reads what is under `root` and changes nothing there; what is put lives until `close`. @default false */
  readonly ephemeral?: boolean | undefined;
}

/** The buckets of an account, on disk. */
export class Buckets {
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly props: BucketsProps) {}

  /** @throws ServiceError InvalidBucketName, MalformedXML, InvalidArgument, NotImplemented for whom it cannot notify */
  create(settings: NewBucket): void {
    const { name } = settings;
    if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || name.includes('..')) {
      throw new ServiceError('InvalidBucketName', 'The specified bucket is not valid.');
    }
    const before = this.buckets.get(name);
    before?.save();
    before?.close();
    const { root, clock, ephemeral = false, onEvent, destinations } = this.props;
    const files = new BucketFiles(path.join(root, name), { ephemeral });
    const saved = files.read();
    const notifications = declaredNotifications(settings, saved, destinations);
    this.buckets.set(name, new Bucket({ settings, clock, files, saved, notifications, outlets: { onEvent, destinations } }));
  }

  load(): void {
    for (const name of bucketFolders(this.props.root)) {
      const saved = new BucketFiles(path.join(this.props.root, name), { ephemeral: true }).read();
      if (saved !== undefined && !this.buckets.has(name)) this.create(saved.settings);
    }
  }

  /** @throws S3Error NoSuchBucket */
  get(name: string): Bucket {
    const bucket = this.buckets.get(name);
    if (bucket === undefined) throw noSuchBucket(name);
    return bucket;
  }

  /** By name. */
  all(): readonly Bucket[] {
    return [...this.buckets.values()].sort((a, b) => (a.settings.name < b.settings.name ? -1 : 1));
  }
}
