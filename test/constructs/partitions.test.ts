import { RemovalPolicy, Size, Stack } from 'aws-cdk-lib/core';
import { Domain } from '../../constructs/domain/index.ts';
import { AlarmTopic } from '../../constructs/operations/index.ts';
import { Consumer } from '../../constructs/serving/index.ts';
import { LakeStorage } from '../../constructs/storage/index.ts';
import { plainDataset } from '../support/contracts.ts';
import { ACCOUNT, testApp } from '../support/synth.ts';

const environment = 'test';
const removalPolicy = RemovalPolicy.RETAIN;

/** What an app's one stack comes to in a region, as text. */
function textIn(region: string, replicationRegion: string): string {
  const app = testApp();
  const stack = new Stack(app, 'Test', { env: { account: ACCOUNT, region } });
  const lake = new LakeStorage(stack, 'Lake', { environment, removalPolicy, replicationRegion });
  const { topic } = new AlarmTopic(stack, 'Alarms', { environment, emails: [], removalPolicy });
  const datasets = [plainDataset('readings')];
  new Domain(stack, 'Domain', { environment, domain: 'energy', datasets, lake, alarmTopic: topic, removalPolicy });
  new Consumer(stack, 'Consumer', { environment, group: 'clerks', domains: ['energy'], lake, scanCutoff: Size.gibibytes(1) });
  return JSON.stringify(app.synth().getStackArtifact(stack.artifactId).template);
}

const viaServices = (text: string): string[] => [
  ...new Set([...text.matchAll(/"kms:ViaService":("[^"]+"|\[[^\]]+\])/g)].map(([, value = '']) => value)),
];

test('in China a service may call KMS under either of its names', () => {
  const text = textIn('cn-north-1', 'cn-northwest-1');
  const both = (service: string, region: string) => [
    `${service}.${region}.amazonaws.com`,
    `${service}.${region}.amazonaws.com.cn`,
  ];
  expect(viaServices(text).map((value) => JSON.parse(value) as unknown)).toEqual(
    expect.arrayContaining([both('s3', 'cn-north-1'), both('s3', 'cn-northwest-1'), both('kinesis', 'cn-north-1')]),
  );
  expect(viaServices(text).filter((value) => !value.includes('.amazonaws.com.cn'))).toEqual([]);
});

test('elsewhere it has one', () => {
  for (const [region, second] of [
    ['eu-west-1', 'eu-west-3'],
    ['us-gov-west-1', 'us-gov-east-1'],
  ] as const)
    expect(viaServices(textIn(region, second))).toContain(`"s3.${region}.amazonaws.com"`);
});

test.each([
  ['cn-north-1', 'cn-northwest-1', 'console.amazonaws.cn'],
  ['us-gov-west-1', 'us-gov-east-1', 'console.amazonaws-us-gov.com'],
])('an alarm of %s links the console that knows the region', (region, second, host) => {
  const hosts = new Set(
    [...textIn(region, second).matchAll(/https:\/\/([a-z0-9.-]*console[a-z0-9.-]+)\//g)].map(([, name]) => name),
  );
  expect([...hosts].sort()).toEqual([`${region}.${host}`, host].sort());
});

test('no ARN is of a partition by name', () => {
  expect(textIn('cn-north-1', 'cn-northwest-1')).not.toContain('arn:aws:');
});
