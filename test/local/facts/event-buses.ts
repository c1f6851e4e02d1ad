import { chainLength, traceOf, withTrace } from '../../../local/lambda/lineage.ts';
import { relayTo } from '../../../local/eventbridge/operations.ts';
import { ServiceError } from '../../../local/service.ts';
import { BUS_ARN, buses, ENTRY } from '../eventbridge/rig.ts';
import type { FactTable } from './fact.ts';
import { recorded } from './recorded.ts';

const api = (page: string): string => `https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_${page}.html`;
const guide = (page: string): string => `https://docs.aws.amazon.com/eventbridge/latest/userguide/${page}.html`;
const EVENTS = recorded('events/test_events');
const PATTERNS = recorded('events/test_events_patterns');
const ACTIONS = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html';

const failed = (ErrorCode: string, ErrorMessage: string) => ({ FailedEntryCount: 1, Entries: [{ ErrorCode, ErrorMessage }] });
const anId = (): string => expect.stringMatching(/^[0-9a-f-]{36}$/) as string;
const DECLARED = {
  description: undefined,
  schedule: undefined,
  state: 'ENABLED',
  roleArn: undefined,
  pattern: '{"source":["app"]}',
};

/** A bus of its own, and rules of it: `one`, which has two targets, and `two`. */
function declared() {
  const rig = buses();
  rig.events.buses.create('mine', 'told');
  const targets = [
    { Id: 'a', Arn: 'arn:a' },
    { Id: 'b', Arn: 'arn:b' },
  ];
  for (const name of ['two', 'one'])
    rig.events.buses.declare({
      ...DECLARED,
      name,
      arn: rig.events.buses.ruleArn(name, 'mine'),
      bus: 'mine',
      targets: name === 'one' ? targets : [],
    });
  return rig;
}

