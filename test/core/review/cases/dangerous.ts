import type { DangerousCase } from './case.ts';
import { DANGEROUS_ACCESS } from './dangerous-access.ts';
import { DANGEROUS_PROCESS } from './dangerous-process.ts';
import { ALARM, anAlarm, aReplicatedBucket, aTable, fromStream, kept, REPLICATED, TABLE } from './givens.ts';
import { part, statementsOf, type Found, type PlatformCopy } from './platform-copy.ts';

const BUCKET = 'AWS::S3::Bucket';
const STREAM = 'AWS::Kinesis::Stream';
const KEY = 'AWS::KMS::Key';
const DELIVERY = 'AWS::KinesisFirehose::DeliveryStream';
const GLUE_TABLE = 'AWS::Glue::Table';
const LOG_GROUP = 'AWS::Logs::LogGroup';
const WORK_GROUP = 'AWS::Athena::WorkGroup';
const ROLE = 'AWS::IAM::Role';
const POLICY = 'AWS::IAM::ManagedPolicy';
const DESTINATION = 'ExtendedS3DestinationConfiguration';

interface LifecycleRule {
  Id: string;
  Prefix?: string;
  ExpirationInDays?: number;
  NoncurrentVersionExpiration?: { NoncurrentDays: number };
  Transitions?: { StorageClass: string; TransitionInDays: number }[];
}
const lifecycleOf = (found: Found): LifecycleRule[] =>
  part(found.properties, 'LifecycleConfiguration', 'Rules') as unknown as LifecycleRule[];

/** A bucket whose objects move to an archive: that of clean data. */
const clean = (platform: PlatformCopy): Found =>
  platform.the(BUCKET, (found) => lifecycleOf(found).some(({ Transitions = [] }) => Transitions.some(isArchive)));
/** The bucket of originals. */
const raw = (platform: PlatformCopy): Found =>
  platform.the(
    BUCKET,
    ({ properties }) =>
      properties.LoggingConfiguration !== undefined && part(properties, 'LoggingConfiguration').LogFilePrefix === 'raw/',
  );
const isArchive = ({ StorageClass }: { StorageClass: string }): boolean => ['GLACIER', 'DEEP_ARCHIVE'].includes(StorageClass);

const theRule = (rules: LifecycleRule[], is: (rule: LifecycleRule) => boolean): LifecycleRule => {
  const found = rules.find(is);
  if (found === undefined) throw new Error('prod must have such a lifecycle rule for this case');
  return found;
};

const partitioned = (platform: PlatformCopy): Found =>
  platform.the(DELIVERY, ({ properties }) => part(properties, DESTINATION).DynamicPartitioningConfiguration !== undefined);
const projected = (platform: PlatformCopy): Found =>
  platform.the(GLUE_TABLE, ({ properties }) => part(properties, 'TableInput').TableType !== 'VIRTUAL_VIEW');
const view = (platform: PlatformCopy): Found =>
  platform.the(GLUE_TABLE, ({ properties }) => part(properties, 'TableInput').TableType === 'VIRTUAL_VIEW');
const columnsOf = ({ properties }: Found) =>
  part(properties, 'TableInput', 'StorageDescriptor', 'Columns') as unknown as { Name: string; Type: string }[];

/** Writes a view's query anew. */
function ask(found: Found, change: (sql: string) => string): void {
  const input = part(found.properties, 'TableInput') as unknown as { ViewOriginalText: string };
  const encoded = /: (\S+) /.exec(input.ViewOriginalText)?.[1] ?? '';
  const definition = JSON.parse(Buffer.from(encoded, 'base64').toString()) as { originalSql: string };
  definition.originalSql = change(definition.originalSql);
  input.ViewOriginalText = `/* Presto View: ${Buffer.from(JSON.stringify(definition)).toString('base64')} */`;
}

const drop = (value: Record<string, unknown>, key: string): void => {
  Reflect.deleteProperty(value, key);
};

