import { spawnSync } from 'node:child_process';
import { parseIsoTime } from '../../local/iso-time.ts';
import { REPOSITORY, TSX } from '../support/project.ts';

test.each([
  ['2026-01-31', Date.UTC(2026, 0, 31)],
  ['2028-02-29', Date.UTC(2028, 1, 29)],
  ['2026-01-31T08:00', Date.UTC(2026, 0, 31, 8)],
  ['2026-01-31T08:00:01.5', Date.UTC(2026, 0, 31, 8, 0, 1, 500)],
  ['2026-01-31T08:00:00Z', Date.UTC(2026, 0, 31, 8)],
  ['2026-01-31T08:00:00-05:00', Date.UTC(2026, 0, 31, 13)],
])('%s is a time', (text, time) => {
  expect(parseIsoTime(text)).toBe(time);
});

test.each([
  '',
  '2026',
  '2026-13-01',
  '2027-02-29',
  '2027-02-31',
  '2027-02-31T08:00:00Z',
  '2026-01-31T25:00Z',
  '2026-01-31Z',
  '31 Jan 2026',
])("'%s' is none", (text) => {
  expect(parseIsoTime(text)).toBeUndefined();
});

test('what is read without a zone does not depend on where the machine stands', () => {
  const script = `
    import { faultsShape } from './cli/local/faults-shape.ts';
    import { parseLifecycle } from './local/s3/lifecycle-rules.ts';
    const { rules } = faultsShape.parse({ rules: [{ at: 's3:request', fault: 'unavailable', from: '2026-01-31T08:00:00' }] });
    const [rule] = parseLifecycle({ Rules: [{ Status: 'Enabled', ExpirationDate: '2026-01-31T00:00:00' }] });
    console.log(JSON.stringify([rules[0].from, rule.expiration]));`;
  const { stdout } = spawnSync(process.execPath, ['--import', TSX, '--input-type=module', '--eval', script], {
    cwd: REPOSITORY,
    env: { ...process.env, NODE_OPTIONS: '', TZ: 'America/New_York' },
    encoding: 'utf8',
  });
  expect(JSON.parse(stdout)).toEqual([{ at: Date.UTC(2026, 0, 31, 8) }, { date: Date.UTC(2026, 0, 31) }]);
});
