import { scheduler } from './rig.ts';

const ELSEWHERE = { Arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/c' };

test('a schedule that was kept and not run begins anew once its template is one that can be run', async () => {
  const before = scheduler();
  before.create('rate(1 hour)', {}, ELSEWHERE);
  expect(await before.until('2026-01-01T02:30:00Z')).toEqual([]);
  const after = before.again();
  after.create('rate(1 hour)');
  expect(await after.until('2026-01-01T04:00:00Z')).toEqual(['2026-01-01T02:30', '2026-01-01T03:30']);
});
