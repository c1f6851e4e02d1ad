import { App } from 'aws-cdk-lib/core';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { DataContract } from '../../../core/contract/model.ts';
import { contractFromObject } from '../../../core/contract/from-object.ts';
import { databaseName, stackName } from '../../../core/naming.ts';
import { assignSlots } from '../../../core/slots/assign-slots.ts';
import { PART_CAPACITY, type Slots } from '../../../core/slots/slots.ts';
import { APP_PROPS } from '../../../lib/app-props.ts';
import { checkLimits } from '../../../lib/limits/check-limits.ts';
import { addPlatform } from '../../../lib/platform.ts';
import { contractDocument, plainDataset, schemaObject } from '../../support/contracts.ts';
import { environmentWithoutAccount, parseTemplate } from '../../support/platform.ts';
import { testApp } from '../../support/synth.ts';

const environment = environmentWithoutAccount('dev');
const part = (number: number): string => stackName.domainPart('dev', 'energy', number);

const read = new Map<string, DataContract>();
function contractOf(name: string): DataContract {
  const document = contractDocument({ id: `energy-${name}`, dataProduct: name });
  const contract = read.get(name) ?? { ...contractFromObject(document), datasets: [plainDataset(name)] };
  read.set(name, contract);
  return contract;
}
/** A contract of the domain for each name. */
const contracts = (names: readonly string[]): DataContract[] => names.map(contractOf);
const several = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => `readings_x${String(from + index).padStart(3, '0')}`);

interface Synthesized {
  readonly templates: ReadonlyMap<string, string>;
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
}

function synthesize(names: readonly string[], slots?: Slots): Synthesized {
  const app = testApp();
  addPlatform(app, { environment, contracts: contracts(names), namedQueries: [], ...(slots === undefined ? {} : { slots }) });
  const { stacks, directory } = app.synth();
  return {
    templates: new Map(stacks.map((stack) => [stack.stackName, readFileSync(path.join(directory, stack.templateFile), 'utf8')])),
    dependencies: new Map(
      stacks.map((stack) => [
        stack.stackName,
        stack.dependencies.map(({ id }) => id).filter((id) => stacks.some((other) => other.id === id)),
      ]),
    ),
  };
}

const sixty = several(0, 60);
const slotsOfSixty = assignSlots(
  {},
  contracts(sixty).flatMap(({ datasets }) => datasets),
).slots;
const before = synthesize(sixty, slotsOfSixty);
const streams = (text = ''): number =>
  Object.values(parseTemplate(text).Resources).filter(({ Type }) => Type === 'AWS::Kinesis::Stream').length;

test('a domain of 60 datasets splits itself', () => {
  expect([...before.templates.keys()].filter((stack) => stack.includes('-Domain-')).sort()).toEqual([
    'Headwaters-dev-Domain-energy',
    'Headwaters-dev-Domain-energy-Part2',
    'Headwaters-dev-Domain-energy-Part3',
    'Headwaters-dev-Domain-energy-Part4',
  ]);
  expect([1, 2, 3, 4].map((number) => streams(before.templates.get(part(number))))).toEqual([16, 16, 16, 12]);
});

test.each([
  ['after the others', 'zulu', 4],
  ['before them', 'alpha', 4],
])('the 61st dataset, named %s, changes one stack', (_, name, changed) => {
  const after = synthesize([name, ...sixty], slotsOfSixty);
  expect([...after.templates.keys()].sort()).toEqual([...before.templates.keys()].sort());
  const differing = [...before.templates].filter(([stack, text]) => after.templates.get(stack) !== text).map(([stack]) => stack);
  expect(differing).toEqual([part(changed)]);
  const [old, now] = [before, after].map(({ templates }) => parseTemplate(templates.get(part(changed)) ?? ''));
  const others = Object.entries(old?.Resources ?? {}).filter(([id]) => !id.startsWith('Replay')); // the part's one replay names its datasets
  expect(now?.Resources).toMatchObject(Object.fromEntries(others));
  expect(streams(after.templates.get(part(changed)))).toBe(13);
});

test('the 65th begins a part, and changes none', () => {
  const full = several(0, 64);
  const { slots } = assignSlots(
    {},
    contracts(full).flatMap(({ datasets }) => datasets),
  );
  const [old, now] = [synthesize(full, slots), synthesize([...full, 'another'], slots)];
  expect([...now.templates.keys()].filter((stack) => !old.templates.has(stack))).toEqual([part(5)]);
  for (const [stack, text] of old.templates) expect(now.templates.get(stack)).toBe(text);
});

