import { readdirSync } from 'node:fs';
import path from 'node:path';
import { contractFromObject } from '../../core/contract/from-object.ts';
import { stackName } from '../../core/naming.ts';
import { parseNamedQuery } from '../../core/query/named-query.ts';
import { readNamedQueries } from '../../lib/read-named-queries.ts';
import { changed, contract, contractDocument, schemaObject, type JsonDocument } from '../support/contracts.ts';
import {
  environmentWithoutAccount,
  ownTemplates,
  parseTemplate,
  platformTemplates,
  retained,
  type StackTemplate,
} from '../support/platform.ts';

const FOUNDATION = stackName.foundation('dev');
const SERVING = stackName.serving('dev');
const OPERATIONS = stackName.operations('dev');
const own = [...ownTemplates()].map(([name, text]) => [name, parseTemplate(text)] as const);
const none = platformTemplates([]);
const one = platformTemplates([contract()]);

const manyContracts = (count = 100, domains = 10) =>
  Array.from({ length: count }, (_, index) => {
    const [schema] = [schemaObject(`readings_x${index}`)];
    const lean = { ...schema, properties: (schema.properties as JsonDocument[]).slice(0, 4) };
    return contractFromObject(
      contractDocument({ id: `x${index}`, dataProduct: `x${index}`, domain: `energy_x${index % domains}`, schema: [lean] }),
    );
  });

test("Foundation's template is the same bytes for no contract, for one, and for a hundred", () => {
  const hundred = platformTemplates(manyContracts());
  expect(hundred.size).toBe(13);
  expect(none.get(FOUNDATION)).toBeDefined();
  expect(one.get(FOUNDATION)).toBe(none.get(FOUNDATION));
  expect(hundred.get(FOUNDATION)).toBe(none.get(FOUNDATION));
});

test('analysts of forty domains have one role, and as many policies as those take', () => {
  const serving = parseTemplate(platformTemplates(manyContracts(40, 40)).get(SERVING) ?? '');
  expect(ofType(serving, 'AWS::IAM::Role')).toHaveLength(1);
  const policies = ofType(serving, 'AWS::IAM::ManagedPolicy').map(([, { Properties }]) => JSON.stringify(Properties));
  expect(policies).toHaveLength(3);
  for (let index = 0; index < 40; index += 1)
    expect(policies.filter((text) => text.includes(`table/headwaters_dev_energy_x${index}/*`))).toHaveLength(1);
});

test('an environment without contracts has a Foundation, an Operations and a Serving', () => {
  expect([...none.keys()].sort()).toEqual([FOUNDATION, OPERATIONS, SERVING]);
});

test('a domain has a stack of its own', () => {
  expect([...one.keys()].sort()).toEqual([stackName.domain('dev', 'energy'), FOUNDATION, OPERATIONS, SERVING]);
});

const exportsOf = (text = ''): string[] =>
  Object.values(parseTemplate(text).Outputs ?? {}).flatMap(
    (output) => (output as { Export?: { Name: string } }).Export?.Name ?? [],
  );
const importsOf = (text = ''): string[] => [...text.matchAll(/"Fn::ImportValue": "([^"]+)"/g)].map(([, value = '']) => value);

test("a domain's stack imports what Foundation exports and nothing else", () => {
  const exported = exportsOf(one.get(FOUNDATION));
  for (const [name, text] of one) {
    if (name !== FOUNDATION) expect(importsOf(text).length).toBeGreaterThan(0);
    for (const value of importsOf(text)) expect(exported).toContain(value);
  }
});

test('an environment whose buckets tell nothing has no alarm on what they would have told', () => {
  const domainOf = (eventBridge: boolean) => {
    const environment = { ...environmentWithoutAccount('dev'), eventBridge, alarms: { emails: [] } };
    return parseTemplate(platformTemplates([contract()], [], environment).get(stackName.domain('dev', 'energy')) ?? '');
  };
  const told = (template: StackTemplate) => [
    ...ofType(template, 'AWS::Events::Rule').map(([id]) => id),
    ...ofType(template, 'AWS::CloudWatch::Alarm').filter(([id]) => id.includes('Filed')),
  ];
  expect(told(domainOf(true))).toHaveLength(2);
  expect(told(domainOf(false))).toEqual([]);
});

