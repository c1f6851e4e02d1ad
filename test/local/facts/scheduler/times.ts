import type { FactTable } from '../fact.ts';
import { recorded } from '../recorded.ts';
import { scheduler } from '../../scheduler/rig.ts';

const GUIDE = 'https://docs.aws.amazon.com/scheduler/latest/UserGuide';
const TYPES = `${GUIDE}/schedule-types.html`;
const API = 'https://docs.aws.amazon.com/scheduler/latest/APIReference';
const DST = 'https://repost.aws/knowledge-center/eventbridge-scheduler-adjust-dst';
const RECORDED = recorded('scheduler/test_scheduler');

const berlin = { ScheduleExpressionTimezone: 'Europe/Berlin' };

/** When schedules are due. */
export const schedulerTimes: FactTable = {
  service: 'EventBridge Scheduler',
  facts: [
    {
      says: 'a schedule whose expression is none is refused in words that repeat it',
      basis: 'observed',
      source: RECORDED,
      holds: () => {
        const { create } = scheduler();
        for (const expression of [
          'cron(0 1 * * * *)',
          'cron(7 20 * * NOT *)',
          'cron(INVALID)',
          'cron(0 dummy ? * MON-FRI *)',
          'cron(71 8 1 * ? *)',
          'cron()',
          'rate(10 seconds)',
          'rate(10 years)',
          'rate()',
          'rate(10)',
          'rate(10 minutess)',
          'rate(foo minutes)',
          'rate(-10 minutes)',
          'rate( 10 minutes )',
          ' rate(10 minutes)',
          'at(2021-12-31T23:59:59Z)',
          'at(2021-12-31)',
        ])
          expect(() => create(expression)).toThrow(
            expect.objectContaining({
              code: 'ValidationException',
              message: `Invalid Schedule Expression ${expression}.`,
            }) as Error,
          );
      },
    },
    {
      says: 'steps over ranges, and ranges of one value, are taken: cron(0-15/1 8-8 ? * 2,3,4,5,6,7 *)',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { create, until } = scheduler({ now: '2026-01-04T00:00:00Z' });
        create('cron(0-15/15 8-8 ? * 2,3,4,5,6,7 *)'); // from Monday on: the 4th is a Sunday
        expect(await until('2026-01-05T23:00:00Z')).toEqual(['2026-01-05T08:00', '2026-01-05T08:15']);
        for (const [index, fields] of [
          '30-30 13-13 ? * 2,4,6 *',
          '1-31/30 1-1 ? * 1,7 *',
          '*/15 * * * ? *',
          '0-59/10 0-23/2 ? * * *',
        ].entries())
          expect(create(`cron(${fields})`, {}, {}, `n${index}`).settings.name).toBe(`n${index}`);
      },
    },
    {
      says: 'a one-time schedule of the past is taken, and comes to nothing',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { create, until } = scheduler();
        create('at(2022-12-31T23:59:59)');
        expect(await until('2027-01-01T00:00:00Z')).toEqual([]);
      },
    },
    {
      says: 'a one-time schedule is due once, at its time in its zone',
      basis: 'documented',
      source: TYPES,
      holds: async () => {
        const { create, until } = scheduler();
        create('at(2026-07-01T09:30:00)', berlin);
        expect(await until('2028-01-01T00:00:00Z')).toEqual(['2026-07-01T07:30']);
      },
    },
    {
      says: 'a rate without StartDate begins at once',
      basis: 'documented',
      source: TYPES,
      holds: async () => {
        const { create, until } = scheduler();
        create('rate(12 hours)');
        expect(await until('2026-01-01T23:00:00Z')).toEqual(['2026-01-01T00:00', '2026-01-01T12:00']);
      },
    },
    {
      says: 'StartDate is the first time of a rate, and EndDate the last moment of any recurring schedule',
      basis: 'documented',
      source: TYPES,
      holds: async () => {
        const { create, until } = scheduler();
        create('rate(1 day)', { StartDate: '2026-01-03T06:00:00Z', EndDate: '2026-01-05T00:00:00Z' });
        expect(await until('2026-02-01T00:00:00Z')).toEqual(['2026-01-03T06:00', '2026-01-04T06:00']);
      },
    },
    {
      says: 'StartDate and EndDate are nothing to a one-time schedule',
      basis: 'documented',
      source: `${API}/API_CreateSchedule.html`,
      holds: async () => {
        const { create, until } = scheduler();
        create('at(2026-01-02T00:00:00)', { StartDate: '2026-01-03T00:00:00Z', EndDate: '2026-01-01T12:00:00Z' });
        expect(await until('2026-01-05T00:00:00Z')).toEqual(['2026-01-02T00:00']);
      },
    },
    {
      says: 'times of a zone go with its clocks: nine in Berlin is eight in winter and seven in summer of UTC',
      basis: 'documented',
      source: TYPES,
      holds: async () => {
        const { create, until } = scheduler({ now: '2026-03-28T00:00:00Z' });
        create('cron(0 9 * * ? *)', berlin);
        expect(await until('2026-03-29T23:00:00Z')).toEqual(['2026-03-28T08:00', '2026-03-29T07:00']);
      },
    },
    {
      says: 'a time that clocks leap over in spring is skipped',
      basis: 'documented',
      source: DST,
      holds: async () => {
        const { create, until } = scheduler({ now: '2026-03-28T00:00:00Z' });
        create('cron(30 2 * * ? *)', berlin);
        expect(await until('2026-03-30T23:00:00Z')).toEqual(['2026-03-28T01:30', '2026-03-30T00:30']);
      },
    },
    {
      says: 'a time that clocks show twice in autumn is due once',
      basis: 'documented',
      source: DST,
      holds: async () => {
        const { create, until } = scheduler({ now: '2026-10-25T00:00:00Z' });
        create('cron(30 2 * * ? *)', berlin);
        expect(await until('2026-10-26T23:00:00Z')).toEqual(['2026-10-25T00:30', '2026-10-26T01:30']);
      },
    },
    {
      says: 'a rate of days is one of 24 hours, whatever clocks do',
      basis: 'documented',
      source: DST,
      holds: async () => {
        const { create, until } = scheduler({ now: '2026-03-28T08:00:00Z' });
        create('rate(1 day)', berlin);
        expect(await until('2026-03-30T07:00:00Z')).toEqual(['2026-03-28T08:00', '2026-03-29T08:00']);
      },
    },
    {
      says: 'within a flexible time window the target is called as the window begins',
      basis: 'undecided',
      source: `${GUIDE}/managing-schedule-flexible-time-windows.html`,
      holds: async () => {
        const { create, until } = scheduler();
        create('rate(1 hour)', { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 } });
        expect(await until('2026-01-01T01:30:00Z')).toEqual(['2026-01-01T00:00', '2026-01-01T01:00']);
      },
    },
    {
      says: 'a flexible window has 1 to 1,440 minutes, and none where it is off',
      basis: 'documented',
      source: `${API}/API_FlexibleTimeWindow.html`,
      holds: () => {
        const { create } = scheduler();
        const window = (FlexibleTimeWindow: object) => () => create('rate(1 hour)', { FlexibleTimeWindow });
        expect(window({ Mode: 'FLEXIBLE', MaximumWindowInMinutes: 1441 })).toThrow('must be 1 to 1440');
        expect(window({ Mode: 'FLEXIBLE' })).toThrow('must be there where Mode is FLEXIBLE');
        expect(window({ Mode: 'FLEXIBLE', MaximumWindowInMinutes: 1440 })().settings.name).toBe('one');
      },
    },
    {
      says: 'a schedule that is disabled calls nobody',
      basis: 'documented',
      source: `${GUIDE}/managing-schedule-state.html`,
      holds: async () => {
        const { create, until } = scheduler();
        create('rate(1 minute)', { State: 'DISABLED' });
        expect(await until('2026-01-02T00:00:00Z')).toEqual([]);
      },
    },
    {
      says: 'three months of an hourly schedule are each of its hours',
      basis: 'documented',
      source: TYPES,
      holds: async () => {
        const { create, until } = scheduler({ now: '2026-01-01T00:30:00Z' });
        create('cron(0 * * * ? *)');
        expect(await until('2026-04-01T00:00:00Z')).toHaveLength(90 * 24);
      },
    },
  ],
};
