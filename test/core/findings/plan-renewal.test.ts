import { stringify } from 'yaml';
import type { Finding } from '../../../core/findings/finding.ts';
import { judgeLedger } from '../../../core/findings/judge-ledger.ts';
import type { Decision } from '../../../core/findings/ledger.ts';
import { matchLedger } from '../../../core/findings/match-ledger.ts';
import { isRenewed, planRenewal } from '../../../core/findings/plan-renewal.ts';
import type { Likeness } from '../../../core/findings/precedents.ts';
import { readLedger } from '../../../core/findings/read-ledger.ts';
import { renewLedger } from '../../../core/findings/renew-ledger.ts';
import { decision, finding, ledgerOf, place } from './ledgers.ts';

const DATASETS = ['tides', 'ebbs'];
const plan = (findings: readonly Finding[], decisions: readonly Decision[], likeness?: Likeness) =>
  planRenewal(ledgerOf(...decisions), findings, DATASETS, likeness);
/** The decisions as they are written and read again. */
const renew = (findings: readonly Finding[], decisions: readonly Decision[]) => {
  const renewed = readLedger(
    renewLedger(stringify(ledgerOf(...decisions), { aliasDuplicateObjects: false }), plan(findings, decisions)),
  );
  expect(matchLedger(renewed, findings)).toEqual({ missing: [], stale: [] });
  expect(judgeLedger(renewed)).toEqual([]);
  expect(isRenewed(plan(findings, renewed.decisions))).toBe(true);
  return renewed.decisions;
};

const dev = 'Headwaters-dev-Foundation';
const prod = 'Headwaters-prod-Foundation';

