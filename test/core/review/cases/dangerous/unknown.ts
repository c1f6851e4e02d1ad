import type { DangerousCase } from '../case.ts';
import {
  ask,
  BUCKET,
  DELIVERY,
  DESTINATION,
  drop,
  FLOW_LOG,
  GLUE_TABLE,
  projected,
  raw,
  STREAM,
  TRAIL,
  view,
} from '../finders.ts';
import { alarmOn, kept, queriesOf } from '../givens.ts';
import { part } from '../platform-copy.ts';

/** What a person must look up. */
export const UNKNOWN: readonly DangerousCase[] = [
  {
    name: 'a table no longer finds restored days',
    edit: (platform) => {
      part(projected(platform).properties, 'TableInput', 'Parameters').read_restored_glacier_objects = 'false';
    },
    dangers: ['UnknownEffect'],
  },
  {
    name: 'a view leaves rows out',
    edit: (platform) => {
      ask(view(platform), (sql) => `${sql} AND dt > '2026-01-01'`);
    },
    dangers: ['ViewQueryChanged'],
  },
  {
    name: 'an alarm asks for another metric',
    edit: (platform) => {
      const found = alarmOn(platform, 'SELECT MAX(ReplicationLatency)');
      found.properties.Metrics = JSON.parse(
        JSON.stringify(found.properties.Metrics).replace('ReplicationLatency', 'BytesPendingReplication'),
      ) as unknown;
    },
    dangers: ['UnknownEffect'],
  },
  {
    name: 'an alarm asks about another bucket',
    edit: (platform) => {
      const [query] = queriesOf(alarmOn(platform, 'SELECT MAX(ReplicationLatency)'));
      if (query !== undefined)
        query.Expression = `SELECT MAX(ReplicationLatency) FROM SCHEMA("AWS/S3", DestinationBucket) WHERE DestinationBucket = 'elsewhere'`;
    },
    dangers: ['UnknownEffect'],
  },
  {
    name: 'an alarm asks over longer times',
    edit: (platform) => {
      const [query] = queriesOf(alarmOn(platform, 'SELECT MAX(ReplicationLatency)'));
      if (query !== undefined) query.Period = 3600;
    },
    dangers: ['AlarmRelaxed'],
  },
  {
    name: 'a table may change after the function that writes it',
    edit: (platform) => {
      const version = platform.the('AWS::Lambda::Version', ({ resource }) => resource.DependsOn !== undefined);
      const tables = platform.all(GLUE_TABLE).map(({ id }) => id);
      version.resource.DependsOn = [version.resource.DependsOn ?? []].flat().filter((id) => !tables.includes(id));
    },
    dangers: ['UnknownEffect'],
  },
  {
    name: 'a property that no rule knows',
    edit: (platform) => {
      platform.the(BUCKET).properties.NewFeature = { Enabled: true };
    },
    dangers: ['UnknownEffect'],
  },
  {
    name: 'a type that no rule knows',
    edit: (platform) => {
      platform.add(platform.foundation, 'Strange', { Type: 'AWS::New::Thing', Properties: {} });
    },
    dangers: ['UnknownType'],
  },
  {
    name: 'originals are copied to another account',
    edit: (platform) => {
      raw(platform).properties.ReplicationConfiguration = {
        Role: 'arn:aws:iam::111122223333:role/copy',
        Rules: [{ Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::elsewhere', Account: '999999999999' } }],
      };
    },
    dangers: ['UnknownEffect', 'AccountNamed'],
  },
  {
    name: "a list of what is there goes to somebody's bucket",
    edit: (platform) => {
      raw(platform).properties.InventoryConfigurations = [
        { Id: 'all', Enabled: true, Destination: { BucketArn: 'arn:aws:s3:::elsewhere', Format: 'CSV' } },
      ];
    },
    dangers: ['UnknownEffect'],
  },
  {
    name: 'a bucket tells a queue of another account',
    edit: (platform) => {
      platform.the(
        BUCKET,
        ({ properties }) => properties.NotificationConfiguration === undefined,
      ).properties.NotificationConfiguration = {
        QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: 'arn:aws:sqs:eu-west-1:999999999999:queue' }],
      };
    },
    dangers: ['UnknownEffect', 'AccountNamed'],
  },
  {
    name: "a new bucket is copied to one that may be anybody's, of another account",
    edit: (platform) => {
      const { PublicAccessBlockConfiguration } = platform.the(BUCKET).properties;
      const Destination = { Bucket: 'arn:aws:s3:::elsewhere', Account: '999999999999' };
      platform.add(
        platform.foundation,
        'New',
        kept(BUCKET, {
          PublicAccessBlockConfiguration,
          ReplicationConfiguration: { Rules: [{ Status: 'Enabled', Destination }] },
        }),
      );
    },
    dangers: ['UnknownEffect', 'AccountNamed'],
  },
  ...(
    [
      ['Location', ['StorageDescriptor'], 's3://elsewhere/kept/'],
      ['storage.location.template', ['Parameters'], 's3://elsewhere/${dt}/'],
    ] as const
  ).map(([name, within, place]): DangerousCase => ({
    name: `a new table has its files by '${name}' at a place that may be anybody's`,
    edit: (platform) => {
      const { stack, properties } = projected(platform);
      const copy = structuredClone(properties);
      part(copy, 'TableInput', ...within)[name] = place;
      part(copy, 'TableInput').Name = 'new';
      platform.add(stack, 'New', kept(GLUE_TABLE, copy));
    },
    dangers: ['UnknownEffect'],
  })),
  {
    name: "a new trail writes to a bucket that may be anybody's",
    edit: (platform) => {
      const { properties } = platform.the(TRAIL);
      platform.add(platform.foundation, 'New', kept(TRAIL, { ...properties, S3BucketName: 'elsewhere' }));
    },
    dangers: ['UnknownEffect'],
  },
  {
    name: "a new flow log writes to a bucket that may be anybody's",
    edit: (platform) => {
      const added = kept(FLOW_LOG, platform.the(FLOW_LOG).properties);
      for (const name of ['LogGroupName', 'DeliverLogsPermissionArn']) drop(added.Properties, name);
      Object.assign(added.Properties, { LogDestinationType: 's3', LogDestination: 'arn:aws:s3:::elsewhere' });
      platform.add(platform.foundation, 'New', added);
    },
    dangers: ['UnknownEffect'],
  },
  {
    name: "a new delivery writes to a bucket that may be anybody's",
    edit: (platform) => {
      const { stack, properties } = platform.the(DELIVERY);
      const added = kept(DELIVERY, properties);
      part(added.Properties, DESTINATION).BucketARN = 'arn:aws:s3:::elsewhere';
      platform.add(stack, 'New', added);
    },
    dangers: ['UnknownEffect'],
  },
  {
    name: 'a stream scales on demand, for several times the price',
    edit: (platform) => {
      const { properties } = platform.the(STREAM);
      properties.StreamModeDetails = { StreamMode: 'ON_DEMAND' };
      drop(properties, 'ShardCount');
    },
    dangers: ['UnknownEffect'],
  },
  {
    name: 'a stream gets more than double its shards at once',
    edit: (platform) => {
      const { properties } = platform.the(STREAM);
      properties.ShardCount = 2 * Number(properties.ShardCount) + 1;
    },
    dangers: ['ShardsTooFar'],
  },
  {
    name: 'a stack goes where the deployment says',
    edit: (platform) => {
      platform.move(platform.foundation, 'aws://unknown-account/eu-west-1');
    },
    dangers: ['UnknownEffect'],
  },
];
