import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suiteClaim } from '../../prove/suite.ts';
import { REPOSITORY } from '../support/project.ts';

const folder = mkdtempSync(path.join(REPOSITORY, 'test/prove/made-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const claimOf = (name: string, text: string) => {
  writeFileSync(path.join(folder, `${name}.prove.ts`), text);
  return suiteClaim({
    id: name,
    says: 'A suite.',
    suites: [path.join(path.basename(folder), `${name}.prove.ts`)],
    full: { SIZE: 'all' },
  });
};

test('a claim of a suite counts its tests, and gives them their size', async () => {
  const claim = claimOf('holds', "test('is large', () => { expect(process.env.SIZE).toBe('all'); });");
  await expect(claim.prove('full')).resolves.toBe('1 tests');
});

test.each([
  ['a test fails', 'fails', "test('is lost', () => { expect(1).toBe(2); });", 'is lost'],
  ['a test is skipped', 'skips', "test('a', () => {}); test.skip('b', () => {});", '1 tests were skipped'],
  ['a suite does not compile', 'breaks', 'import "./nowhere.ts"; test("a", () => {});', 'nowhere.ts'],
])('fails when %s', async (_, name, text, why) => {
  await expect(claimOf(name, text).prove('quick')).rejects.toMatchObject({
    code: 'ClaimFails',
    message: expect.stringContaining(why) as string,
  });
});

test('fails when there is no suite', async () => {
  const claim = suiteClaim({ id: 'none', says: 'None.', suites: ['test/prove/made-of-nothing'] });
  await expect(claim.prove('quick')).rejects.toMatchObject({ code: 'ClaimFails' });
});
