import type { FactTable } from '../fact.ts';
import { captured } from '../recorded.ts';
import { requestTo } from '../../../../local/scheduler/request-to.ts';
import { ServiceError } from '../../../../local/service.ts';
import { scheduler, TARGET } from '../../scheduler/rig.ts';

const GUIDE = 'https://docs.aws.amazon.com/scheduler/latest/UserGuide';
const DEAD_LETTERS = `${GUIDE}/configuring-schedule-dlq.html`;
const LETTER = `${DEAD_LETTERS}#configuring-schedule-dlq-dead-letter-event`;
const UNIVERSAL = `${GUIDE}/managing-targets-universal.html`;
const METRICS = `${GUIDE}/monitoring-cloudwatch.html`;

const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:dead';
const SEND = 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage';
const busy = new ServiceError('ThrottlingException', 'later');
const denied = new ServiceError('AccessDeniedException', 'no');

/** What a dead-letter queue gets of a schedule that was due at one o'clock. */
async function buried(refusal: ServiceError, target: object = {}, buryingRefusal?: ServiceError) {
  const refusals = Array.from({ length: 200 }, () => refusal);
  const rig = scheduler({ refusals, ...(buryingRefusal !== undefined && { buryingRefusal }) });
  rig.create('at(2026-01-01T01:00:00)', {}, { DeadLetterConfig: { Arn: QUEUE }, ...target });
  await rig.until('2026-01-03T00:00:00Z');
  const told = rig.letters.map(({ attributes }) =>
    Object.fromEntries([...attributes].map(([name, { dataType, value }]) => [name, dataType === 'String' && value])),
  );
  return { ...rig, told };
}

