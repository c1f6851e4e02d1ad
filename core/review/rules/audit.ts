import { same } from '../../contract/compatibility/canonical.ts';
import { danger } from '../danger.ts';
import { at, isObject, listOf, textOf } from '../value.ts';
import { always, encryptionKey, harmless, kept, renamed, stays, unknownEffect, type Judge } from './judge.ts';
import { strangePlaces } from './own-place.ts';
import type { RulesByType } from './resource-rules.ts';

const unseen = 'who read or changed it leaves no trace';

/** Ways to match a field that match more the more values they have. */
const POSITIVE = ['Equals', 'StartsWith', 'EndsWith'];

/** Whether one selector notes all that another does: each of its demands is made there, and met by no more. */
const covers = (one: unknown, other: unknown): boolean =>
  listOf(at(one, 'FieldSelectors')).every((demand) => {
    const { Field, ...ways } = isObject(demand) ? demand : {};
    const alike = listOf(at(other, 'FieldSelectors')).filter((theirs) => same(at(theirs, 'Field'), Field));
    return Object.entries(ways).every(([way, values]) => {
      if (!POSITIVE.includes(way)) return alike.some((theirs) => same(at(theirs, way), values));
      const known = listOf(values).map(textOf);
      return alike.some((theirs) => {
        const narrower = listOf(at(theirs, way)).map(textOf);
        return narrower.length > 0 && narrower.every((value) => known.includes(value));
      });
    });
  });

const areObjects = (value: unknown): boolean => Array.isArray(value) && value.every(isObject);
const areRead = (value: unknown): boolean =>
  areObjects(value) && listOf(value).every((selector) => areObjects(at(selector, 'FieldSelectors')));

const selectors: Judge = (before, after, path, whole) => {
  if (!areRead(before) || !areRead(after)) return unknownEffect(before, after, path, whole);
  const gone = listOf(before).filter((one) => !listOf(after).some((other) => covers(other, one)));
  return gone.length === 0
    ? []
    : [danger('WatchRemoved', `'${path}' notes less by ${gone.length} of ${listOf(before).length}: ${unseen}`)];
};

/** Who read and changed what. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudtrail-trail.html */
export const AUDIT_RULES: RulesByType = {
  'AWS::CloudTrail::Trail': {
    addition: ({ IsLogging, S3BucketName }, resources) => [
      ...stays(true, 'LogsOff', 'it notes nothing', true)(true, IsLogging, 'IsLogging', { before: {}, after: {} }),
      ...strangePlaces('trail', { S3BucketName }, resources),
    ],
    removal: { code: 'WatchRemoved', does: unseen },
    properties: {
      TrailName: renamed,
      IsLogging: stays(true, 'LogsOff', 'it notes nothing any more', true),
      AdvancedEventSelectors: selectors,
      EnableLogFileValidation: stays(true, 'WatchRemoved', 'nobody can tell whether its records were changed', false),
      IncludeGlobalServiceEvents: stays(true, 'WatchRemoved', unseen, false),
      IsMultiRegionTrail: stays(true, 'WatchRemoved', unseen, false),
      KMSKeyId: encryptionKey,
      S3BucketName: always('DeliveryMoved', 'its records lie elsewhere, under other policies and lifecycle rules'),
      S3KeyPrefix: always('DeliveryMoved', 'its records lie elsewhere, where nobody looks'),
      CloudWatchLogsLogGroupArn: kept('LogsOff', 'alarms on its log see nothing', { harmless: 'more is noticed' }),
      Tags: harmless,
    },
  },
};
