import type { Case } from './case.ts';
import { ask, DELIVERY, drop, FLOW_LOG, TRAIL } from './finders.ts';
import {
  aComputedAlarm,
  actorsOf,
  ALARM,
  anAlarm,
  aRule,
  aTable,
  fromStream,
  kept,
  parametersOf,
  RULE,
  streamLetsIn,
  usedByActors,
} from './givens.ts';
import { HARMLESS_CONTRACTS } from './harmless-contracts.ts';
import { HARMLESS_CURATED } from './harmless-curated.ts';
import { HARMLESS_EVERYDAY } from './harmless-everyday.ts';
import { part, statementsOf, type Found, type PlatformCopy } from './platform-copy.ts';

const BUCKET = 'AWS::S3::Bucket';
const STREAM = 'AWS::Kinesis::Stream';
const GLUE_TABLE = 'AWS::Glue::Table';
const FUNCTION = 'AWS::Lambda::Function';

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
};

const rulesOf = ({ properties }: Found) =>
  part(properties, 'LifecycleConfiguration', 'Rules') as unknown as Record<string, unknown>[];
const columnsOf = ({ properties }: Found) =>
  part(properties, 'TableInput', 'StorageDescriptor', 'Columns') as unknown as { Name: string; Type: string; Comment?: string }[];
const isView = ({ properties }: Found): boolean => part(properties, 'TableInput').TableType === 'VIRTUAL_VIEW';

/** What a contract with one more column makes of a view. */
function appendToView(platform: PlatformCopy): void {
  const found = platform.the(GLUE_TABLE, isView);
  const last = columnsOf(found).find(({ Name }) => Name.startsWith('_'))?.Name ?? '';
  columnsOf(found).splice(-2, 0, { Name: 'appended', Type: 'string' });
  ask(found, (sql) => sql.replace(`, "${last}"`, `, "appended", "${last}"`));
}

/** The resources of a dataset once more, under another name. */
function copyOfDataset(platform: PlatformCopy): void {
  const { stack, id } = platform.the(STREAM);
  const prefix = /^(.*?)Stream[0-9A-F]{8}$/.exec(id)?.[1] ?? '';
  const { Resources } = platform.template(stack);
  for (const [other, resource] of Object.entries(Resources).filter(([name]) => name.startsWith(prefix)))
    platform.add(
      stack,
      other.replace(prefix, 'DatasetsCopied'),
      JSON.parse(JSON.stringify(resource).replaceAll(prefix, 'DatasetsCopied')) as typeof resource,
    );
  const replay = platform.the(FUNCTION, (found) => found.stack === stack && found.id.startsWith('Replay'));
  part(replay.properties, 'Environment', 'Variables').STREAM_COPIED = { Ref: id.replace(prefix, 'DatasetsCopied') };
}

