import { ASSUMED } from '../assumed.ts';
import { shardsFor } from '../meters/kinesis.ts';
import { total } from './bill.ts';
import { changed, withDatasets, without, withResources, withTemplates } from './changed.ts';
import type { When } from './moment.ts';
import { pricePlatform } from './price-platform.ts';
import { putDirectly } from './put-directly.ts';
import { sceneOf, sourcesOf, type Scene } from './scene.ts';
import type { Platform } from './situation.ts';
import { tagOf } from './resource-set.ts';
import { TAGS, type Traffic } from './traffic.ts';

/** One thing done otherwise, and what it is worth. */
export interface Alternative {
  readonly what: string;
  /** What is lost with it. */
  readonly price: string;
  /** USD a month less. */
  readonly saves: number;
}

/** Less than this a month is no reason to change anything. */
const LEAST_USD = 0.01;

type Change = (platform: Platform, scene: Scene) => Platform;
interface Idea {
  readonly what: string;
  readonly price: string;
  readonly change: Change;
}

const KEY = 'AWS::KMS::Key';

/** A fold reads of the whole table, however little has come. */
function foldLess(often: string, foldsPerDay: number): Idea {
  return {
    what: `fold into curated tables once a ${often}`,
    price: `a row there may be more than a ${often} old: 'curatedWithin' promises more time`,
    change: (platform, { curated }) =>
      withDatasets(
        platform,
        curated
          .filter(({ delivery: { traffic } }) => traffic.foldsADay > foldsPerDay)
          .map(({ delivery }) => delivery.source ?? delivery),
        () => ({ foldsPerDay }),
      ),
  };
}

