import { RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import { Domain, importDomain } from '../../constructs/domain/index.ts';
import { InvalidProps } from '../../constructs/invalid-props.ts';
import { importNetwork } from '../../constructs/network/index.ts';
import { AlarmTopic, importAlarmTopic } from '../../constructs/operations/index.ts';
import { importLake, LakeStorage } from '../../constructs/storage/index.ts';
import { plainDataset } from '../support/contracts.ts';
import { someLake } from '../support/lake.ts';
import { synth } from '../support/synth.ts';

const removalPolicy = RemovalPolicy.RETAIN;
const domain = (stack: Stack, name: string): Domain =>
  new Domain(stack, name, {
    environment: 'test',
    domain: name,
    datasets: [plainDataset('readings', name)],
    lake: someLake(stack),
    removalPolicy,
  });

test('a lake and a topic are imported beside constructs of those names, and as often as wanted', () => {
  synth((stack) => {
    new LakeStorage(stack, 'Lake', { environment: 'test', removalPolicy });
    new AlarmTopic(stack, 'AlarmTopic', { environment: 'test', emails: [], removalPolicy });
    for (const environment of ['test', 'test', 'live']) {
      const lake = importLake(stack, environment);
      expect(stack.resolve(lake.raw.bucket.bucketName)).toEqual({ 'Fn::ImportValue': `headwaters-${environment}-RawBucketName` });
      const { topic } = importAlarmTopic(stack, environment);
      expect(stack.resolve(topic.topicArn)).toEqual({ 'Fn::ImportValue': `headwaters-${environment}-AlarmTopicArn` });
      const { protectionSecret } = importDomain(stack, environment, 'energy');
      expect(stack.resolve(protectionSecret.secretArn)).toEqual({
        'Fn::ImportValue': `headwaters-${environment}-energy-ProtectionSecretArn`,
      });
    }
  });
});

test.each<[string, (stack: Stack, environment: string) => unknown]>([
  ['a lake', importLake],
  ['a topic', importAlarmTopic],
  ['a domain', (stack, environment) => importDomain(stack, environment, 'energy')],
  ['a network', (stack, environment) => importNetwork(stack, environment, 2)],
])('fails with BadEnvironment where %s of no environment is imported', (_, importIt) => {
  const imported = () =>
    synth((stack) => {
      importIt(stack, 'Test');
    });
  expect(imported).toThrow(InvalidProps);
  expect(imported).toThrow(
    "Test: BadEnvironment: 'environment' must be lower-case letters and digits, a letter first, got 'Test'",
  );
});

test('two domains of one stack export their values, the first by the ids of one alone', () => {
  const template = synth((stack) => {
    const lake = someLake(stack);
    for (const name of ['energy', 'water'])
      new Domain(stack, name, {
        environment: 'test',
        domain: name,
        datasets: [plainDataset('readings', name)],
        lake,
        removalPolicy,
      }).export();
  });
  const outputs = template.toJSON().Outputs as Record<string, { Export: { Name: string } }>;
  expect(Object.entries(outputs).map(([id, { Export }]) => [id.replace(/[0-9A-F]{8}$/, ''), Export.Name])).toEqual([
    ['QuarantineStreamName', 'headwaters-test-energy-QuarantineStreamName'],
    ['QuarantineStreamArn', 'headwaters-test-energy-QuarantineStreamArn'],
    ['ProtectionSecretArn', 'headwaters-test-energy-ProtectionSecretArn'],
    ['waterQuarantineStreamName', 'headwaters-test-water-QuarantineStreamName'],
    ['waterQuarantineStreamArn', 'headwaters-test-water-QuarantineStreamArn'],
    ['waterProtectionSecretArn', 'headwaters-test-water-ProtectionSecretArn'],
  ]);
});

test('fails with ExportedTwice where a construct exports again', () => {
  synth((stack) => {
    const it = domain(stack, 'energy');
    it.export();
    expect(() => {
      it.export();
    }).toThrow(
      "Test/energy: ExportedTwice: 'export' must be called once for each name, got 'headwaters-test-energy-QuarantineStreamName' at 'Test/QuarantineStreamName' already",
    );
  });
});
