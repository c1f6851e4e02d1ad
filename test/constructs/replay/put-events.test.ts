import type { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import type { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { intoDelivery, intoStream, putEvents, type PutOnce } from '../../../constructs/replay/put-events.lambda.ts';

const EVENTS = ['one', 'two', 'three'].map((text) => Buffer.from(text.repeat(5_000)));

/** A service that refuses the calls and the records that it is told to, and remembers what it took. */
function delivery(refuse: (call: number, index: number) => 'call' | 'record' | undefined): { put: PutOnce; taken: string[] } {
  const taken: string[] = [];
  let call = 0;
  const send = async ({ input: { Records = [] } }: PutRecordBatchCommand) => {
    call += 1;
    if (refuse(call, 0) === 'call') throw Object.assign(new Error('Slow down.'), { name: 'ServiceUnavailableException' });
    return {
      RequestResponses: Records.map(({ Data }, index) => {
        if (refuse(call, index) === 'record') return { ErrorCode: 'ServiceUnavailableException' };
        taken.push(Buffer.from(Data ?? []).toString());
        return { RecordId: '1' };
      }),
    };
  };
  return { put: intoDelivery({ send } as unknown as FirehoseClient, 'dev-energy-readings'), taken };
}
const sent = (taken: readonly string[]): string[] => taken.flatMap((record) => record.trimEnd().split('\n')).sort();
const whole = EVENTS.map(String).sort();

test.each([
  ['calls', (call: number) => (call < 3 ? 'call' : undefined)],
  ['records', (call: number, index: number) => (call === 1 && index === 0 ? 'record' : undefined)],
] as const)('of a delivery that refuses %s for a while, every event is taken once', async (_, refuse) => {
  const { put, taken } = delivery(refuse);
  expect(await putEvents(put, 'quarantine', EVENTS)).toEqual([true, true, true]);
  expect(sent(taken)).toEqual(whole);
});

test('events that a delivery does not take are told, and not thrown for: the run goes on later', async () => {
  const { put, taken } = delivery(() => 'call');
  expect(await putEvents(put, 'quarantine', EVENTS)).toEqual([false, false, false]);
  expect(taken).toEqual([]);
}, 20_000);

test('what is no refusal of a full second is thrown', async () => {
  const send = async (): Promise<never> => Promise.reject(Object.assign(new Error('no'), { name: 'AccessDeniedException' }));
  const put = intoDelivery({ send } as unknown as FirehoseClient, 'dev-energy-readings');
  await expect(putEvents(put, 'quarantine', EVENTS)).rejects.toThrow('no');
});

test('a stream is put into with keys, and again with what it refused alone', async () => {
  const keys: (string | undefined)[][] = [];
  const send = async ({ input: { Records = [] } }: PutRecordsCommand) => {
    keys.push(Records.map(({ PartitionKey }) => PartitionKey));
    return {
      Records: Records.map((_, index) => (keys.length === 1 && index === 0 ? { ErrorCode: 'x' } : { SequenceNumber: '1' })),
    };
  };
  const put = intoStream({ send } as unknown as KinesisClient, 'readings');
  expect(await putEvents(put, 'quarantine', EVENTS)).toEqual([true, true, true]);
  expect(keys[1]).toEqual(keys[0]?.slice(0, 1));
});
