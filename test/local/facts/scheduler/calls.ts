import type { FactTable } from '../fact.ts';
import { recorded } from '../recorded.ts';
import { ServiceError } from '../../../../local/service.ts';
import { refused } from '../../iam/refused.ts';
import { scheduler, TARGET } from '../../scheduler/rig.ts';

const GUIDE = 'https://docs.aws.amazon.com/scheduler/latest/UserGuide';
const API = 'https://docs.aws.amazon.com/scheduler/latest/APIReference';
const CONTEXT = `${GUIDE}/managing-schedule-context-attributes.html`;
const RECORDED = recorded('cloudformation/resource_providers/scheduler/test_scheduler');
const AUTHORIZATION = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridgescheduler.html';

const busy = new ServiceError('ThrottlingException', 'later');
const times = (count: number): ServiceError[] => Array.from({ length: count }, () => busy);

/** What schedules tell their targets, and what clients learn of schedules. */
export const schedulerCalls: FactTable = {
  service: 'EventBridge Scheduler',
  facts: [
    {
      says: 'GetSchedule tells the defaults: no action after completion, UTC, enabled, and 185 retries within a day',
      basis: 'observed',
      source: RECORDED,
      holds: () => {
        const { asked, clock, create, operator, service } = scheduler();
        service.createGroup('group');
        create('cron(0 0 * * ? *)', { GroupName: 'group', FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 60 } });
        expect(asked.getSchedule(operator, 'one', 'group')).toEqual({
          ActionAfterCompletion: 'NONE',
          Arn: 'arn:aws:scheduler:us-east-1:123456789012:schedule/group/one',
          CreationDate: clock.now() / 1000,
          FlexibleTimeWindow: { MaximumWindowInMinutes: 60, Mode: 'FLEXIBLE' },
          GroupName: 'group',
          LastModificationDate: clock.now() / 1000,
          Name: 'one',
          ScheduleExpression: 'cron(0 0 * * ? *)',
          ScheduleExpressionTimezone: 'UTC',
          State: 'ENABLED',
          Target: {
            Arn: TARGET,
            RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
            RoleArn: 'arn:aws:iam::123456789012:role/role',
          },
        });
        expect(asked.getScheduleGroup(operator, 'group')).toEqual({
          Arn: 'arn:aws:scheduler:us-east-1:123456789012:schedule-group/group',
          CreationDate: clock.now() / 1000,
          LastModificationDate: clock.now() / 1000,
          Name: 'group',
          State: 'ACTIVE',
        });
      },
    },
    {
      says: 'a schedule of a group is found with its group alone, and one that is not there is told by its name',
      basis: 'observed',
      source: 'https://github.com/dvalbuena1/visa_rescheduler_aws/issues/23',
      holds: () => {
        const { asked, create, operator, service } = scheduler();
        service.createGroup('group');
        create('rate(1 hour)', { GroupName: 'group' });
        expect(refused(() => asked.getSchedule(operator, 'one'))).toEqual({
          code: 'ResourceNotFoundException',
          status: 404,
          message: 'Schedule one does not exist.',
        });
      },
    },
    {
      says: 'ListSchedules keeps to a group, a prefix or a state, and pages by MaxResults',
      basis: 'documented',
      source: `${API}/API_ListSchedules.html`,
      holds: () => {
        const { asked, create, operator, service } = scheduler();
        service.createGroup('group');
        create('rate(1 hour)', { State: 'DISABLED' }, {}, 'a1');
        create('rate(1 hour)', {}, {}, 'a2');
        create('rate(1 hour)', { GroupName: 'group' }, {}, 'b1');
        const list = (query: Record<string, string>) =>
          asked.listSchedules(operator, new Map(Object.entries(query))) as { Schedules: { Name: string }[]; NextToken?: string };
        const names = (query: Record<string, string>) => list(query).Schedules.map(({ Name }) => Name);
        expect(names({})).toEqual(['a1', 'a2', 'b1']);
        expect(names({ ScheduleGroup: 'group' })).toEqual(['b1']);
        expect(names({ NamePrefix: 'a', State: 'ENABLED' })).toEqual(['a2']);
        const { NextToken = '' } = list({ MaxResults: '2' });
        expect(names({ MaxResults: '2', NextToken })).toEqual(['b1']);
      },
    },
    {
      says: 'the group default is always there, and another must be made before its schedules',
      basis: 'documented',
      source: `${GUIDE}/managing-schedule-group.html`,
      holds: () => {
        const { asked, create, operator } = scheduler();
        expect(asked.listScheduleGroups(operator, new Map())).toMatchObject({ ScheduleGroups: [{ Name: 'default' }] });
        expect(() => create('rate(1 hour)', { GroupName: 'lost' })).toThrow('Schedule group lost does not exist.');
      },
    },
    {
      says: 'clients need scheduler:GetSchedule on the schedule with its group, and scheduler:ListSchedules on *',
      basis: 'documented',
      source: AUTHORIZATION,
      holds: () => {
        const { asked, create, role } = scheduler();
        create('rate(1 hour)');
        const Resource = 'arn:aws:scheduler:us-east-1:123456789012:schedule/default/one';
        const reader = role('reader', { allows: [{ Action: ['scheduler:GetSchedule', 'scheduler:ListSchedules'], Resource }] });
        expect(asked.getSchedule(reader, 'one')).toMatchObject({ Name: 'one' });
        expect(refused(() => asked.getSchedule(reader, 'other')).code).toBe('AccessDeniedException');
        expect(refused(() => asked.listSchedules(reader, new Map())).message).toMatch('on resource: * because');
      },
    },
    {
      says: 'a role that does not let Scheduler in fails the schedule as it is made',
      basis: 'observed',
      source: 'https://github.com/aws/aws-sdk-js-v3/issues/6494',
      holds: () => {
        const { create } = scheduler({ trusted: () => false });
        expect(refused(() => create('rate(1 hour)'))).toMatchObject({
          code: 'ValidationException',
          message: 'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
        });
      },
    },
    {
      says: 'the source that the trust of a role may ask for is the ARN of the schedule’s group, and no schedule’s',
      basis: 'documented',
      source: `${GUIDE}/cross-service-confused-deputy-prevention.html`,
      holds: async () => {
        const { calls, create, until } = scheduler({ trusted: (groupArn) => groupArn.endsWith(':schedule-group/default') });
        create('rate(1 hour)');
        await until('2026-01-01T00:30:00Z');
        expect(calls).toMatchObject([{ groupArn: 'arn:aws:scheduler:us-east-1:123456789012:schedule-group/default' }]);
      },
    },
    {
      says: 'keywords of an input become the schedule’s ARN, its time, an id of the call, and the number of the attempt',
      basis: 'documented',
      source: CONTEXT,
      holds: async () => {
        const { calls, create, until } = scheduler({ refusals: [busy] });
        const keywords = ['schedule-arn', 'scheduled-time', 'attempt-number', 'execution-id', 'constructor'];
        create('at(2026-01-01T01:00:00)', {}, { Input: JSON.stringify(keywords.map((name) => `<aws.scheduler.${name}>`)) });
        await until('2026-01-01T02:00:00Z');
        const inputs = calls.map(({ input }) => JSON.parse(input) as string[]);
        expect(inputs.map((input) => [...input.slice(0, 3), input[4]])).toEqual(
          ['1', '2'].map((attempt) => [
            'arn:aws:scheduler:us-east-1:123456789012:schedule/default/one',
            '2026-01-01T01:00:00Z',
            attempt,
            '<aws.scheduler.constructor>',
          ]),
        );
        expect(inputs[0]?.[3]).toMatch(/^[\da-f]{16}$/);
        expect(inputs[1]?.[3]).not.toBe(inputs[0]?.[3]);
      },
    },
    {
      says: 'a target without Input gets a notice in the form of an event, of source aws.scheduler, whose detail is a text',
      basis: 'undecided',
      source: `${API}/API_Target.html`,
      holds: async () => {
        const { calls, create, until } = scheduler();
        create('at(2026-01-01T01:00:00)');
        await until('2026-01-01T02:00:00Z');
        expect(JSON.parse(calls[0]?.input ?? '')).toMatchObject({
          'detail-type': 'Scheduled Event',
          source: 'aws.scheduler',
          time: '2026-01-01T01:00:00Z',
          resources: ['arn:aws:scheduler:us-east-1:123456789012:schedule/default/one'],
          detail: '{}',
        });
      },
    },
    {
      says: 'an input of a function, a state machine or an event bus is JSON, one of a topic any text',
      basis: 'documented',
      source: `${API}/API_Target.html`,
      holds: () => {
        const { create } = scheduler();
        expect(() => create('rate(1 hour)', {}, { Input: 'hello' })).toThrow("'Target.Input' must be JSON");
        const topic = { Arn: 'arn:aws:sns:us-east-1:123456789012:topic', Input: 'hello' };
        expect(create('rate(1 hour)', {}, topic).settings.target.input).toBe('hello');
      },
    },
    {
      says: 'what fails is tried again at growing distances, as often as the policy says: none with MaximumRetryAttempts 0',
      basis: 'documented',
      source: `${API}/API_RetryPolicy.html`,
      holds: async () => {
        const twice = scheduler({ refusals: times(9) });
        twice.create('at(2026-01-01T01:00:00)', {}, { RetryPolicy: { MaximumRetryAttempts: 2 } });
        const [first = '', second = '', third = '', ...more] = await twice.until('2026-01-03T00:00:00Z');
        expect(more).toEqual([]);
        expect(Date.parse(`${third}Z`) - Date.parse(`${second}Z`)).toBeGreaterThan(
          Date.parse(`${second}Z`) - Date.parse(`${first}Z`),
        );
        expect(twice.lines).toEqual([`error ${TARGET} was not invoked: later`]);
        const never = scheduler({ refusals: times(9) });
        never.create('at(2026-01-01T01:00:00)', {}, { RetryPolicy: { MaximumRetryAttempts: 0 } });
        expect(await never.until('2026-01-03T00:00:00Z')).toHaveLength(1);
      },
    },
    {
      says: 'MaximumEventAgeInSeconds, from 60 to 86,400, ends the attempts too',
      basis: 'documented',
      source: `${API}/API_RetryPolicy.html`,
      holds: async () => {
        const { create, until } = scheduler({ refusals: times(99) });
        expect(() => create('rate(1 hour)', {}, { RetryPolicy: { MaximumEventAgeInSeconds: 59 } })).toThrow(
          'must be 60 to 86400',
        );
        create('at(2026-01-01T01:00:00)', {}, { RetryPolicy: { MaximumEventAgeInSeconds: 600 } });
        expect(await until('2026-01-03T00:00:00Z')).toEqual(
          ['01:00', '01:01', '01:03', '01:07'].map((time) => `2026-01-01T${time}`),
        );
      },
    },
    {
      says: 'the first retry comes after a minute, each next after twice as long, up to an hour; what a policy forbids is not tried again',
      basis: 'undecided',
      source: `${API}/API_RetryPolicy.html`,
      holds: async () => {
        const { create, until } = scheduler({ refusals: times(8) });
        create('at(2026-01-01T00:00:00)');
        const made = await until('2026-01-02T00:00:00Z');
        expect(made.map((time) => (Date.parse(`${time}Z`) - Date.UTC(2026, 0, 1)) / 60_000)).toEqual([
          0, 1, 3, 7, 15, 31, 63, 123, 183,
        ]);
        const denied = scheduler({ refusals: [new ServiceError('AccessDeniedException', 'no')] });
        denied.create('at(2026-01-01T00:00:00)');
        expect(await denied.until('2026-01-02T00:00:00Z')).toHaveLength(1);
      },
    },
    {
      says: 'what a schedule waits for outlives the process: what fell due meanwhile comes with the next, each time of it, and retries do',
      basis: 'undecided',
      source: `${GUIDE}/schedule-types.html`,
      holds: async () => {
        const first = scheduler({ refusals: [undefined, busy] });
        first.create('rate(1 hour)', { StartDate: '2026-01-01T01:00:00Z' }, { Input: '"<aws.scheduler.scheduled-time>"' });
        await first.until('2026-01-01T02:00:00Z');
        const second = first.again('2026-01-01T04:30:00Z');
        second.create('rate(1 hour)', { StartDate: '2026-01-01T01:00:00Z' }, { Input: '"<aws.scheduler.scheduled-time>"' });
        await second.until('2026-01-01T05:00:00Z');
        const told = second.calls.map(({ input }) => input.slice(12, 17)).sort();
        expect(told).toEqual(['02:00', '03:00', '04:00', '05:00']);
        expect(second.service.allSchedules()[0]?.created).toBe(Date.UTC(2026, 0, 1));
      },
    },
    {
      says: 'a schedule whose times a template has changed begins anew, and one that is over stays over',
      basis: 'undecided',
      source: `${API}/API_UpdateSchedule.html`,
      holds: async () => {
        const first = scheduler();
        first.create('rate(2 hours)', {}, {}, 'changed');
        first.create('at(2026-01-01T00:10:00)', {}, {}, 'over');
        await first.until('2026-01-01T00:30:00Z');
        const second = first.again();
        second.create('rate(1 hour)', {}, {}, 'changed');
        second.create('at(2026-01-01T00:10:00)', {}, {}, 'over');
        expect(await second.until('2026-01-01T01:45:00Z')).toEqual(['2026-01-01T00:30', '2026-01-01T01:30']);
      },
    },
    {
      says: 'other services, and actions that are not served, are not simulated: the log names what is lacking of the schedule, which calls nobody',
      basis: 'undecided',
      source: `${GUIDE}/managing-targets-universal.html`,
      holds: async () => {
        const { create, lines, until } = scheduler();
        create('rate(1 hour)', {}, { Arn: 'arn:aws:scheduler:::aws-sdk:rds:stopDBInstance', Input: '{}' }, 'a');
        create('rate(1 hour)', {}, { Arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/c' }, 'b');
        expect(await until('2026-01-02T00:00:00Z')).toEqual([]);
        expect(lines).toEqual(
          ["the universal target 'aws-sdk:rds:stopDBInstance'", "a target of 'ecs'"].map(
            (what) => `warn the schedule is not run, not simulated: ${what}`,
          ),
        );
      },
    },
  ],
};
