import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PAGE, proofPage } from '../../build/proof-page.ts';
import { loadClaim, PARTS } from '../../prove/claims.ts';
import { LONG } from '../../prove/run-claims.ts';
import { REPOSITORY } from '../support/project.ts';

const claims = PARTS.flatMap(({ folder, claims }) => Object.entries(claims).map(([id, load]) => ({ folder, id, load })));

test.each(claims)('$id says what it claims, in the file of its name', async ({ folder, id, load }) => {
  const claim = await load();
  expect(claim.id).toBe(id);
  expect(claim.says).toMatch(/^[A-Z`].*\.$/);
  expect(existsSync(path.join(REPOSITORY, 'prove', folder, `${id}.ts`))).toBe(true);
});

test('fails for a claim that nobody makes', async () => {
  await expect(loadClaim('all-is-well')).rejects.toThrow("no claim has the id 'all-is-well'");
});

test('no two claims have one id', () => {
  const ids = claims.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('what is begun first is a claim', () => {
  expect(LONG.filter((id) => !claims.some((claim) => claim.id === id))).toEqual([]);
});

test('the page of claims is what the list says: else run npm run docs', async () => {
  expect(readFileSync(path.join(REPOSITORY, PAGE), 'utf8')).toBe(await proofPage());
});

test("the README's claims link to claims that exist", () => {
  const readme = readFileSync(path.join(REPOSITORY, 'README.md'), 'utf8');
  const linked = [...readme.matchAll(/\(docs\/proof\.md#([a-z-]+)\)/g)].map(([, id]) => id);
  expect(linked.length).toBeGreaterThan(0);
  expect(linked.filter((id) => !claims.some((claim) => claim.id === id))).toEqual([]);
});
