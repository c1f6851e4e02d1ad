import { readTemplate } from '../../../../core/aws/template.ts';
import { cheaper } from '../../../../core/cost/template/cheaper.ts';
import { PLAIN_WORKLOAD } from '../../../../core/cost/template/workload.ts';
import { platform, readings, SAMPLE, workload, type Resources } from './sample.ts';

const saved = (resources: Resources, said = workload({ hoursPerMonth: 720 })) =>
  new Map(cheaper(platform(resources, said, [readings]), 12).map(({ what, saves }) => [what, saves]));

const AN_HOUR = 'promise events in an hour, and put them straight into deliveries';

test('what saves is named, the most first, with what it saves', () => {
  expect([...saved(SAMPLE)].map(([what, saves]) => [what, Number(saves.toFixed(2))])).toEqual([
    [AN_HOUR, 52.38], // shards 21.6, kept 28.8, their metrics 1.8, puts 0.02, keys of data 0.05, and fifteen minutes of buffer
    ['keep events in streams for a day', 28.8],
    ['share one stream within each domain', 26.1], // one shard is enough: its hours, what it keeps, and its three metrics
    ['put streams on demand', 16], // which keep events for less than shards do
    ['run functions outside a network, without its interface endpoints and firewall', 14.4],
    ['put the endpoints in one zone', 7.2],
    ['drop the metrics of each shard', 1.8],
    ['let deliveries buffer for fifteen minutes', 0.11],
    ['record no request for objects', 0.06],
    ['run functions on arm64', 0.02],
  ]);
});

test('events that come alone are better packed', () => {
  const alone = workload({ datasets: { 'energy.readings': { eventsPerRecord: 1 } } });
  expect(saved(SAMPLE, alone).get('fill records up to 25 KB')).toBeGreaterThan(5);
  expect(saved(SAMPLE, alone).get('fill records up to 25 KB')).toBeLessThan(8);
});

test.each([
  ['little comes', 1000, 'provision the shards that the peak needs, where streams are on demand'],
  ['very much comes', 3e9, 'turn on-demand Advantage on for the account'],
])('an on-demand stream to which %s is dearer than it must be', (_, eventsPerDay, what) => {
  const onDemand = {
    ...SAMPLE,
    Stream: {
      ...SAMPLE.Stream,
      Properties: {
        ...SAMPLE.Stream?.Properties,
        StreamModeDetails: { StreamMode: 'ON_DEMAND' },
        ShardCount: undefined,
        RetentionPeriodHours: 24,
      },
    },
  } as Resources;
  expect(saved(onDemand, workload({ datasets: { 'energy.readings': { eventsPerDay } } })).get(what)).toBeGreaterThan(10);
});

test('many shards for little are dearer than on demand', () => {
  const wide = {
    ...SAMPLE,
    Stream: { ...SAMPLE.Stream, Properties: { ...SAMPLE.Stream?.Properties, ShardCount: 20 } },
  } as Resources;
  expect(saved(wide, PLAIN_WORKLOAD).get('put streams on demand')).toBeGreaterThan(300);
});

const withStream = (properties: object, more: Resources = {}): Resources => ({
  ...SAMPLE,
  ...more,
  Stream: { Type: 'AWS::Kinesis::Stream', Properties: { ...SAMPLE.Stream?.Properties, ...properties } },
});
test.each<[string, Resources, object]>([
  ['more than a delivery takes', SAMPLE, { eventsPerDay: 1e8 }],
  ['a reader that no template declares', SAMPLE, { readers: 1 }],
  [
    'a consumer',
    withStream(
      {},
      { Consumer: { Type: 'AWS::Kinesis::StreamConsumer', Properties: { StreamARN: { 'Fn::GetAtt': ['Stream', 'Arn'] } } } },
    ),
    {},
  ],
  ['a second delivery', withStream({}, { Again: SAMPLE.Delivery ?? { Type: '' } }), {}],
  ['no dataset that it is of', withStream({ Tags: [] }), {}],
])('a stream with %s is not spared', (_, resources, said) => {
  expect(saved(resources, workload({ datasets: { 'energy.readings': said } })).has(AN_HOUR)).toBe(false);
});

test('a stream is spared that is read by one delivery of another stack', () => {
  const { Stream, ...others } = withStream({});
  if (Stream === undefined) throw new Error('no stream');
  const exported = { Outputs: { Out: { Value: { 'Fn::GetAtt': ['Stream', 'Arn'] }, Export: { Name: 'stream' } } } };
  const elsewhere = JSON.stringify(others).replaceAll('{"Fn::GetAtt":["Stream","Arn"]}', '{"Fn::ImportValue":"stream"}');
  const Key = SAMPLE.Key ?? { Type: '' };
  const templates = new Map([
    ['Streams', readTemplate(JSON.stringify({ Resources: { Stream, Key }, ...exported }), 'Streams')],
    ['Others', readTemplate(`{"Resources":${elsewhere}}`, 'Others')],
  ]);
  const ideas = cheaper({ templates, contracts: [readings], workload: workload({ hoursPerMonth: 720 }) }, 12);
  expect(ideas.find(({ what }) => what === AN_HOUR)?.saves).toBeCloseTo(52.38, 2);
});

test('what is put straight into a delivery is better packed too', () => {
  const { Stream, ...others } = SAMPLE;
  const { KinesisStreamSourceConfiguration, ...properties } = SAMPLE.Delivery?.Properties ?? {};
  expect([Stream, KinesisStreamSourceConfiguration]).not.toContain(undefined);
  const direct: Resources = {
    ...others,
    Delivery: {
      Type: 'AWS::KinesisFirehose::DeliveryStream',
      Properties: { ...properties, DeliveryStreamType: 'DirectPut', Tags: Stream?.Properties?.Tags },
    },
  };
  const alone = workload({ hoursPerMonth: 720, datasets: { 'energy.readings': { eventsPerRecord: 1 } } });
  // 5 KB are billed of each KB: 150 GB in place of 30, taken in and converted
  expect(saved(direct, alone).get('fill records up to 25 KB')).toBeCloseTo(120 * (0.029 + 0.018), 2);
  expect(saved(direct, alone).has(AN_HOUR)).toBe(false);
});

test('where nothing can be saved, nothing is named', () => {
  expect(cheaper(platform({ Role: { Type: 'AWS::IAM::Role' } }), 12)).toEqual([]);
});