test('a dataset changes its own resources and no other', () => {
  const two = contractFromObject(contractDocument({ schema: [schemaObject(), schemaObject('outages')] }));
  const resources = (contracts: readonly ReturnType<typeof contract>[]) =>
    parseTemplate(platformTemplates(contracts).get(stackName.domain('dev', 'energy')) ?? '').Resources;
  const [before, after] = [resources([contract()]), resources([two])];
  const ofAll = /^Replay(Function|Workflow)/; // the domain's one replay names all its datasets
  for (const [id, resource] of Object.entries(before)) if (!ofAll.test(id)) expect(after[id]).toEqual(resource);
  const metadata = changed(contractDocument(), ['schema', 0, 'description'], 'Other words.');
  const described = resources([contractFromObject(metadata)]);
  const differing = Object.keys(before).filter((id) => JSON.stringify(before[id]) !== JSON.stringify(described[id]));
  expect(differing.map((id) => before[id]?.Type)).toEqual(['AWS::Glue::Table']);
});

test('a question about a dataset that no contract holds fails', () => {
  const query = parseNamedQuery('a.sql', "-- name: Ask\n-- description: it\nSELECT * FROM {{ source('energy', 'nowhere') }}");
  expect(() => platformTemplates([contract()], [query])).toThrow(
    "a.sql:3: UnknownSource: reads 'energy.nowhere', which no contract holds",
  );
  expect(() => platformTemplates([], [query])).toThrow('UnknownSource');
});

test('a question that is wrong is told of by its file, as it is seen from here', () => {
  expect(readNamedQueries(path.resolve('models/questions')).map(({ file }) => file)).toEqual(
    readdirSync('models/questions')
      .sort()
      .map((name) => `models/questions/${name}`),
  );
});

test('a folder of questions that is not there holds none', () => {
  expect(readNamedQueries('nowhere/at/all')).toEqual([]);
});

test('what holds data is deleted in dev, and stays where the environment says so; the versions of its functions, too', () => {
  const stateful = /^AWS::(S3::Bucket|KMS::Key|Kinesis::Stream|SecretsManager::Secret|Logs::LogGroup|Lambda::Version)$/;
  const policies = (templates: ReadonlyMap<string, string>) =>
    new Set(
      [...templates.values()].flatMap((text) =>
        Object.values(parseTemplate(text).Resources)
          .filter(({ Type }) => stateful.test(Type))
          .flatMap(({ DeletionPolicy, UpdateReplacePolicy }) => [DeletionPolicy, UpdateReplacePolicy]),
      ),
    );
  expect(policies(one)).toEqual(new Set(['Delete']));
  expect(policies(platformTemplates([contract()], [], retained))).toEqual(new Set(['Retain']));
});

const ofType = (template: StackTemplate, type: string) =>
  Object.entries(template.Resources).filter(([, { Type }]) => Type === type);

describe.each(own)('%s', (_, template) => {
  test('has no role outside /headwaters/dev/<actor>/', () => {
    for (const [, { Properties }] of [...ofType(template, 'AWS::IAM::Role'), ...ofType(template, 'AWS::IAM::ManagedPolicy')]) {
      expect(Properties.Path).toMatch(
        /^\/headwaters\/dev\/(producer|delivery|quarantine-delivery|transform|analyst|steward|restore|replay|replay-workflow|table-maker|curator|schedule)\/$/,
      );
    }
    for (const type of ['AWS::IAM::User', 'AWS::IAM::Group', 'AWS::IAM::Policy']) expect(ofType(template, type)).toEqual([]);
  });

  test('has no policy that IAM would find too large', () => {
    for (const [id, { Properties }] of ofType(template, 'AWS::IAM::ManagedPolicy')) {
      const text = JSON.stringify(deployed(Properties.PolicyDocument));
      expect(text).not.toMatch(/Fn::|"Ref"/);
      expect({ id, fits: text.length <= 6144, size: text.length }).toMatchObject({ id, fits: true });
    }
  });
});

/** A policy as IAM would count it: intrinsics replaced by values as long as AWS makes them. */
function deployed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(deployed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [key, given] = (entries[0] ?? ['', undefined]) as [string, unknown];
  if (entries.length === 1) {
    if (key === 'Ref') {
      const pseudo: Record<string, string> = {
        'AWS::Partition': 'aws',
        'AWS::Region': 'ap-southeast-2',
        'AWS::AccountId': '1'.repeat(12),
      };
      return pseudo[String(given)] ?? 'x'.repeat(90); // a stack's name, a logical id and what CloudFormation adds
    }
    if (key === 'Fn::GetAtt') return `arn:aws:service:ap-southeast-2:${'1'.repeat(12)}:${'x'.repeat(90)}`;
    if (key === 'Fn::ImportValue')
      return String(given).endsWith('Arn')
        ? `arn:aws:kms:ap-southeast-2:${'1'.repeat(12)}:key/${'x'.repeat(36)}`
        : 'x'.repeat(63);
    if (key === 'Fn::Join') {
      const [separator, parts] = given as [string, unknown[]];
      return parts.map((part) => String(deployed(part))).join(separator);
    }
  }
  return Object.fromEntries(entries.map(([name, inner]) => [name, deployed(inner)]));
}
