import { accept, type Found } from '../../../core/review/acceptance/accept.ts';
import type { Acceptance } from '../../../core/review/acceptance/acceptance.ts';
import { readAcceptances } from '../../../core/review/acceptance/read-acceptances.ts';
import { bound, danger, digestOf, type Danger, type DangerCode } from '../../../core/review/danger.ts';
import { stringify } from 'yaml';

const shortened = (before: number, after: number, code: DangerCode = 'LogRetentionShortened'): Danger => {
  const [found] = bound([danger(code, 'it is shorter')], [before, after], 'RetentionInDays');
  if (found === undefined) throw new Error('a danger must be bound to its values');
  return found;
};
const at = (stack: string, ...dangers: Danger[]): Found => dangers.map((found) => [{ stacks: [stack], resource: 'Logs' }, found]);
const entry = (changes: Partial<Acceptance> = {}): Acceptance => ({
  code: 'LogRetentionShortened',
  stacks: ['A'],
  resource: 'Logs',
  property: 'RetentionInDays',
  change: digestOf([30, 7]),
  reason: 'the law asks for seven days, and the logs are copied to the archive before',
  owner: 'lake@example.com',
  ...changes,
});
const result = (found: Found, before: Acceptance[] | undefined, after: Acceptance[]) => {
  const { by, ...rest } = accept(found, before, after);
  return {
    accepted: by.size,
    stale: rest.stale.length,
    unmatched: rest.unmatched.length,
    spent: rest.spent.length,
    drafts: rest.drafts,
  };
};
const without = (key: keyof Acceptance, one: Acceptance) =>
  Object.fromEntries(Object.entries(one).filter(([name]) => name !== key)) as unknown as Acceptance;
const none = { accepted: 0, stale: 0, unmatched: 0, spent: 0, drafts: [] };

test('an entry accepts one change of one value at one place', () => {
  expect(result(at('A', shortened(30, 7)), [], [entry()])).toEqual({ ...none, accepted: 1 });
});

test.each([
  ['value', at('A', shortened(30, 6)), entry()],
  ['old value', at('A', shortened(60, 7)), entry()],
  ['code', at('A', shortened(30, 7, 'ExpirationShortened')), entry()],
  ['stack', at('B', shortened(30, 7)), entry()],
  ['resource', at('A', shortened(30, 7)), entry({ resource: 'Other' })],
  ['property', at('A', shortened(30, 7)), entry({ property: 'Other' })],
])('another %s is not accepted by it, and it is stale', (_, found, one) => {
  expect(result(found, [], [one])).toMatchObject({ accepted: 0, stale: 1, drafts: [{ reason: '' }] });
});

test('what stands in the base is spent, and said in other words it is not', () => {
  expect(result(at('A', shortened(30, 7)), [entry()], [entry()])).toMatchObject({ accepted: 0, stale: 0, spent: 1 });
  const other = entry({ reason: 'the same once more, since the first attempt had to be taken back' });
  expect(result(at('A', shortened(30, 7)), [entry()], [other])).toMatchObject({ accepted: 1, spent: 0 });
});

test('where the base has no project, the digest alone decides, and nothing is stale', () => {
  expect(result(at('A', shortened(30, 7)), undefined, [entry()])).toEqual({ ...none, accepted: 1 });
  expect(result([], undefined, [entry()])).toEqual({ ...none, unmatched: 1 });
});

test('one more danger of a code at a place is another change', () => {
  const two = at('A', shortened(30, 7), { ...shortened(30, 5), property: 'RetentionInDays' });
  expect(result(two, [], [entry()])).toMatchObject({ accepted: 0, stale: 1 });
});

test('what is of several stacks is accepted for all of them, or not', () => {
  const moved = shortened(30, 7, 'StackMoved');
  const found: Found = [[{ stacks: ['A', 'B'] }, moved]];
  const whole = without('resource', entry({ code: 'StackMoved' }));
  expect(result(found, [], [whole])).toMatchObject({ accepted: 0 });
  expect(result(found, [], [{ ...whole, stacks: ['A', 'B'] }])).toMatchObject({ accepted: 1 });
});

test('the same change in several stacks is one entry to write', () => {
  const found = [...at('A', shortened(30, 7)), ...at('B', shortened(30, 7)), ...at('C', shortened(90, 7))];
  expect(result(found, [], []).drafts).toEqual([
    entry({ stacks: ['A', 'B'], reason: '', owner: '' }),
    entry({ stacks: ['C'], change: digestOf([90, 7]), reason: '', owner: '' }),
  ]);
});

test('a file is read as it is printed', () => {
  expect(readAcceptances(stringify({ acceptances: [entry()] }))).toEqual([entry()]);
});

test('a contract is named instead of stacks', () => {
  const own = without('stacks', without('resource', entry({ contract: 'energy/readings' })));
  expect(readAcceptances(stringify({ acceptances: [own] }))).toEqual([own]);
  const elsewhere = entry({ resource: '${import headwaters-prod-RawBucketName}' });
  expect(readAcceptances(stringify({ acceptances: [elsewhere] }))).toEqual([elsewhere]);
});

test.each([
  ['no list', 'acceptances: 1', "'acceptances'"],
  ['a key that there is not', stringify({ acceptances: [{ ...entry(), until: '2027-01-01' }] }), "'acceptances.0'"],
  [
    'a pattern of stacks',
    stringify({ acceptances: [entry({ stacks: ['Headwaters-*'] })] }),
    'must be the name of a stack, not a pattern',
  ],
  [
    'too short a reason',
    stringify({ acceptances: [entry({ reason: 'it is meant' })] }),
    "'acceptances.0.reason': must be at least 40",
  ],
  ['no owner', stringify({ acceptances: [entry({ owner: ' ' })] }), "'acceptances.0.owner': must be who answers for it"],
  ['a pattern of resources', stringify({ acceptances: [entry({ resource: 'Logs*' })] }), 'must be one logical id, not a pattern'],
  ['a pattern of contracts', stringify({ acceptances: [entry({ contract: 'energy/*' })] }), 'must be one contract'],
  ['stacks and a contract', stringify({ acceptances: [entry({ contract: 'energy/readings' })] }), "must name 'stacks', or a"],
  ['neither', stringify({ acceptances: [without('stacks', entry())] }), "must name 'stacks', or a 'contract'"],
  ['a code that there is not', stringify({ acceptances: [entry({ code: 'Anything' })] }), 'must be the code of a danger'],
  ['another digest', stringify({ acceptances: [entry({ change: 'any' })] }), 'must be the digest that the review prints'],
  ['text that is no YAML', 'acceptances: [', 'InvalidAcceptance'],
])('fails on a file with %s', (_, source, says) => {
  expect(() => readAcceptances(source)).toThrow(says);
});
