import { invocationRecord, type EndedEvent } from '../../../../local/lambda/invocation-record.ts';
import { traceOf, withTrace } from '../../../../local/lambda/lineage.ts';
import { functionEvent } from '../../../../local/sns/function-event.ts';
import { ARN, queueOf } from '../../lambda/rig.ts';
import type { FactTable } from '../fact.ts';
import { recorded } from '../recorded.ts';

const GUIDE = 'https://docs.aws.amazon.com/lambda/latest/dg';

/** What waits for a function: how often it is given, and who is told of it. */
export const lambdaEvents: FactTable = {
  service: 'Lambda',
  facts: [
    {
      says: 'a function that fails gets an asynchronous event again after one minute, and after two more; then the event is dropped',
      basis: 'documented',
      source: `${GUIDE}/invocation-async-error-handling.html`,
      holds: async () => {
        for (const [failures, times] of [
          [0, [0]],
          [1, [0, 60_000]],
          [2, [0, 60_000, 180_000]],
          [3, [0, 60_000, 180_000]],
        ] as const) {
          const { clock, queue, given, lines } = queueOf(failures);
          queue.take(ARN, {});
          await clock.advance(3_600_000);
          expect(given.map(({ at }) => at)).toEqual(times);
          expect(lines).toEqual(
            failures === 3 ? [`${ARN} failed each of 3 times that it got an event: the event is dropped`] : [],
          );
        }
      },
    },
    {
      says: 'an event is given again as often as its function’s configuration says, under one request id',
      basis: 'observed',
      source: recorded('lambda_/test_lambda_destinations'),
      holds: async () => {
        for (const [retries, invocations] of [
          [0, 1],
          [2, 3],
        ] as const) {
          const { clock, queue, ended } = queueOf(9, 0, { retries });
          queue.take(ARN, { raise_error: 1 });
          await clock.advance(3_600_000);
          expect(ended).toMatchObject([{ condition: 'RetriesExhausted', invocations, event: '{"raise_error":1}' }]);
        }
      },
    },
    {
      says: 'an event that would be older than its configuration lets it is not given again: EventAgeExceeded',
      basis: 'observed',
      source: recorded('lambda_/test_lambda_destinations'),
      holds: async () => {
        const { clock, queue, ended } = queueOf(9, 0, { age: 60_000 });
        queue.take(ARN, {});
        await clock.advance(3_600_000);
        expect(ended).toMatchObject([{ condition: 'EventAgeExceeded', invocations: 1 }]);
      },
    },
    {
      says: 'a destination is told of an event that was taken with its request, its answer and the version, and of one that was not with functionError Unhandled',
      basis: 'observed',
      source: recorded('lambda_/test_lambda_destinations'),
      holds: () => {
        const ended = { requestId: 'r', event: '{"raise_error":1}', invocations: 1 };
        const told = (rest: Pick<EndedEvent, 'condition' | 'outcome'>) =>
          invocationRecord({ ...ended, ...rest }, { functionArn: `${ARN}:$LATEST`, executedVersion: '$LATEST', now: 0 });
        const same = { version: '1.0', timestamp: '1970-01-01T00:00:00.000Z', requestPayload: { raise_error: 1 } };
        const requestContext = { requestId: 'r', functionArn: `${ARN}:$LATEST`, approximateInvokeCount: 1 };
        expect(told({ condition: 'Success', outcome: { answer: '{"event":{}}' } })).toEqual({
          ...same,
          requestContext: { ...requestContext, condition: 'Success' },
          responseContext: { statusCode: 200, executedVersion: '$LATEST' },
          responsePayload: { event: {} },
        });
        const failure = { errorType: 'Error', errorMessage: 'intentional failure', trace: ['Error: intentional failure'] };
        expect(told({ condition: 'RetriesExhausted', outcome: failure })).toEqual({
          ...same,
          requestContext: { ...requestContext, condition: 'RetriesExhausted' },
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
          responsePayload: failure,
        });
      },
    },
    {
      says: 'what waits for a function measures AsyncEventsReceived once, AsyncEventAge in milliseconds at each try, and AsyncEventsDropped at the end',
      basis: 'documented',
      source: `${GUIDE}/monitoring-metrics-types.html#async-invocation-metrics`,
      holds: async () => {
        const { clock, queue, measured } = queueOf(3);
        queue.take(ARN, {});
        await clock.advance(3_600_000);
        expect(measured).toEqual([
          { AsyncEventsReceived: 1 },
          { AsyncEventAge: 0 },
          { AsyncEventAge: 60_000 },
          { AsyncEventAge: 180_000 },
          { AsyncEventsDropped: 1 },
        ]);
      },
    },
    {
      says: 'a function that subscribes to a topic gets one record for each notice, with EventSource aws:sns, and a Subject of null where there is none',
      basis: 'documented',
      source: `${GUIDE}/with-sns.html`,
      holds: () => {
        const topicArn = 'arn:aws:sns:us-east-1:123456789012:news';
        const notice = { topicArn, subject: undefined, message: 'hello', messageId: 'm', time: 0 };
        expect(functionEvent(notice, { subscriptionArn: `${topicArn}:1`, region: 'us-east-1' })).toMatchObject({
          Records: [
            {
              EventSource: 'aws:sns',
              EventVersion: '1.0',
              EventSubscriptionArn: `${topicArn}:1`,
              Sns: {
                Type: 'Notification',
                MessageId: 'm',
                TopicArn: topicArn,
                Subject: null,
                Message: 'hello',
                Timestamp: '1970-01-01T00:00:00.000Z',
                MessageAttributes: {},
              },
            },
          ],
        });
      },
    },
    {
      says: 'a chain of events that has invoked functions 16 times invokes none again',
      basis: 'documented',
      source: `${GUIDE}/invocation-recursion.html`,
      holds: async () => {
        const { clock, queue, given, lines } = queueOf();
        withTrace(traceOf(15), () => {
          queue.take(ARN, {});
        });
        withTrace(traceOf(16), () => {
          queue.take(ARN, {});
        });
        await clock.advance(1);
        expect(given).toHaveLength(1);
        expect(lines).toEqual([`${ARN} was invoked 16 times by one chain of events: the event is dropped`]);
      },
    },
  ],
};
