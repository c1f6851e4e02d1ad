import { part, statementsOf, type Found, type PlatformCopy, type RawResource, type RawStatement } from './platform-copy.ts';

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

/** An alarm of a difference of which another expression is a part. */
export const aComputedAlarm =
  (part: string) =>
  (platform: PlatformCopy): void => {
    const metric = (Id: string) => ({
      Id,
      MetricStat: { Metric: { MetricName: Id }, Period: 300, Stat: 'Sum' },
      ReturnData: false,
    });
    platform.add(platform.foundation, ALARM, {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        ComparisonOperator: 'GreaterThanThreshold',
        EvaluationPeriods: 1,
        Metrics: [
          { Id: 'all', Expression: 'm2 - part', ReturnData: true },
          { Id: 'part', Expression: part, ReturnData: false },
          ...['m1', 'm2'].map(metric),
        ],
        Threshold: 900,
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

/** Gives the stream of that table a policy. */
export const streamLetsIn = (platform: PlatformCopy, AWS: unknown): void => {
  const statement = { Effect: 'Allow', Principal: { AWS }, Action: 'dynamodb:GetRecords', Resource: '*' };
  platform.the('AWS::DynamoDB::Table', ({ id }) => id === TABLE).properties.StreamSpecification = {
    StreamViewType: 'KEYS_ONLY',
    ResourcePolicy: { PolicyDocument: { Version: '2012-10-17', Statement: [statement] } },
  };
};

export const RULE = 'TestRule';

/** A rule that hears of failed executions, on which an alarm counts. */
export const aRule = (platform: PlatformCopy): void => {
  platform.add(platform.foundation, RULE, {
    Type: 'AWS::Events::Rule',
    Properties: { State: 'ENABLED', EventPattern: { source: ['aws.states'], detail: { status: ['FAILED'] } } },
  });
};

/** A resource that outlives its stack, with the properties of another. */
export const kept = (Type: string, properties: Record<string, unknown>): RawResource => ({
  Type,
  Properties: structuredClone(properties),
  DeletionPolicy: 'Retain',
  UpdateReplacePolicy: 'Retain',
});

/** A delivery that reads a stream and transforms what it reads. */
export const fromStream = (platform: PlatformCopy): Found =>
  platform.the(
    'AWS::KinesisFirehose::DeliveryStream',
    ({ properties }) => properties.DeliveryStreamType === 'KinesisStreamAsSource',
  );

/** What the first processor of a delivery is told. */
export const parametersOf = ({ properties }: Found): { ParameterName: string; ParameterValue: unknown }[] => {
  const [processor] = part(properties, 'ExtendedS3DestinationConfiguration', 'ProcessingConfiguration').Processors as unknown[];
  return part(processor).Parameters as { ParameterName: string; ParameterValue: unknown }[];
};

const isByActors = ({ Condition }: RawStatement): boolean =>
  JSON.stringify(Condition?.ArnLike?.['aws:PrincipalArn'] ?? '').includes('role/headwaters/') &&
  Condition?.StringEquals?.['kms:ViaService'] !== undefined;

/** The statement of a key that lets our actors use it, through one service. */
export const usedByActors = (platform: PlatformCopy): RawStatement => {
  const all = platform.all('AWS::KMS::Key').flatMap((found) => statementsOf(found, 'KeyPolicy'));
  const statement = all.find(isByActors);
  if (statement === undefined) throw new Error('prod must have a key that actors use for this case');
  return statement;
};

/** The callers that a statement's condition names. */
export const actorsOf = ({ Condition }: RawStatement): unknown[] => Condition?.ArnLike?.['aws:PrincipalArn'] as unknown[];

/** The first dataset: its stack, what its logical ids begin with, and its name. */
export const datasetOf = (platform: PlatformCopy): { readonly stack: string; readonly prefix: string; readonly name: string } => {
  const { stack, id } = platform.the('AWS::Kinesis::Stream');
  const prefix = /^(.*?)Stream[0-9A-F]{8}$/.exec(id)?.[1] ?? '';
  return { stack, prefix, name: prefix.replace(/^Datasets/, '').toLowerCase() };
};

/** An alarm of an expression in which a text stands. */
export const alarmOn = (platform: PlatformCopy, text: string): Found =>
  platform.the('AWS::CloudWatch::Alarm', ({ properties }) => JSON.stringify(properties.Metrics ?? '').includes(text));

/** What an alarm computes, and of what; the expression comes first. */
export const queriesOf = ({ properties }: Found): Record<string, unknown>[] => properties.Metrics as Record<string, unknown>[];

/** A query of an alarm that reads a metric. */
export const statQuery = (found: Found): Record<string, unknown> => {
  const query = queriesOf(found).find(({ MetricStat }) => MetricStat !== undefined);
  if (query === undefined) throw new Error('the alarm must read a metric for this case');
  return query;
};

/** The stack of the first domain. */
export const domainOf = (platform: PlatformCopy): string => datasetOf(platform).stack;
