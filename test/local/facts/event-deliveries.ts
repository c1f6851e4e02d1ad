import { letterAttributes } from '../../../local/eventbridge/dead-letter.ts';
import { relayTo } from '../../../local/eventbridge/operations.ts';
import { readRule } from '../../../local/eventbridge/read-rule.ts';
import { transformer } from '../../../local/eventbridge/target-input.ts';
import { Members } from '../../../local/input.ts';
import { ServiceError } from '../../../local/service.ts';
import { BUS_ARN, buses, ENTRY } from '../eventbridge/rig.ts';
import type { FactTable } from './fact.ts';
import { captured } from './recorded.ts';

const guide = (page: string): string => `https://docs.aws.amazon.com/eventbridge/latest/userguide/${page}.html`;
const DEAD_LETTERS = guide('eb-rule-dlq');
const POLICY = 'https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html';
const METRICS = captured('testdata/aws/eventbridge/error_metrics.json');
/** What is told of captures that are too long to link. */
const CAPTURES = captured('docs/eventbridge.md');

const RULE = 'arn:aws:events:us-east-1:123456789012:rule/rule';
const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:dead';
const TARGET = 'arn:aws:sqs:us-east-1:123456789012:target';

/** A rule whose targets are read as a template gives them. */
function read(target: object) {
  const properties = { EventPattern: { source: ['app'] }, Targets: [{ Id: 'one', Arn: TARGET, ...target }] };
  const rule = readRule(new Members(properties), { name: 'rule', arn: RULE, bus: 'default' });
  if ('notSimulated' in rule) throw new Error(rule.notSimulated);
  return rule;
}

interface Letter {
  readonly queueArn: string;
  readonly body: unknown;
  readonly told: Readonly<Record<string, string>>;
}

/** What becomes of an event within a day, whose target refuses it. */
async function refused(error: ServiceError, target: object = {}, denied = false) {
  const { events, ask, clock, letters, measured, lines, sent } = buses({
    invoke: () => {
      throw error;
    },
    bury: () => {
      if (denied) throw new ServiceError('AccessDenied', 'no', 403);
    },
  });
  events.createRule(read({ DeadLetterConfig: { Arn: QUEUE }, ...target }));
  await ask('PutEvents', { Entries: [ENTRY] });
  await clock.advance(2 * 86_400_000);
  return {
    letters: letters.map(({ queueArn, body, attributes }): Letter => ({
      queueArn,
      body: JSON.parse(body) as unknown,
      told: Object.fromEntries([...attributes].map(([name, { value }]) => [name, String(value)])),
    })),
    measured: measured.map(({ values }) => Object.keys(values).join()),
    lines: lines.map(({ message }) => message),
    tries: sent.length,
  };
}

const busy = new ServiceError('ThrottlingException', 'later');
const denied = new ServiceError('AccessDenied', 'User: events.amazonaws.com is not authorized', 403);
const codeOf = (code: string, targetArn = TARGET): unknown =>
  letterAttributes({ ruleArn: RULE, targetArn, error: new ServiceError(code, 'why') }).get('ERROR_CODE')?.value;

