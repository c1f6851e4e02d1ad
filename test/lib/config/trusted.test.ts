import type { IPrincipal } from 'aws-cdk-lib/aws-iam';
import type { TrustNeed } from '../../../lib/config/environment.ts';
import { checkTrusted, trustedBy } from '../../../lib/config/trusted.ts';
import { contractFromObject } from '../../../core/contract/from-object.ts';
import { contractDocument, schemaObject } from '../../support/contracts.ts';
import { environmentWithoutAccount, parseTemplate, platformTemplates } from '../../support/platform.ts';
import { readable, statementsOf } from '../../support/synth.ts';

const [here, elsewhere] = ['111122223333', '444455556666'];
const ANA = `arn:aws:iam::${here}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ana_*`;
const BO = `arn:aws:iam::${here}:role/bo`;
const CHE = `arn:aws:iam::${elsewhere}:role/che`;
const environment = (...trust: TrustNeed[]) => ({ ...environmentWithoutAccount('staging'), trust });

/** What the roles of an actor trust in the templates: `readings` and `outages` of energy. */
function trustsOf(actor: string, ...trust: TrustNeed[]): unknown[] {
  const contracts = [contractFromObject(contractDocument({ schema: [schemaObject(), schemaObject('outages')] }))];
  return [...platformTemplates(contracts, [], environment(...trust)).values()]
    .flatMap((text) => Object.values(parseTemplate(text).Resources))
    .filter(({ Type, Properties }) => Type === 'AWS::IAM::Role' && Properties.Path === `/headwaters/staging/${actor}/`)
    .map(({ Properties }) => readable(statementsOf(Properties.AssumeRolePolicyDocument)));
}
const trusting = (account: string, ...arns: string[]) => ({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { AWS: `arn:\${AWS::Partition}:iam::${account}:root` },
  Condition: { ArnLike: { 'aws:PrincipalArn': arns } },
});
const ANYBODY = {
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { AWS: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' },
};

test.each(['analyst', 'auditor', 'producer', 'steward'])('without an entry anybody of the account may become %s', (actor) => {
  const trusts = trustsOf(actor);
  expect(trusts).toEqual(trusts.map(() => [ANYBODY]));
  expect(trusts).toHaveLength(actor === 'producer' ? 2 : 1);
});

test.each(['analyst', 'auditor', 'steward'] as const)(
  '%s trusts whom its entries name, by their accounts, and nobody else',
  (actor) => {
    const trust: TrustNeed[] = [
      { actor, principals: [ANA, CHE] },
      { actor, principals: [BO, CHE] },
    ];
    expect(trustsOf(actor, ...trust)).toEqual([[trusting(here, ANA, BO), trusting(elsewhere, CHE)]]);
    expect(trustsOf('producer', ...trust)).toEqual([[ANYBODY], [ANYBODY]]);
  },
);

test('a producer trusts what is said of its dataset, of its domain, and of every producer', () => {
  const [dan, eve] = [`arn:aws:iam::${here}:role/dan`, `arn:aws:iam::${here}:user/eve`];
  expect(
    trustsOf(
      'producer',
      { actor: 'producer', principals: [ANA] },
      { actor: 'producer', domain: 'energy', principals: [BO] },
      { actor: 'producer', domain: 'energy', dataset: 'outages', principals: [dan] },
      { actor: 'steward', domain: 'energy', principals: [eve] },
    ),
  ).toEqual([[trusting(here, ANA, BO)], [trusting(here, ANA, BO, dan)]]);
});

test('a role without an entry, of an actor that has some, is nobody’s: it fails', () => {
  expect(() => trustsOf('producer', { actor: 'producer', domain: 'energy', dataset: 'outages', principals: [BO] })).toThrow(
    "NobodyTrusted: 'staging' of lib/config/environments.ts: 'trust' must say who may become producer of energy.readings, got entries of others alone; add one for it",
  );
});

test('an actor that has no entry is left to IAM', () => {
  const trusted = (actor: TrustNeed['actor']): IPrincipal | undefined =>
    trustedBy(environment({ actor: 'steward', principals: [BO] }), { actor, domain: 'energy' });
  expect(trusted('analyst')).toBeUndefined();
  expect(trusted('steward')).toBeDefined();
});

const DATASETS = [
  { domain: 'energy', name: 'readings' },
  { domain: 'water', name: 'levels' },
];

test.each<[Partial<TrustNeed>, string]>([
  [{ domain: 'energie' }, "'trust[0].domain' must be a domain of the contracts, got 'energie'; did you mean 'energy'?"],
  [{ domain: 'x' }, "'trust[0].domain' must be a domain of the contracts, got 'x'; name one of energy, water"],
  [
    { domain: 'energy', dataset: 'levels' },
    "'trust[0].dataset' must be a dataset of 'energy', got 'levels'; name one of readings",
  ],
])('fails for %j, which no contract holds', (about, message) => {
  const checked = environment({ actor: 'producer', ...about, principals: [BO] });
  expect(() => {
    checkTrusted(checked, DATASETS);
  }).toThrow(`InvalidEnvironment: 'staging' of lib/config/environments.ts: ${message}`);
});

test('takes entries about what contracts hold', () => {
  const checked = environment(
    { actor: 'producer', domain: 'water', dataset: 'levels', principals: [BO] },
    { actor: 'analyst', principals: [BO] },
  );
  expect(() => {
    checkTrusted(checked, DATASETS);
  }).not.toThrow();
});

test('the templates of a domain are refused where an entry is about another', () => {
  expect(() => trustsOf('steward', { actor: 'steward', domain: 'enrgy', principals: [BO] })).toThrow("did you mean 'energy'?");
});
