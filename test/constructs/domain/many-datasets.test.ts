import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import { MOST_REPLAYED } from '../../../constructs/domain/domain-replay.ts';
import { Domain } from '../../../constructs/domain/index.ts';
import { StreamIngestion } from '../../../constructs/ingestion/index.ts';
import { Replay } from '../../../constructs/replay/index.ts';
import { PART_CAPACITY } from '../../../core/slots/slots.ts';
import { plainDataset } from '../../support/contracts.ts';
import { someLake } from '../../support/lake.ts';
import { ACCOUNT, REGION, resourcesOfType, synth, testApp } from '../../support/synth.ts';

const environment = 'test';
const removalPolicy = RemovalPolicy.RETAIN;
const datasets = (count: number) => Array.from({ length: count }, (_, index) => plainDataset(`readings_${index}`));
const domainOf = (stack: Stack, count: number): Domain =>
  new Domain(stack, 'Energy', { environment, domain: 'energy', datasets: datasets(count), lake: someLake(stack), removalPolicy });

const template = synth((stack) => {
  domainOf(stack, 20);
});
const functions = (from: Template): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(resourcesOfType(from, 'AWS::Lambda::Function')).flatMap(([id, { Properties }]) => {
      const { Variables = {} } = (Properties.Environment ?? {}) as { Variables?: Record<string, unknown> };
      const streams = Object.keys(Variables).filter((name) => name.startsWith('STREAM_'));
      return streams.length === 0 ? [] : [[id.replace(/[0-9A-F]{8}$/, ''), streams]];
    }),
  );

test('has a replay for each sixteen datasets, by the order in which they are given', () => {
  const found = functions(template);
  expect(Object.keys(found)).toEqual(['EnergyReplayFunction', 'EnergyReplay2Function']);
  expect(found.EnergyReplayFunction).toHaveLength(16);
  expect(found.EnergyReplay2Function).toEqual([16, 17, 18, 19].map((index) => `STREAM_READINGS_${index}`));
});

test('a dataset more changes the last replay alone', () => {
  const before = resourcesOfType(template, 'AWS::IAM::ManagedPolicy');
  const after = resourcesOfType(
    synth((stack) => {
      domainOf(stack, 21);
    }),
    'AWS::IAM::ManagedPolicy',
  );
  const changed = Object.keys(before).filter((id) => JSON.stringify(before[id]) !== JSON.stringify(after[id]));
  expect(changed.map((id) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual(['EnergyReplay2FunctionActorPolicy']);
});

test('the log of a replay that comes and goes with datasets goes with it; that of the first stays', () => {
  const policies = Object.entries(resourcesOfType(template, 'AWS::Logs::LogGroup')).flatMap(([id, { DeletionPolicy }]) =>
    /Replay\d?Log/.test(id) ? [[id.replace(/[0-9A-F]{8}$/, ''), DeletionPolicy]] : [],
  );
  expect(policies).toEqual([
    ['EnergyReplayLog', 'Retain'],
    ['EnergyReplay2Log', 'Delete'],
  ]);
});

test('gives the replay of each dataset by its name', () => {
  synth((stack) => {
    const { replays, replay } = domainOf(stack, 17);
    expect(replays.size).toBe(17);
    expect(replays.get('readings_0')).toBe(replay);
    expect(replays.get('readings_16')?.node.path).toBe('Test/Energy/Replay2');
  });
});

test('a part of the platform needs one replay', () => {
  expect(MOST_REPLAYED).toBeGreaterThanOrEqual(PART_CAPACITY);
});

const TOO_LARGE =
  /StackTooLarge: CloudFormation takes 500 resources in a stack, got \d+ in 'Test', \d+ of them for the 60 datasets here/;

test('fails with StackTooLarge where 60 datasets stand in one stack', () => {
  expect(() => synth((stack) => void domainOf(stack, 60))).toThrow(TOO_LARGE);
});

test('what is left out of a domain stands in a further stack, as the error says', () => {
  const app = testApp();
  const stackOf = (id: string) => new Stack(app, id, { env: { account: ACCOUNT, region: REGION } });
  const { database, quarantine, protectionSecret } = domainOf(stackOf('First'), 2);
  const stack = stackOf('Further');
  const lake = someLake(stack);
  const further = datasets(4)
    .slice(2)
    .map((dataset) => {
      const { stream, transform } = new StreamIngestion(stack, dataset.name, {
        environment,
        dataset,
        lake,
        databaseName: database.ref,
        quarantine,
        protectionSecret,
        removalPolicy,
      });
      return { dataset, stream, transform };
    });
  new Replay(stack, 'Replay', { environment, domain: 'energy', datasets: further, lake, removalPolicy });
  const found = Template.fromStack(stack);
  expect(Object.values(functions(found))).toEqual([['STREAM_READINGS_2', 'STREAM_READINGS_3']]);
  expect(stack.dependencies.map(({ stackName }) => stackName)).toEqual(['First']);
});