/** How often targets of rules are tried, and what becomes of what does not get there. */
export const eventDeliveries: FactTable = {
  service: 'EventBridge, to targets',
  facts: [
    {
      says: 'what lacks a right goes to the dead-letter queue at once: NO_PERMISSIONS, with the service’s own words, and nothing of retries',
      basis: 'observed',
      source: captured('testdata/aws/eventbridge/delivery.json'),
      holds: async () => {
        const { letters, tries } = await refused(denied);
        expect(letters).toEqual([
          {
            queueArn: QUEUE,
            body: expect.objectContaining({ source: 'app', 'detail-type': 'told', detail: { id: 1 } }) as unknown,
            told: {
              RULE_ARN: RULE,
              TARGET_ARN: TARGET,
              ERROR_CODE: 'NO_PERMISSIONS',
              ERROR_MESSAGE: expect.stringMatching(
                /^User: events\.amazonaws\.com is not authorized \(Service: AmazonSQS; Status Code: 403; Error Code: AccessDenied; Request ID: [\da-f-]{36}; Proxy: null\)$/,
              ) as string,
            },
          },
        ]);
        expect(tries).toBe(1);
      },
    },
    {
      says: 'a queue that is not there, or under a key that is disabled, is NO_RESOURCE at once, whatever the retry policy says',
      basis: 'observed',
      source: METRICS,
      holds: async () => {
        for (const code of ['QueueDoesNotExist', 'KmsDisabled']) {
          const { letters, tries } = await refused(new ServiceError(code, 'why'), { RetryPolicy: { MaximumRetryAttempts: 1 } });
          expect(letters.map(({ told }) => told.ERROR_CODE)).toEqual(['NO_RESOURCE']);
          expect(letters[0]?.told).not.toHaveProperty('RETRY_ATTEMPTS');
          expect(tries).toBe(1);
        }
      },
    },
    {
      says: 'a target that has no time is tried again MaximumRetryAttempts times, and its dead letter says so: EXHAUSTED_RETRY_CONDITION and RETRY_ATTEMPTS',
      basis: 'documented',
      source: DEAD_LETTERS,
      holds: async () => {
        for (const most of [0, 3]) {
          const { letters, tries } = await refused(busy, { RetryPolicy: { MaximumRetryAttempts: most } });
          expect(tries).toBe(most + 1);
          expect(letters.map(({ told }) => told)).toMatchObject([
            { ERROR_CODE: 'THROTTLING', EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts', RETRY_ATTEMPTS: String(most) },
          ]);
        }
      },
    },
    {
      says: 'MaximumEventAgeInSeconds ends the tries too, and is then what the dead letter names',
      basis: 'documented',
      source: DEAD_LETTERS,
      holds: async () => {
        const { letters, tries } = await refused(busy, { RetryPolicy: { MaximumEventAgeInSeconds: 60 } });
        expect(letters[0]?.told).toMatchObject({
          EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds',
          RETRY_ATTEMPTS: String(tries - 1),
        });
        expect(tries).toBe(6); // after 1, 3, 7, 15 and 31 seconds
      },
    },
    {
      says: 'a retry policy has 0 to 185 attempts and 60 to 86,400 seconds, which are 185 and 86,400 where it does not say',
      basis: 'documented',
      source: POLICY,
      holds: () => {
        const retries = (RetryPolicy: object) => read({ RetryPolicy }).targets[0]?.retries;
        expect(retries({})).toEqual({ MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 });
        expect(retries({ MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 })).toEqual({
          MaximumEventAgeInSeconds: 60,
          MaximumRetryAttempts: 0,
        });
        expect(() => retries({ MaximumRetryAttempts: 186 })).toThrow('must be 0 to 185, got 186');
        expect(() => retries({ MaximumEventAgeInSeconds: 59 })).toThrow('must be 60 to 86400, got 59');
      },
    },
    {
      says: 'the body of a dead letter is what the target would have got: the event, or what was made of it',
      basis: 'observed',
      source: CAPTURES,
      holds: async () => {
        const bodies = async (target: object) => (await refused(denied, target)).letters.map(({ body }) => body);
        expect(await bodies({ InputPath: '$.detail' })).toEqual([{ id: 1 }]);
        expect(await bodies({ Input: '"due"' })).toEqual(['due']);
      },
    },
    {
      says: 'an input template that makes no JSON of an event goes to the dead-letter queue as it was made, with INVALID_JSON',
      basis: 'observed',
      source: CAPTURES,
      holds: async () => {
        const { rule, ask, clock, letters, sent } = buses();
        const makeInput = transformer({ detail: '$.detail' }, '{"is": "<detail>"}');
        rule({ targets: [{ id: 'one', arn: TARGET, roleArn: undefined, input: undefined, makeInput, deadLetterArn: QUEUE }] });
        await ask('PutEvents', { Entries: [ENTRY] });
        await clock.advance(1);
        expect(letters.map(({ body, attributes }) => [body, attributes.get('ERROR_CODE')?.value])).toEqual([
          ['{"is": "{"id":1}"}', 'INVALID_JSON'],
        ]);
        expect(sent).toEqual([]);
      },
    },
    {
      says: 'an event that came from another bus is a dead letter of a target that is a bus: THIRD_ACCOUNT_HOP_DETECTED, within one account too',
      basis: 'observed',
      source:
        'https://github.com/dataGriff/aws.serverless.architecture/blob/fcd4f5dee4a9693b2cb73992dc00172b464e55b3/spikes/B-localstack-buses-end-to-end/findings.md',
      holds: async () => {
        const { events, rule, letters, clock, operator, measured } = buses();
        for (const name of ['second', 'third']) events.buses.create(name);
        const arn = `${BUS_ARN}third`;
        rule({ bus: 'second', targets: [{ id: 'bus', arn, roleArn: undefined, input: undefined, deadLetterArn: QUEUE }] });
        const parts = { access: { check: () => undefined }, buses: events.buses, bus: events };
        relayTo(parts)(operator, `${BUS_ARN}second`, { id: 'own', source: 'app', 'detail-type': 'told' });
        await clock.advance(1);
        const [told] = letters.map(({ attributes }) => attributes);
        expect(told?.get('ERROR_CODE')?.value).toBe('THIRD_ACCOUNT_HOP_DETECTED');
        expect(told?.get('ERROR_MESSAGE')?.value).toBe(
          'Event ingestion rejected for event own because an event can be sent to an event bus target only once. This event was previously delivered to an event bus target.',
        );
        expect(measured.map(({ values }) => Object.keys(values).join())).toContain('FailedInvocations');
      },
    },
    {
      says: 'a failure measures Invocations, FailedInvocations and InvocationsSentToDlq, or InvocationsFailedToBeSentToDlq where the queue refuses: then the event is lost',
      basis: 'observed',
      source: METRICS,
      holds: async () => {
        const { measured, letters } = await refused(denied);
        expect(measured).toEqual(['MatchedEvents,TriggeredRules', 'Invocations', 'FailedInvocations', 'InvocationsSentToDlq']);
        expect(letters).toHaveLength(1);
        const lost = await refused(denied, {}, true);
        expect(lost.measured.slice(1)).toEqual(['Invocations', 'FailedInvocations', 'InvocationsFailedToBeSentToDlq']);
        expect(lost.lines.at(-1)).toBe(`${QUEUE} did not get the dead letter: no`);
        expect(lost.letters).toEqual([]);
      },
    },
    {
      says: 'a dead-letter queue is a standard queue of the rule’s Region',
      basis: 'documented',
      source: `${DEAD_LETTERS}#eb-dlq-considerations`,
      holds: () => {
        const given = (Arn: string) => () => read({ DeadLetterConfig: { Arn } }).targets[0]?.deadLetterArn;
        expect(given(QUEUE)()).toBe(QUEUE);
        for (const wrong of [`${QUEUE}.fifo`, QUEUE.replace('us-east-1', 'eu-west-1'), QUEUE.replace('sqs', 'sns')])
          expect(given(wrong)).toThrow(`must be the ARN of a standard queue in us-east-1, got '${wrong}'`);
      },
    },
    {
      says: 'a target that is an event bus may have a dead-letter queue, and no retry policy',
      basis: 'observed',
      source: CAPTURES,
      holds: () => {
        const bus = { Arn: `${BUS_ARN}other`, RoleArn: 'arn:aws:iam::123456789012:role/role' };
        expect(read({ ...bus, DeadLetterConfig: { Arn: QUEUE } }).targets[0]?.deadLetterArn).toBe(QUEUE);
        expect(() => read({ ...bus, RetryPolicy: {} })).toThrow('is not for a target that is an event bus');
      },
    },
    {
      says: 'codes of dead letters are of a list of EventBridge’s own; which a refusal gets is known of few: others go by what they say, and are ERROR_FROM_TARGET at last',
      basis: 'undecided',
      source: DEAD_LETTERS,
      holds: () => {
        const codes = {
          AccessDeniedException: 'NO_PERMISSIONS',
          KmsAccessDenied: 'NO_PERMISSIONS',
          StateMachineDoesNotExist: 'NO_RESOURCE',
          ProvisionedThroughputExceededException: 'THROTTLING',
          ExecutionLimitExceeded: 'RESOURCE_LIMIT_EXCEEDED',
          ValidationException: 'INVALID_PARAMETER',
          InternalFailure: 'ERROR_FROM_TARGET',
        };
        expect(Object.keys(codes).map((code) => codeOf(code))).toEqual(Object.values(codes));
      },
    },
    {
      says: 'what is not simulated of a target is written to the log, and makes no dead letter',
      basis: 'undecided',
      source: DEAD_LETTERS,
      holds: async () => {
        const { letters, lines } = await refused(new ServiceError('NotImplemented', 'not here', 501));
        expect(letters).toEqual([]);
        expect(lines).toEqual([`${TARGET} was not invoked: not here`]);
      },
    },
  ],
};
