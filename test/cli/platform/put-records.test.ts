import { PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { PutRecordsCommand, type PutRecordsResultEntry } from '@aws-sdk/client-kinesis';
import type { Intake, PutClients } from '../../../cli/platform/intake.ts';
import { pack, putRecords } from '../../../cli/platform/put-records.ts';
import type { PlantedEvent } from '../../../core/demo/plant-faults.ts';

/** Events of these sizes, filled so that each is told from the others. */
const events = (...sizes: number[]): PlantedEvent[] =>
  sizes.map((size, index) => ({ serial: index + 1, bytes: Buffer.alloc(size, 'abcdefghij'[index % 10]) }));
const sizes = (records: readonly Buffer[]): number[] => records.map(({ length }) => length);

describe('pack', () => {
  test('ends every event by a newline', () => {
    expect(pack(events(2, 3), true).map(String)).toEqual(['aa\nbbb\n']);
  });

  test('fills a record up to 25 KB, newlines counted, and not a byte more', () => {
    expect(sizes(pack(events(12_799, 12_799), true))).toEqual([25_600]);
    expect(sizes(pack(events(12_799, 12_800), true))).toEqual([12_800, 12_801]);
  });

  test('keeps the order of the events', () => {
    const packed = pack(events(...Array.from({ length: 10 }, () => 9_000)), true);
    expect(sizes(packed)).toEqual([18_002, 18_002, 18_002, 18_002, 18_002]);
    expect(
      Buffer.concat(packed)
        .toString()
        .split('\n')
        .map(([first = '']) => first)
        .join(''),
    ).toBe('abcdefghij');
  });

  test('gives a larger event a record of its own', () => {
    expect(sizes(pack(events(10, 30_000, 10), true))).toEqual([11, 30_001, 11]);
  });

  test('puts one event in each record when they are not to be packed', () => {
    expect(pack(events(1, 1, 1), false).map(String)).toEqual(['a\n', 'b\n', 'c\n']);
  });

  test('makes no record of nothing', () => {
    expect(pack([], true)).toEqual([]);
    expect(pack([], false)).toEqual([]);
  });

  test('takes an event of 716,799 bytes', () => {
    expect(sizes(pack(events(716_799), true))).toEqual([716_800]);
  });

  test.each([true, false])('fails for an event of 716,800 bytes, packed: %s', (packed) => {
    expect(() => pack(events(5, 716_800), packed)).toThrow(
      'EventTooLarge: an event must stay under 716800 bytes, got 716800 for serial 2; split it',
    );
  });
});

const STREAM: Intake = { kind: 'stream', name: 'readings' };
const DELIVERY: Intake = { kind: 'delivery', name: 'dev-energy-readings' };

interface Call {
  readonly stream: string | undefined;
  readonly texts: readonly string[];
  readonly keys: readonly string[];
  readonly bytes: number;
}

/** A Kinesis and a Firehose that refuse what the function says, and remembers what it was sent; `log` holds calls and waits in order. */
function stub(refuse: (text: string, call: number) => boolean = () => false) {
  const calls: Call[] = [];
  const log: string[] = [];
  const send = async (command: unknown): Promise<object> => {
    if (command instanceof PutRecordBatchCommand) return deliver(command);
    if (!(command instanceof PutRecordsCommand)) throw new Error('unexpected command');
    const entries = command.input.Records ?? [];
    const texts = entries.map(({ Data }) => Buffer.from(Data ?? []).toString());
    const keys = entries.map(({ PartitionKey }) => PartitionKey ?? '');
    calls.push({ stream: command.input.StreamName, texts, keys, bytes: texts.join('').length + keys.join('').length });
    log.push(`put ${entries.length}`);
    const Records: PutRecordsResultEntry[] = texts.map((text) =>
      refuse(text, calls.length)
        ? { ErrorCode: 'ProvisionedThroughputExceededException', ErrorMessage: 'Rate exceeded' }
        : { SequenceNumber: '1', ShardId: 's' },
    );
    return { Records };
  };
  const deliver = ({ input: { DeliveryStreamName, Records = [] } }: PutRecordBatchCommand): object => {
    const texts = Records.map(({ Data }) => Buffer.from(Data ?? []).toString());
    calls.push({ stream: DeliveryStreamName, texts, keys: [], bytes: texts.join('').length });
    log.push(`put ${texts.length}`);
    return {
      RequestResponses: texts.map((text) =>
        refuse(text, calls.length) ? { ErrorCode: 'ServiceUnavailableException', ErrorMessage: 'Slow down.' } : { RecordId: '1' },
      ),
    };
  };
  const pace = async (milliseconds: number): Promise<void> => {
    log.push(`wait ${milliseconds}`);
  };
  return { clients: { kinesis: { send }, firehose: { send } } as unknown as PutClients, calls, log, pace };
}
const texts = (count: number): Buffer[] => Array.from({ length: count }, (_, index) => Buffer.from(`event-${index}\n`));

describe('putRecords', () => {
  test('puts every record once, into the stream', async () => {
    const { clients, calls, pace } = stub();
    await putRecords(clients, STREAM, texts(3), pace);
    expect(calls.map(({ stream, texts: sent }) => ({ stream, sent }))).toEqual([
      { stream: 'readings', sent: ['event-0\n', 'event-1\n', 'event-2\n'] },
    ]);
  });

  test('spreads records over shards by what they hold', async () => {
    const { clients, calls, pace } = stub();
    await putRecords(clients, STREAM, [...texts(100), ...texts(1)], pace);
    const keys = calls[0]?.keys ?? [];
    expect(new Set(keys).size).toBe(100);
    expect(keys[100]).toBe(keys[0]);
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{32}$/);
  });

  test('sends at most 500 records in a call', async () => {
    const { clients, calls, pace } = stub();
    await putRecords(clients, STREAM, texts(1_001), pace);
    expect(calls.map(({ texts: sent }) => sent.length)).toEqual([500, 500, 1]);
    expect(calls.flatMap(({ texts: sent }) => sent)).toEqual(texts(1_001).map(String));
  });

  test('sends at most 1 MB in a call, keys counted', async () => {
    const { clients, calls, pace } = stub();
    const exactly = Array.from({ length: 10 }, (_, index) => Buffer.alloc(100_000 - 32, String(index)));
    await putRecords(clients, STREAM, [...exactly, Buffer.from('x')], pace);
    expect(calls.map(({ bytes }) => bytes)).toEqual([1_000_000, 33]);
  });

  test('waits a second of the platform after each call', async () => {
    const { clients, log, pace } = stub();
    await putRecords(clients, STREAM, texts(501), pace);
    expect(log).toEqual(['put 500', 'wait 1000', 'put 1', 'wait 1000']);
  });

  test('sends again what failed and nothing else, after a second', async () => {
    const { clients, calls, log, pace } = stub((text, call) => call === 1 && /[13]/.test(text));
    await putRecords(clients, STREAM, texts(5), pace);
    expect(calls.map(({ texts: sent }) => sent)).toEqual([
      ['event-0\n', 'event-1\n', 'event-2\n', 'event-3\n', 'event-4\n'],
      ['event-1\n', 'event-3\n'],
    ]);
    expect(calls[1]?.keys).toEqual([calls[0]?.keys[1], calls[0]?.keys[3]]);
    expect(log).toEqual(['put 5', 'wait 1000', 'put 2', 'wait 1000']);
  });

  test('puts nothing for no records', async () => {
    const { clients, log, pace } = stub();
    await putRecords(clients, STREAM, [], pace);
    expect(log).toEqual([]);
  });

  test('puts what is taken at the twentieth try', async () => {
    const { clients, calls, pace } = stub((_, call) => call < 20);
    await putRecords(clients, STREAM, texts(1), pace);
    expect(calls).toHaveLength(20);
  });

  test('fails after the twentieth try, and says what to change', async () => {
    const { clients, calls, pace } = stub((text) => /[12]/.test(text));
    await expect(putRecords(clients, STREAM, texts(4), pace)).rejects.toThrow(
      "PutRecordsFailed: 2 records of 'readings' were refused 20 times; give the stream more shards",
    );
    expect(calls).toHaveLength(20);
  });

  test('puts into a delivery what has no stream, again only what it refused', async () => {
    const { clients, calls, log, pace } = stub((text, call) => call === 1 && text === 'event-1\n');
    await putRecords(clients, DELIVERY, texts(3), pace);
    expect(calls.map(({ stream, texts: put }) => [stream, put])).toEqual([
      ['dev-energy-readings', ['event-0\n', 'event-1\n', 'event-2\n']],
      ['dev-energy-readings', ['event-1\n']],
    ]);
    expect(log).toEqual(['put 3', 'wait 1000', 'put 1', 'wait 1000']);
  });

  test('puts a call again that a delivery refused as a whole', async () => {
    const { clients, calls, log, pace } = stub();
    const { firehose } = clients;
    let refusals = 2;
    const send = async (command: PutRecordBatchCommand): Promise<unknown> => {
      if (refusals-- > 0) throw Object.assign(new Error('Slow down.'), { name: 'ServiceUnavailableException' });
      return firehose.send(command);
    };
    await putRecords({ ...clients, firehose: { send } } as unknown as PutClients, DELIVERY, texts(3), pace);
    expect(calls.map(({ texts: put }) => put.length)).toEqual([3]);
    expect(log).toEqual(['wait 1000', 'wait 1000', 'put 3', 'wait 1000']);
  });

  test('passes on what is no refusal of a full second', async () => {
    const { clients, pace } = stub();
    const send = async (): Promise<never> => Promise.reject(Object.assign(new Error('no'), { name: 'AccessDeniedException' }));
    const refusing = { ...clients, firehose: { send } } as unknown as PutClients;
    await expect(putRecords(refusing, DELIVERY, texts(1), pace)).rejects.toThrow('no');
  });

  test('fails for a delivery that takes nothing', async () => {
    const { clients, pace } = stub(() => true);
    await expect(putRecords(clients, DELIVERY, texts(2), pace)).rejects.toThrow(
      "PutRecordsFailed: 2 records of 'dev-energy-readings' were refused 20 times; put fewer at a time",
    );
  });
});