test('a dataset that is gone moves no other', () => {
  const after = synthesize(sixty.slice(1), slotsOfSixty);
  const differing = [...before.templates].filter(([stack, text]) => after.templates.get(stack) !== text).map(([stack]) => stack);
  expect(differing).toEqual([part(1)]);
});

test('a first part whose datasets are gone still holds what the domain shares, and says who answers for it', () => {
  const app = testApp();
  const left = contracts(sixty.slice(PART_CAPACITY));
  const watched = { ...environment, alarms: { emails: [] }, eventBridge: true };
  addPlatform(app, { environment: watched, contracts: left, namedQueries: [], slots: slotsOfSixty });
  const { Resources } = app.synth().getStackByName(part(1)).template as ReturnType<typeof parseTemplate>;
  const ofType = (type: string) => Object.values(Resources).filter(({ Type }) => Type === type);
  expect(ofType('AWS::Kinesis::Stream')).toEqual([]);
  expect(ofType('AWS::Glue::Database')).toHaveLength(1);
  const alarms = ofType('AWS::CloudWatch::Alarm').map(({ Properties }) => JSON.stringify(Properties.AlarmDescription));
  expect(alarms).toHaveLength(2);
  for (const description of alarms) expect(description).toContain('Owner: energy@example.com\\n');
});

const exportsOf = (text = ''): string[] =>
  Object.values(parseTemplate(text).Outputs ?? {}).flatMap(
    (output) => (output as { Export?: { Name: string } }).Export?.Name ?? [],
  );
const importsOf = (text = ''): string[] => [
  ...new Set([...text.matchAll(/"Fn::ImportValue": "([^"]+)"/g)].map(([, value = '']) => value)),
];

test('the first part exports the same three values, split or not; further parts import them and what Foundation exports', () => {
  const shared = ['QuarantineStreamName', 'QuarantineStreamArn', 'ProtectionSecretArn'].map(
    (name) => `headwaters-dev-energy-${name}`,
  );
  expect(exportsOf(before.templates.get(part(1)))).toEqual(shared);
  expect(exportsOf(synthesize(['readings']).templates.get(part(1)))).toEqual(shared);
  const foundation = exportsOf(before.templates.get(stackName.foundation('dev')));
  for (const number of [2, 3, 4]) {
    expect(exportsOf(before.templates.get(part(number)))).toEqual([]);
    for (const value of importsOf(before.templates.get(part(number)))) expect([...foundation, ...shared]).toContain(value);
  }
  for (const value of importsOf(before.templates.get(part(1)))) expect(foundation).toContain(value);
});

test('a further part holds datasets and nothing that the domain shares', () => {
  const { Resources } = parseTemplate(before.templates.get(part(2)) ?? '');
  expect(Object.keys(Resources).filter((id) => !/^(Datasets|Replay)/.test(id))).toEqual([]);
  const databases = Object.values(Resources).flatMap(({ Type, Properties }) =>
    Type === 'AWS::Glue::Table' ? [Properties.DatabaseName] : [],
  );
  expect(new Set(databases)).toEqual(new Set([databaseName('dev', 'energy')]));
});

test('each part is deployed after the first, the first after Foundation, and Serving waits for none', () => {
  const foundation = stackName.foundation('dev');
  expect(before.dependencies.get(part(1))).toEqual([foundation]);
  for (const number of [2, 3, 4])
    expect([...(before.dependencies.get(part(number)) ?? [])].sort()).toEqual([part(1), foundation]);
  expect(before.dependencies.get(stackName.serving('dev'))).toEqual([foundation]);
});

test('a full first part of the hungriest dataset keeps off the limits, with a tenth to spare', () => {
  const names = several(0, PART_CAPACITY);
  const app = new App(APP_PROPS);
  const hungriest = contractFromObject(contractDocument({ schema: names.map((name) => schemaObject(name)) }));
  const asProd = { ...environmentWithoutAccount('prod'), name: 'other' };
  addPlatform(app, { environment: asProd, contracts: [hungriest], namedQueries: [] });
  const assembly = app.synth();
  expect(checkLimits(assembly, ['other'])).toHaveLength(1);
  const { Resources, Outputs = {} } = assembly.getStackByName(stackName.domain('other', 'energy')).template as {
    Resources: object;
    Outputs?: object;
  };
  const text = readFileSync(assembly.getStackByName(stackName.domain('other', 'energy')).templateFullPath);
  expect(Object.keys(Resources).length).toBeGreaterThan(16 * PART_CAPACITY);
  expect(Object.keys(Resources).length).toBeLessThanOrEqual(450);
  expect(Object.keys(Outputs).length).toBeLessThanOrEqual(180);
  expect(text.length).toBeLessThanOrEqual(900_000);
});