/** What clients put on event buses, and what they may ask of them. */
export const eventBuses: FactTable = {
  service: 'EventBridge, to clients',
  facts: [
    {
      says: 'what is put is an event of version 0 with an id of its own, the account, the region and, where it says no time, that of the call, in seconds',
      basis: 'observed',
      source: EVENTS,
      holds: async () => {
        const { ask, rule, sent, clock } = buses();
        rule();
        const Time = Date.UTC(2022, 0, 1) / 1000;
        const answer = await ask('PutEvents', { Entries: [ENTRY, { ...ENTRY, Time, Resources: ['arn'] }] });
        await clock.advance(1);
        const told = sent.map(({ event }) => JSON.parse(event) as { id: string });
        expect(answer).toEqual({ FailedEntryCount: 0, Entries: told.map(({ id }) => ({ EventId: id })) });
        const event = {
          version: '0',
          id: anId(),
          'detail-type': 'told',
          source: 'app',
          account: '123456789012',
          time: '2001-01-09T08:00:00Z',
          region: 'us-east-1',
          resources: [],
          detail: { id: 1 },
        };
        expect(told).toEqual([event, { ...event, time: '2022-01-01T00:00:00Z', resources: ['arn'] }]);
      },
    },
    {
      says: 'an entry without a source, a detail type or a detail fails with InvalidArgument, one whose detail is no JSON object with MalformedDetail, under HTTP 200',
      basis: 'observed',
      source: EVENTS,
      holds: async () => {
        const { ask } = buses();
        const put = (rest: object) => ask('PutEvents', { Entries: [{ ...ENTRY, ...rest }] });
        for (const name of ['Source', 'DetailType', 'Detail'])
          expect(await put({ [name]: undefined })).toEqual(
            failed('InvalidArgument', `Parameter ${name} is not valid. Reason: ${name} is a required argument.`),
          );
        for (const Detail of ['text', '["list"]', '{"bad": }', '"text"'])
          expect(await put({ Detail })).toEqual(failed('MalformedDetail', 'Detail is malformed.'));
      },
    },
    {
      says: 'a source that begins with aws. is refused with NotAuthorizedForSourceException, and the other entries of the call are taken',
      basis: 'documented',
      source: api('PutEventsResultEntry'),
      holds: async () => {
        const { ask, rule, sent, clock } = buses();
        rule();
        const Entries = [{ ...ENTRY, Source: 'aws.s3' }, ENTRY];
        expect(await ask('PutEvents', { Entries })).toEqual({
          FailedEntryCount: 1,
          Entries: [
            { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' },
            { EventId: anId() },
          ],
        });
        await clock.advance(1);
        expect(sent).toHaveLength(1);
      },
    },
    {
      says: 'a detail type has 128 characters at most; a longer one, or a time that there is not, fails its entry with InvalidArgument',
      basis: 'undecided',
      source: api('PutEventsRequestEntry'),
      holds: async () => {
        const { ask } = buses();
        const put = (length: number) => ask('PutEvents', { Entries: [{ ...ENTRY, DetailType: 'x'.repeat(length) }] });
        expect(await put(128)).toMatchObject({ FailedEntryCount: 0 });
        const failure = { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InvalidArgument' }] };
        expect(await put(129)).toMatchObject(failure);
        expect(await ask('PutEvents', { Entries: [{ ...ENTRY, Time: 1e13 }] })).toMatchObject(failure);
      },
    },
    {
      says: 'a call has 10 entries at most, of less than 1 MB together; more refuse it whole with ValidationException',
      basis: 'documented',
      source: 'https://aws.amazon.com/blogs/compute/more-room-to-build-serverless-services-now-support-payloads-up-to-1-mb',
      holds: async () => {
        const { refusal } = buses();
        const put = (Entries: readonly object[]) => refusal('PutEvents', { Entries });
        const sized = (bytes: number) => ({ ...ENTRY, Detail: `{"x":"${'x'.repeat(bytes - 8 - 'apptold'.length)}"}` });
        expect(await put(Array.from({ length: 10 }, () => ENTRY))).toBe('taken');
        expect(await put(Array.from({ length: 11 }, () => ENTRY))).toMatch(
          /^ValidationException: .* at 'entries' .* less than or equal to 10$/,
        );
        expect(await put([sized(2 ** 20 - 1)])).toBe('taken');
        expect(await put([sized(2 ** 20)])).toBe(
          'ValidationException: Total size of the entries in the request is over the limit.',
        );
      },
    },
    {
      says: 'of an entry its source, detail type, detail and resources count in bytes of UTF-8, and a time as 14',
      basis: 'documented',
      source: guide('eb-putevent-size'),
      holds: async () => {
        const { refusal } = buses();
        const detail = `{"x":"${'x'.repeat(2 ** 20 - 8 - 'appü'.length - 1 - 'ü'.length - 1 - 14 - 1)}"}`;
        const entry = { Source: 'app', DetailType: 'ü', Detail: detail, Resources: ['ü'], Time: 0 };
        expect(await refusal('PutEvents', { Entries: [entry] })).toBe('taken');
        expect(await refusal('PutEvents', { Entries: [{ ...entry, Source: 'appl' }] })).toContain('over the limit');
      },
    },
    {
      says: 'what is put on a bus that is not there is taken, and goes nowhere',
      basis: 'observed',
      source: EVENTS,
      holds: async () => {
        const { ask, rule, sent, clock } = buses();
        rule();
        expect(await ask('PutEvents', { Entries: [{ ...ENTRY, EventBusName: 'none' }] })).toMatchObject({ FailedEntryCount: 0 });
        await clock.advance(1);
        expect(sent).toEqual([]);
      },
    },
    {
      says: 'a rule hears its own bus alone, which an entry names by its name or its ARN',
      basis: 'observed',
      source: EVENTS,
      holds: async () => {
        const { ask, rule, sent, clock, events } = buses();
        events.buses.create('mine');
        rule({ name: 'on-mine', bus: 'mine' });
        rule({ name: 'on-default' });
        for (const EventBusName of ['mine', `${BUS_ARN}mine`, 'default', undefined])
          await ask('PutEvents', { Entries: [{ ...ENTRY, EventBusName }] });
        await clock.advance(1);
        expect(sent.map((one) => one.rule.name)).toEqual(['on-mine', 'on-mine', 'on-default', 'on-default']);
      },
    },
    {
      says: 'a rule of a bus of one’s own is measured by EventBusName and RuleName',
      basis: 'documented',
      source: guide('eb-monitoring'),
      holds: async () => {
        const { ask, rule, measured, events } = buses();
        events.buses.create('mine');
        rule({ bus: 'mine' });
        await ask('PutEvents', { Entries: [{ ...ENTRY, EventBusName: 'mine' }] });
        expect(measured.map(({ dimensions }) => dimensions)).toEqual([{ EventBusName: 'mine', RuleName: 'rule' }]);
      },
    },
    {
      says: 'who puts is asked for events:PutEvents on the bus of each entry, with events:source, events:detail-type and events:eventBusInvocation',
      basis: 'documented',
      source: ACTIONS,
      holds: async () => {
        const { refusal, role } = buses();
        const StringEquals = { 'events:source': 'app', 'events:detail-type': 'told', 'events:eventBusInvocation': 'false' };
        const allows = [{ Action: 'events:PutEvents', Resource: `${BUS_ARN}default`, Condition: { StringEquals } }];
        const caller = role('producer', { allows });
        const put = (...rest: object[]) => refusal('PutEvents', { Entries: rest.map((one) => ({ ...ENTRY, ...one })) }, caller);
        expect(await put({})).toBe('taken');
        for (const other of [{ Source: 'other' }, { DetailType: 'other' }, { EventBusName: 'other' }])
          expect(await put(other)).toContain('AccessDeniedException: User: ');
      },
    },
    {
      says: 'a call is refused whole with AccessDeniedException where one of its entries may not be put',
      basis: 'undecided',
      source: api('PutEvents'),
      holds: async () => {
        const { refusal, role, rule, sent, clock } = buses();
        rule();
        const caller = role('producer', { allows: [{ Action: 'events:PutEvents', Resource: `${BUS_ARN}default` }] });
        const Entries = [ENTRY, { ...ENTRY, EventBusName: 'other' }];
        expect(await refusal('PutEvents', { Entries }, caller)).toContain('is not authorized to perform: events:PutEvents');
        await clock.advance(1);
        expect(sent).toEqual([]);
      },
    },
    {
      says: 'the policy of a bus lets a caller of its account in whose own policies say nothing',
      basis: 'documented',
      source: guide('eb-event-bus-perms'),
      holds: async () => {
        const { refusal, role, iam } = buses();
        const caller = role('producer');
        const statement = { Principal: { AWS: caller.roleArn }, Action: 'events:PutEvents', Resource: `${BUS_ARN}default` };
        const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] };
        expect(await refusal('PutEvents', { Entries: [ENTRY] }, caller)).toContain('AccessDeniedException');
        iam.addResourcePolicy({ arn: `${BUS_ARN}default`, document, code: 'ValidationException' });
        expect(await refusal('PutEvents', { Entries: [ENTRY] }, caller)).toBe('taken');
      },
    },
    {
      says: 'a bus is described with its ARN, its description and its policy as JSON; one that is not there is a ResourceNotFoundException',
      basis: 'observed',
      source: EVENTS,
      holds: async () => {
        const { ask, refusal, events } = declared();
        const statement = { Sid: 'one', Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: `${BUS_ARN}mine` };
        const created = Date.UTC(2001, 0, 9, 8) / 1000;
        const mine = {
          Name: 'mine',
          Arn: `${BUS_ARN}mine`,
          CreationTime: created,
          LastModifiedTime: created,
          Description: 'told',
        };
        expect(await ask('DescribeEventBus', { Name: 'mine' })).toEqual(mine);
        events.buses.find('mine').policy.set('one', statement);
        const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
        expect(await ask('DescribeEventBus', { Name: 'mine' })).toEqual({ ...mine, Policy });
        expect(await refusal('DescribeEventBus', { Name: 'none' })).toBe(
          'ResourceNotFoundException: Event bus none does not exist.',
        );
      },
    },
    {
      says: 'buses are listed by name, in pages of Limit; a second of one name is a ResourceAlreadyExistsException',
      basis: 'observed',
      source: EVENTS,
      holds: async () => {
        const { ask, events } = declared();
        const first = (await ask('ListEventBuses', { Limit: 1 })) as { EventBuses: { Name: string }[]; NextToken?: string };
        const { NextToken } = first;
        const second = (await ask('ListEventBuses', { Limit: 1, NextToken })) as typeof first;
        expect([first, second].flatMap(({ EventBuses }) => EventBuses.map(({ Name }) => Name))).toEqual(['default', 'mine']);
        expect(second.NextToken).toBeUndefined();
        expect(await ask('ListEventBuses', { NamePrefix: 'mi' })).toMatchObject({ EventBuses: [{ Name: 'mine' }] });
        expect(() => events.buses.create('mine')).toThrow('Event bus mine already exists.');
      },
    },
    {
      says: 'a bus of one’s own must not be named like AWS’s: EventBus name starting with aws. is not valid',
      basis: 'observed',
      source: 'https://github.com/amzn/selling-partner-api-models/issues/4638',
      holds: () => {
        expect(() => buses().events.buses.create('aws.mine')).toThrow("EventBus name starting with 'aws.' is not valid.");
      },
    },
    {
      says: 'a rule of a bus has the bus in its ARN, is described with who created it, and is listed without',
      basis: 'observed',
      source: EVENTS,
      holds: async () => {
        const { ask, refusal } = declared();
        const one = {
          Name: 'one',
          Arn: 'arn:aws:events:us-east-1:123456789012:rule/mine/one',
          EventBusName: 'mine',
          State: 'ENABLED',
          EventPattern: '{"source":["app"]}',
        };
        const place = { EventBusName: 'mine' };
        expect(await ask('DescribeRule', { Name: 'one', ...place })).toEqual({ ...one, CreatedBy: '123456789012' });
        expect(await ask('ListRules', { ...place, NamePrefix: 'on' })).toEqual({ Rules: [one] });
        expect(await ask('ListRules', { ...place, Limit: 1 })).toEqual({ Rules: [one], NextToken: expect.any(String) as string });
        expect(await refusal('DescribeRule', { Name: 'one' })).toBe(
          'ResourceNotFoundException: Rule one does not exist on EventBus default.',
        );
      },
    },
    {
      says: 'targets are listed as they were given, in pages, and rules by the target that they have',
      basis: 'observed',
      source: EVENTS,
      holds: async () => {
        const { ask } = declared();
        const place = { EventBusName: 'mine' };
        expect(await ask('ListTargetsByRule', { Rule: 'one', Limit: 1, ...place })).toEqual({
          Targets: [{ Id: 'a', Arn: 'arn:a' }],
          NextToken: expect.any(String) as string,
        });
        expect(await ask('ListRuleNamesByTarget', { TargetArn: 'arn:b', ...place })).toEqual({ RuleNames: ['one'] });
        expect(await ask('ListRuleNamesByTarget', { TargetArn: 'arn:c', ...place })).toEqual({ RuleNames: [] });
      },
    },
    {
      says: 'TestEventPattern says whether a pattern means an event; it refuses a bad pattern with InvalidEventPatternException, and an event that is no JSON object',
      basis: 'observed',
      source: PATTERNS,
      holds: async () => {
        const { ask, refusal } = buses();
        const asked = (pattern: unknown, event: unknown) => ({
          EventPattern: typeof pattern === 'string' ? pattern : JSON.stringify(pattern),
          Event: typeof event === 'string' ? event : JSON.stringify(event),
        });
        const event = { id: '1', source: 'order', 'detail-type': 'Test' };
        expect(await ask('TestEventPattern', asked({ source: ['order'] }, event))).toEqual({ Result: true });
        expect(await ask('TestEventPattern', asked({ source: ['other'] }, event))).toEqual({ Result: false });
        const INVALID = 'InvalidEventPatternException: Event pattern is not valid. Reason: ';
        expect(await refusal('TestEventPattern', asked(['order'], event))).toBe(`${INVALID}Filter is not an object`);
        expect(await refusal('TestEventPattern', asked({ time: [{ prefix: 1 }] }, event))).toBe(
          `${INVALID}prefix match pattern must be a string`,
        );
        expect(await refusal('TestEventPattern', asked("{'bad': 1}", event))).toContain(INVALID);
        for (const bad of ['plain', '["list"]'])
          expect(await refusal('TestEventPattern', asked({ source: ['order'] }, bad))).toBe(
            'ValidationException: Parameter Event is not valid.',
          );
      },
    },
    {
      says: 'a rule hands on how many invocations have led to an event, so that a function whose own events invoke it ends as other chains do: AWS tells of no such end',
      basis: 'undecided',
      source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html',
      holds: async () => {
        const chains: number[] = [];
        const { rule, clock, ask, lines } = buses({
          invoke: () => {
            chains.push(chainLength());
            if (chains.length === 1) throw new ServiceError('ThrottlingException', 'no time');
          },
        });
        rule();
        await withTrace(traceOf(15), () => ask('PutEvents', { Entries: [ENTRY] }));
        await clock.advance(60_000);
        await ask('PutEvents', { Entries: [ENTRY] });
        await clock.advance(1);
        expect(chains).toEqual([15, 15, 0]);
        expect(lines).toEqual([]);
      },
    },
    {
      says: 'a target that has no time is tried again for 24 hours and 185 times at most, and then has failed',
      basis: 'documented',
      source: guide('eb-rule-retry-policy'),
      holds: async () => {
        const busy = buses({
          invoke: () => {
            throw new ServiceError('ProvisionedThroughputExceededException', 'full');
          },
        });
        busy.rule();
        await busy.ask('PutEvents', { Entries: [ENTRY] });
        await busy.clock.advance(86_400_000 - 1_000_000);
        const count = (name: string) => busy.measured.filter(({ values }) => name in values).length;
        expect(count('FailedInvocations')).toBe(0);
        await busy.clock.advance(1_000_000);
        const tries = busy.sent.length;
        expect(count('FailedInvocations')).toBe(1);
        expect(count('RetryInvocationAttempts')).toBe(tries - 1);
        expect(tries).toBeGreaterThan(50);
        expect(tries).toBeLessThanOrEqual(186);
        await busy.clock.advance(86_400_000);
        expect(busy.sent).toHaveLength(tries);
      },
    },
    {
      says: 'the first further try of a busy target comes after a second, each next after twice as long, up to a quarter of an hour',
      basis: 'undecided',
      source: guide('eb-rule-retry-policy'),
      holds: async () => {
        const busy = buses({
          invoke: () => {
            throw new ServiceError('InternalFailure', 'down', 500);
          },
        });
        busy.rule();
        await busy.ask('PutEvents', { Entries: [ENTRY] });
        const tries: number[] = [];
        for (const wait of [1, 1_000, 2_000, 4_000]) {
          await busy.clock.advance(wait);
          tries.push(busy.sent.length);
        }
        expect(tries).toEqual([1, 2, 3, 4]);
      },
    },
    {
      says: 'a stream tells its shard by what the target’s path finds in the event, and by the event’s id where there is none',
      basis: 'documented',
      source: api('KinesisParameters'),
      holds: async () => {
        const { ask, rule, sent, clock } = buses();
        const target = { id: 'target', arn: 'arn:aws:kinesis:x', roleArn: undefined, input: undefined };
        rule({ name: 'by-id', targets: [target] });
        rule({
          name: 'by-path',
          targets: [{ ...target, partitionKeyOf: (event) => (event as { source: string }).source }],
        });
        await ask('PutEvents', { Entries: [ENTRY] });
        await clock.advance(1);
        const { id } = JSON.parse(sent[0]?.event ?? '') as { id: string };
        expect(sent.map(({ partitionKey }) => partitionKey)).toEqual([id, 'app']);
      },
    },
    {
      says: 'what a rule hands to another bus keeps its id, and goes to no third bus',
      basis: 'documented',
      source: guide('eb-bus-to-bus'),
      holds: async () => {
        const { events, rule, sent, clock, operator } = buses();
        for (const name of ['second', 'third']) events.buses.create(name);
        const toThird = { id: 'third', arn: `${BUS_ARN}third`, roleArn: undefined, input: undefined };
        rule({ bus: 'second', targets: [toThird, { ...toThird, id: 'function', arn: 'arn:aws:lambda:x' }] });
        const parts = { access: { check: () => undefined }, buses: events.buses, bus: events };
        relayTo(parts)(operator, `${BUS_ARN}second`, { id: 'own', source: 'app', 'detail-type': 'told' });
        await clock.advance(1);
        expect(sent.map(({ target, event }) => [target.id, (JSON.parse(event) as { id: string }).id])).toEqual([
          ['function', 'own'],
        ]);
      },
    },
  ],
};
