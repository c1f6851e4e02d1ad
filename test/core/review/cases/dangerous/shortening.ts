import type { DangerousCase } from '../case.ts';
import {
  ask,
  clean,
  columnsOf,
  DESTINATION,
  drop,
  isArchive,
  KEY,
  lifecycleOf,
  type LifecycleRule,
  LOG_GROUP,
  projected,
  STREAM,
  ruleWhere,
  view,
} from '../finders.ts';
import { fromStream } from '../givens.ts';
import { part } from '../platform-copy.ts';

/** Data is kept, read or carried for less. */
export const SHORTENING: readonly DangerousCase[] = [
  {
    name: 'a stream keeps records for a day',
    edit: (platform) => {
      platform.the(STREAM).properties.RetentionPeriodHours = 24;
    },
    dangers: ['StreamRetentionShortened'],
  },
  {
    name: 'a stream says nothing of its retention',
    edit: (platform) => {
      drop(platform.the(STREAM).properties, 'RetentionPeriodHours');
    },
    dangers: ['StreamRetentionShortened'],
  },
  {
    name: 'a stream loses a shard',
    given: (platform) => {
      platform.the(STREAM).properties.ShardCount = 2;
    },
    edit: (platform) => {
      platform.the(STREAM).properties.ShardCount = 1;
    },
    dangers: ['ShardsCut'],
  },
  {
    name: 'objects of a prefix expire a day earlier',
    edit: (platform) => {
      const rule = ruleWhere(
        lifecycleOf(clean(platform)),
        ({ Prefix, ExpirationInDays = 0 }) => Prefix !== undefined && ExpirationInDays > 30,
      );
      rule.ExpirationInDays = (rule.ExpirationInDays ?? 0) - 1;
    },
    dangers: ['ExpirationShortened'],
  },
  {
    name: 'all objects of a bucket expire',
    edit: (platform) => {
      lifecycleOf(clean(platform)).push({ Id: 'all', Status: 'Enabled', ExpirationInDays: 3650 } as LifecycleRule);
    },
    dangers: ['ExpirationAdded'],
  },
  {
    name: 'objects of a prefix that were kept for good expire',
    edit: (platform) => {
      lifecycleOf(clean(platform)).push({
        Id: 'new',
        Status: 'Enabled',
        Prefix: 'reference/',
        ExpirationInDays: 30,
      } as LifecycleRule);
    },
    dangers: ['ExpirationAdded'],
  },
  {
    name: 'what was deleted can be brought back for a day only',
    edit: (platform) => {
      const rule = ruleWhere(
        lifecycleOf(clean(platform)),
        ({ NoncurrentVersionExpiration }) => NoncurrentVersionExpiration !== undefined,
      );
      part(rule, 'NoncurrentVersionExpiration').NoncurrentDays = 1;
    },
    dangers: ['NoncurrentExpirationShortened'],
  },
  {
    name: 'objects are archived a day earlier',
    edit: (platform) => {
      const [archive] = lifecycleOf(clean(platform)).flatMap(({ Transitions = [] }) => Transitions.filter(isArchive));
      if (archive !== undefined) archive.TransitionInDays -= 1;
    },
    dangers: ['ArchivedEarlier'],
  },
  {
    name: 'logs are kept for a week',
    edit: (platform) => {
      platform.the(LOG_GROUP).properties.RetentionInDays = 7;
    },
    dangers: ['LogRetentionShortened'],
  },
  {
    name: 'a key is deleted within a week',
    edit: (platform) => {
      platform.the(KEY).properties.PendingWindowInDays = 7;
    },
    dangers: ['KeyDeletionWindowShortened'],
  },
  {
    name: 'a column gets another type',
    edit: (platform) => {
      const [column] = columnsOf(projected(platform));
      if (column !== undefined) column.Type = 'binary';
    },
    dangers: ['ColumnTypeChanged'],
  },
  {
    name: 'a table lies elsewhere',
    edit: (platform) => {
      part(projected(platform).properties, 'TableInput', 'Parameters')['storage.location.template'] = 's3://elsewhere/dt=${dt}/';
    },
    dangers: ['TableMoved'],
  },
  {
    name: 'a table is read for fewer days',
    edit: (platform) => {
      part(projected(platform).properties, 'TableInput', 'Parameters')['projection.dt.range'] = 'NOW-1DAYS,NOW';
    },
    dangers: ['ProjectionNarrowed'],
  },
  {
    name: 'a view shows fewer days',
    edit: (platform) => {
      ask(view(platform), (sql) => sql.replace(/interval '\d+' day/, "interval '1' day"));
    },
    dangers: ['ViewDaysShortened'],
  },
  {
    name: 'a delivery writes under another prefix',
    edit: (platform) => {
      part(fromStream(platform).properties, DESTINATION).Prefix = 'elsewhere/';
    },
    dangers: ['DeliveryMoved'],
  },
  {
    name: 'a delivery writes its errors under another prefix',
    edit: (platform) => {
      part(fromStream(platform).properties, DESTINATION).ErrorOutputPrefix = 'errors/';
    },
    dangers: ['DeliveryMoved'],
  },
  {
    name: 'a stream loses more than half of its shards at once',
    given: (platform) => {
      platform.the(STREAM).properties.ShardCount = 5;
    },
    edit: (platform) => {
      platform.the(STREAM).properties.ShardCount = 2;
    },
    dangers: ['ShardsCut', 'ShardsTooFar'],
  },
];
