import { Aspects, Duration, RemovalPolicy, Size, Stack, Tag, TagManager, type StackProps } from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import { ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import {
  AlarmTopic,
  AuditTrail,
  Consumer,
  CopyAlarms,
  Domain,
  LakeNetwork,
  LakeStorage,
  ReplicaStorage,
  ReplicationAlarms,
  RestoreArchive,
} from '../../constructs/index.ts';
import { plainDataset } from '../support/contracts.ts';
import { ACCOUNT, REGION, testApp } from '../support/synth.ts';

const TAG = 'headwaters:environment';
const removalPolicy = RemovalPolicy.RETAIN;

/** What an app of its own makes of the constructs. */
function everything(props: StackProps = {}): Stack {
  const stack = new Stack(testApp(), 'Test', { env: { account: ACCOUNT, region: REGION }, ...props });
  const common = { environment: 'test', removalPolicy };
  const lake = new LakeStorage(stack, 'Lake', { ...common, replicationRegion: 'eu-west-3' });
  const { topic } = new AlarmTopic(stack, 'Alarms', { ...common, emails: [] });
  const network = new LakeNetwork(stack, 'Network', { ...common, logKey: lake.logKey });
  new Domain(stack, 'Energy', { ...common, domain: 'energy', datasets: [plainDataset()], lake, network, alarmTopic: topic });
  new Consumer(stack, 'Analysts', { ...common, group: 'analysts', domains: ['energy'], lake, scanCutoff: Size.gibibytes(1) });
  new RestoreArchive(stack, 'Restore', { ...common, clean: lake.clean, topic });
  new ReplicationAlarms(stack, 'Replication', { environment: 'test', owner: 'grid', copied: lake.copied, topic });
  const { copies } = new ReplicaStorage(stack, 'Replica', common);
  new CopyAlarms(stack, 'Copies', { environment: 'test', owner: 'grid', copies, topic });
  const days = Duration.days(7);
  new AuditTrail(stack, 'Audit', {
    ...common,
    buckets: [lake.raw.bucket],
    lock: ObjectLockRetention.governance(days),
    retention: days,
    accessLogs: lake.accessLogs,
  });
  return stack;
}
const environmentsOf = (stack: Stack): (string | undefined)[] => {
  Template.fromStack(stack);
  return stack.node
    .findAll()
    .filter((node) => node !== stack)
    .map((node) => TagManager.of(node))
    .filter((tags) => tags !== undefined)
    .map((tags) => tags.tagValues()[TAG]);
};

test('a budget finds all that can be tagged by the tag that it counts', () => {
  const environments = environmentsOf(everything());
  expect(environments.length).toBeGreaterThan(50);
  expect(new Set(environments)).toEqual(new Set(['test']));
});

test('where the stack has the tag, its resources do not say it again', () => {
  expect(new Set(environmentsOf(everything({ tags: { [TAG]: 'test' } })))).toEqual(new Set([undefined]));
});

test("a stack's tag for another environment does not hide it", () => {
  expect(new Set(environmentsOf(everything({ tags: { [TAG]: 'other' } })))).toEqual(new Set(['test']));
});

test('constructs within one that has the tag do not give it again', () => {
  const stack = everything();
  const givers = stack.node
    .findAll()
    .filter((node) => Aspects.of(node).all.some((aspect) => aspect instanceof Tag && aspect.key === TAG));
  expect(givers.map(({ node }) => node.path)).toEqual(stack.node.children.map(({ node }) => node.path));
});
