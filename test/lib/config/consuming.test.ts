import { Size } from 'aws-cdk-lib/core';
import { contractFromObject } from '../../../core/contract/from-object.ts';
import { stackName } from '../../../core/naming.ts';
import { parseNamedQuery } from '../../../core/query/named-query.ts';
import { consumingOf } from '../../../lib/config/consuming.ts';
import type { ConsumerNeed, Environment } from '../../../lib/config/environment.ts';
import { contractDocument, plainDataset, schemaObject } from '../../support/contracts.ts';
import { environmentWithoutAccount, parseTemplate, platformTemplates } from '../../support/platform.ts';
import { readable, statementsOf, type Resource } from '../../support/synth.ts';

const dev = environmentWithoutAccount('dev');
const reading = (...consumers: ConsumerNeed[]): Environment => ({ ...dev, consumers });
const DATASETS = [plainDataset('levels', 'water'), plainDataset('readings'), plainDataset('outages')];
const question = (name: string, ...sources: readonly string[]) =>
  parseNamedQuery(
    `models/questions/${name}.sql`,
    `-- name: ${name}\n-- description: it\nSELECT 1 FROM ${sources.map((source) => `{{ source('${source.replace('.', "', '")}') }}`).join(', ')}`,
  );
const QUESTIONS = [
  question('wet', 'water.levels'),
  question('dark', 'energy.outages'),
  question('both', 'water.levels', 'energy.outages'),
];

/** Groups in few words: what each reads, and what it can ask. */
const groups = (environment: Environment, questions = QUESTIONS) =>
  consumingOf(environment, DATASETS, questions).map(({ group, domains, datasets, scanCutoff, namedQueries }) => [
    group,
    domains,
    datasets.map(({ domain, name }) => `${domain}.${name}`),
    scanCutoff.toGibibytes(),
    namedQueries.map(({ name }) => name),
  ]);

test('analysts read every domain where nothing else is said', () => {
  expect(groups(dev)).toEqual([['analysts', ['energy', 'water'], [], 10, ['wet', 'dark', 'both']]]);
});

test('each group reads what it is told, and can ask what it reads all of', () => {
  expect(
    groups(
      reading(
        { group: 'plumbers', domains: ['water'], scanCutoff: Size.gibibytes(1) },
        { group: 'watch', domains: ['water'], datasets: ['energy.outages', 'water.levels'] },
        { group: 'board', domains: 'all' },
        { group: 'drivers', datasets: ['energy.readings'] },
      ),
    ),
  ).toEqual([
    ['plumbers', ['water'], [], 1, ['wet']],
    ['watch', ['water'], ['energy.outages'], 10, ['wet', 'dark', 'both']],
    ['board', ['energy', 'water'], [], 10, ['wet', 'dark', 'both']],
    ['drivers', [], ['energy.readings'], 10, []],
  ]);
});

test('a question that no group can ask fails', () => {
  expect(() => groups(reading({ group: 'plumbers', domains: ['water'] }, { group: 'watch', domains: ['energy'] }))).toThrow(
    "NobodyAsks: 'dev' of lib/config/environments.ts: 'consumers' must hold a group that reads all that 'models/questions/both.sql' asks of, got none for water.levels, energy.outages; open them to one, or delete the question",
  );
});

test.each<[ConsumerNeed, string]>([
  [
    { group: 'lab', domains: ['watr'] },
    "'consumers[0].domains[0]' must be a domain of the contracts, got 'watr'; did you mean 'water'?",
  ],
  [
    { group: 'lab', datasets: ['water'] },
    "'consumers[0].datasets[0]' must be a domain and its dataset, as 'energy.readings', got 'water'; mend it",
  ],
  [{ group: 'lab', datasets: ['a.b.c'] }, "got 'a.b.c'; mend it"],
  [
    { group: 'lab', datasets: ['fire.alarms'] },
    "'consumers[0].datasets[0]' must be a domain of the contracts, got 'fire'; name one of water, energy",
  ],
  [
    { group: 'lab', datasets: ['energy.levels'] },
    "'consumers[0].datasets[0]' must be a dataset of 'energy', got 'levels'; name one of readings, outages",
  ],
])('fails for %j', (need, message) => {
  expect(() => groups(reading(need), [])).toThrow(message);
});

