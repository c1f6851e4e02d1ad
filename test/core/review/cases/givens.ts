import type { PlatformCopy } from './platform-copy.ts';

export const ALARM = 'TestAlarm';

/** An alarm with an action, beside the lake's buckets. */
export const anAlarm = (platform: PlatformCopy): void => {
  platform.add(platform.foundation, ALARM, {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:on-call'],
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: 1,
      MetricName: 'IteratorAge',
      Threshold: 900,
      TreatMissingData: 'breaching',
    },
  });
};

export const REPLICATED = 'TestReplicated';

/** A locked bucket with a copy elsewhere. */
export const aReplicatedBucket = (platform: PlatformCopy): void => {
  platform.add(platform.foundation, REPLICATED, {
    Type: 'AWS::S3::Bucket',
    Properties: {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Days: 30, Mode: 'COMPLIANCE' } } },
      ReplicationConfiguration: { Role: 'arn:aws:iam::111122223333:role/copy', Rules: [{ Id: 'all', Status: 'Enabled' }] },
    },
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
  });
};

export const TABLE = 'TestTable';

/** A table of the hot store. */
export const aTable = (platform: PlatformCopy): void => {
  platform.add(platform.foundation, TABLE, {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    },
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
  });
};
