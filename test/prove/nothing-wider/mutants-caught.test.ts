import { judgeTrials, mutantsCaught } from '../../../prove/nothing-wider/mutants-caught.ts';
import { ACCESS_MUTANTS } from '../../../prove/nothing-wider/mutants/access.ts';
import { findingsJudge, matrixJudge, reviewJudge } from '../../../prove/nothing-wider/mutants/judges.ts';
import { surroundingsOf, templatesOf } from '../../../prove/nothing-wider/matrix/read-platform.ts';
import type { Mutant } from '../../../prove/nothing-wider/mutants/mutant.ts';
import { HARMLESS, RESOURCE_MUTANTS } from '../../../prove/nothing-wider/mutants/resources.ts';
import { tryMutant, type Trial } from '../../../prove/nothing-wider/mutants/try-mutant.ts';
import { TemplatesCopy } from '../../../prove/nothing-wider/mutants/copy.ts';

const ground = async () => {
  const templates = new TemplatesCopy(templatesOf('dev')).texts();
  return [
    {
      name: 'dev',
      templates,
      judges: [reviewJudge, findingsJudge(), await matrixJudge('dev', templates, surroundingsOf('dev'))],
    },
  ];
};
const mutant = (name: string): Mutant => ({ name, isAccess: false, spoil: () => undefined });
const trial = (name: string, by?: string): Trial => ({
  mutant: mutant(name),
  ground: 'dev',
  caught: by === undefined ? [] : [{ by, says: 'something' }],
});
const caught = Array.from({ length: 100 }, (_, at) => trial(`caught ${at}`, 'review'));

test('some mutants are caught by the cheap judges', async () => {
  await expect(mutantsCaught.prove('quick')).resolves.toMatch(/mutants caught by the cheap judges$/);
}, 90_000);

test('there are enough mutants, and no two of one name', () => {
  const names = [...ACCESS_MUTANTS, ...RESOURCE_MUTANTS, ...HARMLESS].map(({ name }) => name);
  expect(names.length).toBeGreaterThan(150);
  expect(new Set(names).size).toBe(names.length);
});

test('a change of words is caught by nobody, and a dropped condition by the matrix', async () => {
  const grounds = await ground();
  const harmless = HARMLESS.find(({ name }) => name === 'role described in other words');
  const dropped = ACCESS_MUTANTS.find(({ name }) => name === 'CalledVia dropped (1)');
  if (harmless === undefined || dropped === undefined) throw new Error('both mutants must be there');
  expect((await tryMutant(harmless, grounds)).caught).toEqual([]);
  expect((await tryMutant(dropped, grounds)).caught).toEqual([
    { by: 'matrix', says: expect.stringMatching(/^[+-] analyst/) as string },
  ]);
}, 60_000);

test('what changes nothing is tried nowhere', async () => {
  const idle = mutant('idle');
  expect(await tryMutant(idle, await ground())).toEqual({ mutant: idle, caught: [] });
}, 60_000);

test.each([
  ['a mutant that nobody catches', [...caught, trial('sly')], [], {}, 'not caught, and no reason is given: sly'],
  [
    'a reason for one that is caught',
    caught,
    [],
    { 'caught 1': 'why' },
    'caught or gone, and still on the list of those that are not: caught 1',
  ],
  ['too few mutants', caught.slice(0, 59), [], {}, '59 mutants prove nothing: at least 60 are tried'],
  ['a harmless change that is caught', caught, [trial('word', 'review')], {}, 'harmless, and caught by review: word: something'],
  [
    'a mutant without a site',
    [...caught, { mutant: mutant('lost'), caught: [{ by: 'review', says: '' }] }],
    [],
    {},
    "no environment has what 'lost' spoils; take it out",
  ],
])('fails for %s', (_, trials, harmless, uncaught, finding) => {
  expect(judgeTrials(trials, harmless, uncaught)).toContain(finding);
});

test('fails where fewer than 95 of 100 are caught, whatever reasons are given', () => {
  const sly = Array.from({ length: 10 }, (_, at) => `sly ${at}`);
  const reasons = Object.fromEntries(sly.map((name) => [name, 'a reason']));
  expect(judgeTrials([...caught, ...sly.map((name) => trial(name))], [], reasons)).toEqual([
    '90.9 % of the mutants are caught, fewer than 95.0 %',
  ]);
});