export const DANGEROUS: readonly DangerousCase[] = [
  {
    name: 'a bucket that is kept leaves the template',
    edit: (platform) => {
      platform.remove(platform.the(BUCKET));
    },
    dangers: ['ResourceOrphaned'],
  },
  {
    name: 'a delivery that is not kept leaves the template',
    edit: (platform) => {
      platform.remove(fromStream(platform));
    },
    dangers: ['ResourceDeleted'],
  },
  {
    name: 'a construct of a stream is renamed',
    edit: (platform) => {
      platform.rename(platform.the(STREAM), 'RenamedStream');
    },
    dangers: ['LogicalIdChanged'],
  },
  {
    name: 'a logical id gets another type',
    edit: (platform) => {
      platform.the(STREAM).resource.Type = 'AWS::SQS::Queue';
    },
    dangers: ['TypeChanged'],
  },
  {
    name: 'a domain leaves the platform',
    edit: (platform) => {
      platform.removeStack(platform.the(STREAM).stack);
    },
    dangers: ['StackRemoved'],
  },
  {
    name: 'an export is renamed',
    edit: (platform) => {
      const [output] = Object.values(platform.template(platform.foundation).Outputs);
      part(output, 'Export').Name = 'another-name';
    },
    dangers: ['ExportRemoved'],
  },
  {
    name: 'a bucket gets a physical name',
    edit: (platform) => {
      platform.the(BUCKET).properties.BucketName = 'lake';
    },
    dangers: ['PhysicalNameChanged'],
  },
  {
    name: 'a Glue database is renamed',
    edit: (platform) => {
      part(platform.the('AWS::Glue::Database').properties, 'DatabaseInput').Name = 'renamed';
    },
    dangers: ['PhysicalNameChanged'],
  },
  {
    name: 'a Glue table is renamed',
    edit: (platform) => {
      part(projected(platform).properties, 'TableInput').Name = 'renamed';
    },
    dangers: ['PhysicalNameChanged'],
  },
  {
    name: 'a workgroup is renamed',
    edit: (platform) => {
      platform.the(WORK_GROUP).properties.Name = 'renamed';
    },
    dangers: ['PhysicalNameChanged'],
  },
  {
    name: 'a log group gets a physical name',
    edit: (platform) => {
      platform.the(LOG_GROUP).properties.LogGroupName = '/lake/delivery';
    },
    dangers: ['PhysicalNameChanged'],
  },
  {
    name: 'a key gets another spec',
    edit: (platform) => {
      platform.the(KEY).properties.KeySpec = 'RSA_2048';
    },
    dangers: ['KeySpecChanged'],
  },
  {
    name: 'a key spans regions',
    edit: (platform) => {
      platform.the(KEY).properties.MultiRegion = true;
    },
    dangers: ['KeySpecChanged'],
  },
  {
    name: 'object lock is switched on',
    edit: (platform) => {
      platform.the(BUCKET).properties.ObjectLockEnabled = true;
    },
    dangers: ['CreateOnlyChanged'],
  },
  {
    name: 'a secret is generated longer',
    edit: (platform) => {
      part(platform.the('AWS::SecretsManager::Secret').properties, 'GenerateSecretString').PasswordLength = 32;
    },
    dangers: ['SecretRegenerated'],
  },
  {
    name: 'a delivery gets another source',
    edit: (platform) => {
      part(fromStream(platform).properties, 'KinesisStreamSourceConfiguration').KinesisStreamARN =
        'arn:aws:kinesis:eu-west-1:111122223333:stream/other';
    },
    dangers: ['CreateOnlyChanged'],
  },
  {
    name: 'dynamic partitioning is switched off',
    edit: (platform) => {
      part(partitioned(platform).properties, DESTINATION, 'DynamicPartitioningConfiguration').Enabled = false;
    },
    dangers: ['DynamicPartitioningChanged'],
  },
  {
    name: 'a key of a table changes',
    given: aTable,
    edit: (platform) => {
      platform.the('AWS::DynamoDB::Table', ({ id }) => id === TABLE).properties.KeySchema = [
        { AttributeName: 'other', KeyType: 'HASH' },
      ];
    },
    dangers: ['CreateOnlyChanged'],
  },
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
      const rule = theRule(
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
      const rule = theRule(
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
    name: 'a column leaves a table',
    edit: (platform) => {
      columnsOf(projected(platform)).shift();
    },
    dangers: ['ColumnDropped'],
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
      part(projected(platform).properties, 'TableInput', 'Parameters')['storage.location.template'] =
        's3://elsewhere/dt=${dt}/hr=${hr}/';
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
    name: 'a table is read for fewer hours of the day',
    edit: (platform) => {
      part(projected(platform).properties, 'TableInput', 'Parameters')['projection.hr.range'] = '0,22';
    },
    dangers: ['ProjectionNarrowed'],
  },
  {
    name: 'a table no longer finds restored days',
    edit: (platform) => {
      part(projected(platform).properties, 'TableInput', 'Parameters').read_restored_glacier_objects = 'false';
    },
    dangers: ['UnknownEffect'],
  },
  {
    name: 'a view shows fewer days',
    edit: (platform) => {
      ask(view(platform), (sql) => sql.replace(/interval '\d+' day/, "interval '1' day"));
    },
    dangers: ['ViewDaysShortened'],
  },
  {
    name: 'a view leaves rows out',
    edit: (platform) => {
      ask(view(platform), (sql) => `${sql} AND dt > '2026-01-01'`);
    },
    dangers: ['ViewQueryChanged'],
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
    name: 'a delivery keeps no originals',
    edit: (platform) => {
      part(fromStream(platform).properties, DESTINATION).S3BackupMode = 'Disabled';
    },
    dangers: ['BackupOff'],
  },
  {
    name: 'a delivery no longer converts',
    edit: (platform) => {
      part(fromStream(platform).properties, DESTINATION, 'DataFormatConversionConfiguration').Enabled = false;
    },
    dangers: ['ConversionOff'],
  },
  {
    name: 'a delivery no longer transforms, masks and refuses',
    edit: (platform) => {
      part(fromStream(platform).properties, DESTINATION, 'ProcessingConfiguration').Enabled = false;
    },
    dangers: ['TransformOff'],
  },
  {
    name: 'versions are suspended',
    edit: (platform) => {
      part(platform.the(BUCKET).properties, 'VersioningConfiguration').Status = 'Suspended';
    },
    dangers: ['VersioningSuspended'],
  },
  {
    name: 'a bucket is replicated no longer',
    given: aReplicatedBucket,
    edit: (platform) => {
      drop(platform.the(BUCKET, ({ id }) => id === REPLICATED).properties, 'ReplicationConfiguration');
    },
    dangers: ['ReplicationRemoved'],
  },
  {
    name: 'objects are locked no longer',
    given: aReplicatedBucket,
    edit: (platform) => {
      drop(platform.the(BUCKET, ({ id }) => id === REPLICATED).properties, 'ObjectLockConfiguration');
    },
    dangers: ['ObjectLockRemoved'],
  },
  {
    name: 'a bucket may be opened to the public',
    edit: (platform) => {
      part(platform.the(BUCKET).properties, 'PublicAccessBlockConfiguration').BlockPublicPolicy = false;
    },
    dangers: ['PublicAccessOpened'],
  },
  {
    name: 'a bucket is under no key',
    edit: (platform) => {
      const [rule] = part(clean(platform).properties, 'BucketEncryption').ServerSideEncryptionConfiguration as unknown[];
      part(rule).ServerSideEncryptionByDefault = { SSEAlgorithm: 'AES256' };
    },
    dangers: ['EncryptionRemoved'],
  },
  {
    name: 'a stream is under no key',
    edit: (platform) => {
      drop(platform.the(STREAM).properties, 'StreamEncryption');
    },
    dangers: ['EncryptionRemoved'],
  },
  {
    name: 'a key rotates no longer',
    edit: (platform) => {
      platform.the(KEY).properties.EnableKeyRotation = false;
    },
    dangers: ['KeyRotationOff'],
  },
  {
    name: 'a bucket may be read without TLS',
    edit: (platform) => {
      const found = platform.the('AWS::S3::BucketPolicy');
      found.properties.PolicyDocument = {
        Statement: statementsOf(found).filter(({ Condition }) => Condition?.Bool === undefined),
      };
    },
    dangers: ['DenyDropped'],
  },
  {
    name: 'a bucket is no longer closed to all others',
    edit: (platform) => {
      const closes = ({ Condition }: { Condition?: Record<string, unknown> }) => Condition?.ArnNotLike !== undefined;
      const found = platform.the('AWS::S3::BucketPolicy', (policy) => statementsOf(policy).some(closes));
      found.properties.PolicyDocument = { Statement: statementsOf(found).filter((statement) => !closes(statement)) };
    },
    dangers: ['DenyDropped'],
  },
  {
    name: 'a bucket has no policy',
    edit: (platform) => {
      platform.remove(platform.the('AWS::S3::BucketPolicy'));
    },
    dangers: ['PolicyRemoved', 'DenyDropped'],
  },
  {
    name: 'a bucket would be deleted with its stack',
    edit: (platform) => {
      platform.the(BUCKET).resource.DeletionPolicy = 'Delete';
    },
    dangers: ['DeletionPolicyWeakened'],
  },
  {
    name: 'a stream would be deleted when it is replaced',
    edit: (platform) => {
      drop(platform.the(STREAM).resource as unknown as Record<string, unknown>, 'UpdateReplacePolicy');
    },
    dangers: ['UpdateReplacePolicyWeakened'],
  },
  {
    name: 'one call may delete a stack',
    edit: (platform) => {
      platform.unprotect(platform.foundation);
    },
    dangers: ['TerminationProtectionOff'],
  },
  {
    name: 'a workgroup lets its clients choose',
    edit: (platform) => {
      part(platform.the(WORK_GROUP).properties, 'WorkGroupConfiguration').EnforceWorkGroupConfiguration = false;
    },
    dangers: ['WorkGroupUnenforced'],
  },
  {
    name: 'a query may scan without limit',
    edit: (platform) => {
      drop(part(platform.the(WORK_GROUP).properties, 'WorkGroupConfiguration'), 'BytesScannedCutoffPerQuery');
    },
    dangers: ['ScanCutoffRaised'],
  },
  {
    name: 'a table is no longer recovered to a point in time',
    given: aTable,
    edit: (platform) => {
      drop(platform.the('AWS::DynamoDB::Table', ({ id }) => id === TABLE).properties, 'PointInTimeRecoverySpecification');
    },
    dangers: ['PointInTimeRecoveryOff'],
  },
  {
    name: 'an alarm is gone',
    given: anAlarm,
    edit: (platform) => {
      platform.remove(platform.the('AWS::CloudWatch::Alarm', ({ id }) => id === ALARM));
    },
    dangers: ['AlarmRemoved'],
  },
  {
    name: 'an alarm tells nobody',
    given: anAlarm,
    edit: (platform) => {
      platform.the('AWS::CloudWatch::Alarm', ({ id }) => id === ALARM).properties.ActionsEnabled = false;
    },
    dangers: ['AlarmDisabled'],
  },
  {
    name: 'an alarm goes off later',
    given: anAlarm,
    edit: (platform) => {
      platform.the('AWS::CloudWatch::Alarm', ({ id }) => id === ALARM).properties.Threshold = 3600;
    },
    dangers: ['AlarmRelaxed'],
  },
  {
    name: "a delivery does not wait for its role's policy",
    edit: (platform) => {
      const { resource } = fromStream(platform);
      const policies = platform.all(POLICY).map(({ id }) => id);
      resource.DependsOn = [resource.DependsOn ?? []].flat().filter((id) => !policies.includes(id));
    },
    dangers: ['PolicyDependencyDropped'],
  },
  {
    name: 'a role may do more than anybody wrote out',
    edit: (platform) => {
      const [statement] = statementsOf(platform.the(POLICY));
      if (statement !== undefined) statement.Action = 's3:*';
    },
    dangers: ['WildcardGained'],
  },
  {
    name: 'anybody may become a role',
    edit: (platform) => {
      const [statement] = statementsOf(platform.the(ROLE), 'AssumeRolePolicyDocument');
      part(statement).Principal = '*';
    },
    dangers: ['OpenedToAnyone'],
  },
  {
    name: 'another account may become a role',
    edit: (platform) => {
      const ofService = (found: Found) =>
        statementsOf(found, 'AssumeRolePolicyDocument').every(({ Principal }) => 'Service' in (Principal as object));
      const [statement] = statementsOf(platform.the(ROLE, ofService), 'AssumeRolePolicyDocument');
      part(statement, 'Principal').AWS = 'arn:aws:iam::444455556666:root';
    },
    dangers: ['OpenedToAccount'],
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
    name: 'a service may become a role for other accounts too',
    edit: (platform) => {
      const isConditional = (found: Found) =>
        statementsOf(found, 'AssumeRolePolicyDocument').some(({ Condition }) => Condition !== undefined);
      const [statement] = statementsOf(platform.the(ROLE, isConditional), 'AssumeRolePolicyDocument');
      drop(part(statement), 'Condition');
    },
    dangers: ['ConditionDropped'],
  },
  {
    name: "a role's path changes, by which keys and buckets admit it",
    edit: (platform) => {
      platform.the(ROLE).properties.Path = '/elsewhere/';
    },
    dangers: ['CreateOnlyChanged'],
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
    name: 'objects of every bucket expire a day later',
    edit: (platform) => {
      for (const rule of platform.all(BUCKET).flatMap(lifecycleOf))
        if (typeof rule.ExpirationInDays === 'number') rule.ExpirationInDays += 1;
    },
    dangers: ['ExpirationLengthened'],
  },
  {
    name: 'objects of a prefix expire no longer',
    edit: (platform) => {
      const rules = lifecycleOf(platform.the(BUCKET));
      rules.splice(
        rules.findIndex(({ Prefix }) => Prefix !== undefined),
        1,
      );
    },
    dangers: ['ExpirationRemoved'],
  },
  {
    name: 'originals are kept for ten years',
    edit: (platform) => {
      for (const rule of lifecycleOf(raw(platform)))
        if (rule.ExpirationInDays !== undefined && rule.Prefix !== '_errors/') rule.ExpirationInDays = 3650;
    },
    dangers: ['ExpirationLengthened'],
  },
  {
    name: 'originals are kept for good',
    edit: (platform) => {
      raw(platform).properties.LifecycleConfiguration = { Rules: [] };
    },
    dangers: ['ExpirationRemoved'],
  },
  {
    name: 'originals are copied to another account',
    edit: (platform) => {
      raw(platform).properties.ReplicationConfiguration = {
        Role: 'arn:aws:iam::111122223333:role/copy',
        Rules: [{ Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::elsewhere', Account: '999999999999' } }],
      };
    },
    dangers: ['UnknownEffect'],
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
    dangers: ['UnknownEffect'],
  },
  {
    name: 'a new bucket is open to the public',
    edit: (platform) => {
      const open = { BlockPublicAcls: false, BlockPublicPolicy: false, IgnorePublicAcls: false, RestrictPublicBuckets: false };
      platform.add(platform.foundation, 'New', kept(BUCKET, { PublicAccessBlockConfiguration: open }));
    },
    dangers: ['PublicAccessOpened'],
  },
  {
    name: 'a new bucket is not kept, as the others are',
    edit: (platform) => {
      const { PublicAccessBlockConfiguration } = platform.the(BUCKET).properties;
      platform.add(platform.foundation, 'New', { Type: BUCKET, Properties: { PublicAccessBlockConfiguration } });
    },
    dangers: ['DeletionPolicyWeakened', 'UpdateReplacePolicyWeakened'],
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
  {
    name: 'a stream more without a key',
    edit: (platform) => {
      const found = platform.the(STREAM);
      platform.add(found.stack, 'New', kept(STREAM, { ShardCount: 1 }));
    },
    dangers: ['EncryptionRemoved'],
  },
  {
    name: 'a key more that never rotates',
    edit: (platform) => {
      const found = platform.the(KEY);
      platform.add(found.stack, 'New', kept(KEY, { ...found.properties, EnableKeyRotation: false }));
    },
    dangers: ['KeyRotationOff'],
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
    name: 'a stream loses more than half of its shards at once',
    given: (platform) => {
      platform.the(STREAM).properties.ShardCount = 5;
    },
    edit: (platform) => {
      platform.the(STREAM).properties.ShardCount = 2;
    },
    dangers: ['ShardsCut', 'ShardsTooFar'],
  },
  {
    name: 'a stack goes to another account',
    edit: (platform) => {
      platform.move(platform.foundation, 'aws://999999999999/eu-west-1');
    },
    dangers: ['StackMoved'],
  },
  {
    name: 'a stack goes to another region',
    edit: (platform) => {
      platform.move(platform.foundation, 'aws://111122223333/eu-central-1');
    },
    dangers: ['StackMoved'],
  },
  {
    name: 'a stack goes where the deployment says',
    edit: (platform) => {
      platform.move(platform.foundation, 'aws://unknown-account/eu-west-1');
    },
    dangers: ['UnknownEffect'],
  },
  ...DANGEROUS_ACCESS,
  ...DANGEROUS_PROCESS,
];
