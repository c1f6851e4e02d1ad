import { drop, NoSite, part, type Found, type Json, type TemplatesCopy } from './copy.ts';
import type { Mutant } from './mutant.ts';

const BUCKET = 'AWS::S3::Bucket';
const STREAM = 'AWS::Kinesis::Stream';
const KEY = 'AWS::KMS::Key';
const LOG_GROUP = 'AWS::Logs::LogGroup';
const DELIVERY = 'AWS::KinesisFirehose::DeliveryStream';
const FUNCTION = 'AWS::Lambda::Function';
const ALIAS = 'AWS::Lambda::Alias';
const TABLE = 'AWS::Glue::Table';
const WORK_GROUP = 'AWS::Athena::WorkGroup';
const ALARM = 'AWS::CloudWatch::Alarm';
const MACHINE = 'AWS::StepFunctions::StateMachine';
const TRAIL = 'AWS::CloudTrail::Trail';
const TO = 'ExtendedS3DestinationConfiguration';
const SOURCE = 'KinesisStreamSourceConfiguration';

type Change = (properties: Json, found: Found, copy: TemplatesCopy) => void;

/** A mutant of the first resource of a type that has what is spoiled. */
const of = (
  type: string,
  name: string,
  change: Change,
  is: (properties: Json, found: Found, copy: TemplatesCopy) => boolean = () => true,
): Mutant => ({
  name,
  isAccess: false,
  spoil: (copy) => {
    const found = copy.the(type, (properties, one) => is(properties, one, copy));
    change(found.resource.Properties, found, copy);
  },
});

const list = (value: unknown): Json[] => {
  if (!Array.isArray(value) || value.length === 0) throw new NoSite('an empty list');
  return value as Json[];
};
const isConverting = (properties: Json): boolean => 'DataFormatConversionConfiguration' in ((properties[TO] ?? {}) as Json);
const isReading = (properties: Json): boolean => isConverting(properties) && SOURCE in properties;
const isStored = ({ TableInput }: Json): boolean => (TableInput as Json).TableType !== 'VIRTUAL_VIEW';
const rules = (properties: Json): Json[] => list(part(properties, 'LifecycleConfiguration').Rules);
const expiring = (properties: Json): boolean =>
  ((properties.LifecycleConfiguration as Json | undefined)?.Rules as Json[] | undefined)?.some(
    ({ ExpirationInDays }) => ExpirationInDays !== undefined,
  ) === true;
const parameters = (properties: Json): Record<string, string> =>
  part(properties, 'TableInput', 'Parameters') as Record<string, string>;
const columns = (properties: Json): Json[] => list(part(properties, 'TableInput', 'StorageDescriptor').Columns);
const processor = (properties: Json): Json[] => list(part(properties, TO, 'ProcessingConfiguration', 'Processors', 0).Parameters);

