import { callTarget, type CallParts } from '../../../local/scheduler/call-target.ts';
import type { ScheduleTarget } from '../../../local/scheduler/settings.ts';
import type { Caller } from '../../../local/service.ts';

const as: Caller = { arn: 'arn:aws:sts::123456789012:assumed-role/role/s', accountId: '123456789012' };
const target = (arn: string): ScheduleTarget => ({
  arn,
  roleArn: 'arn:aws:iam::123456789012:role/role',
  input: undefined,
  retries: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
  partitionKey: undefined,
  messageGroupId: undefined,
  event: undefined,
});

function parts() {
  const put: unknown[] = [];
  const firehose = {
    name: 'firehose',
    targetPrefix: 'Firehose_20150804',
    version: '1.1' as const,
    operations: {
      PutRecord: async (input: object, caller: Caller) => {
        put.push([input, caller.arn]);
        return Promise.resolve({});
      },
    },
  };
  const lacking = (): never => {
    throw new Error('not asked for');
  };
  const rest = { topics: { publish: lacking }, queues: { send: lacking }, events: { put: lacking }, access: { check: lacking } };
  const others = { lambda: lacking, states: lacking, kinesis: lacking };
  const made: CallParts = {
    accountId: '123456789012',
    region: 'us-east-1',
    now: () => 0,
    assume: () => as,
    universal: () => undefined,
    firehose: () => firehose,
    ...rest,
    ...others,
  };
  return { put, made };
}

test('a delivery stream gets one record, as the role', async () => {
  const { put, made } = parts();
  await callTarget(made)(target('arn:aws:firehose:us-east-1:123456789012:deliverystream/lines'), 'group', '{"a":1}');
  expect(put).toEqual([[{ DeliveryStreamName: 'lines', Record: { Data: Buffer.from('{"a":1}').toString('base64') } }, as.arn]]);
});

test('a stream gets one record by its whole ARN: one of another region is none of these', async () => {
  const { put, made } = parts();
  const arn = 'arn:aws:kinesis:eu-central-1:123456789012:stream/lines';
  await callTarget({ ...made, kinesis: made.firehose })({ ...target(arn), partitionKey: 'one' }, 'group', '{}');
  expect(put).toEqual([[{ StreamARN: arn, PartitionKey: 'one', Data: Buffer.from('{}').toString('base64') }, as.arn]]);
});

test('fails by name for what nothing here runs', async () => {
  await expect(callTarget(parts().made)(target('arn:aws:ecs:us-east-1:123456789012:cluster/c'), 'group', '{}')).rejects.toThrow(
    "targets of 'ecs' are not simulated",
  );
});
