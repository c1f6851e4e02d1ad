import type { FaultKinds, FaultPoint, Faults } from '../../../local/faults/faults.ts';
import { base64, direct, lambda, MINUTE, refusal, rig } from './rig.ts';

/** Gives `fault` at its point for the first `times`, and counts what it gave. */
function faultsAt<Point extends FaultPoint>(point: Point, fault: FaultKinds[Point], times: number) {
  const given = { count: 0 };
  const faults: Faults = {
    take: (asked: FaultPoint) => {
      if (asked !== point || given.count === times) return undefined;
      given.count += 1;
      return fault as never;
    },
  };
  return { given, faults };
}

test.each([
  ['timeout', 'Lambda.FunctionTimedOut'],
  ['error', 'Lambda.FunctionError'],
] as const)('a function that is made to meet %s is tried again', async (fault, code) => {
  const { given, faults } = faultsAt('firehose:lambda', fault, 3);
  const { clock, create, put, calls, bodies, lines } = rig({ faults });
  create(lambda());
  put('a');
  await clock.advance(5 * MINUTE);
  expect(given.count).toBe(3);
  expect(calls).toHaveLength(1);
  expect(lines.map(({ message }) => (JSON.parse(message) as { errorCode: string }).errorCode)).toEqual([code, code, code]);
  expect(bodies('data').map(String)).toEqual(['a']);
});

test('a bucket that is made unavailable is written once it answers again', async () => {
  const { given, faults } = faultsAt('firehose:s3', 'unavailable', 2);
  const { clock, create, put, bodies, lines } = rig({ faults });
  create();
  put('a');
  await clock.advance(10 * MINUTE);
  expect(given.count).toBe(2);
  expect(lines[0]?.message).toContain('S3.SlowDown');
  expect(bodies('data').map(String)).toEqual(['a']);
});

test('a put that is made unavailable stores nothing, and a partial one all but its last record', async () => {
  const unavailable = rig({ faults: faultsAt('firehose:put', 'unavailable', 1).faults });
  unavailable.create({}, direct);
  const Records = ['a', 'b'].map((text) => ({ Data: base64(text) }));
  expect((await refusal(unavailable.call('PutRecordBatch', { Records }))).code).toBe('ServiceUnavailableException');
  const partial = rig({ faults: faultsAt('firehose:put', 'partial', 1).faults });
  partial.create({}, direct);
  expect(await partial.call('PutRecordBatch', { Records })).toMatchObject({ FailedPutCount: 1 });
  await partial.clock.advance(5 * MINUTE);
  expect(partial.bodies('data').map(String)).toEqual(['a']);
});

test.each([
  ['throttle', ['a', 'b']],
  ['duplicate', ['a', 'b', 'b']],
  ['reorder', ['b', 'a']],
] as const)('a delivery that reads with %s loses nothing', async (fault, delivered) => {
  const { clock, create, put, bodies } = rig({ faults: faultsAt('kinesis:read', fault, 1).faults });
  create(lambda());
  put('a', 'b');
  await clock.advance(5 * MINUTE);
  expect(bodies('data').map(String).join('')).toBe(delivered.join(''));
});

test('a key that is made to be disabled refuses the put', async () => {
  const { create, call } = rig({ faults: faultsAt('kms:use', 'disabled', 1).faults });
  const key = { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: 'arn:aws:kms:us-east-1:123456789012:key/one' };
  create({}, { ...direct, DeliveryStreamEncryptionConfigurationInput: key });
  expect((await refusal(call('PutRecord', { Record: { Data: '' } }))).code).toBe('InvalidKMSResourceException');
});
