import { vi } from 'vitest';
import { SimulatedClock } from '../../local/clock.ts';
import { WallPace } from '../../local/wall-pace.ts';

const clockWith = () => {
  const clock = new SimulatedClock(0);
  const ran: string[] = [];
  const at = (time: number, name: string) =>
    clock.at(time, () => {
      ran.push(`${name}@${clock.now()}`);
    });
  return { clock, ran, at };
};

test('runs what falls due in the order of its time, and of its scheduling where that is the same', async () => {
  const { clock, ran, at } = clockWith();
  at(20, 'c');
  at(10, 'a');
  at(20, 'd');
  at(10, 'b');
  at(31, 'later');
  await clock.advance(30);
  expect(ran).toEqual(['a@10', 'b@10', 'c@20', 'd@20']);
  expect(clock.now()).toBe(30);
});

test('a task that is cancelled never runs, and its neighbours do', async () => {
  const { clock, ran, at } = clockWith();
  const tasks = ['a', 'b', 'c'].map((name) => at(10, name));
  tasks[1]?.cancel();
  tasks[1]?.cancel();
  await clock.advance(10);
  tasks[0]?.cancel();
  expect(ran).toEqual(['a@10', 'c@10']);
});

test('what a task schedules falls due on the same way', async () => {
  const { clock, ran, at } = clockWith();
  clock.at(10, () => {
    at(15, 'next');
    at(5, 'past');
  });
  await clock.advance(20);
  expect(ran).toEqual(['past@10', 'next@15']);
});

test('what causes itself without end does not hold the clock, and takes no time while it is no loop', async () => {
  const clock = new SimulatedClock(0);
  const times: number[] = [];
  const again = (): void => {
    times.push(clock.now());
    clock.at(clock.now(), again);
  };
  again();
  await clock.advance(1_000);
  expect(times.filter((time) => time === 0)).toHaveLength(1 + 1_001);
  expect(times.slice(1_002)).toEqual([100, 200, 300, 400, 500, 600, 700, 800, 900, 1_000]);

  const waits: number[] = [];
  const later = (): void => {
    waits.push(clock.now());
    if (waits.length < 3) clock.at(clock.now() + 1, later);
    else if (waits.length < 1_003) clock.at(clock.now(), later);
  };
  clock.at(2_000, later);
  await clock.advanceTo(2_002);
  expect([waits.length, waits.at(-1)]).toEqual([1_003, 2_002]);
});

test('moves that are asked for at once follow one another, and never turn time back', async () => {
  const clock = new SimulatedClock(0);
  const seen: number[] = [];
  for (let time = 10; time <= 100; time += 10) {
    clock.at(time, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(clock.now());
    });
  }
  await Promise.all([clock.advance(50), clock.advance(50), clock.advanceTo(100)]);
  expect(seen).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
  expect(clock.now()).toBe(100);
});

test('fails to go back, and goes on after a task has failed', async () => {
  const clock = new SimulatedClock(100);
  await expect(clock.advanceTo(99)).rejects.toThrow('cannot go back from 100 to 99');
  clock.at(110, () => Promise.reject(new Error('a fault')));
  await expect(clock.advance(20)).rejects.toThrow('a fault');
  await clock.advance(20);
  expect(clock.now()).toBe(130);
});

describe('at the pace of the wall clock', () => {
  const wall = { now: 5_000 };
  beforeEach(() => {
    wall.now = 5_000;
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const following = (clock: SimulatedClock, faults: unknown[] = []) =>
    new WallPace(clock, { wallClock: () => wall.now, onFault: (error) => faults.push(error) });
  const pass = async (milliseconds: number) => {
    wall.now += milliseconds;
    await vi.advanceTimersByTimeAsync(Math.abs(milliseconds));
  };

  test('time goes on by itself, from where it was', async () => {
    const { clock, ran, at } = clockWith();
    at(900, 'due');
    const pace = following(clock);
    await pass(1_000);
    expect(clock.now()).toBe(1_000);
    expect(ran).toEqual(['due@900']);
    await pace.advance(3_600_000);
    await pass(1_000);
    expect(clock.now()).toBe(3_602_000);
    await pace.stop();
    await pass(1_000);
    expect(clock.now()).toBe(3_602_000);
  });

  test('waits while the wall clock was set back', async () => {
    const clock = new SimulatedClock(0);
    const pace = following(clock);
    await pass(1_000);
    await pass(-400);
    expect(clock.now()).toBe(1_000);
    await pass(1_000);
    expect(clock.now()).toBe(1_600);
    await pace.stop();
  });

  test('tells of a fault of what falls due', async () => {
    const clock = new SimulatedClock(0);
    const faults: unknown[] = [];
    clock.at(100, () => Promise.reject(new Error('a fault')));
    const pace = following(clock, faults);
    await pass(1_000);
    expect(faults).toMatchObject([{ message: 'a fault' }]);
    await pace.stop();
  });
});

test('tells when the next task falls due, never in the past, and that none waits', async () => {
  const clock = new SimulatedClock(1_000);
  expect(clock.due()).toBeUndefined();
  clock.at(3_000, () => undefined);
  const sooner = clock.at(500, () => undefined);
  expect(clock.due()).toBe(1_000);
  sooner.cancel();
  expect(clock.due()).toBe(3_000);
  await clock.advanceTo(3_000);
  expect(clock.due()).toBeUndefined();
});