const IDEAS: readonly Idea[] = [
  {
    what: 'fill records up to 25 KB',
    price: 'a producer holds events back until a record is full',
    change: (platform, scene) =>
      withDatasets(platform, sourcesOf(scene), ({ traffic }) => ({
        eventsPerRecord: Math.max(1, Math.floor(ASSUMED.packedBytes / (traffic.recordBytes / traffic.eventsARecord))),
      })),
  },
  {
    what: 'put streams on demand',
    price: 'nothing; their shards follow the load',
    change: (platform) =>
      withResources(platform, 'AWS::Kinesis::Stream', (one) =>
        changed(one, {
          StreamModeDetails: { StreamMode: 'ON_DEMAND' },
          ShardCount: undefined,
        }),
      ),
  },
  {
    what: 'provision the shards that the peak needs, where streams are on demand',
    price: 'somebody has to watch the load',
    change: (platform, { streams }) =>
      withResources(platform, 'AWS::Kinesis::Stream', (one, stack, id) => {
        const stream = streams.find(({ resource }) => resource.stack === stack && resource.id === id);
        if (stream?.onDemand !== true) return one;
        return changed(one, { StreamModeDetails: { StreamMode: 'PROVISIONED' }, ShardCount: Math.max(1, stream.shardsNeeded) });
      }),
  },
  {
    what: 'turn on-demand Advantage on for the account',
    price: 'it bills 25 MB/s whether or not they come',
    change: (platform) => ({ ...platform, workload: { ...platform.workload, kinesisAdvantage: true } }),
  },
  {
    what: 'promise events in an hour, and put them straight into deliveries',
    price: 'events may take an hour; what a delivery cannot write is lost after a day; producers have to put elsewhere',
    change: putDirectly,
  },
  {
    what: 'share one stream within each domain',
    price: 'its datasets are throttled, and read, together; one delivery has to tell them apart',
    change: (platform, { streams, month }) => {
      const domainOf = ({ resource }: Scene['streams'][number]) => tagOf(resource, TAGS.domain);
      const provisioned = streams.filter((stream) => !stream.onDemand && domainOf(stream) !== undefined);
      return withResources(platform, 'AWS::Kinesis::Stream', (one, stack, id) => {
        const stream = provisioned.find(({ resource }) => resource.stack === stack && resource.id === id);
        if (stream === undefined) return one;
        const sharing = provisioned.filter((other) => domainOf(other) === domainOf(stream));
        const sum = (of: (traffic: Traffic) => number) => total(sharing, ({ traffic }) => of(traffic));
        const shards = shardsFor(
          sum(({ bytes }) => bytes),
          sum(({ records }) => records),
          month.seconds,
        );
        return changed(one, { ShardCount: sharing[0] === stream ? Math.max(1, shards) : 0 });
      });
    },
  },
  {
    what: 'keep events in streams for a day',
    price: 'a delivery that fails for longer loses events',
    change: (platform) => withResources(platform, 'AWS::Kinesis::Stream', (one) => changed(one, { RetentionPeriodHours: 24 })),
  },
  {
    what: 'drop the metrics of each shard',
    price: 'which shard is hot is no longer seen',
    change: (platform) =>
      withResources(platform, 'AWS::Kinesis::Stream', (one) => changed(one, { DesiredShardLevelMetrics: undefined })),
  },
  {
    what: 'let deliveries buffer for fifteen minutes',
    price: 'events are that much later in their table',
    change: (platform) =>
      withResources(platform, 'AWS::KinesisFirehose::DeliveryStream', (one) => {
        const { ExtendedS3DestinationConfiguration: s3 } = one.properties;
        const hints = { BufferingHints: { SizeInMBs: 128, IntervalInSeconds: 900 } };
        return typeof s3 === 'object' ? changed(one, { ExtendedS3DestinationConfiguration: { ...s3, ...hints } }) : one;
      }),
  },
  foldLess('day', 1),
  foldLess('week', 1 / 7),
  {
    what: 'run functions on arm64',
    price: 'nothing, where their code has no x86 binary',
    change: (platform) => withResources(platform, 'AWS::Lambda::Function', (one) => changed(one, { Architectures: ['arm64'] })),
  },
  {
    what: 'run functions outside a network, without its interface endpoints and firewall',
    price: 'what a function asks for, and sends where, is no longer bounded by a network',
    change: (platform) =>
      without(platform, [
        'AWS::EC2::VPCEndpoint',
        'AWS::EC2::FlowLog',
        'AWS::Route53Resolver::FirewallDomainList',
        'AWS::Route53Resolver::FirewallRuleGroupAssociation',
      ]),
  },
  {
    what: 'put the endpoints in one zone',
    price: 'functions stop while that zone is out',
    change: (platform) =>
      withResources(platform, 'AWS::EC2::VPCEndpoint', (one) => {
        const { SubnetIds } = one.properties;
        return Array.isArray(SubnetIds) ? changed(one, { SubnetIds: SubnetIds.slice(0, 1) as unknown[] }) : one;
      }),
  },
  {
    what: 'use one key in place of several',
    price: 'who may read one zone may no longer be refused another by its key',
    change: (platform, { resources }) => {
      const [first] = resources.ofType(KEY);
      return withTemplates(platform, (template, stack) => ({
        ...template,
        resources: new Map(
          [...template.resources].filter(([id, { type }]) => type !== KEY || (stack === first?.stack && id === first.id)),
        ),
      }));
    },
  },
  {
    what: 'record no request for objects',
    price: 'who read what can no longer be said',
    change: (platform) =>
      withResources(platform, 'AWS::CloudTrail::Trail', (one) => changed(one, { AdvancedEventSelectors: [] })),
  },
];

/** What would be cheaper, the most first: each alone, priced as the platform itself is. Two of them may save the same dollar. */
export function cheaper(platform: Platform, when: When): Alternative[] {
  const scene = sceneOf(platform, when);
  const usd = (one: Platform) => total(pricePlatform(one, when), (item) => item.usd);
  const now = usd(platform);
  return IDEAS.map(({ what, price, change }) => ({ what, price, saves: now - usd(change(platform, scene)) }))
    .filter(({ saves }) => saves >= LEAST_USD)
    .sort((a, b) => b.saves - a.saves);
}
