import { compareStacks } from '../../../core/review/compare-stacks.ts';
import { readTemplate, type Templates } from '../../../core/aws/template.ts';

type Properties = Readonly<Record<string, unknown>>;
const templates = (Type: string, properties: Properties | undefined): Templates =>
  new Map([
    [
      'Stack',
      readTemplate(
        JSON.stringify({ Resources: properties === undefined ? {} : { It: { Type, Properties: properties } } }),
        'Stack',
      ),
    ],
  ]);

const codesOf = (type: string, before: Properties | undefined, after: Properties | undefined): string[] =>
  compareStacks(templates(type, before), templates(type, after)).resources.flatMap(({ dangers }) =>
    dangers.map(({ code }) => code),
  );

const BUCKET = 'AWS::S3::Bucket';
const ALARM = 'AWS::CloudWatch::Alarm';
const QUEUE = 'AWS::SQS::Queue';
const TABLE = 'AWS::DynamoDB::Table';
const FUNCTION = 'AWS::Lambda::Function';
const GLUE = 'AWS::Glue::Table';
const RULE = 'AWS::Events::Rule';
const TRAIL = 'AWS::CloudTrail::Trail';
const MACHINE = 'AWS::StepFunctions::StateMachine';

const lock = (Days: number, Mode = 'COMPLIANCE') => ({ ObjectLockConfiguration: { Rule: { DefaultRetention: { Days, Mode } } } });
const encrypted = (rule: Properties) => ({ BucketEncryption: { ServerSideEncryptionConfiguration: [rule] } });
const byKey = (KMSMasterKeyID?: string) =>
  encrypted({
    ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', ...(KMSMasterKeyID === undefined ? {} : { KMSMasterKeyID }) },
  });
const refusing = (...EncryptionType: string[]) => encrypted({ BlockedEncryptionTypes: { EncryptionType } });
const alarm = (more: Properties) => ({ ComparisonOperator: 'GreaterThanThreshold', Threshold: 5, ...more });
/** An alarm of an expression over one metric. */
const computed = (Expression: string, { Period = 300, Stat = 'Maximum', id = 'a' } = {}, more: Properties = {}) => ({
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  Metrics: [
    { Id: 'all', Expression, ReturnData: true },
    { Id: id, MetricStat: { Metric: { MetricName: 'Age' }, Period, Stat }, ReturnData: false },
  ],
  ...more,
});
const below = { ComparisonOperator: 'LessThanThreshold' };
const columns = (library: string, ...names: string[]) => ({
  TableInput: {
    StorageDescriptor: { Columns: names.map((Name) => ({ Name, Type: 'string' })), SerdeInfo: { SerializationLibrary: library } },
  },
});
const keyed = (...PartitionKeys: Properties[]) => ({ TableInput: { PartitionKeys } });
const index = (IndexName: string, more: Properties = {}) => ({ IndexName, ...more });
const recovered = (RecoveryPeriodInDays?: number) => ({
  PointInTimeRecoverySpecification: {
    PointInTimeRecoveryEnabled: true,
    ...(RecoveryPeriodInDays === undefined ? {} : { RecoveryPeriodInDays }),
  },
});
const replicated = (...states: string[]) => ({ ReplicationConfiguration: { Rules: states.map((Status) => ({ Status })) } });
const vars = (Variables: Properties) => ({ Environment: { Variables } });
const heard = (on: boolean) => ({ NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: on } } });
const nowhere = { SecurityGroupEgress: [{ CidrIp: '127.0.0.1/32' }] };
const queued = {
  NotificationConfiguration: { ...heard(true).NotificationConfiguration, QueueConfigurations: [{ Queue: 'arn' }] },
};
/** A trail of the objects under some prefixes. */
const noting = (...StartsWith: string[]) => ({
  AdvancedEventSelectors: [
    {
      Name: 'objects',
      FieldSelectors: [
        { Field: 'resources.ARN', StartsWith },
        { Field: 'readOnly', Equals: ['true'] },
      ],
    },
  ],
});
const expiring = (...rules: Properties[]) => ({
  LifecycleConfiguration: { Rules: rules.map((rule) => ({ Status: 'Enabled', ...rule })) },
});
const archived = (more: Properties) => expiring({ Transitions: [{ StorageClass: 'DEEP_ARCHIVE', ...more }] });
const [SOON, LATE] = ['2026-12-01T00:00:00Z', '2040-01-01T00:00:00Z'];
const tagged = (...keys: string[]) => expiring({ ExpirationInDays: 30, TagFilters: keys.map((Key) => ({ Key, Value: '1' })) });
const either = (one: unknown, other: unknown) => ({ 'Fn::If': ['IsProd', one, other] });
const versioned = (Status: unknown) => ({ VersioningConfiguration: { Status } });
const sealed = (SSEAlgorithm: unknown) => encrypted({ ServerSideEncryptionByDefault: { SSEAlgorithm } });
const lockedFor = (Days: unknown) => ({
  ObjectLockConfiguration: { Rule: { DefaultRetention: { Days, Mode: 'COMPLIANCE' } } },
});
const owned = (ObjectOwnership: unknown) => ({ OwnershipControls: { Rules: [{ ObjectOwnership }] } });
const destination = (part: string, Enabled: unknown) => ({ ExtendedS3DestinationConfiguration: { [part]: { Enabled } } });
const transforming = (Enabled: unknown) => destination('ProcessingConfiguration', Enabled);
const logging = (Enabled: unknown) => destination('CloudWatchLoggingOptions', Enabled);
const HEARS_ALL = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
const DELIVERY = 'AWS::KinesisFirehose::DeliveryStream';
/** A layer of another account, by an ARN of which a part is known at deployment only. */
const strange = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':lambda:eu-west-1:other:layer:one:1']] };
const strangeTopic = 'arn:aws:sns:eu-west-1:999999999999:topic';
const strangeKey = 'arn:aws:kms:eu-west-1:999999999999:key/one';
const unenforced = { WorkGroupConfiguration: { EnforceWorkGroupConfiguration: false } };