test('changes nothing of what is still found', () => {
  expect(isRenewed(plan([finding()], [decision()]))).toBe(true);
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

test('says which places are gone, and drops a decision that is left without one', () => {
  const other = decision({ rule: 'S2', findings: ['A-S2'] });
  expect(plan([finding({ id: 'A-S2' })], [decision(), other]).decisions[0]).toEqual({
    decision: decision(),
    places: [],
    added: [],
    gone: [place()],
  });
  expect(renew([finding({ id: 'A-S2' })], [decision(), other])).toEqual([other]);
});

test('asks for a reason for what nobody has decided, each kind of thing apart', () => {
  const found = [
    finding(),
    finding({ stack: prod }),
    finding({ id: 'B-S1' }),
    finding({ id: 'B-S1', stack: prod }),
    finding({ id: 'A-S2' }),
    finding({ resource: 'Results' }),
  ];
  expect(plan(found, []).uncovered).toEqual([
    { rule: 'S1', lack: 'undecided', near: [], places: [place({ findings: ['A-S1', 'B-S1'], stacks: [dev, prod] })] },
    { rule: 'S2', lack: 'undecided', near: [], places: [place({ findings: ['A-S2'] })] },
    { rule: 'S1', lack: 'undecided', near: [], places: [place({ resource: 'Results' })] }, // another thing: a reason of its own
  ]);
});

test('what a rule could not judge is in no decision', () => {
  const unjudged = finding({ isUnjudged: true });
  const { unjudged: told, uncovered } = plan([finding(), unjudged], [decision()]);
  expect([told, uncovered]).toEqual([[unjudged], []]);
});

describe('a new place is under the one decision on its rule and its kind of resource', () => {
  const stream = (dataset: string, changes: Partial<Finding> = {}) =>
    finding({ resource: `Datasets${dataset}Stream0123ABCD`, type: 'AWS::Kinesis::Stream', ...changes });
  const onTides = decision({ resource: 'DatasetsTidesStream0123ABCD' });
  const ebbs = place({ resource: 'DatasetsEbbsStream0123ABCD' });

  test('beside a place that stands', () => {
    expect(renew([stream('Tides'), stream('Ebbs')], [onTides])).toEqual([{ ...onTides, places: [...onTides.places, ebbs] }]);
  });

  test('in the stead of one that is gone, its dataset and its domain too: so the sample makes room for what is yours', () => {
    const sky = 'Headwaters-dev-Domain-sky';
    const policy = (domain: string, dataset: string) => `A-IAM5[Resource::x/${domain}/${dataset}/*]`;
    const onWinds = [
      decision({ resource: 'DatasetsWindsStream89ABCDEF', stacks: [sky] }),
      decision({
        rule: 'IAM5',
        resource: 'DatasetsWindsPolicy89ABCDEF',
        stacks: [sky],
        findings: [policy('sky', 'winds')],
      }),
    ];
    const stack = 'Headwaters-dev-Domain-sea';
    const found = [
      stream('Tides', { stack }),
      finding({ resource: 'DatasetsTidesPolicy0123ABCD', stack, id: policy('sea', 'tides') }),
    ];
    expect(renew(found, onWinds).map(({ reason, places }) => [reason, places])).toEqual([
      [onWinds[0]?.reason, [place({ resource: 'DatasetsTidesStream0123ABCD', stacks: [stack] })]],
      [
        onWinds[1]?.reason,
        [place({ resource: 'DatasetsTidesPolicy0123ABCD', stacks: [stack], findings: [policy('sea', 'tides')] })],
      ],
    ]);
  });

  test('joined with the place of the same construct, and never with that of another', () => {
    const domain = (name: string) => `Headwaters-prod-Domain-${name}`;
    const onOne = decision({ places: [place(), place({ stacks: [domain('a')] }), place({ resource: 'Other', stacks: [prod] })] });
    const found = [finding(), finding({ stack: domain('a') }), finding({ resource: 'Other', stack: prod })];
    const more = [finding({ id: 'B-S1' }), finding({ stack: domain('b') })];
    expect(renew([...found, ...more], [onOne])[0]?.places).toEqual([
      place({ findings: ['A-S1', 'B-S1'] }),
      place({ stacks: [domain('a')] }),
      place({ resource: 'Other', stacks: [prod] }),
      place({ stacks: [domain('b')] }),
    ]);
  });

  describe('or in an environment that is said to be like another', () => {
    const like = new Map([['uat', 'prod']]);
    const uat = 'Headwaters-uat-Foundation';
    const policy = (environment: string, more = '') =>
      `A-S1[Resource::arn:x/headwaters/${environment}/reader/headwaters_${environment}_sea/*${more}]`;
    const onProd = decision({ stacks: [prod], findings: [policy('prod')] });
    const standing = finding({ stack: prod, id: policy('prod') });
    const added = (found: Finding, decisions: readonly Decision[], likeness = like) =>
      plan([standing, found], decisions, likeness).decisions.map((one) => one.added.flatMap(({ stacks }) => stacks));

    test('by the names that it would have there', () => {
      const found = finding({ stack: uat, id: policy('uat') });
      expect(added(found, [onProd])).toEqual([[uat]]);
      expect(added(found, [onProd], new Map([['uat', 'dev']]))).toEqual([[]]);
      expect(added(found, [onProd], new Map([['dev', 'prod']]))).toEqual([[]]);
    });

    test('not where it got wider, nor for what is of a third', () => {
      expect(added(finding({ stack: uat, id: policy('uat', '*') }), [onProd])).toEqual([[]]);
      expect(added(finding({ stack: uat, id: policy('dev') }), [onProd])).toEqual([[]]);
    });

    test('not where it reaches into that other', () => {
      const reaches = finding({ stack: uat, id: policy('prod') });
      expect(added(reaches, [onProd])).toEqual([[]]);
      expect(plan([standing, reaches], [onProd], like).uncovered.map(({ lack }) => lack)).toEqual(['other']);
    });

    test('after its own decisions', () => {
      const own = decision({ reason: 'another reason, which holds here alone', stacks: [uat], findings: [policy('uat')] });
      const second = finding({ stack: 'Headwaters-uat-Serving', id: policy('uat') });
      expect(
        plan([standing, finding({ stack: uat, id: policy('uat') }), second], [onProd, own], like).decisions.map(
          (one) => one.added.length,
        ),
      ).toEqual([0, 1]);
    });
  });

  test.each<[string, string, Finding, Decision]>([
    ['another type', 'undecided', stream('Ebbs', { type: 'AWS::KMS::Key' }), onTides],
    ['another construct', 'undecided', stream('Ebbs', { resource: 'DatasetsEbbsBackup0123ABCD' }), onTides],
    ['no dataset that there is', 'undecided', stream('Waves'), onTides],
    ['another rule', 'undecided', stream('Ebbs', { id: 'A-S2' }), onTides],
    ['another environment', 'other', stream('Ebbs', { stack: prod }), onTides],
    ['what a policy allows in addition', 'other', stream('Ebbs', { id: 'A-S1[Resource::*]' }), onTides],
    ['a decision without a reason', 'undecided', stream('Ebbs'), { ...onTides, reason: ' ' }],
    ['an action that a wildcard allows', 'action', stream('Tides', { id: 'A-S1[Action::s3:*]' }), onTides],
  ])('and for %s a person is asked', (_, lack, found, standing) => {
    const { decisions, uncovered } = plan([stream('Tides'), found], [standing]);
    expect(decisions.map(({ added }) => added)).toEqual([[]]);
    expect(uncovered.map((one) => [one.lack, one.places])).toEqual([
      [lack, [place({ resource: found.resource, stacks: [found.stack], findings: [found.id] })]],
    ]);
  });

  test('and where two decisions may hold, a person is asked which', () => {
    const onTwo = decision({
      resource: 'DatasetsEbbsStream0123ABCD',
      reason: 'another reason for the same thing, as long as it has to be',
    });
    const found = stream('Ebbs', { resource: 'DatasetsEbbsStream89ABCDEF' });
    const { uncovered } = plan([stream('Tides'), stream('Ebbs'), found], [onTides, onTwo]);
    expect(uncovered).toEqual([
      { rule: 'S1', lack: 'several', places: [place({ resource: found.resource })], near: [onTides, onTwo] },
    ]);
  });
});
