import { isOnDemand } from './rules/stream.ts';
import type { Resource, Templates } from './template.ts';
import { at, listOf, numberOf } from './value.ts';

/** How many of something both versions have that AWS bills by itself, whatever passes through it. */
export interface StandingChange {
  readonly what: string;
  readonly before: number;
  readonly after: number;
}

const one =
  (type: string, is: (properties: Resource['properties']) => boolean = () => true) =>
  (resource: Resource) =>
    resource.type === type && is(resource.properties) ? 1 : 0;

const COUNTS: Readonly<Record<string, (resource: Resource) => number>> = {
  shards: ({ type, properties }) =>
    type === 'AWS::Kinesis::Stream' && !isOnDemand(properties) ? (numberOf(properties.ShardCount ?? 1) ?? 0) : 0,
  'streams on demand': one('AWS::Kinesis::Stream', isOnDemand),
  'interface endpoints': one('AWS::EC2::VPCEndpoint', ({ VpcEndpointType }) => VpcEndpointType === 'Interface'),
  'copied buckets': one(
    'AWS::S3::Bucket',
    ({ ReplicationConfiguration }) => listOf(at(ReplicationConfiguration, 'Rules')).length > 0,
  ),
  keys: ({ type }) => (['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'].includes(type) ? 1 : 0),
  secrets: one('AWS::SecretsManager::Secret'),
  alarms: ({ type }) => (/^AWS::CloudWatch::(?:Composite)?Alarm$/.test(type) ? 1 : 0),
  dashboards: one('AWS::CloudWatch::Dashboard'),
};

/** What the price of the contracts leaves out, counted from the templates: no price is given, as the table of prices has none. */
export function compareStanding(before: Templates, after: Templates): readonly StandingChange[] {
  const resourcesOf = (templates: Templates) => [...templates.values()].flatMap(({ resources }) => [...resources.values()]);
  const [old, now] = [resourcesOf(before), resourcesOf(after)];
  return Object.entries(COUNTS)
    .map(([what, countOf]) => ({
      what,
      before: old.reduce((sum, resource) => sum + countOf(resource), 0),
      after: now.reduce((sum, resource) => sum + countOf(resource), 0),
    }))
    .filter((change) => change.before !== change.after);
}
