import { stringify } from 'yaml';
import type { Finding } from '../../../core/findings/finding.ts';
import { judgeLedger } from '../../../core/findings/judge-ledger.ts';
import type { Decision } from '../../../core/findings/ledger.ts';
import { matchLedger } from '../../../core/findings/match-ledger.ts';
import { readLedger } from '../../../core/findings/read-ledger.ts';
import { renewLedger, type Rename } from '../../../core/findings/renew-ledger.ts';
import { decision, finding, ledgerOf, place } from './ledgers.ts';

const HEAD = '# why\n';
const DATASETS = ['tides', 'ebbs'];
const CONFIRM = 'does this reason hold here too? if so, delete this line';
const textFor = (findings: readonly Finding[], decisions: readonly Decision[], rename?: Rename): string =>
  renewLedger(HEAD + stringify(ledgerOf(...decisions)), findings, { datasets: DATASETS, rename });
const renew = (findings: readonly Finding[], decisions: readonly Decision[], rename?: Rename) => {
  const text = textFor(findings, decisions, rename);
  expect(text.startsWith(HEAD)).toBe(true);
  const renewed = readLedger(text);
  expect(matchLedger(renewed, findings)).toEqual({ missing: [], stale: [] });
  expect(textFor(findings, renewed.decisions)).toBe(text); // a second one changes nothing
  return renewed.decisions;
};

const dev = 'Headwaters-dev-Foundation';
const prod = 'Headwaters-prod-Foundation';
const reasons = (decisions: readonly Decision[]) => decisions.map(({ reason }) => reason);

test('changes nothing of what is still found', () => {
  expect(renew([finding()], [decision()])).toEqual([decision()]);
});

test('drops what is stale, and keeps the rest of a place and of a decision', () => {
  const both = place({ findings: ['A-S1', 'B-S1'], stacks: [dev, prod] });
  const two = decision({ places: [both, place({ resource: 'Gone' })] });
  expect(renew([finding(), finding({ stack: prod })], [two])).toEqual([{ ...two, places: [{ ...both, findings: ['A-S1'] }] }]);
  expect(renew([finding(), finding({ id: 'B-S1' })], [two])).toEqual([{ ...two, places: [{ ...both, stacks: [dev] }] }]);
  expect(renew([finding(), finding({ id: 'B-S1', stack: prod })], [two])).toEqual([
    {
      ...two,
      places: [place({ findings: ['A-S1'], stacks: [dev] }), place({ findings: ['B-S1'], stacks: [prod] })],
    },
  ]);
});

test('drops a decision that is left without a place', () => {
  const other = decision({ rule: 'S2', findings: ['A-S2'] });
  expect(renew([finding({ id: 'A-S2' })], [decision(), other])).toEqual([other]);
});

test('lists what is new without a reason, so that the build fails until somebody gives one', () => {
  const found = [
    finding(),
    finding({ stack: prod }),
    finding({ id: 'B-S1' }),
    finding({ id: 'B-S1', stack: prod }),
    finding({ id: 'A-S2' }),
    finding({ resource: 'Results' }),
  ];
  const decisions = renew(found, []);
  expect(decisions.map(({ rule, reason, owner, places }) => ({ rule, reason, owner, places }))).toEqual([
    { rule: 'S1', reason: '', owner: '', places: [place({ findings: ['A-S1', 'B-S1'], stacks: [dev, prod] })] },
    { rule: 'S2', reason: '', owner: '', places: [place({ findings: ['A-S2'] })] },
    { rule: 'S1', reason: '', owner: '', places: [place({ resource: 'Results' })] }, // another thing: a reason of its own
  ]);
  expect(judgeLedger(ledgerOf(...decisions)).join()).toMatch(/ThinReason.*NoOwner.*ReviewOverdue/);
});

