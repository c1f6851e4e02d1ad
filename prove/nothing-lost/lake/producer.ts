import { createHash } from 'node:crypto';
import { PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { PutRecordsCommand } from '@aws-sdk/client-kinesis';
import type { Produced } from '../history/history.ts';
import type { Given, Line } from '../input/event.ts';
import { recordOf, type Input } from '../input/input.ts';
import { GOOD } from '../input/inputs.ts';
import type { Session } from './session.ts';

/** A record as it is put, and the lines that it holds as they were written down. */
export interface ProducerRecord {
  readonly data: Buffer;
  readonly lines: readonly Produced[];
}

/** How inputs are put together. */
export interface Packing {
  /** Inputs of one record; an input that stands alone has its own. */
  readonly perRecord: number;
  /** Whether a good event stands before, between and behind them. */
  readonly neighbours: boolean;
}

const SECOND = 1_000;
const LONGEST_PAUSE = 32 * SECOND;
/** Records of a call, and its bytes: what one shard takes in a second. @see https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html */
const CALL = { records: 500, bytes: 1_000_000 };
/** Bytes of a record at most. @see https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html https://docs.aws.amazon.com/firehose/latest/dev/limits.html */
const LARGEST = { stream: 10 * 1024 * 1024, delivery: 1000 * 1024 } as const;
/** What no further try will store. */
const HOPELESS = new Set(['ValidationException', 'InvalidArgumentException']);
/** What says that a record was not stored, of a stream and of a delivery; of any other failure nobody knows. */
const NOT_STORED = new Set(['ProvisionedThroughputExceededException', 'ServiceUnavailableException']);

/** A producer who writes down what it sends before it sends it, and sends again what was not acknowledged. */
export class Producer {
  readonly produced: Produced[] = [];
  /** Bytes of every line, by their SHA-256. */
  readonly bytes = new Map<string, Buffer>();
  /** Calls, or records of calls, that were refused, by their error. */
  readonly refusals = new Map<string, number>();
  private serial = 0;

  /** @param tag Unique in the session: what the serials begin with */
  constructor(
    private readonly session: Session,
    private readonly tag: string,
    private readonly dataset = 0,
  ) {}

  /**
   * Writes down an event for each input, and the records that hold them.
   *
   * @param skew Milliseconds by which the producer's clock is ahead
   */
  compose(inputs: readonly Input[], { perRecord, neighbours }: Packing, skew = 0): ProducerRecord[] {
    const records: ProducerRecord[] = [];
    let pack: Input[] = [];
    const close = (): void => {
      if (pack.length === 0) return;
      const all = neighbours ? [GOOD, ...pack.flatMap((input) => [input, GOOD])] : pack;
      records.push(this.record(all, skew));
      pack = [];
    };
    for (const input of inputs) {
      if (input.alone === true) records.push(this.record([input], skew));
      else if (pack.push(input) >= perRecord) close();
    }
    close();
    return records;
  }

  /** Records that hold given lines, which were produced before. */
  recordsOf(lines: readonly Buffer[], perRecord: number): ProducerRecord[] {
    const known = new Map(this.produced.map((event) => [event.sha256, event]));
    const linesOf = (some: readonly Buffer[]) => some.flatMap((line) => known.get(sha256(line)) ?? []);
    const full = lines.filter(({ length }) => length > 0);
    const records: ProducerRecord[] = lines
      .filter(({ length }) => length === 0)
      .map((data) => ({ data, lines: linesOf([data]) }));
    for (const some of this.packed(full, perRecord))
      records.push({ data: Buffer.concat(some.flatMap((line) => [line, NEWLINE])), lines: linesOf(some) });
    return records;
  }

  /** So many lines to a record, or as many as one may hold. */
  private packed(lines: readonly Buffer[], perRecord: number): Buffer[][] {
    const most = LARGEST[this.session.dataset(this.dataset).intake.kind];
    const packs: Buffer[][] = [];
    let size = 0;
    for (const line of lines) {
      const last = packs.at(-1);
      const length = line.length + NEWLINE.length;
      if (last === undefined || last.length === perRecord || size + length > most) {
        packs.push([line]);
        size = length;
      } else {
        last.push(line);
        size += length;
      }
    }
    return packs;
  }

  /** Puts records until each is acknowledged; what was refused is put again after a pause, which lets the clock go on. */
  async put(records: readonly ProducerRecord[]): Promise<void> {
    for (const call of callsOf(records)) {
      let left = call;
      for (let pause = SECOND; left.length > 0; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
        left = await this.call(left);
        if (left.length > 0) await this.session.clock.advance(pause);
      }
    }
  }

  private async call(records: readonly ProducerRecord[]): Promise<ProducerRecord[]> {
    const { clock } = this.session;
    try {
      const codes = await this.putOnce(records.map(({ data }) => data));
      return records.filter(({ lines }, index) => {
        const code = codes[index];
        if (code !== undefined) this.refused(code);
        for (const line of lines) {
          if (code === undefined || !NOT_STORED.has(code)) line.sends += 1;
          if (code === undefined) line.acknowledged ??= clock.now();
        }
        return code !== undefined;
      });
    } catch (error) {
      if (error instanceof Error && HOPELESS.has(error.name)) throw error;
      this.refused(error instanceof Error ? error.name : 'unknown');
      return [...records];
    }
  }

  /** @returns for each record the code of its error, or none */
  private async putOnce(records: readonly Buffer[]): Promise<(string | undefined)[]> {
    const { kinesis, firehose } = this.session;
    const { kind, name } = this.session.dataset(this.dataset).intake;
    if (kind === 'stream') {
      const Records = records.map((Data) => ({ Data, PartitionKey: partitionKey(Data) }));
      const answer = await kinesis.send(new PutRecordsCommand({ StreamName: name, Records }));
      return records.map((_, index) => answer.Records?.[index]?.ErrorCode);
    }
    const Records = records.map((Data) => ({ Data }));
    const answer = await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: name, Records }));
    return records.map((_, index) => answer.RequestResponses?.[index]?.ErrorCode);
  }

  private refused(code: string): void {
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
  }

  private record(inputs: readonly Input[], skew: number): ProducerRecord {
    const parts = inputs.map((input) => {
      const given: Given = { serial: `${this.tag}-${(this.serial += 1)}`, now: this.session.clock.now() + skew };
      const lines = input.lines(given);
      return { bytes: recordOf(input, given, lines), lines: lines.map((line) => this.written(input, line)) };
    });
    return { data: Buffer.concat(parts.map(({ bytes }) => bytes)), lines: parts.flatMap(({ lines }) => lines) };
  }

  private written({ name }: Input, { bytes, expected }: Line): Produced {
    const event: Produced = { name, sha256: sha256(bytes), expected, sends: 0 };
    this.produced.push(event);
    this.bytes.set(event.sha256, bytes);
    return event;
  }
}

const NEWLINE = Buffer.from('\n');
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
/** Spreads records over shards, by characters that no path would like. */
const partitionKey = (data: Buffer): string => `../${createHash('md5').update(data).digest('hex').slice(0, 12)}=%2F é`;

function callsOf(records: readonly ProducerRecord[]): ProducerRecord[][] {
  const calls: ProducerRecord[][] = [];
  let size = Infinity;
  for (const record of records) {
    const last = calls.at(-1);
    if (last === undefined || last.length === CALL.records || size + record.data.length > CALL.bytes) {
      calls.push([record]);
      size = 0;
    } else last.push(record);
    size += record.data.length;
  }
  return calls;
}
