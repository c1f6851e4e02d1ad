import { Meter } from '../../bench/meter.ts';

function work(milliseconds: number): void {
  const before = process.cpuUsage();
  for (;;) {
    const { user, system } = process.cpuUsage(before);
    if (user + system >= milliseconds * 1000) return;
  }
}

test('a stage within another is not counted twice', async () => {
  const meter = new Meter('rest');
  await meter.run('outer', async () => {
    await Promise.resolve();
    meter.run('inner', () => {
      work(60);
    });
  });
  expect(meter.of('inner').cpu).toBeGreaterThanOrEqual(60);
  expect(meter.of('outer').cpu).toBeLessThan(50);
});

test('a watched method is a stage for as long as its promise is not settled, and answers as before', async () => {
  const watched = {
    calls: 0,
    async take(): Promise<number> {
      await Promise.resolve();
      work(30);
      return (this.calls += 1);
    },
  };
  const meter = new Meter('rest');
  meter.watch(watched, 'take', () => 'taking');
  expect([await watched.take(), await watched.take()]).toEqual([1, 2]);
  expect(meter.of('taking').cpu).toBeGreaterThanOrEqual(60);
  expect(meter.of('taking').calls).toBe(2);
});

test('a stage that fails is left, and its failure told', async () => {
  const meter = new Meter('rest');
  expect(() =>
    meter.run('sync', () => {
      throw new Error('no');
    }),
  ).toThrow('no');
  await expect(meter.run('async', async () => Promise.reject(new Error('later')))).rejects.toThrow('later');
  expect(meter.under).toEqual([]);
});