test.each<[type: string, what: string, before: Properties | undefined, after: Properties | undefined, codes: string[]]>([
  [BUCKET, 'is locked for less', lock(30), lock(29), ['ObjectLockShortened']],
  [BUCKET, 'is locked less strictly', lock(30), lock(30, 'GOVERNANCE'), ['ObjectLockRemoved']],
  [
    BUCKET,
    'is no longer its owner’s alone',
    { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
    {},
    ['OwnershipRelaxed'],
  ],
  [BUCKET, 'takes a key of its writer', refusing('SSE-C'), refusing('NONE'), ['OwnershipRelaxed']],
  [BUCKET, 'logs no access', { LoggingConfiguration: { LogFilePrefix: 'a' } }, {}, ['AccessLogsOff']],
  [BUCKET, 'has another key', byKey('a'), byKey('b'), ['EncryptionKeyChanged']],
  [BUCKET, 'has the key of AWS', byKey('a'), byKey(), ['EncryptionRemoved']],
  [
    BUCKET,
    'is replicated by fewer rules',
    replicated('Enabled', 'Enabled'),
    replicated('Enabled', 'Disabled'),
    ['ReplicationRemoved'],
  ],
  [BUCKET, 'is replicated otherwise', replicated('Disabled'), replicated('Enabled'), ['UnknownEffect']],
  [BUCKET, 'is silent', heard(true), heard(false), ['ProcessStopped']],
  [
    BUCKET,
    'expires old versions',
    {},
    { LifecycleConfiguration: { Rules: [{ Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 9 } }] } },
    ['NoncurrentExpirationAdded'],
  ],
  [BUCKET, 'has a canned ACL', {}, { AccessControl: 'PublicRead' }, ['UnknownEffect']],
  ['AWS::Kinesis::Stream', 'takes smaller records', { MaxRecordSizeInKiB: 4096 }, {}, ['RecordSizeCut']],
  [
    'AWS::Kinesis::Stream',
    'is no longer on demand',
    { StreamModeDetails: { StreamMode: 'ON_DEMAND' } },
    { ShardCount: 1 },
    ['UnknownEffect', 'UnknownEffect'],
  ],
  ['AWS::KMS::Key', 'is disabled', {}, { Enabled: false }, ['KeyDisabled']],
  ['AWS::KMS::Key', 'rotates less often', { RotationPeriodInDays: 90 }, {}, ['KeyRotationSlowed']],
  ['AWS::KMS::Alias', 'names another key', { TargetKeyId: 'a' }, { TargetKeyId: 'b' }, ['EncryptionKeyChanged']],
  [
    GLUE,
    'has other partitions',
    keyed({ Name: 'dt', Type: 'string' }),
    keyed({ Name: 'day', Type: 'string' }),
    ['PartitionKeysChanged'],
  ],
  [
    GLUE,
    'of text has its columns elsewhere',
    columns('LazySimpleSerDe', 'a', 'b'),
    columns('LazySimpleSerDe', 'b', 'a'),
    ['ColumnsReordered'],
  ],
  [
    TABLE,
    'loses an index',
    { GlobalSecondaryIndexes: [index('a'), index('b')] },
    { GlobalSecondaryIndexes: [index('b')] },
    ['IndexDropped'],
  ],
  [
    TABLE,
    'has another index of the name',
    { GlobalSecondaryIndexes: [index('a', { Projection: 'ALL' })] },
    { GlobalSecondaryIndexes: [index('a')] },
    ['UnknownEffect'],
  ],
  [TABLE, 'is recovered for less', recovered(), recovered(7), ['RecoveryPeriodShortened']],
  [TABLE, 'may be deleted', { DeletionProtectionEnabled: true }, {}, ['DeletionProtectionOff']],
  [TABLE, 'lets items go', {}, { TimeToLiveSpecification: { AttributeName: 'at', Enabled: true } }, ['ExpirationAdded']],
  [
    'AWS::SecretsManager::Secret',
    'is in fewer regions',
    { ReplicaRegions: [{ Region: 'a' }] },
    { ReplicaRegions: [] },
    ['ReplicationRemoved'],
  ],
  ['AWS::SecretsManager::Secret', 'has a value of the template', {}, { SecretString: 'value' }, ['SecretRegenerated']],
  [QUEUE, 'keeps messages for less', { MessageRetentionPeriod: 1_209_600 }, {}, ['MessageRetentionShortened']],
  [QUEUE, 'gives up no message', { RedrivePolicy: { maxReceiveCount: 3 } }, {}, ['DeadLettersOff']],
  ['AWS::SNS::Topic', 'shows what it masked', { DataProtectionPolicy: {} }, {}, ['DataProtectionOff']],
  ['AWS::SNS::Subscription', 'is gone', {}, undefined, ['ProcessRemoved']],
  ['AWS::Athena::WorkGroup', 'is disabled', {}, { State: 'DISABLED' }, ['WorkGroupDisabled']],
  ['AWS::Athena::WorkGroup', 'goes with its queries', {}, { RecursiveDeleteOption: true }, ['DeletionProtectionOff']],
  [ALARM, 'tells fewer', { AlarmActions: ['a', 'b'] }, { AlarmActions: ['b', 'c'] }, ['AlarmActionsCut']],
  [
    ALARM,
    'of too little waits for less',
    alarm({ ComparisonOperator: 'LessThanThreshold' }),
    alarm({ ComparisonOperator: 'LessThanThreshold', Threshold: 4 }),
    ['AlarmRelaxed'],
  ],
  [
    ALARM,
    'looks from the other side',
    alarm({}),
    alarm({ ComparisonOperator: 'LessThanThreshold', Threshold: 4 }),
    ['UnknownEffect', 'UnknownEffect'],
  ],
  [ALARM, 'needs more points', { DatapointsToAlarm: 1 }, { DatapointsToAlarm: 2 }, ['AlarmRelaxed']],
  [ALARM, 'of an expression counts less', computed('a * 2'), computed('a * 1'), ['AlarmRelaxed']],
  [ALARM, 'of an expression has a higher bar', computed('IF(a > 1, a, 0)'), computed('IF(a > 9, a, 0)'), ['AlarmRelaxed']],
  [ALARM, 'of an expression leaves out a term', computed('a + b'), computed('a'), ['AlarmRelaxed']],
  [ALARM, 'of too little counts more', computed('a', {}, below), computed('a + b', {}, below), ['AlarmRelaxed']],
  [ALARM, 'of an expression asks less often', computed('a'), computed('a', { Period: 900 }), ['AlarmRelaxed']],
  [ALARM, 'adds up less at once', computed('a', { Stat: 'Sum' }), computed('a', { Stat: 'Sum', Period: 60 }), ['UnknownEffect']],
  [ALARM, 'looks at a mean', computed('a'), computed('a', { Stat: 'Average' }), ['UnknownEffect']],
  [ALARM, 'reads another metric', computed('a'), computed('a', { id: 'b' }), ['AlarmRelaxed']],
  [ALARM, 'computes what no rule reads', computed('a'), computed('ANOMALY_DETECTION_BAND(a, 2)'), ['UnknownEffect']],
  [
    ALARM,
    'returns one thing more',
    computed('a'),
    { ...computed('a'), Metrics: [...computed('a').Metrics, { Id: 'more', Expression: 'a' }] },
    ['UnknownEffect'],
  ],
  [
    ALARM,
    'leaves out its threshold',
    alarm({ ComparisonOperator: 'GreaterThanOrEqualToThreshold' }),
    alarm({}),
    ['AlarmRelaxed'],
  ],
  [ALARM, 'looks from the other side', alarm({}), alarm(below), ['UnknownEffect']],
  [
    ALARM,
    'looks at fewer of the last periods',
    { DatapointsToAlarm: 2, EvaluationPeriods: 3 },
    { DatapointsToAlarm: 2, EvaluationPeriods: 2 },
    ['AlarmRelaxed'],
  ],
  [
    ALARM,
    'of a band counts less',
    computed('a * 100', {}, { ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold' }),
    computed('a * 1', {}, { ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold' }),
    ['UnknownEffect'],
  ],
  [ALARM, 'counts a metric once, and not twice', computed('a + a'), computed('a'), ['AlarmRelaxed']],
  [ALARM, 'counts a difference less', computed('DIFF(a) * 3', {}, below), computed('DIFF(a) * 1', {}, below), ['UnknownEffect']],
  [ALARM, 'asks less often', { Period: 60 }, { Period: 300 }, ['AlarmRelaxed']],
  [ALARM, 'looks at another metric', { MetricName: 'a' }, { MetricName: 'b' }, ['UnknownEffect']],
  ['AWS::Logs::MetricFilter', 'is gone', {}, undefined, ['WatchRemoved']],
  [RULE, 'is gone', {}, undefined, ['ProcessRemoved']],
  [RULE, 'is disabled', { State: 'ENABLED' }, { State: 'DISABLED' }, ['ProcessStopped']],
  [FUNCTION, 'is never called', {}, { ReservedConcurrentExecutions: 0 }, ['ProcessStopped']],
  [FUNCTION, 'logs elsewhere', { LoggingConfig: { LogGroup: 'a' } }, {}, ['LogsOff']],
  [FUNCTION, 'is told another stream', vars({ A: 'a', B: 'b' }), vars({ A: 'c' }), ['UnknownEffect', 'UnknownEffect']],
  [FUNCTION, 'is told another hash', vars({ SALT: 'a'.repeat(64) }), vars({ SALT: 'b'.repeat(64) }), ['UnknownEffect']],
  [
    'AWS::SecretsManager::Secret',
    'has another hash as its value',
    { SecretString: 'a'.repeat(64) },
    { SecretString: 'b'.repeat(64) },
    ['SecretRegenerated'],
  ],
  [FUNCTION, 'gets a layer of another account', { Layers: [] }, { Layers: [strange] }, ['CodeFromElsewhere']],
  [FUNCTION, 'gets a layer that a parameter names', { Layers: [] }, { Layers: [{ Ref: 'Parameter' }] }, ['CodeFromElsewhere']],
  [FUNCTION, 'is new, with a layer of another account', undefined, { Layers: [strange] }, ['CodeFromElsewhere']],
  [FUNCTION, 'has its code elsewhere', { Code: { ZipFile: 'a' } }, { Code: { S3Bucket: 'a' } }, ['CodeFromElsewhere']],
  [ALARM, 'tells another account as well', { AlarmActions: [] }, { AlarmActions: [strangeTopic] }, ['AccountNamed']],
  ['AWS::SNS::Topic', 'gets the key of another account', {}, { KmsMasterKeyId: strangeKey }, ['AccountNamed']],
  ['AWS::Logs::LogGroup', 'gets the key of another account', {}, { KmsKeyId: strangeKey }, ['AccountNamed']],
  [BUCKET, 'gets the key of another account', sealed('AES256'), byKey(strangeKey), ['AccountNamed']],
  [FUNCTION, 'has another role', { Role: 'a' }, { Role: 'b' }, ['UnknownEffect']],
  [
    'AWS::EC2::SecurityGroup',
    'is open',
    undefined,
    { SecurityGroupIngress: [{ CidrIp: '0.0.0.0/0' }], ...nowhere },
    ['OpenedToAnyone'],
  ],
  ['AWS::EC2::SecurityGroupIngress', 'is wider than a private network', undefined, { CidrIp: '10.0.0.0/7' }, ['OpenedToAnyone']],
  ['AWS::EC2::SecurityGroupIngress', 'is known at deployment only', undefined, { CidrIp: { Ref: 'Block' } }, ['OpenedToAnyone']],
  [BUCKET, 'is replicated', {}, replicated('Enabled'), ['UnknownEffect']],
  [BUCKET, 'tells a queue as well', heard(true), queued, ['UnknownEffect']],
  [FUNCTION, 'is gone', {}, undefined, ['ProcessRemoved']],
  [FUNCTION, 'is new, of an image elsewhere', undefined, { Code: { ImageUri: 'elsewhere' } }, ['CodeFromElsewhere']],
  [FUNCTION, 'says nothing of its time', { Timeout: 4 }, {}, ['TimeoutCut']],
  ['AWS::SNS::Topic', 'has one more address', { Subscription: [] }, { Subscription: [{ Protocol: 'https' }] }, ['UnknownEffect']],
  ['AWS::SNS::Topic', 'is new, and tells an address', undefined, { Subscription: [{ Protocol: 'https' }] }, ['UnknownEffect']],
  ['AWS::SecretsManager::Secret', 'is in one more region', {}, { ReplicaRegions: [{ Region: 'a' }] }, ['UnknownEffect']],
  ['AWS::Athena::WorkGroup', 'is new, and enforces nothing', undefined, unenforced, ['WorkGroupUnenforced']],
  ['AWS::Glue::TableOptimizer', 'is new, and deletes', undefined, { Type: 'retention' }, ['UnknownEffect']],
  ['AWS::IAM::Role', 'is gone', {}, undefined, ['RoleDeleted']],
  [
    MACHINE,
    'calls something else',
    { DefinitionSubstitutions: { A: 'a' } },
    { DefinitionSubstitutions: { A: 'b' } },
    ['UnknownEffect'],
  ],
  [MACHINE, 'has a definition that nobody can read', { DefinitionString: '{}' }, { DefinitionString: '{' }, ['UnknownEffect']],
  [TRAIL, 'notes one bucket fewer', noting('a', 'b'), noting('a'), ['WatchRemoved']],
  [
    TRAIL,
    'notes writing only',
    noting('a'),
    JSON.parse(JSON.stringify(noting('a')).replace('"true"', '"false"')) as Properties,
    ['WatchRemoved'],
  ],
  [TRAIL, 'notes nothing', { IsLogging: true }, { IsLogging: false }, ['LogsOff']],
  [TRAIL, 'is new, and notes nothing', undefined, { IsLogging: false }, ['LogsOff']],
  [TRAIL, 'is gone', {}, undefined, ['WatchRemoved']],
  [TRAIL, 'writes elsewhere', { S3BucketName: 'a' }, { S3BucketName: 'b' }, ['DeliveryMoved']],
  [TRAIL, 'is not sealed', { EnableLogFileValidation: true }, {}, ['WatchRemoved']],
  [
    BUCKET,
    'expires on an earlier day',
    expiring({ ExpirationDate: LATE }),
    expiring({ ExpirationDate: SOON }),
    ['UnknownEffect'],
  ],
  [BUCKET, 'expires by age', expiring({ ExpirationDate: LATE }), expiring({ ExpirationInDays: 1 }), ['UnknownEffect']],
  [
    BUCKET,
    'expires by age as well',
    expiring({ ExpirationDate: LATE }),
    expiring({ ExpirationDate: LATE }, { ExpirationInDays: 1 }),
    ['UnknownEffect'],
  ],
  [BUCKET, 'expires on no day', expiring({ ExpirationDate: LATE }), expiring(), ['ExpirationRemoved']],
  [BUCKET, 'is archived by age', archived({ TransitionDate: LATE }), archived({ TransitionInDays: 1 }), ['UnknownEffect']],
  [BUCKET, 'expires under other tags', tagged('a', 'b'), tagged('a', 'c'), ['ExpirationAdded', 'ExpirationRemoved']],
  [
    BUCKET,
    'keeps no versions, as it may not have',
    versioned(either('Enabled', 'Suspended')),
    versioned('Suspended'),
    ['UnknownEffect'],
  ],
  [BUCKET, 'keeps versions as a deployment says', versioned('Enabled'), versioned({ Ref: 'Status' }), ['UnknownEffect']],
  [BUCKET, 'has no key, as it may not have', sealed(either('aws:kms', 'AES256')), sealed('AES256'), ['UnknownEffect']],
  [BUCKET, 'is encrypted by its key no longer', sealed('aws:kms'), sealed('AES256'), ['EncryptionRemoved']],
  [
    BUCKET,
    'is encrypted otherwise than as a deployment says',
    { BucketEncryption: either(sealed('aws:kms').BucketEncryption, sealed('AES256').BucketEncryption) },
    sealed('AES256'),
    ['UnknownEffect'],
  ],
  [BUCKET, 'is locked for a day', lockedFor({ Ref: 'Days' }), lockedFor(1), ['UnknownEffect']],
  [BUCKET, 'is locked as another parameter says', lockedFor({ Ref: 'Days' }), lockedFor({ Ref: 'Others' }), ['UnknownEffect']],
  [BUCKET, 'is its owner’s alone no longer, if it was', owned({ Ref: 'Who' }), owned('ObjectWriter'), ['UnknownEffect']],
  [RULE, 'heard all and is disabled', { State: HEARS_ALL }, { State: 'DISABLED' }, ['ProcessStopped']],
  [RULE, 'heard all and hears less', { State: HEARS_ALL }, { State: 'ENABLED' }, ['ProcessStopped']],
  [RULE, 'is disabled, as it may have been', { State: { Ref: 'State' } }, { State: 'DISABLED' }, ['UnknownEffect']],
  [DELIVERY, 'transforms nothing, as it may not have', transforming({ Ref: 'On' }), transforming(false), ['UnknownEffect']],
  [DELIVERY, 'logs nothing, as it may not have', logging({ Ref: 'On' }), logging(false), ['UnknownEffect']],
  [DELIVERY, 'transforms nothing', transforming(true), transforming('false'), ['TransformOff']],
  [
    TRAIL,
    'notes what a deployment says',
    noting('a'),
    { AdvancedEventSelectors: either(noting('a').AdvancedEventSelectors, []) },
    ['UnknownEffect'],
  ],
  [
    TRAIL,
    'notes fields that a deployment says',
    noting('a'),
    { AdvancedEventSelectors: [{ FieldSelectors: either([], []) }] },
    ['UnknownEffect'],
  ],
  ['Custom::Anything', 'is removed', {}, undefined, ['UnknownType']],
  ['Custom::Anything', 'changes', {}, { A: 1 }, ['UnknownType']],
])('fails: a %s that %s', (type, _, before, after, codes) => {
  expect(codesOf(type, before, after)).toEqual(codes);
});

test.each<[type: string, what: string, before: Properties | undefined, after: Properties | undefined]>([
  [BUCKET, 'is locked for longer', lock(30), lock(31)],
  [BUCKET, 'gets a key', encrypted({ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }), byKey('a')],
  [BUCKET, 'refuses keys of writers', refusing('NONE'), refusing('SSE-C')],
  [BUCKET, 'asks KMS less often', encrypted({}), encrypted({ BucketKeyEnabled: true })],
  [BUCKET, 'is heard', {}, heard(true)],
  ['AWS::Kinesis::Stream', 'gets a key', {}, { StreamEncryption: { EncryptionType: 'KMS', KeyId: 'a' } }],
  ['AWS::KMS::Key', 'rotates more often', {}, { RotationPeriodInDays: 90 }],
  [
    GLUE,
    'of Parquet has its columns elsewhere',
    columns('ParquetHiveSerDe', 'a', 'b'),
    columns('ParquetHiveSerDe', 'b', 'c', 'a'),
  ],
  [TABLE, 'gets an index', { GlobalSecondaryIndexes: [index('a')] }, { GlobalSecondaryIndexes: [index('a'), index('b')] }],
  [TABLE, 'keeps its items', { TimeToLiveSpecification: { AttributeName: 'at', Enabled: true } }, {}],
  [TABLE, 'is recovered to a point in time', {}, recovered()],
  [QUEUE, 'keeps messages for longer', {}, { MessageRetentionPeriod: 1_209_600 }],
  [ALARM, 'tells more', { AlarmActions: ['a'] }, { AlarmActions: ['b', 'a'] }],
  [
    ALARM,
    'of too little goes off earlier',
    alarm({ ComparisonOperator: 'LessThanThreshold' }),
    alarm({ ComparisonOperator: 'LessThanThreshold', Threshold: 6 }),
  ],
  [ALARM, 'of an expression counts more', computed('a'), computed('a + b')],
  [ALARM, 'counts a metric twice', computed('a'), computed('a + a')],
  [ALARM, 'of too little counts less', computed('a * 3', {}, below), computed('a * 1', {}, below)],
  [ALARM, 'of an expression has a lower bar', computed('IF(a > 9, a, 0)'), computed('IF(a > 1, a, 0)')],
  [ALARM, 'of too little has a lower factor', computed('a * 2', {}, below), computed('a * 1', {}, below)],
  [ALARM, 'of the largest value asks more often', computed('a'), computed('a', { Period: 60 })],
  [ALARM, 'takes in its threshold', alarm({}), alarm({ ComparisonOperator: 'GreaterThanOrEqualToThreshold' })],
  [
    ALARM,
    'looks at more of the last periods',
    { DatapointsToAlarm: 2, EvaluationPeriods: 2 },
    { DatapointsToAlarm: 2, EvaluationPeriods: 3 },
  ],
  [ALARM, 'asks more often', { Period: 300, Statistic: 'Maximum' }, { Period: 60, Statistic: 'Maximum' }],
  [TRAIL, 'notes one bucket more', noting('a'), noting('a', 'b')],
  [
    TRAIL,
    'has another name for what it notes',
    noting('a'),
    { AdvancedEventSelectors: [{ ...noting('a').AdvancedEventSelectors[0], Name: 'b' }] },
  ],
  [TRAIL, 'is new', undefined, { IsLogging: true }],
  [RULE, 'runs', { State: 'DISABLED' }, { State: 'ENABLED' }],
  [RULE, 'hears all', { State: 'ENABLED' }, { State: HEARS_ALL }],
  [BUCKET, 'expires on the same day', expiring({ Id: 'a', ExpirationDate: LATE }), expiring({ Id: 'b', ExpirationDate: LATE })],
  [BUCKET, 'expires under the same tags', tagged('a', 'b'), tagged('b', 'a')],
  [BUCKET, 'keeps versions', versioned('Suspended'), versioned('Enabled')],
  [BUCKET, 'is encrypted by a key twice', sealed('aws:kms'), sealed('aws:kms:dsse')],
  [BUCKET, 'is its owner’s alone', owned('ObjectWriter'), owned('BucketOwnerEnforced')],
  [DELIVERY, 'transforms', transforming(false), transforming(true)],
  [DELIVERY, 'logs', logging(false), logging(true)],
  [FUNCTION, 'is new', undefined, {}],
  [FUNCTION, 'is told one thing more', vars({ A: 'a' }), vars({ A: 'a', B: 'b' })],
  [FUNCTION, 'is new, with code in the template', undefined, { Code: { ZipFile: 'exports.handler = () => 1' } }],
  [
    FUNCTION,
    'is of another image',
    { Code: { ImageUri: `image:${'a'.repeat(64)}` } },
    { Code: { ImageUri: `image:${'b'.repeat(64)}` } },
  ],
  [FUNCTION, 'has other code in the template', { Code: { ZipFile: 'a' } }, { Code: { ZipFile: 'b' } }],
  [FUNCTION, 'gets a layer that another stack exports', {}, { Layers: [{ 'Fn::ImportValue': 'layer' }] }],
  [FUNCTION, 'keeps a layer and loses one', { Layers: [strange, 'arn:a'] }, { Layers: [strange] }],
  [ALARM, 'tells an account once more', { AlarmActions: [strangeTopic] }, { AlarmActions: [strangeTopic, `${strangeTopic}s`] }],
  [FUNCTION, 'has more time', {}, { Timeout: 4 }],
  [FUNCTION, 'has no layer any more', { Layers: ['arn:a'] }, { Layers: [] }],
  ['AWS::Lambda::Version', 'is gone', {}, undefined],
  [ALARM, 'goes off when nothing comes', alarm({}), alarm({ TreatMissingData: 'breaching' })],
  [BUCKET, 'is listed no longer', { InventoryConfigurations: [{ Id: 'a' }] }, {}],
  ['AWS::SNS::Subscription', 'calls a function', undefined, { Protocol: 'lambda', Endpoint: { Ref: 'F' } }],
  ['AWS::EC2::SecurityGroup', 'is closed', undefined, { SecurityGroupIngress: [{ CidrIp: '10.0.0.0/16' }], ...nowhere }],
])('passes: a %s that %s', (type, _, before, after) => {
  expect(codesOf(type, before, after)).toEqual([]);
});

test('a value that may be a secret is never shown', () => {
  const { resources } = compareStacks(
    templates('AWS::SecretsManager::Secret', { SecretString: 'first', New: 'first' }),
    templates('AWS::SecretsManager::Secret', { SecretString: 'other', New: 'other' }),
  );
  expect(JSON.stringify(resources)).not.toMatch(/first|other/);
});

test('a function of another build is code only, and nothing where one of the hashes is masked', () => {
  const built = (hash: string) => templates(FUNCTION, { Code: { S3Key: `${hash}.zip` } });
  const [one, other] = ['a', 'b'].map((letter) => built(letter.repeat(64)));
  const changesOf = (before = built(''), after = built('')) => compareStacks(before, after).resources;
  expect(changesOf(one, other)).toMatchObject([{ isCodeOnly: true, dangers: [], properties: ['Code.S3Key'] }]);
  expect(changesOf(one, built('<asset>'))).toEqual([]);
});

test('a layer of the same template is the platform’s own', () => {
  const layered = (...Layers: Properties[]): Templates =>
    new Map([
      [
        'Stack',
        readTemplate(
          JSON.stringify({
            Resources: { It: { Type: FUNCTION, Properties: { Layers } }, Own: { Type: 'AWS::Lambda::LayerVersion' } },
          }),
          'Stack',
        ),
      ],
    ]);
  const { resources } = compareStacks(layered(), layered({ Ref: 'Own' }));
  expect(resources).toMatchObject([{ id: 'It', dangers: [] }]);
});

describe('sections of a template', () => {
  const codes = (before: Properties, after: Properties): string[] =>
    compareStacks(
      new Map([['Stack', readTemplate(JSON.stringify({ Resources: {}, ...before }), 'Stack')]]),
      new Map([['Stack', readTemplate(JSON.stringify({ Resources: {}, ...after }), 'Stack')]]),
    ).stacks.flatMap(({ dangers }) => dangers.map(({ code }) => code));
  const exported = (Value: string) => ({ Outputs: { It: { Value, Export: { Name: 'it' } } } });

  test.each([
    [
      'a parameter has another default',
      { Parameters: { P: { Default: '1' } } },
      { Parameters: { P: { Default: '2' } } },
      ['UnknownEffect'],
    ],
    ['a condition is another one', { Conditions: { C: true } }, { Conditions: { C: false } }, ['UnknownEffect']],
    ['a transform makes another template of it', {}, { Transform: 'AWS::Serverless-2016-10-31' }, ['UnknownEffect']],
    ['an export has another value', exported('a'), exported('b'), ['UnknownEffect']],
    ['an export is gone', exported('a'), {}, ['ExportRemoved']],
  ])('fails where %s', (_, before, after, found) => {
    expect(codes(before, after)).toEqual(found);
  });

  test.each([
    ['a parameter is added', {}, { Parameters: { P: {} } }],
    ['an export is added', {}, exported('a')],
    ['an output without an export is gone', { Outputs: { It: { Value: 'a' } } }, {}],
    ['its description and metadata change', { Description: 'a' }, { Description: 'b', Metadata: { a: 1 } }],
  ])('passes where %s', (_, before, after) => {
    expect(codes(before, after)).toEqual([]);
  });
});

test.each([
  ['10.0.0.0/8', true],
  ['10.1.2.3/32', true],
  ['172.31.0.0/16', true],
  ['192.168.1.0/24', true],
  ['127.0.0.1/32', true],
  ['fd12:3456::/32', true],
  ['10.0.0.0/7', false],
  ['172.32.0.0/16', false],
  ['172.16.0.0/11', false],
  ['0.0.0.0/1', false],
  ['128.0.0.0/1', false],
  ['8.8.8.8/32', false],
  ['2000::/3', false],
  ['f000::/4', false],
  ['', false],
])('an address of %s is private: %s', (CidrIp, is) => {
  expect(codesOf('AWS::EC2::SecurityGroupIngress', undefined, { CidrIp })).toEqual(is ? [] : ['OpenedToAnyone']);
});