/** What becomes of schedules whose targets refuse, and of those that name an action. */
export const schedulerDeadLetters: FactTable = {
  service: 'EventBridge Scheduler, dead letters and universal targets',
  facts: [
    {
      says: 'a dead letter tells code and words of the target, the schedule, its time, the attempt’s id and the action; nothing is exhausted where the error does not pass',
      basis: 'documented',
      source: LETTER,
      holds: async () => {
        const Input = JSON.stringify({ MessageBody: '<aws.scheduler.execution-id>', QueueUrl: 'gone' });
        const { letters, told, calls } = await buried(new ServiceError('QueueDoesNotExist', 'gone'), { Arn: SEND, Input });
        expect(told).toEqual([
          {
            ERROR_CODE: 'AWS.SimpleQueueService.NonExistentQueue',
            ERROR_MESSAGE: 'gone',
            EXECUTION_ID: expect.stringMatching(/^[\da-f]{16}$/) as string,
            IS_PAYLOAD_TRUNCATED: 'false',
            RETRY_ATTEMPTS: '0',
            SCHEDULED_TIME: '2026-01-01T01:00:00Z',
            SCHEDULE_ARN: 'arn:aws:scheduler:us-east-1:123456789012:schedule/default/one',
            TARGET_ARN: SEND,
          },
        ]);
        expect(letters.map(({ body }) => body)).toEqual(calls.map(({ input }) => input));
        expect(JSON.parse(letters[0]?.body ?? '')).toEqual({ MessageBody: told[0]?.EXECUTION_ID, QueueUrl: 'gone' });
      },
    },
    {
      says: 'an error that passes goes to the queue once the retry policy is exhausted: EXHAUSTED_RETRY_CONDITION names what of it',
      basis: 'documented',
      source: LETTER,
      holds: async () => {
        const attempts = await buried(busy, { RetryPolicy: { MaximumRetryAttempts: 2 } });
        expect(attempts.told).toMatchObject([{ EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts', RETRY_ATTEMPTS: '2' }]);
        const age = await buried(busy, { RetryPolicy: { MaximumEventAgeInSeconds: 600 } });
        expect(age.told).toMatchObject([{ EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds', RETRY_ATTEMPTS: '3' }]);
      },
    },
    {
      says: 'the dead letter of a templated target holds the request that it was made into, and not its Input',
      basis: 'observed',
      source: captured('testdata/aws/scheduler/codepipeline_summary.json'),
      holds: async () => {
        const { letters, told } = await buried(denied, { Input: '{"a":1}' });
        expect(letters.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
          { FunctionName: TARGET, InvocationType: 'Event', Payload: '{"a":1}' },
        ]);
        expect(told).toMatchObject([
          { ERROR_CODE: 'AccessDeniedException', TARGET_ARN: 'arn:aws:scheduler:::aws-sdk:lambda:invoke' },
        ]);
      },
    },
    {
      says: 'which request that is, is known of no templated target that runs here: it is the action’s own, in the SDK’s spelling',
      basis: 'undecided',
      source: `${GUIDE}/managing-targets-templated.html`,
      holds: () => {
        const asked = (arn: string, rest: object = {}) => {
          const { action, request } = requestTo({ arn, ...rest } as Parameters<typeof requestTo>[0], 'in');
          return [action, JSON.parse(request) as unknown];
        };
        const arn = (service: string, name: string) => `arn:aws:${service}:us-east-1:123456789012:${name}`;
        const event = { detailType: 'Hour', source: 'mine' };
        expect([
          asked(arn('sqs', 'queue')),
          asked(arn('sns', 'topic')),
          asked(arn('states', 'stateMachine:work')),
          asked(arn('firehose', 'deliverystream/lines')),
          asked(arn('kinesis', 'stream/lines'), { partitionKey: 'one' }),
          asked(arn('events', 'event-bus/default'), { event }),
        ]).toEqual([
          ['sqs:sendMessage', { MessageBody: 'in', QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/queue' }],
          ['sns:publish', { Message: 'in', TopicArn: arn('sns', 'topic') }],
          ['sfn:startExecution', { Input: 'in', StateMachineArn: arn('states', 'stateMachine:work') }],
          ['firehose:putRecord', { DeliveryStreamName: 'lines', Record: { Data: 'in' } }],
          ['kinesis:putRecord', { Data: 'in', PartitionKey: 'one', StreamARN: arn('kinesis', 'stream/lines') }],
          ['eventbridge:putEvents', { Entries: [{ Detail: 'in', DetailType: 'Hour', EventBusName: 'default', Source: 'mine' }] }],
        ]);
      },
    },
    {
      says: 'a dead-letter queue is a standard queue',
      basis: 'documented',
      source: `${DEAD_LETTERS}#configuring-schedule-dlq-create-queue`,
      holds: () => {
        const { create } = scheduler();
        expect(() => create('rate(1 hour)', {}, { DeadLetterConfig: { Arn: `${QUEUE}.fifo` } })).toThrow(
          `must be the ARN of a standard queue, got '${QUEUE}.fifo'`,
        );
      },
    },
    {
      says: 'attempts, failures, what is given up and what dead-letter queues get or refuse are measured by the group',
      basis: 'documented',
      source: METRICS,
      holds: async () => {
        const names = ({ measured }: { readonly measured: readonly string[] }) =>
          measured.map((line) => line.replace(/^AWS\/Scheduler default /, ''));
        const RetryPolicy = { MaximumRetryAttempts: 1 };
        const attempt = ['InvocationAttemptCount', 'TargetErrorThrottledCount'];
        expect(names(await buried(busy, { RetryPolicy }))).toEqual([
          ...attempt,
          ...attempt,
          'InvocationDroppedCount',
          'InvocationsSentToDeadLetterCount',
        ]);
        const lost = await buried(denied, {}, new ServiceError('AccessDenied', 'not here', 403));
        expect(names(lost)).toEqual(['InvocationAttemptCount', 'TargetErrorCount', 'InvocationsFailedToBeSentToDeadLetterCount']);
        expect(lost.lines.at(-1)).toBe(`error ${QUEUE} did not get the dead letter: not here`);
      },
    },
    {
      says: 'a universal target calls its action with Input, which is a JSON object with the request, and has no parameters of templated ones',
      basis: 'documented',
      source: UNIVERSAL,
      holds: async () => {
        const { create, calls, until } = scheduler();
        const target = { Arn: SEND, Input: '{"MessageBody":"x","QueueUrl":"q"}' };
        create('at(2026-01-01T01:00:00)', {}, target);
        await until('2026-01-01T02:00:00Z');
        expect(calls.map(({ input }) => input)).toEqual([target.Input]);
        for (const Input of [undefined, 'text', '[1]'])
          expect(() => create('rate(1 hour)', {}, { ...target, Input }, 'two')).toThrow("'Target.Input' must be a JSON object");
        const SqsParameters = { MessageGroupId: 'one' };
        expect(() => create('rate(1 hour)', {}, { ...target, SqsParameters }, 'two')).toThrow(
          "'Target.SqsParameters' is not for a target that names an action",
        );
      },
    },
    {
      says: 'actions that only read are refused: those that begin with get, describe, list, poll, receive and their like',
      basis: 'documented',
      source: `${UNIVERSAL}#unsupported-api-actions`,
      holds: () => {
        const { create } = scheduler();
        for (const action of [
          'sqs:receiveMessage',
          'sqs:getQueueUrl',
          'glue:batchGetPartition',
          'kms:describeKey',
          'sfn:listExecutions',
        ])
          expect(() => create('rate(1 hour)', {}, { Arn: `arn:aws:scheduler:::aws-sdk:${action}`, Input: '{}' })).toThrow(
            `must name an action that does more than read, got '${action}'`,
          );
      },
    },
  ],
};
