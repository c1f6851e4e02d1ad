import type { Case } from './case.ts';
import { BUCKET, clean, DESTINATION, FUNCTION, KEY, lifecycleOf, POLICY, STREAM, WORK_GROUP } from './finders.ts';
import { alarmOn, datasetOf, fromStream, queriesOf, statQuery } from './givens.ts';
import { part, statementsOf, type Found, type PlatformCopy } from './platform-copy.ts';

const lateAlarm = (platform: PlatformCopy): Found => alarmOn(platform, 'fresh');

/** What a platform engineer does on a working day, and nobody need look at twice. */
export const HARMLESS_EVERYDAY: readonly Case[] = [
  {
    name: 'a new dataset, with its own names, tags, prefixes and alarms',
    edit: (platform) => {
      const { stack, prefix, name } = datasetOf(platform);
      const renamed = (text: string) => text.replaceAll(prefix, 'DatasetsInvoices').replaceAll(name, 'invoices');
      for (const { id, resource } of platform.allOf(stack).filter((found) => found.id.startsWith(prefix)))
        platform.add(stack, renamed(id), JSON.parse(renamed(JSON.stringify(resource))) as typeof resource);
    },
  },
  {
    name: 'functions on a newer runtime',
    edit: (platform) => {
      for (const { properties } of platform.all(FUNCTION)) properties.Runtime = 'nodejs26.x';
    },
  },
  {
    name: 'deliveries of smaller files',
    edit: (platform) => {
      part(fromStream(platform).properties, DESTINATION, 'BufferingHints').SizeInMBs = 64;
    },
  },
  {
    name: 'old versions move to a cheaper class before they go',
    edit: (platform) => {
      lifecycleOf(clean(platform)).push({
        Id: 'old-versions',
        Status: 'Enabled',
        NoncurrentVersionTransitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 1 }],
      } as unknown as ReturnType<typeof lifecycleOf>[number]);
    },
  },
  {
    name: 'what was begun and never finished goes earlier',
    edit: (platform) => {
      for (const rule of platform.all(BUCKET).flatMap(lifecycleOf) as unknown as Record<string, unknown>[])
        if (rule.AbortIncompleteMultipartUpload !== undefined) rule.AbortIncompleteMultipartUpload = { DaysAfterInitiation: 1 };
    },
  },
  {
    name: 'a key rotates more often',
    edit: (platform) => {
      platform.the(KEY).properties.RotationPeriodInDays = 180;
    },
  },
  {
    name: 'an alarm of an expression goes off earlier',
    edit: (platform) => {
      lateAlarm(platform).properties.Threshold = 60;
    },
  },
  {
    name: 'fewer rejects are enough for an alarm',
    edit: (platform) => {
      const [query] = queriesOf(alarmOn(platform, 'quarantined >= 10'));
      if (query !== undefined) query.Expression = String(query.Expression).replace('>= 10', '>= 5');
    },
  },
  {
    name: 'an alarm looks at one bucket more',
    edit: (platform) => {
      const found = alarmOn(platform, 'FILL(bucket0');
      const queries = queriesOf(found);
      const [first] = queries;
      if (first !== undefined) first.Expression = String(first.Expression).replace(/^/, 'FILL(more, 0) + ');
      queries.push({ ...structuredClone(statQuery(found)), Id: 'more' });
    },
  },
  {
    name: 'an alarm on the largest value asks each minute',
    edit: (platform) => {
      for (const query of queriesOf(lateAlarm(platform)).slice(1)) part(query, 'MetricStat').Period = 60;
    },
  },
  {
    name: 'an alarm tells one more',
    edit: (platform) => {
      const { properties } = lateAlarm(platform);
      properties.AlarmActions = [...(properties.AlarmActions as unknown[]), 'arn:aws:sns:eu-west-1:111122223333:second'];
    },
  },
  {
    name: 'a policy of a role stands under another id',
    edit: (platform) => {
      const policy = platform.the(POLICY);
      platform.rewriteStack(policy.stack, (text) => text.replaceAll(policy.id, 'RenamedPolicy'));
    },
  },
  {
    name: 'statements get names, and one is split by its resources',
    edit: (platform) => {
      for (const found of platform.all(POLICY)) {
        const statements = statementsOf(found).flatMap((statement, index) =>
          [statement.Resource].flat().map((Resource, part_) => ({ ...statement, Resource, Sid: `Part${index}x${part_}` })),
        );
        part(found.properties, 'PolicyDocument').Statement = statements;
      }
    },
  },
  {
    name: 'one more team of analysts, with a role and a workgroup like those there are',
    edit: (platform) => {
      const { stack } = platform.the(WORK_GROUP);
      for (const { id, resource } of platform.allOf(stack).filter((found) => /^Analysts|WorkGroup/.test(found.id)))
        platform.add(
          stack,
          `Second${id}`,
          JSON.parse(
            JSON.stringify(resource)
              .replaceAll('prod-analysts', 'prod-finance')
              .replaceAll(/"(Analysts\w+)"/g, '"Second$1"'),
          ) as typeof resource,
        );
    },
  },
  {
    name: 'the contract of a dataset gets another owner',
    edit: (platform) => {
      platform.rewrite((text) => text.replaceAll('sales-data@example.com', 'sales@example.com'));
    },
  },
  {
    name: 'a stream counts more by its shards',
    edit: (platform) => {
      platform.the(STREAM).properties.DesiredShardLevelMetrics = ['ALL'];
    },
  },
];
