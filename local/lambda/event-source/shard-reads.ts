import { ServiceError } from '../../service.ts';
import type { BatchSenderProps } from './batch-sender.ts';
import { holdRecord, type HeldRecord } from './record-event.ts';

/** One read: what a shard gives in a second. @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html */
const READ = { records: 10_000, bytes: 2 * 1024 * 1024 } as const;

const THROTTLED = 'ProvisionedThroughputExceededException';

/** Reads that are refused in a row before the log says so: a shard that others read too, or that has given large records, refuses a few. */
const PATIENCE = 30;

/** Reads from one shard, and counts what is refused. */
export class ShardReads {
  private refusedInRow = 0;

  constructor(private readonly props: Omit<BatchSenderProps, 'window'>) {}

  /** How often in a row a read was refused. */
  get refused(): number {
    return this.refusedInRow;
  }

  /** Nothing where the shard's rate is used up by other readers: a later second brings it. */
  fetch(position: number): readonly HeldRecord[] {
    const { shard, stream, parts, settings, roleArn } = this.props;
    const about = { streamArn: settings.streamArn, roleArn, readAt: parts.clock.now() };
    try {
      const records = parts.kinesis.fetch(stream, shard, () => shard.read(position, READ.records, READ.bytes));
      this.refusedInRow = 0;
      return records.map((record) => holdRecord(shard, record, about));
    } catch (error) {
      if (!(error instanceof ServiceError && error.code === THROTTLED)) throw error;
      this.refusedInRow += 1;
      if (this.refusedInRow === PATIENCE)
        this.props.report.say('error', `${error.message} ${PATIENCE} reads in a row were refused`);
      return [];
    }
  }

  /** Whether the mapping's filter lets a record through. */
  isMeant({ event }: HeldRecord): boolean {
    return this.props.settings.filter?.matches(Buffer.from(event.kinesis.data, 'base64')) ?? true;
  }
}