describe('where one decision is about this rule on this kind of resource', () => {
  const stream = (dataset: string, changes: Partial<Finding> = {}) =>
    finding({ resource: `Datasets${dataset}Stream0123ABCD`, type: 'AWS::Kinesis::Stream', ...changes });
  const onTides = decision({ resource: 'DatasetsTidesStream0123ABCD' });

  test('proposes the place there, and the build fails until somebody answers', () => {
    const decisions = renew([stream('Tides'), stream('Ebbs'), stream('Ebbs', { stack: prod })], [onTides]);
    expect(decisions).toEqual([
      {
        ...onTides,
        places: [
          ...onTides.places,
          { resource: 'DatasetsEbbsStream0123ABCD', stacks: [dev, prod], findings: ['A-S1'], confirm: CONFIRM },
        ],
      },
    ]);
    const faults = judgeLedger(ledgerOf(...decisions));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^DatasetsEbbsStream0123ABCD \(S1\): UnconfirmedPlace: .*'the log of a log would have/);
  });

  test('keeps asking, and drops the question with what it asks about', () => {
    const [asked = onTides] = renew([stream('Tides'), stream('Ebbs')], [onTides]);
    expect(renew([stream('Tides'), stream('Ebbs')], [asked])).toEqual([asked]);
    expect(renew([stream('Tides')], [asked])).toEqual([onTides]);
  });

  test('believes an answer: the next renewal changes nothing', () => {
    const [asked = onTides] = renew([stream('Tides'), stream('Ebbs')], [onTides]);
    const answered = { ...asked, places: asked.places.map(({ confirm: _, ...rest }) => rest) };
    expect(renew([stream('Tides'), stream('Ebbs')], [answered])).toEqual([answered]);
    expect(judgeLedger(ledgerOf(answered))).toEqual([]);
  });

  test('proposes one more finding on a resource that has others, and joins them when somebody has answered', () => {
    const found = [stream('Tides'), stream('Tides', { id: 'B-S1' })];
    const [asked = onTides] = renew(found, [onTides]);
    expect(asked.places.map(({ findings, confirm }) => [findings, confirm !== undefined])).toEqual([
      [['A-S1'], false],
      [['B-S1'], true],
    ]);
    const answered = { ...asked, places: asked.places.map(({ confirm: _, ...rest }) => rest) };
    expect(renew(found, [answered])).toEqual([{ ...onTides, places: [{ ...onTides.places[0], findings: ['A-S1', 'B-S1'] }] }]);
  });

  test('joins the stacks of one construct, and never those of two', () => {
    const domain = (name: string) => `Headwaters-prod-Domain-${name}`;
    const split = decision({
      places: [place(), place({ stacks: [prod] }), place({ stacks: [domain('a')] }), place({ stacks: [domain('b')] })],
    });
    const found = [finding(), ...[prod, domain('a'), domain('b')].map((stack) => finding({ stack }))];
    expect(renew(found, [split])[0]?.places.map(({ stacks }) => stacks)).toEqual([[dev, prod], [domain('a')], [domain('b')]]);
  });

  const placeOf = (decisions: readonly Decision[], resource: string) =>
    decisions.flatMap(({ reason, places }) =>
      places.filter((one) => one.resource === resource).map(({ confirm }) => ({ reason, confirm })),
    );
  const UNREASONED = [{ reason: '', confirm: undefined }];

  test.each<[string, Finding, Decision]>([
    ['another type', stream('Ebbs', { type: 'AWS::KMS::Key' }), onTides],
    ['another construct', stream('Ebbs', { resource: 'DatasetsEbbsBackup0123ABCD' }), onTides],
    ['no dataset that there is', stream('Waves'), onTides],
    ['another rule', stream('Ebbs', { id: 'A-S2' }), onTides],
    ['a precedent that nobody confirmed', stream('Ebbs'), decision({ ...onTides.places[0], confirm: CONFIRM })],
    ['a precedent without a reason', stream('Ebbs'), { ...onTides, reason: '' }],
    ['a precedent that is gone', stream('Ebbs'), decision({ resource: 'DatasetsTidesStream76543210' })],
  ])('proposes nothing for %s: it is listed without a reason', (_, found, standing) => {
    expect(placeOf(renew([stream('Tides'), found], [standing]), found.resource)).toEqual(UNREASONED);
  });

  test('proposes nothing where two decisions may hold: it is listed without a reason', () => {
    const onTwo = decision({
      resource: 'DatasetsEbbsStream0123ABCD',
      reason: 'another reason for the same thing, as long as it has to be',
    });
    const found = stream('Ebbs', { resource: 'DatasetsEbbsStream89ABCDEF' });
    expect(placeOf(renew([stream('Tides'), stream('Ebbs'), found], [onTides, onTwo]), found.resource)).toEqual(UNREASONED);
  });

  test('proposes no wildcard action: that is nobody to answer for', () => {
    const policy = (id: string) => finding({ id, resource: 'ReaderPolicy0123ABCD', type: 'AWS::IAM::ManagedPolicy' });
    const standing = decision({ rule: 'IAM5', resource: 'ReaderPolicy0123ABCD', findings: ['A-IAM5[Resource::x/*]'] });
    const renewed = renew(
      [policy('A-IAM5[Resource::x/*]'), policy('A-IAM5[Resource::*]'), policy('A-IAM5[Action::s3:*]')],
      [standing],
    );
    expect(
      renewed.map(({ reason, places }) => [reason === '', places.map(({ findings, confirm }) => [findings, confirm])]),
    ).toEqual([
      [
        false,
        [
          [['A-IAM5[Resource::x/*]'], undefined],
          [['A-IAM5[Resource::*]'], CONFIRM],
        ],
      ],
      [true, [[['A-IAM5[Action::s3:*]'], undefined]]],
    ]);
  });
});

