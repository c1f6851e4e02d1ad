import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../local/clock.ts';
import { controlService } from '../../local/control.ts';
import type { AlarmStatus, DeliveryProgress, Platform } from '../../local/live-platform.ts';
import type { Inventory } from '../../local/inventory.ts';
import type { Caller } from '../../local/service.ts';
import { start } from '../../local/start.ts';
import { fixture } from './assembly/fixture.ts';

const operator: Caller = { arn: 'arn:aws:iam::123456789012:user/operator', accountId: '123456789012' };
const role: Caller = {
  arn: 'arn:aws:sts::123456789012:assumed-role/r/s',
  accountId: '123456789012',
  roleArn: 'arn:aws:iam::123456789012:role/r',
};

/** A platform whose counts and objects change when its clock moves. */
function platformThat(change: (platform: Changing) => void) {
  const platform = new Changing();
  const clock = new SimulatedClock(1_000);
  clock.at(1_500, () => {
    change(platform);
  });
  let stops = 0;
  const service = controlService({ platform, pace: clock, stop: () => (stops += 1) });
  const call = async (name: string, input: Record<string, unknown> = {}, caller = operator): Promise<object> =>
    (await service.operations[name]?.(input, caller)) ?? {};
  return { platform, call, stops: () => stops };
}
class Changing implements Platform {
  readonly outputs = { Stack: { Key: 'value' } };
  inFlight = 10;
  arrived = -4;
  gone = 1;
  all = new Map([
    ['b/kept', 'STANDARD'],
    ['b/aged', 'STANDARD'],
    ['b/old', 'GLACIER'],
  ]);
  readonly undelivered = (): number => this.inFlight;
  readonly delivered = (): number => this.arrived;
  readonly lost = (): number => this.gone;
  readonly deliveries = (): readonly DeliveryProgress[] => [];
  readonly wentOff: string[] = ['earlier'];
  readonly alarms = (): readonly AlarmStatus[] => [{ name: 'late', state: 'OK', reason: 'why', since: 1 }];
  readonly alarmed = (): readonly string[] => [...this.wentOff];
  readonly objects = (): ReadonlyMap<string, string> => new Map(this.all);
  readonly inventory = (): Inventory => ({ streams: [], deliveries: [], workGroups: [], roles: [] });
  readonly rolesThatMay = (action: string, resource: string): readonly string[] => [`${action} ${resource}`];
}

test('tells what a move of the clock has come to', async () => {
  const { call } = platformThat((platform) => {
    platform.inFlight = 12; // what was rejected on the way is on its own way now
    platform.arrived = 1;
    platform.gone = 3;
    platform.wentOff.push('late');
    platform.all.delete('b/old');
    platform.all.set('b/aged', 'GLACIER_IR').set('b/new', 'STANDARD');
  });
  expect(await call('Advance', { milliseconds: 700 })).toEqual({
    from: 1_000,
    to: 1_700,
    delivered: 5,
    lost: 2,
    written: 1,
    expired: 1,
    moved: 1,
    alarmed: ['late'],
  });
});

test('tells how the platform is, and ends it when asked to', async () => {
  const { call, stops } = platformThat(() => undefined);
  expect(await call('Status')).toEqual({
    now: 1_000,
    undelivered: 10,
    lost: 1,
    deliveries: [],
    alarms: [{ name: 'late', state: 'OK', reason: 'why', since: 1 }],
    outputs: { Stack: { Key: 'value' } },
  });
  expect(await call('Stop')).toEqual({});
  expect(stops()).toBe(1);
});

test('tells what the templates have made, and which roles may do what', async () => {
  const { call } = platformThat(() => undefined);
  expect(await call('Inventory')).toEqual({
    outputs: { Stack: { Key: 'value' } },
    streams: [],
    deliveries: [],
    workGroups: [],
    roles: [],
  });
  expect(await call('RolesThatMay', { action: 'a:B', resource: 'arn' })).toEqual({ roles: ['a:B arn'] });
  await expect(call('RolesThatMay', { action: 'a:B' })).rejects.toMatchObject({ code: 'ValidationException' });
});

test.each(['Status', 'Inventory', 'RolesThatMay', 'Advance', 'Stop'])('fails to let a role ask for %s', async (name) => {
  const { call, stops } = platformThat(() => undefined);
  await expect(call(name, { milliseconds: 1 }, role)).rejects.toMatchObject({ code: 'AccessDeniedException' });
  expect(stops()).toBe(0);
});

test.each([-1, 0.5, '1', undefined])('fails to move the clock by %p', async (milliseconds) => {
  const { call } = platformThat(() => undefined);
  await expect(call('Advance', { milliseconds })).rejects.toMatchObject({ code: 'ValidationException' });
});

test('a platform that runs tells of its deliveries by name, with the streams that they read', async () => {
  const state = mkdtempSync(path.join(tmpdir(), 'state-'));
  const runtime = await start({ assembly: fixture(), state, clock: new SimulatedClock(0) });
  try {
    expect(runtime.deliveries()).toEqual([
      { name: 'Pipeline-Delivery', source: runtime.outputs.Pipeline?.StreamName, undelivered: 0, lost: 0, blocked: false },
    ]);
  } finally {
    await runtime.stop();
  }
});

test('a platform that runs tells what its templates have made, and who may use it', async () => {
  const state = mkdtempSync(path.join(tmpdir(), 'state-'));
  const runtime = await start({ assembly: fixture(), state, clock: new SimulatedClock(0) });
  try {
    const { StreamName: stream = '', ProducerRoleArn: producer = '' } = runtime.outputs.Pipeline ?? {};
    const arn = `arn:aws:kinesis:us-east-1:123456789012:stream/${stream}`;
    expect(runtime.inventory()).toEqual({
      streams: [{ name: stream, arn }],
      deliveries: [
        {
          name: 'Pipeline-Delivery',
          arn: 'arn:aws:firehose:us-east-1:123456789012:deliverystream/Pipeline-Delivery',
          roleArn: expect.stringContaining(':role/fixture/Pipeline-DeliveryRole') as string,
          streamArn: arn,
          bucket: runtime.outputs.Storage?.LakeName,
          prefix: 'data/dt=*/',
          table: { database: 'fixture', name: 'events', arn: 'arn:aws:glue:us-east-1:123456789012:table/fixture/events' },
        },
      ],
      workGroups: [{ name: 'primary', arn: 'arn:aws:athena:us-east-1:123456789012:workgroup/primary' }],
      roles: [{ arn: producer, tags: {} }],
    });
    expect(runtime.rolesThatMay('kinesis:PutRecords', arn)).toEqual([producer]);
    expect(runtime.rolesThatMay('kinesis:GetRecords', arn)).toEqual([]); // the delivery's may, and cannot be taken
  } finally {
    await runtime.stop();
  }
});
