import { AccountRootPrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnParameter, RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import { Domain } from '../../constructs/domain/index.ts';
import { QuarantineDelivery } from '../../constructs/ingestion/index.ts';
import { FunctionEndpoints, LakeNetwork } from '../../constructs/network/index.ts';
import { AlarmTopic } from '../../constructs/operations/index.ts';
import { Replay } from '../../constructs/replay/index.ts';
import { ActorRole, StewardRole } from '../../constructs/security/index.ts';
import { LakeStorage, ReplicaStorage, type Lake } from '../../constructs/storage/index.ts';
import { plainDataset } from '../support/contracts.ts';
import { someLake } from '../support/lake.ts';
import { resourcesOfType, synth } from '../support/synth.ts';

const removalPolicy = RemovalPolicy.RETAIN;
const MAKERS: Readonly<Record<string, (stack: Stack, environment: string, lake: Lake) => unknown>> = {
  LakeStorage: (stack, environment) => new LakeStorage(stack, 'It', { environment, removalPolicy }),
  ReplicaStorage: (stack, environment) => new ReplicaStorage(stack, 'It', { environment, removalPolicy }),
  Domain: (stack, environment, lake) =>
    new Domain(stack, 'It', { environment, domain: 'energy', datasets: [plainDataset()], lake, removalPolicy }),
  Replay: (stack, environment, lake) =>
    new Replay(stack, 'It', { environment, domain: 'energy', datasets: [], lake, removalPolicy }),
  QuarantineDelivery: (stack, environment, { quarantine }) =>
    new QuarantineDelivery(stack, 'It', { environment, domain: 'energy', quarantine, removalPolicy }),
  StewardRole: (stack, environment, lake) => new StewardRole(stack, 'It', { environment, domain: 'energy', lake }),
  ActorRole: (stack, environment) =>
    new ActorRole(stack, 'It', {
      environment,
      actor: 'producer',
      assumedBy: new AccountRootPrincipal(),
      description: 'Nobody',
      statements: [],
    }),
  AlarmTopic: (stack, environment) => new AlarmTopic(stack, 'It', { environment, emails: [], removalPolicy }),
  LakeNetwork: (stack, environment) =>
    new LakeNetwork(stack, 'It', { environment, logKey: new Key(stack, 'Key'), removalPolicy }),
  FunctionEndpoints: (stack, environment) =>
    new FunctionEndpoints(stack, 'It', { environment, vpcId: 'vpc-1', subnetIds: ['subnet-1'] }),
};

test.each(Object.entries(MAKERS))('%s fails with BadEnvironment', (_, make) => {
  for (const environment of ['Prod-1', 'prod_1', '1prod', ''])
    expect(() => synth((stack) => make(stack, environment, someLake(stack)))).toThrow(
      new RegExp(
        `^Test/It(/Actor)?: BadEnvironment: 'environment' must be lower-case letters and digits, a letter first, got '${environment}'; rename it$`,
      ),
    );
  expect(() => synth((stack) => make(stack, 'seventeenletters1', someLake(stack)))).toThrow(
    "'environment' must have at most 16 characters, for buckets are named by it, got 17 in 'seventeenletters1'; shorten it",
  );
});

test('the longest name makes buckets that S3 takes, in the region with the longest name', () => {
  const template = synth((stack) => {
    new ReplicaStorage(stack, 'It', { environment: 'sixteen16letters', removalPolicy });
  });
  const names = Object.values(resourcesOfType(template, 'AWS::S3::Bucket')).flatMap(({ Properties: { BucketName: name } }) =>
    typeof name === 'string' ? [name.replace('eu-west-1', 'ap-southeast-1')] : [],
  );
  expect(Math.max(...names.map(({ length }) => length))).toBe(63);
});

test('a parameter is taken as it is', () => {
  expect(() =>
    synth((stack) => {
      new StewardRole(stack, 'It', {
        environment: new CfnParameter(stack, 'Name').valueAsString,
        domain: 'energy',
        lake: someLake(stack),
      });
    }),
  ).not.toThrow();
});

test('LakeStorage fails with ReplicationRegionIsOwn where the copies would stay in its region', () => {
  expect(() =>
    synth((stack) => {
      new LakeStorage(stack, 'Lake', { environment: 'test', removalPolicy, replicationRegion: 'eu-west-1' });
    }),
  ).toThrow(
    "Test/Lake: ReplicationRegionIsOwn: 'replicationRegion' must be another region than the stack's, got 'eu-west-1' twice",
  );
});
