import { BUS_ARN, buses } from '../../eventbridge/rig.ts';
import type { FactTable } from '../fact.ts';
import { recorded } from '../recorded.ts';
import { EVENTS } from './sources.ts';

const PATTERNS = recorded('events/test_events_patterns');

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

/** What clients may ask of event buses and their rules. */
export const eventBusesDescribing: FactTable = {
  service: 'EventBridge, to clients',
  facts: [
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
  ],
};
