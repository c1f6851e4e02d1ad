import { parseEventPattern } from '../../../core/aws/event-pattern.ts';
import { SimulatedClock } from '../../../local/clock.ts';
import { EventBus } from '../../../local/eventbridge/event-bus.ts';
import { ServiceError } from '../../../local/service.ts';
import type { FactTable } from './fact.ts';

const guide = (page: string): string => `https://docs.aws.amazon.com/eventbridge/latest/userguide/${page}.html`;
const OPERATORS = guide('eb-create-pattern-operators');
const METRICS = guide('eb-monitoring');
const event = (key: string) => ({ source: 'aws.s3', detail: { object: { key, size: 10 } } });
const key = (filter: unknown) => parseEventPattern({ detail: { object: { key: [filter] } } });

/** A bus with one rule of one target, and what is measured of it. */
function bus(refuses = false) {
  const clock = new SimulatedClock(0);
  const measured: Record<string, number>[] = [];
  const invoked: string[] = [];
  const service = new EventBus({
    clock,
    measure: (_namespace, _dimensions, values) => measured.push({ ...values }),
    onLog: () => undefined,
    invoke: (_target, text) => {
      if (refuses) throw new ServiceError('AccessDeniedException', 'no');
      invoked.push(text);
    },
  });
  service.createRule({
    name: 'rule',
    arn: 'arn:aws:events:us-east-1:123456789012:rule/rule',
    matches: key({ prefix: 'in/' }),
    targets: [{ arn: 'arn', roleArn: undefined, input: undefined }],
  });
  return { clock, service, measured, invoked };
}

/** What rules mean, and what becomes of their targets. */
export const eventBridge: FactTable = {
  service: 'EventBridge',
  facts: [
    {
      says: 'an event is meant if each member that the pattern names has one of the values that it lists',
      basis: 'documented',
      source: guide('eb-event-patterns'),
      holds: () => {
        const matches = parseEventPattern({ source: ['aws.s3', 'aws.ec2'], detail: { object: { size: [10] } } });
        expect([matches(event('a')), matches({ source: 'aws.s3' }), matches({ ...event('a'), source: 'aws.sns' })]).toEqual([
          true,
          false,
          false,
        ]);
      },
    },
    {
      says: 'filters are prefix, suffix, equals-ignore-case, wildcard, anything-but, exists and numeric, and $or joins patterns',
      basis: 'documented',
      source: OPERATORS,
      holds: () => {
        const filters = [
          { prefix: 'in/' },
          { suffix: '.csv' },
          { 'equals-ignore-case': 'IN/A.csv' },
          { wildcard: 'in/*.csv' },
          { 'anything-but': 'x' },
          { exists: true },
        ];
        expect(filters.map((filter) => key(filter)(event('in/a.csv')))).toEqual(filters.map(() => true));
        const either = parseEventPattern({
          $or: [{ source: ['x'] }, { detail: { object: { size: [{ numeric: ['>=', 10] }] } } }],
        });
        expect(either(event('a'))).toBe(true);
      },
    },
    {
      says: 'anything-but means a value that is there: what is missing is not meant',
      basis: 'undecided',
      source: OPERATORS,
      holds: () => {
        expect(key({ 'anything-but': 'x' })({ source: 'aws.s3', detail: {} })).toBe(false);
      },
    },
    {
      says: 'a rule measures MatchedEvents for each event that it means, Invocations for each target, and FailedInvocations for one that refuses for good',
      basis: 'documented',
      source: METRICS,
      holds: async () => {
        for (const refuses of [false, true]) {
          const { clock, service, measured } = bus(refuses);
          service.put(event('out/a'));
          service.put(event('in/a'));
          await clock.advance(1);
          expect(measured).toEqual([
            { MatchedEvents: 1, TriggeredRules: 1 },
            { Invocations: 1 },
            ...(refuses ? [{ FailedInvocations: 1 }] : []),
          ]);
        }
      },
    },
    {
      says: 'a target gets the whole event as JSON where its rule gives it no other input',
      basis: 'documented',
      source: guide('eb-transform-target-input'),
      holds: async () => {
        const { clock, service, invoked } = bus();
        service.put(event('in/a'));
        await clock.advance(1);
        expect(invoked.map((text) => JSON.parse(text) as unknown)).toEqual([event('in/a')]);
      },
    },
  ],
};