export const HARMLESS: readonly Case[] = [
  { name: 'nothing', edit: () => {} },
  {
    name: 'what holds data is kept also of a first deployment that failed',
    edit: (platform) => {
      platform.rewrite((text) => text.replaceAll('RetainExceptOnCreate', 'Retain'));
    },
  },
  {
    name: 'what holds data goes with a first deployment that failed',
    edit: (platform) => {
      for (const { resource } of platform.all('AWS::S3::Bucket').filter(({ resource }) => resource.DeletionPolicy === 'Retain'))
        resource.DeletionPolicy = 'RetainExceptOnCreate';
    },
  },
  {
    name: 'every key in another order',
    edit: (platform) => {
      platform.rewrite((text) => JSON.stringify(reversed(JSON.parse(text))));
    },
  },
  {
    name: 'functions of another build',
    edit: (platform) => {
      platform.rewrite((text) => text.replaceAll('<asset>', 'a'.repeat(64)).replaceAll('<version>', 'b'.repeat(32)));
    },
  },
  {
    name: 'another description of a stack',
    edit: (platform) => {
      platform.template(platform.foundation).Description = 'in other words';
    },
  },
  {
    name: 'another description of a key',
    edit: (platform) => {
      platform.the('AWS::KMS::Key').properties.Description = 'in other words';
    },
  },
  {
    name: 'another comment of a column',
    edit: (platform) => {
      const [column] = columnsOf(platform.the(GLUE_TABLE));
      if (column !== undefined) column.Comment = 'in other words';
    },
  },
  {
    name: 'another description of a database',
    edit: (platform) => {
      part(platform.the('AWS::Glue::Database').properties, 'DatabaseInput').Description = 'in other words';
    },
  },
  {
    name: 'a tag more',
    edit: (platform) => {
      platform.the(STREAM).properties.Tags = [{ Key: 'team', Value: 'lake' }];
    },
  },
  { name: 'a new dataset', edit: copyOfDataset },
  {
    name: 'a stream keeps records longer',
    edit: (platform) => {
      platform.the(STREAM).properties.RetentionPeriodHours = 8760;
    },
  },
  {
    name: 'a stream gets a shard more',
    edit: (platform) => {
      platform.the(STREAM).properties.ShardCount = 2; // double of one
    },
  },
  {
    name: 'logs are kept for longer',
    edit: (platform) => {
      platform.the('AWS::Logs::LogGroup').properties.RetentionInDays = 3653;
    },
  },
  {
    name: 'logs are kept for good',
    edit: (platform) => {
      Reflect.deleteProperty(platform.the('AWS::Logs::LogGroup').properties, 'RetentionInDays');
    },
  },
  {
    name: 'log groups under a key',
    given: (platform) => {
      for (const { properties } of platform.all('AWS::Logs::LogGroup')) Reflect.deleteProperty(properties, 'KmsKeyId');
    },
    edit: (platform) => {
      for (const { properties } of platform.all('AWS::Logs::LogGroup'))
        properties.KmsKeyId ??= 'arn:aws:kms:eu-west-1:111122223333:key/logs';
    },
  },
  {
    name: 'lifecycle rules in another order, under other names',
    edit: (platform) => {
      for (const found of platform.all(BUCKET))
        for (const [index, rule] of rulesOf(found).reverse().entries()) rule.Id = `rule-${index}`;
    },
  },
  {
    name: 'objects move to a readable class earlier',
    edit: (platform) => {
      rulesOf(platform.the(BUCKET)).push({
        Id: 'more',
        Status: 'Enabled',
        Prefix: 'keep',
        Transitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 1 }],
      });
    },
  },
  {
    name: 'a column more in a table',
    edit: (platform) => {
      columnsOf(platform.the(GLUE_TABLE, (found) => !isView(found))).push({ Name: 'appended', Type: 'string' });
    },
  },
  { name: 'a column more in a view and its query', edit: appendToView },
  {
    name: 'a table is read for more days',
    edit: (platform) => {
      part(platform.the(GLUE_TABLE, (found) => !isView(found)).properties, 'TableInput', 'Parameters')['projection.dt.range'] =
        'NOW-9999DAYS,NOW';
    },
  },
  {
    name: 'another version of a contract',
    edit: (platform) => {
      part(platform.the(GLUE_TABLE, (found) => !isView(found)).properties, 'TableInput', 'Parameters')[
        'headwaters.contract_version'
      ] = '9.0.0';
    },
  },
  {
    name: 'a delivery waits for less',
    edit: (platform) => {
      part(
        platform.the('AWS::KinesisFirehose::DeliveryStream').properties,
        'ExtendedS3DestinationConfiguration',
        'BufferingHints',
      ).IntervalInSeconds = 60;
    },
  },
  {
    name: 'a function gets more memory and time',
    edit: (platform) => {
      Object.assign(platform.the(FUNCTION).properties, { MemorySize: 1024, Timeout: 300 });
    },
  },
  {
    name: 'a function says otherwise what it is',
    edit: (platform) => {
      platform.the(FUNCTION).properties.Description = 'in other words';
    },
  },
  {
    name: 'statements and actions in another order',
    edit: (platform) => {
      for (const found of platform.all('AWS::IAM::ManagedPolicy'))
        for (const statement of statementsOf(found).reverse()) if (Array.isArray(statement.Action)) statement.Action.reverse();
    },
  },
  {
    name: 'one action as a text and as a list',
    edit: (platform) => {
      for (const found of platform.all('AWS::IAM::ManagedPolicy'))
        for (const statement of statementsOf(found))
          if (typeof statement.Action === 'string') statement.Action = [statement.Action];
    },
  },
  {
    name: 'a role may do less',
    edit: (platform) => {
      statementsOf(platform.the('AWS::IAM::ManagedPolicy', (found) => statementsOf(found).length > 1)).pop();
    },
  },
  { name: 'a new alarm', edit: anAlarm },
  {
    name: 'an alarm goes off earlier',
    given: anAlarm,
    edit: (platform) => {
      platform.the('AWS::CloudWatch::Alarm', ({ id }) => id === ALARM).properties.Threshold = 60;
    },
  },
  {
    name: 'an alarm takes away less, by an expression that another one names',
    given: aComputedAlarm('m1 * 2'),
    edit: aComputedAlarm('m1 * 1'),
  },
  {
    name: 'a trail, a flow log and a delivery more, which write where the others do',
    edit: (platform) => {
      for (const type of [TRAIL, FLOW_LOG, DELIVERY]) {
        const { stack, id, properties } = platform.the(type);
        platform.add(stack, `${id}More`, kept(type, properties));
      }
    },
  },
  {
    name: 'a new table lets a role of its account read its stream',
    edit: (platform) => {
      aTable(platform);
      streamLetsIn(platform, 'arn:aws:iam::111122223333:role/headwaters/prod/transform/reader');
    },
  },
  {
    name: 'a policy lets a role of its account in by one branch of a condition',
    given: aTable,
    edit: (platform) => {
      streamLetsIn(platform, {
        'Fn::If': ['IsProd', 'arn:aws:iam::111122223333:role/headwaters/prod/transform/reader', { Ref: 'AWS::NoValue' }],
      });
      drop(part(platform.the('AWS::DynamoDB::Table').properties, 'StreamSpecification'), 'StreamViewType');
    },
  },
  {
    name: 'an output more',
    edit: (platform) => {
      platform.template(platform.foundation).Outputs.More = { Value: 'text', Export: { Name: 'more' } };
    },
  },
  {
    name: 'another named query',
    edit: (platform) => {
      platform.the('AWS::Athena::NamedQuery').properties.QueryString = 'SELECT 1';
    },
  },
  {
    name: 'a query may scan less',
    edit: (platform) => {
      part(platform.the('AWS::Athena::WorkGroup').properties, 'WorkGroupConfiguration').BytesScannedCutoffPerQuery = 10_000_000;
    },
  },
  {
    name: 'a resource waits for one more',
    edit: (platform) => {
      const { resource } = platform.the('AWS::KinesisFirehose::DeliveryStream');
      resource.DependsOn = [...[resource.DependsOn ?? []].flat(), platform.the(STREAM).id];
    },
  },
  {
    name: 'a whole new domain stack',
    edit: (platform) => {
      platform.copyStacks(/-Domain-sales$/, 'sales', 'weather');
    },
  },
  {
    name: 'a whole new environment',
    edit: (platform) => {
      platform.copyStacks(/^Headwaters-prod-/, /(?<![a-z])prod(?![a-z])/g, 'qa');
    },
  },
  {
    name: 'an alias follows a version of its template that is called otherwise',
    edit: (platform) => {
      const version = platform.the('AWS::Lambda::Version');
      platform.rewriteStack(version.stack, (text) => text.replaceAll(version.id, version.id.replace('<version>', '0<version>')));
    },
  },
  {
    name: 'a key is used by one more actor of ours',
    edit: (platform) => {
      const callers = actorsOf(usedByActors(platform));
      callers.push(JSON.parse(JSON.stringify(callers[0]).replace(/(role\/headwaters\/prod\/)[a-z-]+/, '$1flow-log')));
    },
  },
  {
    name: 'a transform is tried again more often, with less at once',
    edit: (platform) => {
      for (const parameter of parametersOf(fromStream(platform))) {
        if (parameter.ParameterName === 'NumberOfRetries') parameter.ParameterValue = '20';
        if (parameter.ParameterName === 'BufferSizeInMBs') parameter.ParameterValue = '0.1';
      }
    },
  },
  {
    name: 'a bucket more, closed and kept',
    edit: (platform) => {
      const { properties } = platform.the(BUCKET, (found) => found.properties.LoggingConfiguration !== undefined);
      platform.add(platform.foundation, 'NewBucket', kept(BUCKET, properties));
    },
  },
  {
    name: 'a security group more, within the network',
    edit: (platform) => {
      platform.add(platform.foundation, 'NewGroup', {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: {
          SecurityGroupIngress: [{ CidrIp: '10.0.0.0/16' }, { CidrIp: { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] } }],
          SecurityGroupEgress: [{ CidrIp: '127.0.0.1/32' }, { DestinationSecurityGroupId: { Ref: 'Other' } }],
        },
      });
    },
  },
  { name: 'a rule of events more', edit: aRule },
  {
    name: 'a rule of events says otherwise what it is',
    given: aRule,
    edit: (platform) => {
      platform.the('AWS::Events::Rule', ({ id }) => id === RULE).properties.Description = 'in other words';
    },
  },
  {
    name: 'a state machine does one thing more',
    edit: (platform) => {
      const { properties } = platform.the('AWS::StepFunctions::StateMachine');
      part(properties, 'Definition', 'States').More = { Type: 'Pass', End: true };
    },
  },
  {
    name: 'a bucket tells EventBridge',
    edit: (platform) => {
      const silent = platform.the(BUCKET, ({ properties }) => properties.NotificationConfiguration === undefined);
      silent.properties.NotificationConfiguration = { EventBridgeConfiguration: { EventBridgeEnabled: true } };
    },
  },
  ...HARMLESS_CONTRACTS,
  ...HARMLESS_CURATED,
  ...HARMLESS_EVERYDAY,
];
