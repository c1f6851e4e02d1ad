/** What an integration of the SDK must know of a service that its requests and answers in JSON do not say themselves. */
export interface SdkService {
  /** What Java's SDK names its client after, which errors begin with: `SecretsManager`. */
  readonly client: string;
  /** The name that signatures carry: `monitoring`. */
  readonly signs: string;
  /** Which of {@link COMMON} the service's model names. @default - none */
  readonly models?: readonly string[];
  /** Members that are bytes. @default - none */
  readonly blobs?: readonly string[];
  /** Members that are lists of bytes. @default - none */
  readonly blobLists?: readonly string[];
  /** Members whose own members are named by whoever sends them. @default - none */
  readonly maps?: readonly string[];
  /** Members of maps that are maps themselves. @default - none */
  readonly mapsOfMaps?: readonly string[];
  /** Members that Java's SDK spells in a way of their own, by that spelling. @default - none */
  readonly spelled?: Readonly<Record<string, string>>;
  /** Members that hold JSON as text. @default - none */
  readonly json?: readonly string[];
  /** Members that a client fills in where nobody does, by the operation. @default - none */
  readonly tokens?: Readonly<Record<string, string>>;
  /** Operations that tell how queries or executions go on. @default - none */
  readonly looks?: readonly string[];
  /** Operations that wait for something: the member that says for how long, and the list that is to hold something. @default - none */
  readonly polls?: Readonly<Record<string, { readonly wait: string; readonly list: string }>>;
  /** Whether members begin with a small letter in the service's own API. @default false */
  readonly small?: boolean;
}

/** Errors that any service may answer with. What its model does not name, Java's SDK calls by the service. */
export const COMMON = ['AccessDeniedException', 'ThrottlingException', 'ValidationException'] as const;

/** Services by the names that state machines call them by. @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html#supported-services-awssdk-list */
export const SDK_SERVICES = {
  athena: {
    client: 'Athena',
    signs: 'athena',
    maps: ['AdditionalConfigs', 'LogTypes', 'Parameters', 'Properties', 'SparkProperties'],
    tokens: {
      CreateNamedQuery: 'ClientRequestToken',
      DeleteNamedQuery: 'NamedQueryId',
      StartQueryExecution: 'ClientRequestToken',
      StopQueryExecution: 'QueryExecutionId',
    },
    looks: ['BatchGetQueryExecution', 'GetQueryExecution'],
  },
  cloudwatch: {
    client: 'CloudWatch',
    signs: 'monitoring',
    models: ['ValidationException'],
    maps: ['AlarmContributorAttributes', 'Attributes', 'ExtendedStatistics', 'KeyAttributes'],
  },
  dynamodb: {
    client: 'DynamoDb',
    signs: 'dynamodb',
    models: ['ThrottlingException'],
    blobs: ['B'],
    blobLists: ['BS'],
    maps: [
      'Attributes',
      'AttributeUpdates',
      'ExclusiveStartKey',
      'Expected',
      'ExpressionAttributeNames',
      'ExpressionAttributeValues',
      'GlobalSecondaryIndexes',
      'Item',
      'ItemCollectionKey',
      'ItemCollectionMetrics',
      'Items',
      'Key',
      'KeyConditions',
      'Keys',
      'LastEvaluatedKey',
      'LocalSecondaryIndexes',
      'M',
      'QueryFilter',
      'RequestItems',
      'ScanFilter',
      'UnprocessedItems',
      'UnprocessedKeys',
      'VectorIndexes',
    ],
    mapsOfMaps: ['Responses'],
    spelled: { Bool: 'BOOL', Bs: 'BS', Ns: 'NS', Nul: 'NULL', Ss: 'SS' },
    tokens: { TransactWriteItems: 'ClientRequestToken' },
  },
  eventbridge: {
    client: 'EventBridge',
    signs: 'events',
    models: ['AccessDeniedException', 'ThrottlingException'],
    json: ['Detail'],
    maps: ['InputPathsMap', 'HeaderParameters', 'QueryStringParameters'],
  },
  firehose: { client: 'Firehose', signs: 'firehose', blobs: ['Data'], maps: ['ColumnToJsonKeyMappings'] },
  glue: {
    client: 'Glue',
    signs: 'glue',
    models: ['AccessDeniedException', 'ThrottlingException', 'ValidationException'],
    maps: ['AdditionalContext', 'Parameters', 'Properties', 'SkewedColumnValueLocationMaps', 'SparkPipelineInfo', 'Tags'],
  },
  kinesis: {
    client: 'Kinesis',
    signs: 'kinesis',
    models: ['AccessDeniedException', 'ValidationException'],
    blobs: ['Data'],
    maps: ['Tags'],
  },
  kms: {
    client: 'Kms',
    signs: 'kms',
    blobs: [
      'AttestationDocument',
      'CiphertextBlob',
      'CiphertextForRecipient',
      'Plaintext',
      'PrivateKeyCiphertextBlob',
      'PrivateKeyPlaintext',
      'PublicKey',
      'Message',
      'Mac',
      'Signature',
    ],
    maps: [
      'DestinationEncryptionContext',
      'EncryptionContext',
      'EncryptionContextEquals',
      'EncryptionContextSubset',
      'SourceEncryptionContext',
    ],
  },
  secretsmanager: {
    client: 'SecretsManager',
    signs: 'secretsmanager',
    blobs: ['SecretBinary'],
    maps: ['VersionIdsToStages'],
    json: ['SecretString'],
  },
  sqs: {
    client: 'Sqs',
    signs: 'sqs',
    blobs: ['BinaryListValues', 'BinaryValue'],
    maps: ['Attributes', 'MessageAttributes', 'MessageSystemAttributes', 'Tags', 'tags'],
    json: ['MessageBody'],
    polls: { ReceiveMessage: { wait: 'WaitTimeSeconds', list: 'Messages' } },
  },
  ssm: {
    client: 'Ssm',
    signs: 'ssm',
    models: ['AccessDeniedException', 'ThrottlingException', 'ValidationException'],
  },
  sfn: {
    client: 'Sfn',
    signs: 'states',
    models: ['ValidationException'],
    maps: ['assignedVariables', 'variableReferences'],
    json: ['input', 'output'],
    looks: ['DescribeExecution'],
    small: true,
  },
} satisfies Readonly<Record<string, SdkService>>;

export const sdkService = (name: string): SdkService | undefined =>
  new Map<string, SdkService>(Object.entries(SDK_SERVICES)).get(name);
