import { cheaper } from '../../../../core/cost/template/cheaper.ts';
import { PLAIN_WORKLOAD } from '../../../../core/cost/template/workload.ts';
import { platform, readings, SAMPLE, workload, type Resources } from './sample.ts';

const saved = (resources: Resources, said = workload({ hoursPerMonth: 720 })) =>
  new Map(cheaper(platform(resources, said, [readings]), 12).map(({ what, saves }) => [what, saves]));

test('what saves is named, the most first, with what it saves', () => {
  expect([...saved(SAMPLE)].map(([what, saves]) => [what, Number(saves.toFixed(2))])).toEqual([
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
  expect(saved(SAMPLE, alone).get('fill Kinesis records up to 25 KB')).toBeGreaterThan(5);
  expect(saved(SAMPLE, alone).get('fill Kinesis records up to 25 KB')).toBeLessThan(8);
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

test('where nothing can be saved, nothing is named', () => {
  expect(cheaper(platform({ Role: { Type: 'AWS::IAM::Role' } }), 12)).toEqual([]);
});
