import { parseEventPattern } from '../../../core/aws/event-pattern.ts';
import { SimulatedClock } from '../../../local/clock.ts';
import { EventBus, type Rule } from '../../../local/eventbridge/event-bus.ts';
import { parseSchedule } from '../../../core/aws/schedule.ts';
import { partOf, transformer } from '../../../local/eventbridge/target-input.ts';
import { ServiceError } from '../../../local/service.ts';
import type { FactTable } from './fact.ts';
import { recorded as recordedOnAws } from './recorded.ts';

const guide = (page: string): string => `https://docs.aws.amazon.com/eventbridge/latest/userguide/${page}.html`;
const recorded = (test: string): string => recordedOnAws(`events/${test}`);
const OPERATORS = guide('eb-create-pattern-operators');
const METRICS = guide('eb-monitoring');
const SCHEDULES = guide('eb-scheduled-rule-pattern');
const event = (key: string) => ({ source: 'aws.s3', detail: { object: { key, size: 10 } } });
const key = (filter: unknown) => parseEventPattern({ detail: { object: { key: [filter] } } });

/** A bus with one rule of one target, which takes each event or refuses each, and what is measured of it. */
function bus(does: 'takes' | 'refuses' = 'takes', rest: Partial<Rule> = {}) {
  const clock = new SimulatedClock(0);
  const measured: Record<string, number>[] = [];
  const invoked: string[] = [];
  const lines: string[] = [];
  const service = new EventBus({
    clock,
    access: { check: () => undefined },
    measure: (_namespace, _dimensions, values) => measured.push({ ...values }),
    accountId: '123456789012',
    region: 'us-east-1',
    onLog: ({ message }) => lines.push(message),
    invoke: ({ event: text }) => {
      if (does === 'refuses') throw new ServiceError('AccessDeniedException', 'no');
      invoked.push(text);
    },
    bury: () => undefined,
  });
  service.createRule({
    name: 'rule',
    arn: 'arn:aws:events:us-east-1:123456789012:rule/rule',
    matches: key({ prefix: 'in/' }),
    schedule: undefined,
    targets: [{ id: 'target', arn: 'arn', roleArn: undefined, input: undefined }],
    ...rest,
  });
  return { clock, service, measured, invoked, lines };
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
      says: 'filters are prefix, suffix, equals-ignore-case, wildcard, cidr, anything-but, exists and numeric, and $or joins patterns',
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
      says: 'a filter of cidr means the addresses of a network, of IPv4 and of IPv6',
      basis: 'observed',
      source: recorded('test_events_patterns'),
      holds: () => {
        const within = (cidr: string, address: unknown) =>
          parseEventPattern({ detail: { ip: [{ cidr }] } })({ detail: { ip: address } });
        expect([within('10.0.0.0/24', '10.0.0.255'), within('10.0.0.0/24', '10.0.0.256'), within('10.0.0.0/24', 123)]).toEqual([
          true,
          false,
          false,
        ]);
        expect(within('2001:db8::/32', '2001:0db8:0000::1')).toBe(true);
      },
    },
    {
      says: 'a key with a dot means a member within a member, in the pattern and in the event',
      basis: 'observed',
      source: recorded('test_events_patterns'),
      holds: () => {
        const [dotted, nested] = [{ detail: { 'object.size': [10] } }, { detail: { object: { size: [10] } } }];
        expect(parseEventPattern(dotted)(event('a'))).toBe(true);
        expect(parseEventPattern(nested)({ detail: { 'object.size': 10 } })).toBe(true);
      },
    },
    {
      says: 'a pattern is refused for filters of the wrong kind: two stars side by side, two lower bounds, an empty prefix within anything-but, a filter that there is not',
      basis: 'observed',
      source: recorded('test_events_patterns'),
      holds: () => {
        for (const [filter, reason] of [
          [{ wildcard: 'a**' }, 'Consecutive wildcard characters at pos 2'],
          [{ numeric: ['>', 0, '>', 0] }, 'Bad numeric range operator: >'],
          [{ 'anything-but': { prefix: '' } }, 'Null prefix/suffix not allowed'],
          [{ EXISTS: true }, 'Unrecognized match type EXISTS'],
        ] as const)
          expect(() => key(filter)).toThrow(reason);
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
        for (const does of ['takes', 'refuses'] as const) {
          const { clock, service, measured } = bus(does);
          service.put(event('out/a'));
          service.put(event('in/a'));
          await clock.advance(1);
          expect(measured).toEqual([
            { MatchedEvents: 1, TriggeredRules: 1 },
            { Invocations: 1 },
            ...(does === 'refuses' ? [{ FailedInvocations: 1 }] : []),
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
    {
      says: 'InputPath hands on a part of the event as JSON; InputTransformer puts parts into a template: in an object as JSON, in a text without quotes, and what is missing as an empty text',
      basis: 'observed',
      source: recorded('test_events_inputs'),
      holds: () => {
        const telling = { rule: { name: 'rule', arn: 'arn' }, time: 0 };
        const paths = { key: '$.detail.object.key', object: '$.detail.object', none: '$.detail.none' };
        const made = (template: string) => transformer(paths, template)(event('in/a'), telling);
        expect(partOf('$.detail.object.key')(event('in/a'), telling)).toBe('"in/a"');
        expect(made('{"key": <key>, "path": "x/<key>", "object": <object>, "none": <none>}')).toBe(
          '{"key": "in/a", "path": "x/in/a", "object": {"key":"in/a","size":10}, "none": ""}',
        );
        expect(made('"<object> and <none>"')).toBe('"{key:in/a,size:10} and "');
      },
    },
    {
      says: 'an object within quotes makes no JSON of a template: the target is not invoked, and a placeholder that is not defined is refused',
      basis: 'observed',
      source: recorded('test_events_inputs'),
      holds: async () => {
        const makeInput = transformer({ object: '$.detail.object' }, '{"object": "<object>"}');
        const { clock, service, invoked } = bus('takes', {
          targets: [{ id: 'target', arn: 'arn', roleArn: undefined, input: undefined, makeInput }],
        });
        service.put(event('in/a'));
        await clock.advance(1);
        expect(invoked).toEqual([]);
        expect(() => transformer({}, '"<other>"')).toThrow('contains invalid placeholder other.');
      },
    },
    {
      says: 'a rate begins with the rule; a cron expression has six fields and means UTC, Sunday is day 1, and one of the two days must be ?',
      basis: 'documented',
      source: SCHEDULES,
      holds: () => {
        const first = (expression: string) => parseSchedule(expression).next(Date.UTC(2026, 10, 22, 17, 3));
        expect(first('rate(5 minutes)')).toBe(Date.UTC(2026, 10, 22, 17, 8));
        expect(first('cron(0 10 * * ? *)')).toBe(Date.UTC(2026, 10, 23, 10));
        expect(first('cron(0 8 ? * 1 *)')).toBe(Date.UTC(2026, 10, 29, 8));
        expect(first('cron(0/15 * * * ? *)')).toBe(Date.UTC(2026, 10, 22, 17, 15));
        for (const refused of ['cron(0 10 * * * *)', 'cron(0 10 * * ?)', 'rate(1 minutes)', 'rate(2 minute)'])
          expect(() => parseSchedule(refused)).toThrow();
      },
    },
    {
      says: 'a schedule sends aws.events’ Scheduled Event, which names its rule and is empty of detail',
      basis: 'documented',
      source: guide('eb-create-rule-schedule'),
      holds: async () => {
        const { clock, invoked, measured } = bus('takes', { matches: undefined, schedule: parseSchedule('rate(1 hour)') });
        await clock.advance(2 * 3_600_000 + 1);
        expect(invoked).toHaveLength(2);
        expect(JSON.parse(invoked[0] ?? '')).toEqual({
          version: '0',
          id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
          'detail-type': 'Scheduled Event',
          source: 'aws.events',
          account: '123456789012',
          time: '1970-01-01T01:00:00Z',
          region: 'us-east-1',
          resources: ['arn:aws:events:us-east-1:123456789012:rule/rule'],
          detail: {},
        });
        expect(measured.slice(0, 2)).toEqual([{ TriggeredRules: 1 }, { Invocations: 1 }]);
      },
    },
  ],
};
