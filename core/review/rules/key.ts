import { always, atLeast, atMost, createOnly, guarded, harmless, type Judge, stays, toldAsPermission } from './judge.ts';
import type { RulesByType } from './resource-rules.ts';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html */
const WINDOW_DAYS = 30;
const ROTATION_DAYS = 365;

const material: Judge = always(
  'KeySpecChanged',
  'a key cannot be changed so: the update fails, or another key takes its place and opens nothing that is stored',
);

const common = {
  Enabled: stays(true, 'KeyDisabled', 'nothing under it can be read or written', true),
  PendingWindowInDays: atLeast('KeyDeletionWindowShortened', {
    absent: WINDOW_DAYS,
    unit: 'days',
    does: 'there is less time to notice that it is about to be deleted',
  }),
  KeyPolicy: toldAsPermission,
  Description: harmless,
  Tags: harmless,
};

const rotation = stays(true, 'KeyRotationOff', 'its material stays the same for good', false);

export const KEY_RULES: RulesByType = {
  'AWS::KMS::Key': {
    holds: 'what opens everything under it',
    addition: guarded({ EnableKeyRotation: rotation }, { EnableKeyRotation: true }),
    properties: {
      ...common,
      KeySpec: material,
      KeyUsage: material,
      MultiRegion: material,
      Origin: material,
      EnableKeyRotation: rotation,
      RotationPeriodInDays: atMost('KeyRotationSlowed', {
        absent: ROTATION_DAYS,
        unit: 'days',
        does: 'its material stays the same for longer',
      }),
    },
  },
  'AWS::KMS::ReplicaKey': {
    holds: 'what opens everything under it',
    addition: { harmless: 'whom it lets in is told as permissions' },
    properties: { ...common, PrimaryKeyArn: createOnly },
  },
  'AWS::KMS::Alias': {
    addition: { harmless: 'nobody names it yet' },
    removal: { code: 'ProcessRemoved', does: 'whoever names the alias finds no key: what is written or copied by it stops' },
    properties: {
      AliasName: createOnly,
      TargetKeyId: always('EncryptionKeyChanged', 'whoever names the alias uses another key from now on'),
    },
  },
};