describe('the templates of two groups', () => {
  const contracts = [contractFromObject(contractDocument({ schema: [schemaObject(), schemaObject('outages')] }))];
  const environment: Environment = {
    ...reading({ group: 'analysts', domains: 'all' }, { group: 'night-watch', datasets: ['energy.outages'] }),
    trust: [{ actor: 'analyst', group: 'night-watch', principals: ['arn:aws:iam::111122223333:role/watch'] }],
  };
  const trusting = {
    ...environment,
    trust: [
      ...(environment.trust ?? []),
      { actor: 'analyst', group: 'analysts', principals: ['arn:aws:iam::111122223333:role/ana'] } as const,
    ],
  };
  const serving = () =>
    parseTemplate(
      platformTemplates(contracts, [question('dark', 'energy.outages')], trusting).get(stackName.serving('dev')) ?? '{}',
    );
  const ofType = (type: string): [string, Resource][] =>
    Object.entries(serving().Resources).filter(([, { Type }]) => Type === type);

  test('have a workgroup and a role each, told by outputs, and the question that both can ask', () => {
    expect(
      ofType('AWS::Athena::WorkGroup')
        .map(([, { Properties }]) => Properties.Name)
        .sort(),
    ).toEqual(['headwaters-dev-analysts', 'headwaters-dev-night-watch']);
    expect(
      ofType('AWS::Athena::NamedQuery')
        .map(([, { Properties }]) => Properties.WorkGroup)
        .sort(),
    ).toEqual(['headwaters-dev-analysts', 'headwaters-dev-night-watch']);
    expect(Object.keys(serving().Outputs ?? {})).toEqual([
      'AnalystWorkGroupName',
      'AnalystRoleArn',
      'NightWatchWorkGroupName',
      'NightWatchRoleArn',
    ]);
  });

  test('the second may read one dataset, and is trusted to others than the first', () => {
    const watch = ofType('AWS::IAM::ManagedPolicy').find(
      ([, { Properties }]) => Properties.Description === 'Asks as night-watch',
    );
    const read = readable(statementsOf(watch?.[1].Properties.PolicyDocument)) as { Sid: string; Resource: unknown }[];
    const tables = read.flatMap(({ Resource }) => Resource).filter((arn) => String(arn).includes(':table/'));
    expect(tables.map((arn) => String(arn).replace(/^.*:table/, ''))).toEqual([
      '/headwaters_dev_energy/outages',
      '/headwaters_dev_energy/outages_clean',
    ]);
    const trusts = ofType('AWS::IAM::Role').map(([, { Properties }]) => [
      Properties.Description,
      (statementsOf(Properties.AssumeRolePolicyDocument)[0] as { Condition: unknown }).Condition,
    ]);
    const only = (name: string) => ({ ArnLike: { 'aws:PrincipalArn': [`arn:aws:iam::111122223333:role/${name}`] } });
    expect(Object.fromEntries(trusts)).toEqual({ 'Asks as analysts': only('ana'), 'Asks as night-watch': only('watch') });
  });

  test('an entry for one group alone leaves the other to nobody: it fails', () => {
    expect(() => platformTemplates(contracts, [], environment)).toThrow(
      "'trust' must say who may become analyst of analysts, got entries of others alone",
    );
  });
});

test('groups may have any name, and the first has its own besides the one that commands know', () => {
  const names = ['imported-lake', 'check-bootstrap-version', 'analyst-role-arn', 'groups', 'default'];
  const templates = platformTemplates([], [], reading(...names.map((group) => ({ group, domains: 'all' as const }))));
  const { Outputs = {} } = parseTemplate(templates.get(stackName.serving('dev')) ?? '{}');
  expect(Object.keys(Outputs).slice(0, 4)).toEqual([
    'AnalystWorkGroupName',
    'AnalystRoleArn',
    'ImportedLakeWorkGroupName',
    'ImportedLakeRoleArn',
  ]);
  expect(Object.keys(Outputs)).toHaveLength(2 * names.length + 2);
});
