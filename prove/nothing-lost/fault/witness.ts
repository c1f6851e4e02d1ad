import { createHash } from 'node:crypto';
import {
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListShardsCommand,
  type GetShardIteratorCommandInput,
} from '@aws-sdk/client-kinesis';
import type { Session } from '../lake/session.ts';

/** A reader of its own, beside the delivery: one that pauses for longer than its iterator lives, and goes on behind the last record it read. */
export class Witness {
  /** How often its iterator had expired. */
  expired = 0;
  /** SHA-256 of each record that it read, by sequence number. */
  readonly records = new Map<string, string>();
  private iterator: string | undefined;
  private last: string | undefined;

  constructor(private readonly session: Session) {}

  /** Reads what there is of the stream's one shard. */
  async read(): Promise<void> {
    this.iterator ??= await this.begin();
    try {
      const { Records = [], NextShardIterator } = await this.session.kinesis.send(
        new GetRecordsCommand({ ShardIterator: this.iterator }),
      );
      for (const { SequenceNumber = '', Data = new Uint8Array() } of Records) {
        if (this.records.has(SequenceNumber)) throw new Error('a record was read twice');
        this.records.set(SequenceNumber, createHash('sha256').update(Data).digest('hex'));
        this.last = SequenceNumber;
      }
      this.iterator = NextShardIterator;
    } catch (error) {
      if (!(error instanceof ExpiredIteratorException)) throw error;
      this.expired += 1;
      this.iterator = undefined;
      await this.read();
    }
  }

  private async begin(): Promise<string | undefined> {
    const StreamName = this.session.dataset().intake.name;
    const { Shards: [shard] = [] } = await this.session.kinesis.send(new ListShardsCommand({ StreamName }));
    const where: Pick<GetShardIteratorCommandInput, 'ShardIteratorType' | 'StartingSequenceNumber'> =
      this.last === undefined
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: this.last };
    const { ShardIterator } = await this.session.kinesis.send(
      new GetShardIteratorCommand({ StreamName, ShardId: shard?.ShardId, ...where }),
    );
    return ShardIterator;
  }
}
