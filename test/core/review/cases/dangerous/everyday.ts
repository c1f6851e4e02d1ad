import type { DangerousCase } from '../case.ts';
import {
  BUCKET,
  clean,
  DELIVERY,
  DESTINATION,
  drop,
  FUNCTION,
  KEY,
  lifecycleOf,
  POLICY,
  ROLE,
  STREAM,
  WORK_GROUP,
} from '../finders.ts';
import { alarmOn, datasetOf, fromStream, queriesOf } from '../givens.ts';
import { part, statementsOf, type PlatformCopy } from '../platform-copy.ts';

/** Writes the resources of a dataset's construct under another id, and all that refers to them. */
const renameDataset = (platform: PlatformCopy): void => {
  const { stack, prefix } = datasetOf(platform);
  platform.rewriteStack(stack, (text) => text.replaceAll(prefix, 'DatasetsRenamed'));
};

/** What a platform engineer does on a working day, and should not merge unseen. */
export const EVERYDAY: readonly DangerousCase[] = [
  {
    name: 'a dataset leaves the platform, and its roles with it',
    edit: (platform) => {
      const { stack, prefix } = datasetOf(platform);
      for (const found of platform.allOf(stack).filter(({ id }) => id.startsWith(prefix))) platform.remove(found);
    },
    dangers: ['AlarmRemoved', 'ResourceDeleted', 'RoleDeleted', 'ResourceOrphaned', 'ProcessRemoved'],
  },
  {
    name: 'the construct of a dataset is renamed, and all its resources with it',
    edit: renameDataset,
    dangers: [
      'AlarmRemoved',
      'LogicalIdChanged',
      'RoleDeleted',
      'ResourceOrphaned',
      'ResourceDeleted',
      'ProcessRemoved',
      'UnknownEffect', // the function of replays is given another stream
    ],
  },
  {
    name: 'a domain moves to a stack of another name',
    edit: (platform) => {
      const { stack } = platform.the(STREAM);
      platform.copyStacks(new RegExp(`^${stack}$`), stack, `${stack}s`);
      platform.removeStack(stack);
    },
    dangers: ['StackRemoved'],
  },
  {
    name: 'a dataset moves to another stack',
    edit: (platform) => {
      const { stack, prefix } = datasetOf(platform);
      const other = platform.the(STREAM, (found) => found.stack !== stack).stack;
      for (const found of platform.allOf(stack).filter(({ id }) => id.startsWith(prefix))) {
        platform.remove(found);
        platform.add(other, found.id, found.resource);
      }
    },
    dangers: ['AlarmRemoved', 'ResourceDeleted', 'RoleDeleted', 'ResourceOrphaned', 'ProcessRemoved'],
  },
  {
    name: 'a delivery buffers for a quarter of an hour',
    edit: (platform) => {
      part(fromStream(platform).properties, DESTINATION, 'BufferingHints').IntervalInSeconds = 900;
    },
    dangers: ['DeliveryDelayed'],
  },
  {
    name: 'originals are backed up without compression',
    edit: (platform) => {
      part(fromStream(platform).properties, DESTINATION, 'S3BackupConfiguration').CompressionFormat = 'UNCOMPRESSED';
    },
    dangers: ['UnknownEffect'],
  },
  {
    name: 'an archive is added to the rule of a class that queries read',
    edit: (platform) => {
      const rule = lifecycleOf(clean(platform)).find(
        ({ Prefix, Transitions }) => Prefix !== undefined && Transitions === undefined,
      );
      if (rule !== undefined) rule.Transitions = [{ StorageClass: 'GLACIER', TransitionInDays: 2 }];
    },
    dangers: ['ArchivedEarlier'],
  },
  {
    name: 'Intelligent-Tiering may archive what nobody reads',
    edit: (platform) => {
      platform.the(BUCKET).properties.IntelligentTieringConfigurations = [
        { Id: 'archive', Status: 'Enabled', Tierings: [{ AccessTier: 'ARCHIVE_ACCESS', Days: 90 }] },
      ];
    },
    dangers: ['UnknownEffect'],
  },
  {
    name: 'every key rotates no longer',
    edit: (platform) => {
      for (const { properties } of platform.all(KEY)) drop(properties, 'EnableKeyRotation');
    },
    dangers: ['KeyRotationOff'],
  },
  {
    name: 'Athena has another engine',
    edit: (platform) => {
      part(platform.the(WORK_GROUP).properties, 'WorkGroupConfiguration', 'EngineVersion').SelectedEngineVersion = 'AUTO';
    },
    dangers: ['UnknownEffect'],
  },
  {
    name: 'results of queries go to a bucket of their own',
    edit: (platform) => {
      part(platform.the(WORK_GROUP).properties, 'WorkGroupConfiguration', 'ResultConfiguration').OutputLocation = 's3://results/';
    },
    dangers: ['TableMoved'],
  },
  {
    name: 'a stream is under the key of AWS',
    edit: (platform) => {
      part(platform.the(STREAM).properties, 'StreamEncryption').KeyId = 'alias/aws/kinesis';
    },
    dangers: ['EncryptionKeyChanged'],
  },
  {
    name: 'an administrator of the account gets a role for incidents',
    edit: (platform) => {
      platform.add(platform.foundation, 'Incidents', {
        Type: ROLE,
        Properties: {
          AssumeRolePolicyDocument: { Statement: [] },
          ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
        },
      });
    },
    dangers: ['WildcardGained'],
  },
  {
    name: 'a function gets an address on the internet',
    edit: (platform) => {
      const { stack, id } = platform.the(FUNCTION);
      platform.add(stack, 'Url', { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'NONE', TargetFunctionArn: { Ref: id } } });
    },
    dangers: ['UnknownType'],
  },
  {
    name: 'what closes a bucket allows instead of denying',
    edit: (platform) => {
      const closing = platform
        .all('AWS::S3::BucketPolicy')
        .flatMap((found) => statementsOf(found))
        .find(({ Sid }) => Sid === 'ClosedToAllOthers');
      if (closing !== undefined) closing.Effect = 'Allow';
    },
    dangers: ['OpenedToAnyone', 'DenyDropped'],
  },
  {
    name: 'a policy of one role is attached to another one too',
    edit: (platform) => {
      const steward = platform.the(POLICY, ({ id }) => id.startsWith('Steward'));
      const producer = platform.the(ROLE, ({ id, stack }) => stack === steward.stack && id.includes('Producer'));
      steward.properties.Roles = [...(steward.properties.Roles as unknown[]), { Ref: producer.id }];
    },
    dangers: ['OriginalsOpened'],
  },
  {
    name: 'the buffer of every delivery is enlarged, by its size',
    edit: (platform) => {
      for (const { properties } of platform.all(DELIVERY)) part(properties, DESTINATION, 'BufferingHints').SizeInMBs = 1024;
    },
    dangers: ['DeliveryDelayed'],
  },
  {
    name: 'a stream keeps records for longer, and the alarm on the share of it goes off later',
    edit: (platform) => {
      const [query] = queriesOf(alarmOn(platform, '604800000'));
      if (query !== undefined) query.Expression = String(query.Expression).replace('604800000', '1209600000');
    },
    dangers: ['AlarmRelaxed'],
  },
];