describe('a rename that somebody states', () => {
  test('is followed', () => {
    const old = decision({ rule: 'IAM5', findings: ['A-IAM5[Resource::x/tides/*]'], resource: 'DatasetsTidesPolicy0123ABCD' });
    const now = finding({ id: 'A-IAM5[Resource::x/ebbs/*]', resource: 'DatasetsEbbsPolicy89ABCDEF' });
    expect(renew([now], [old], { from: 'tides', to: 'ebbs' })).toEqual([
      { ...old, places: [{ ...old.places[0], findings: [now.id], resource: now.resource }] },
    ]);
  });

  test('lends no reason to what was not said to be renamed, or asks for more', () => {
    const old = decision({ resource: 'DatasetsTidesPolicy0123ABCD' });
    const other = finding({ resource: 'DatasetsEbbsPolicy89ABCDEF' });
    expect(reasons(renew([other], [old]))).toEqual(['']);
    expect(reasons(renew([other], [old], { from: 'tides', to: 'waves' }))).toEqual(['']);
    const more = renew([other, { ...other, id: 'A-IAM5[Action::s3:*]' }], [old], { from: 'tides', to: 'ebbs' });
    expect(more.map(({ places, reason }) => [places.map(({ findings }) => findings), reason === ''])).toEqual([
      [[['A-S1']], false],
      [[['A-IAM5[Action::s3:*]']], true],
    ]);
  });
});

test('is written so that a place more is a few lines below a reason that stands', () => {
  const standing = decision({
    reason:
      'a reason that is a whole sentence, as reasons are, and longer than a line: so it has a few, and what somebody changes of it shows',
    places: [
      place({ stacks: [dev, prod] }),
      place({ resource: 'Policy', findings: ['A-S1[x]', 'A-S1[y]'] }),
      place({ resource: 'Other', stacks: ['a', 'b', 'c', 'd', 'e'].map((name) => `Headwaters-dev-Domain-of-${name}`) }),
    ],
  });
  const found = standing.places.flatMap(({ resource, stacks, findings }) =>
    stacks.flatMap((stack) => findings.map((id) => finding({ resource, stack, id }))),
  );
  expect(textFor(found, [standing]).split('\n')).toEqual([
    '# why',
    'reviewedOn: 2026-11-21',
    'decisions:',
    '  - rule: S1',
    '    reason: >-',
    '      a reason that is a whole sentence, as reasons are, and longer than a line: so it has a few, and what somebody changes of it',
    '      shows',
    '    owner: somebody@example.com',
    '    enteredOn: 2026-11-21',
    '    reviewBy: 2027-11-20',
    '    places:',
    '      - resource: Logs',
    '        stacks: [Headwaters-dev-Foundation, Headwaters-prod-Foundation]',
    '        findings: [A-S1]',
    '      - resource: Policy',
    '        stacks: [Headwaters-dev-Foundation]',
    '        findings:',
    '          - A-S1[x]',
    '          - A-S1[y]',
    '      - resource: Other',
    '        stacks:',
    ...['a', 'b', 'c', 'd', 'e'].map((name) => `          - Headwaters-dev-Domain-of-${name}`),
    '        findings: [A-S1]',
    '',
  ]);
});

test('a ledger of the earlier form is written in the form of today', () => {
  const { places, reason, owner, enteredOn, reviewBy } = decision();
  const earlier = { reviewedOn: '2026-11-21', entries: [{ ...places[0], reason, owner, enteredOn, reviewBy }] };
  const text = renewLedger(HEAD + stringify(earlier), [finding()], { datasets: [] });
  expect(text).not.toContain('entries');
  expect(text).toContain('decisions:');
  expect(readLedger(text)).toEqual(ledgerOf(decision()));
});
