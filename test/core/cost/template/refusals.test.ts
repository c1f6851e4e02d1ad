import { checkNames } from '../../../../core/cost/template/check-names.ts';
import { pricePlatform } from '../../../../core/cost/template/price-platform.ts';
import { PLAIN_WORKLOAD } from '../../../../core/cost/template/workload.ts';
import { latencyOf, platform, readings, SAMPLE, workload, type Resources } from './sample.ts';

const changed = (id: string, properties: object): Resources => ({
  ...SAMPLE,
  [id]: { Type: SAMPLE[id]?.Type ?? '', Properties: { ...SAMPLE[id]?.Properties, ...properties } },
});
const pricing =
  (resources: Resources, said = PLAIN_WORKLOAD) =>
  () =>
    pricePlatform(platform(resources, said, [readings]), 1);
const selecting = (type: string) => ({
  AdvancedEventSelectors: [
    {
      FieldSelectors: [
        { Field: 'eventCategory', Equals: ['Data'] },
        { Field: 'resources.type', Equals: [type] },
      ],
    },
  ],
});

test.each<[string, Resources, string]>([
  [
    'a type that nobody knows',
    { ...SAMPLE, Gateway: { Type: 'AWS::EC2::NatGateway' } },
    "UnknownType: 'Type' of Stack/Gateway must be one whose price is known, got AWS::EC2::NatGateway",
  ],
  [
    'a free type that would cost',
    { ...SAMPLE, Live: { Type: 'AWS::Lambda::Alias', Properties: { ProvisionedConcurrencyConfig: {} } } },
    "UnpricedProperty: 'ProvisionedConcurrencyConfig' of Stack/Live must be absent",
  ],
  [
    'a property that would cost',
    changed('Judge', { EphemeralStorage: { Size: 10_240 } }),
    "UnpricedProperty: 'EphemeralStorage' of Stack/Judge",
  ],
  [
    'a number that a parameter gives',
    changed('Stream', { ShardCount: { Ref: 'Shards' } }),
    "UnreadableProperty: 'ShardCount' of Stack/Stream (AWS::Kinesis::Stream) must be a literal",
  ],
  [
    'a rule by size',
    changed('Raw', { LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ObjectSizeGreaterThan: 1 }] } }),
    'UnreadableProperty',
  ],
  [
    'a class that has no price',
    changed('Raw', {
      LifecycleConfiguration: {
        Rules: [{ Status: 'Enabled', Transitions: [{ StorageClass: 'ONEZONE_IA', TransitionInDays: 30 }] }],
      },
    }),
    'UnreadableProperty',
  ],
  [
    'a bucket of elsewhere',
    changed('Delivery', { ExtendedS3DestinationConfiguration: { BucketARN: { 'Fn::ImportValue': 'elsewhere' } } }),
    "UnknownTarget: 'BucketARN' of Stack/Delivery must name a resource of the templates",
  ],
  [
    'a destination that nobody prices',
    changed('Delivery', { ExtendedS3DestinationConfiguration: undefined, SplunkDestinationConfiguration: {} }),
    'UnpricedProperty: Stack/Delivery must deliver to S3 or OpenSearch',
  ],
  [
    'events of other kinds',
    changed('Trail', selecting('AWS::Lambda::Function')),
    "UnpricedProperty: 'AdvancedEventSelectors' of Stack/Trail",
  ],
  ['selectors of the old kind', changed('Trail', { EventSelectors: [] }), "UnreadableProperty: 'EventSelectors' of Stack/Trail"],
  [
    'an alarm on a query',
    changed('Late', { Metrics: [{ Expression: 'SELECT MAX(x) FROM y' }] }),
    "UnpricedProperty: 'Metrics' of Stack/Late",
  ],
  [
    'an alarm on a query about a bucket of elsewhere',
    changed('Late', { Metrics: [{ Expression: latencyOf('elsewhere') }] }),
    "UnknownTarget: 'Metrics' of Stack/Late must name a resource of the templates",
  ],
  [
    'an alarm that computes with a query',
    changed('Late', { Metrics: [{ Expression: latencyOf('Clean') }, { Expression: 'a + 1' }] }),
    "UnpricedProperty: 'Metrics' of Stack/Late",
  ],
  [
    'an express workflow',
    { ...SAMPLE, Flow: { Type: 'AWS::StepFunctions::StateMachine', Properties: { StateMachineType: 'EXPRESS' } } },
    "UnreadableProperty: 'StateMachineType' of Stack/Flow",
  ],
  ['an asymmetric key', changed('Key', { KeySpec: 'RSA_2048' }), "UnreadableProperty: 'KeySpec' of Stack/Key"],
])('fails for %s', (_, resources, message) => {
  expect(pricing(resources)).toThrow(message);
});

test.each([
  ['datasets', 'energy.reading', "did you mean 'energy.readings'?"],
  ['functions', 'Jugde', "did you mean 'Judge'?"],
  ['buckets', 'Cellar', 'name one of Clean, Raw, Records'],
  ['workflows', 'Restore', 'name one of none: there are none'],
])('fails for a workload of %s that the templates lack', (group, name, remedy) => {
  const { templates } = platform(SAMPLE);
  expect(() => {
    checkNames([templates], [readings], workload({ [group]: { [name]: {} } }));
  }).toThrow(`UnknownName: '${group}.${name}' must name what the templates have; ${remedy}`);
});

test('a workload may speak of what one environment has and another lacks', () => {
  const { templates } = platform(SAMPLE);
  const [said, other] = [workload({ buckets: { Clean: {}, Cellar: {} } }), platform({ Cellar: { Type: 'AWS::S3::Bucket' } })];
  expect(() => {
    checkNames([templates, other.templates], [], said);
  }).not.toThrow();
});