const BUCKETS: readonly Mutant[] = [
  of(BUCKET, 'bucket encryption removed', (properties) => {
    drop(properties, 'BucketEncryption');
  }),
  of(
    BUCKET,
    'bucket encrypted by a key of AWS',
    (properties) =>
      void (part(properties, 'BucketEncryption').ServerSideEncryptionConfiguration = [
        { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
      ]),
    ({ BucketEncryption }) => JSON.stringify(BucketEncryption).includes('aws:kms'),
  ),
  of(
    BUCKET,
    'bucket under another key',
    (properties, found, copy) => {
      const own = part(properties, 'BucketEncryption', 'ServerSideEncryptionConfiguration', 0, 'ServerSideEncryptionByDefault');
      const key = copy.the(KEY, (_, { stack, id }) => stack === found.stack && !JSON.stringify(own).includes(id));
      own.KMSMasterKeyID = { 'Fn::GetAtt': [key.id, 'Arn'] };
    },
    ({ BucketEncryption, LifecycleConfiguration }) =>
      LifecycleConfiguration !== undefined && JSON.stringify(BucketEncryption).includes('"Fn::GetAtt"'),
  ),
  of(
    BUCKET,
    'SSE-C no longer blocked',
    (properties) => {
      drop(part(properties, 'BucketEncryption', 'ServerSideEncryptionConfiguration', 0), 'BlockedEncryptionTypes');
    },
    ({ BucketEncryption }) => JSON.stringify(BucketEncryption).includes('BlockedEncryptionTypes'),
  ),
  of(BUCKET, 'public access block removed', (properties) => {
    drop(properties, 'PublicAccessBlockConfiguration');
  }),
  of(
    BUCKET,
    'public policies no longer blocked',
    (properties) => void (part(properties, 'PublicAccessBlockConfiguration').BlockPublicPolicy = false),
  ),
  of(
    BUCKET,
    'ownership of objects relaxed',
    (properties) => void (properties.OwnershipControls = { Rules: [{ ObjectOwnership: 'ObjectWriter' }] }),
  ),
  of(
    BUCKET,
    'versioning suspended',
    (properties) => void (properties.VersioningConfiguration = { Status: 'Suspended' }),
    ({ VersioningConfiguration }) => VersioningConfiguration !== undefined,
  ),
  of(
    BUCKET,
    'lifecycle removed',
    (properties) => {
      drop(properties, 'LifecycleConfiguration');
    },
    expiring,
  ),
  of(
    BUCKET,
    'objects expire sooner',
    (properties) =>
      Object.assign(rules(properties).find(({ ExpirationInDays }) => ExpirationInDays !== undefined) ?? {}, {
        ExpirationInDays: 1,
      }),
    expiring,
  ),
  of(
    BUCKET,
    'objects are archived sooner',
    (properties) => {
      const transition = rules(properties)
        .flatMap(({ Transitions }) => (Transitions ?? []) as Json[])
        .find(({ StorageClass }) => ['GLACIER', 'DEEP_ARCHIVE'].includes(String(StorageClass)));
      Object.assign(transition ?? {}, { TransitionInDays: 31 });
    },
    (properties) => JSON.stringify(properties).includes('DEEP_ARCHIVE'),
  ),
  of(
    BUCKET,
    'access log off',
    (properties) => {
      drop(properties, 'LoggingConfiguration');
    },
    ({ LoggingConfiguration }) => LoggingConfiguration !== undefined,
  ),
  of(
    BUCKET,
    'lock of objects removed',
    (properties) => {
      drop(properties, 'ObjectLockConfiguration', 'ObjectLockEnabled');
    },
    ({ ObjectLockConfiguration }) => ObjectLockConfiguration !== undefined,
  ),
  of(
    BUCKET,
    'lock of objects shortened',
    (properties) => void (part(properties, 'ObjectLockConfiguration', 'Rule', 'DefaultRetention').Days = 1),
    ({ ObjectLockConfiguration }) => ObjectLockConfiguration !== undefined,
  ),
  of(
    BUCKET,
    'replication removed',
    (properties) => {
      drop(properties, 'ReplicationConfiguration');
    },
    ({ ReplicationConfiguration }) => ReplicationConfiguration !== undefined,
  ),
  of(BUCKET, 'bucket deleted with its stack', (_, { resource }) => void (resource.DeletionPolicy = 'Delete')),
  of(BUCKET, 'bucket removed', (_, found, copy) => {
    copy.remove(found);
  }),
];
const STREAMS: readonly Mutant[] = [
  of(STREAM, 'stream encryption removed', (properties) => {
    drop(properties, 'StreamEncryption');
  }),
  of(STREAM, 'stream retention shortened', (properties) => void (properties.RetentionPeriodHours = 24)),
  of(
    STREAM,
    'stream under the key of AWS',
    (properties) => void (part(properties, 'StreamEncryption').KeyId = 'alias/aws/kinesis'),
  ),
  of(STREAM, 'stream replaced with its data', (_, { resource }) => void (resource.UpdateReplacePolicy = 'Delete')),
  of(KEY, 'key no longer rotated', (properties) => void (properties.EnableKeyRotation = false)),
  of(KEY, 'key disabled', (properties) => void (properties.Enabled = false)),
  of(LOG_GROUP, 'log kept for a day', (properties) => void (properties.RetentionInDays = 1)),
  of(LOG_GROUP, 'log under no key', (properties) => {
    drop(properties, 'KmsKeyId');
  }),
  of('AWS::SecretsManager::Secret', 'secret under the key of AWS', (properties) => {
    drop(properties, 'KmsKeyId');
  }),
  of('AWS::SNS::Topic', 'topic encryption removed', (properties) => {
    drop(properties, 'KmsMasterKeyId');
  }),
];
const DELIVERIES: readonly Mutant[] = [
  of(
    DELIVERY,
    'backup of originals off',
    (properties) => {
      const to = part(properties, TO);
      to.S3BackupMode = 'Disabled';
      drop(to, 'S3BackupConfiguration');
    },
    isConverting,
  ),
  of(
    DELIVERY,
    'conversion off',
    (properties) => {
      drop(part(properties, TO), 'DataFormatConversionConfiguration');
    },
    isConverting,
  ),
  of(
    DELIVERY,
    'transform removed',
    (properties) => {
      drop(part(properties, TO), 'ProcessingConfiguration');
    },
    isConverting,
  ),
  of(
    DELIVERY,
    'transform disabled',
    (properties) => void (part(properties, TO, 'ProcessingConfiguration').Enabled = false),
    isConverting,
  ),
  of(
    DELIVERY,
    'retries of the transform cut',
    (properties) =>
      Object.assign(processor(properties).find(({ ParameterName }) => ParameterName === 'NumberOfRetries') ?? {}, {
        ParameterValue: '0',
      }),
    isConverting,
  ),
  of(
    DELIVERY,
    'error prefix missing',
    (properties) => {
      drop(part(properties, TO), 'ErrorOutputPrefix');
    },
    isConverting,
  ),
  of(
    DELIVERY,
    'error prefix inside the table',
    (properties) =>
      void (part(properties, TO).ErrorOutputPrefix =
        `${String(part(properties, TO).Prefix).split('dt=')[0]}errors/!{firehose:error-output-type}/`),
    isConverting,
  ),
  of(
    DELIVERY,
    'wrong prefix',
    (properties, found, copy) =>
      void (part(properties, TO).Prefix = part(copy.another(found, isConverting).resource.Properties, TO).Prefix),
    isConverting,
  ),
  of(
    DELIVERY,
    'prefix without a day',
    (properties) => void (part(properties, TO).Prefix = String(part(properties, TO).Prefix).replace(/dt=[^/]*\//, '')),
    isConverting,
  ),
  of(
    DELIVERY,
    'wrong table',
    (properties, found, copy) =>
      void (part(properties, TO, 'DataFormatConversionConfiguration', 'SchemaConfiguration').TableName = part(
        copy.another(found, isConverting).resource.Properties,
        TO,
        'DataFormatConversionConfiguration',
        'SchemaConfiguration',
      ).TableName),
    isConverting,
  ),
  of(
    DELIVERY,
    'log of a delivery off',
    (properties) => void (part(properties, TO).CloudWatchLoggingOptions = { Enabled: false }),
    isConverting,
  ),
  of(
    DELIVERY,
    'role of a neighbour',
    (properties, { stack, id }, copy) => {
      const neighbour = copy.the(DELIVERY, (more, found) => found.stack === stack && found.id !== id && isConverting(more));
      const roles = [properties, neighbour.resource.Properties].map((one) => JSON.stringify(part(one, TO).RoleARN));
      Object.assign(properties, JSON.parse(JSON.stringify(properties).replaceAll(roles[0] ?? '', roles[1] ?? '')));
    },
    isConverting,
  ),
  of(
    DELIVERY,
    'function of a neighbour',
    (properties, { stack, id }, copy) => {
      const neighbour = copy.the(DELIVERY, (more, found) => found.stack === stack && found.id !== id && isConverting(more));
      Object.assign(processor(properties).find(({ ParameterName }) => ParameterName === 'LambdaArn') ?? {}, {
        ParameterValue: processor(neighbour.resource.Properties).find(({ ParameterName }) => ParameterName === 'LambdaArn')
          ?.ParameterValue,
      });
    },
    isConverting,
  ),
  of(
    DELIVERY,
    'stream of a neighbour',
    (properties, { stack, id }, copy) => {
      const neighbour = copy.the(DELIVERY, (more, found) => found.stack === stack && found.id !== id && isReading(more));
      part(properties, SOURCE).KinesisStreamARN = part(neighbour.resource.Properties, SOURCE).KinesisStreamARN;
    },
    (properties, { stack, id }, copy) =>
      isReading(properties) &&
      copy.all(DELIVERY).some((more) => more.stack === stack && more.id !== id && isReading(more.resource.Properties)),
  ),
  of(
    DELIVERY,
    'dependency on the policy missing',
    (_, { resource }) => void (resource.DependsOn = [resource.DependsOn ?? []].flat().filter((id) => !/Policy/.test(id))),
    isConverting,
  ),
  of(
    DELIVERY,
    'dependency on the table missing',
    (_, { resource }) => void (resource.DependsOn = [resource.DependsOn ?? []].flat().filter((id) => /Policy/.test(id))),
    isConverting,
  ),
  of(
    DELIVERY,
    'originals written where clean data lies',
    (properties) => void (part(properties, TO, 'S3BackupConfiguration').BucketARN = part(properties, TO).BucketARN),
    isConverting,
  ),
  of(
    DELIVERY,
    'delivery removed',
    (_, found, copy) => {
      copy.remove(found);
    },
    isConverting,
  ),
];
const COMPUTE: readonly Mutant[] = [
  of(
    FUNCTION,
    'function without its contract',
    (properties) => {
      drop(properties, 'Layers');
    },
    ({ Layers }) => Layers !== undefined,
  ),
  of(
    FUNCTION,
    'function without its quarantine',
    (properties) => {
      drop(part(properties, 'Environment', 'Variables'), 'QUARANTINE_STREAM');
    },
    ({ Environment }) => JSON.stringify(Environment).includes('QUARANTINE_STREAM'),
  ),
  of(
    FUNCTION,
    'function under the role of a neighbour',
    (properties, { stack, id }, copy) =>
      void (properties.Role = copy.the(
        FUNCTION,
        (_, found) => found.stack === stack && found.id !== id,
      ).resource.Properties.Role),
  ),
  of(
    FUNCTION,
    'function outside the network',
    (properties) => {
      drop(properties, 'VpcConfig');
    },
    ({ VpcConfig }) => VpcConfig !== undefined,
  ),
  of(FUNCTION, 'function given a second', (properties) => void (properties.Timeout = 1)),
  of(FUNCTION, 'code from elsewhere', (properties) => void (properties.Code = { S3Bucket: 'somebody-elses', S3Key: 'code.zip' })),
  of(
    FUNCTION,
    'secret in the environment of a function',
    (properties) =>
      void (part(properties, 'Environment', 'Variables').PROTECTION_SECRET_ARN = '{{resolve:secretsmanager:elsewhere}}'),
    ({ Environment }) => JSON.stringify(Environment).includes('PROTECTION_SECRET_ARN'),
  ),
  of(ALIAS, 'alias on what is being edited', (properties) => void (properties.FunctionVersion = '$LATEST')),
  of(ALIAS, 'alias of the function of a neighbour', (properties, { stack, id }, copy) => {
    const neighbour = copy.the(ALIAS, (_, found) => found.stack === stack && found.id !== id);
    Object.assign(properties, {
      FunctionName: neighbour.resource.Properties.FunctionName,
      FunctionVersion: neighbour.resource.Properties.FunctionVersion,
    });
  }),
  of(MACHINE, 'state machine without a log', (properties) => {
    drop(properties, 'LoggingConfiguration');
  }),
  of(
    MACHINE,
    'state machine logs what it handles',
    (properties) => void (part(properties, 'LoggingConfiguration').IncludeExecutionData = true),
  ),
  of(
    MACHINE,
    'step of a state machine dropped',
    (properties) => {
      const states = part(properties, 'Definition', 'States');
      drop(states, Object.keys(states).at(-1) ?? '');
    },
    ({ Definition }) => Definition !== undefined,
  ),
];
const READING: readonly Mutant[] = [
  of(TABLE, 'column of a wrong type', (properties) => Object.assign(columns(properties)[0] ?? {}, { Type: 'int' }), isStored),
  of(TABLE, 'column dropped', (properties) => void columns(properties).shift(), isStored),
  of(
    TABLE,
    'projection that begins later',
    (properties) => {
      const all = parameters(properties);
      const key = Object.keys(all).find((name) => /^projection\..*\.range$/.test(name) && all[name]?.startsWith('NOW')) ?? '';
      all[key] = 'NOW-1DAYS,NOW';
    },
    isStored,
  ),
  of(
    TABLE,
    'projection of every other day',
    (properties) => void (parameters(properties)['projection.dt.interval'] = '2'),
    isStored,
  ),
  of(TABLE, 'projection off', (properties) => void (parameters(properties)['projection.enabled'] = 'false'), isStored),
  of(
    TABLE,
    'projection of a wrong format',
    (properties) => {
      const all = parameters(properties);
      const key = Object.keys(all).find((name) => name.endsWith('.format')) ?? '';
      all[key] = 'yyyyMMdd';
    },
    isStored,
  ),
  of(
    TABLE,
    'table over the objects of a neighbour',
    (properties, found, copy) => {
      const theirs = copy.another(found, isStored).resource.Properties;
      Object.assign(part(properties, 'TableInput', 'StorageDescriptor'), {
        Location: part(theirs, 'TableInput', 'StorageDescriptor').Location,
      });
      Object.assign(parameters(properties), { 'storage.location.template': parameters(theirs)['storage.location.template'] });
    },
    isStored,
  ),
  of(TABLE, 'partition key removed', (properties) => void list(part(properties, 'TableInput').PartitionKeys).pop(), isStored),
  of(
    TABLE,
    'view of other rows',
    (properties, found, copy) =>
      Object.assign(part(properties, 'TableInput'), {
        ViewOriginalText: part(copy.another(found, (more) => !isStored(more)).resource.Properties, 'TableInput').ViewOriginalText,
      }),
    (properties) => !isStored(properties),
  ),
  of(
    TABLE,
    'table removed',
    (_, found, copy) => {
      copy.remove(found);
    },
    isStored,
  ),
  of(
    WORK_GROUP,
    'workgroup no longer enforced',
    (properties) => void (part(properties, 'WorkGroupConfiguration').EnforceWorkGroupConfiguration = false),
  ),
  of(
    WORK_GROUP,
    'limit of bytes raised',
    (properties) => void (part(properties, 'WorkGroupConfiguration').BytesScannedCutoffPerQuery = 1e15),
    (properties) => 'BytesScannedCutoffPerQuery' in part(properties, 'WorkGroupConfiguration'),
  ),
  of(WORK_GROUP, 'results under no key', (properties) => {
    drop(part(properties, 'WorkGroupConfiguration', 'ResultConfiguration'), 'EncryptionConfiguration');
  }),
  of(WORK_GROUP, 'owner of the results no longer checked', (properties) => {
    drop(part(properties, 'WorkGroupConfiguration', 'ResultConfiguration'), 'ExpectedBucketOwner');
  }),
];
const WATCH: readonly Mutant[] = [
  of(ALARM, 'alarm removed', (_, found, copy) => {
    copy.remove(found);
  }),
  of(ALARM, 'alarm that tells nobody', (properties) => void (properties.ActionsEnabled = false)),
  of(
    ALARM,
    'alarm without an action',
    (properties) => {
      drop(properties, 'AlarmActions');
    },
    ({ AlarmActions }) => AlarmActions !== undefined,
  ),
  of(
    ALARM,
    'alarm at a higher threshold',
    (properties) => void (properties.Threshold = 1e9),
    ({ ComparisonOperator }) => String(ComparisonOperator).startsWith('GreaterThan'),
  ),
  of('AWS::Events::Rule', 'rule that watches nothing', (properties) => void (properties.State = 'DISABLED')),
  of(TRAIL, 'trail stopped', (properties) => void (properties.IsLogging = false)),
  of(
    TRAIL,
    'trail of fewer events',
    (properties) => void list(properties.AdvancedEventSelectors).pop(),
    ({ AdvancedEventSelectors }) => Array.isArray(AdvancedEventSelectors) && AdvancedEventSelectors.length > 1,
  ),
  of(TRAIL, 'trail of files nobody can check', (properties) => void (properties.EnableLogFileValidation = false)),
  of('AWS::EC2::SecurityGroupIngress', 'network open to the internet', (properties) => {
    drop(properties, 'SourceSecurityGroupId');
    properties.CidrIp = '0.0.0.0/0';
  }),
  of('AWS::EC2::Subnet', 'public addresses in a subnet', (properties) => void (properties.MapPublicIpOnLaunch = true)),
  of('AWS::EC2::FlowLog', 'flow log removed', (_, found, copy) => {
    copy.remove(found);
  }),
  of('AWS::Route53Resolver::FirewallRuleGroupAssociation', 'names no longer filtered', (_, found, copy) => {
    copy.remove(found);
  }),
];

/** Changes of what holds, carries, reads and watches data. */
export const RESOURCE_MUTANTS: readonly Mutant[] = [...BUCKETS, ...STREAMS, ...DELIVERIES, ...COMPUTE, ...READING, ...WATCH];

/** Changes that do no harm: whoever catches one of them catches anything. Parquet is read by the names of its columns. */
export const HARMLESS: readonly Mutant[] = [
  of(TABLE, 'columns in another order', (properties) => void columns(properties).reverse(), isStored),
  of(ALARM, 'alarm described in other words', (properties) => void (properties.AlarmDescription = 'Something is late.')),
  of(KEY, 'key described in other words', (properties) => void (properties.Description = 'A key')),
  of('AWS::IAM::Role', 'role described in other words', (properties) => void (properties.Description = 'A role')),
  of(BUCKET, 'statements of a policy in another order', (_, __, copy) => {
    for (const { resource } of copy.all('AWS::S3::BucketPolicy'))
      (part(resource.Properties, 'PolicyDocument').Statement as unknown[]).reverse();
  }),
  of('AWS::IAM::ManagedPolicy', 'statement named otherwise', (properties) =>
    Object.assign(part(properties, 'PolicyDocument', 'Statement', 0), { Sid: 'Renamed' }),
  ),
  of(
    'AWS::IAM::ManagedPolicy',
    'statement split in two',
    (properties) => {
      const statements = list(part(properties, 'PolicyDocument').Statement);
      const [first] = statements;
      const actions = [first?.Action].flat() as string[];
      statements.splice(
        0,
        1,
        { ...first, Sid: 'One', Action: actions.slice(0, 1) },
        { ...first, Sid: 'Two', Action: actions.slice(1) },
      );
    },
    (properties) => Array.isArray(part(properties, 'PolicyDocument', 'Statement', 0).Action),
  ),
  of(
    STREAM,
    'stream kept longer',
    (properties) => void (properties.RetentionPeriodHours = Number(properties.RetentionPeriodHours) + 24),
  ),
  of('AWS::SNS::Topic', 'topic shown by another name', (properties) => void (properties.DisplayName = 'Alarms')),
];
