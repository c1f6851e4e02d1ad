import { formatLook } from '../../../cli/local/format-look.ts';
import type { AlarmView, Look } from '../../../cli/local/look.ts';

const running = (alarms: readonly AlarmView[]): Look => ({
  state: 'running',
  pid: 1,
  endpoint: 'http://127.0.0.1:1',
  environment: 'staging',
  clock: '2026-03-01T10:00:00.000Z',
  follows: false,
  undelivered: 0,
  lost: 0,
  deliveries: [],
  alarms,
  roles: {},
  log: 'log',
});
const alarm = (name: string, rest: Partial<AlarmView> = {}): AlarmView => ({
  name,
  state: 'OK',
  reason: 'it is at rest',
  since: '2026-03-01T09:00:00.000Z',
  ...rest,
});
const linesAbout = (alarms: readonly AlarmView[]): string[] =>
  formatLook(running(alarms))
    .split('\n')
    .filter((line) => /alarm|\blate\b|filed|calm/.test(line))
    .map((line) => line.replaceAll(/\s+/g, ' '));

test('says nothing of alarms where there are none', () => {
  expect(linesAbout([])).toEqual([]);
});

test('counts alarms that are at rest, and has no line for each', () => {
  expect(linesAbout([alarm('calm'), alarm('calm too')])).toEqual(['2 alarms, 0 of them in ALARM.']);
});

test('tells of each that went off since when and why, and of each that lacks something what', () => {
  const late = alarm('late', { state: 'ALARM', reason: 'Threshold Crossed' });
  const filed = alarm('filed', { lacks: 'not measured: AWS/S3 ReplicationLatency' });
  expect(linesAbout([alarm('calm'), filed, late])).toEqual([
    '3 alarms, 1 of them in ALARM.',
    '│ alarm │ state │ since │ why │',
    '│ filed │ OK │ 2026-03-01T09:00:00.000Z │ not measured: AWS/S3 ReplicationLatency │',
    '│ late │ ALARM │ 2026-03-01T09:00:00.000Z │ Threshold Crossed │',
  ]);
});

test('has no table without rows, and counts one as one', () => {
  const nothing = formatLook({ ...running([alarm('late', { state: 'ALARM' })]), undelivered: 1, lost: 1 } as Look);
  expect(nothing).toContain('1 record is on its way, 1 was lost.\n1 alarm, 1 of them in ALARM.\n');
  expect(nothing).not.toMatch(/│ (delivery|role)/);
  const some = formatLook({
    ...running([]),
    deliveries: [{ name: 'shop', source: 'jobs', undelivered: 0, lost: 0, blocked: true }],
    roles: { analyst: 'arn' },
  } as Look);
  expect(some).toMatch(/│ shop +│ jobs .*refused, tries again[^]*│ analyst │ arn │/);
});
