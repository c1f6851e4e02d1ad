import { same } from '../../contract/compatibility/canonical.ts';
import {
  always,
  atLeast,
  createOnly,
  encryptionKey,
  harmless,
  inside,
  type Judge,
  keepsAll,
  kept,
  renamed,
  stays,
  toldAsPermission,
  unknownEffect,
} from './judge.ts';
import { danger } from '../danger.ts';
import { at, booleanOf, isObject, listOf } from '../value.ts';
import type { RulesByType } from './resource-rules.ts';

/** One change of what makes its value gives a secret a new value. */
const regenerated: Judge = always(
  'SecretRegenerated',
  'the secret gets a new value: what was hashed, tokenized or encrypted with the old one no longer fits',
);

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-dynamodb-table-pointintimerecoveryspecification.html */
const RECOVERY_DAYS = 35;

const indexes: Judge = (before, after, path, whole) => {
  const names = (value: unknown) => listOf(value).map((index) => String(at(index, 'IndexName')));
  const gone = names(before).filter((name) => !names(after).includes(name));
  if (gone.length > 0) return [danger('IndexDropped', `'${path}' lost ${gone.join(', ')}: who asks by it finds nothing`)];
  const old = names(before);
  const stayed = listOf(after).filter((index) => old.includes(String(at(index, 'IndexName'))));
  return stayed.length === old.length && JSON.stringify(stayed) === JSON.stringify(listOf(before))
    ? []
    : unknownEffect(before, after, path, whole);
};

const timeToLive: Judge = (_before, after, path) =>
  booleanOf(at(after, 'Enabled')) === false || after === undefined
    ? []
    : [danger('ExpirationAdded', `'${path}' changed: items go by another attribute than they did, or at all`)];

const recovery = inside({
  PointInTimeRecoveryEnabled: stays(true, 'PointInTimeRecoveryOff', 'what is written over or deleted is lost', false),
  RecoveryPeriodInDays: atLeast('RecoveryPeriodShortened', {
    absent: RECOVERY_DAYS,
    unit: 'days',
    does: 'older states cannot be brought back',
  }),
});

/** A part of a table without what is told as permissions. */
const withoutPolicies = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutPolicies);
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([key]) => key !== 'ResourcePolicy')
          .map(([key, inner]) => [key, withoutPolicies(inner)]),
      )
    : value;
};

const replicas: Judge = (before, after, path, whole) =>
  same(withoutPolicies(before), withoutPolicies(after)) ? [] : unknownEffect(before, after, path, whole);

const table = {
  TableName: renamed,
  KeySchema: createOnly,
  LocalSecondaryIndexes: createOnly,
  AttributeDefinitions: harmless, // only what a key or an index names
  BillingMode: harmless,
  GlobalSecondaryIndexes: indexes,
  TimeToLiveSpecification: timeToLive,
  StreamSpecification: inside({ ResourcePolicy: toldAsPermission }),
};

export const RECORD_RULES: RulesByType = {
  'AWS::DynamoDB::Table': {
    holds: 'items',
    addition: { harmless: 'it is empty, and DynamoDB encrypts it unasked' },
    properties: {
      ...table,
      ImportSourceSpecification: createOnly,
      PointInTimeRecoverySpecification: kept(
        'PointInTimeRecoveryOff',
        'what is written over or deleted is lost',
        { harmless: 'more can be brought back' },
        recovery,
      ),
      DeletionProtectionEnabled: stays(true, 'DeletionProtectionOff', 'a call may delete it', false),
      SSESpecification: kept(
        'EncryptionRemoved',
        'items are stored under no key of yours',
        { harmless: 'DynamoDB decrypts for whoever may use the key, and refuses others aloud' },
        inside({
          SSEEnabled: stays(true, 'EncryptionRemoved', 'items are stored under no key of yours', false),
          KMSMasterKeyId: encryptionKey,
        }),
      ),
      ResourcePolicy: toldAsPermission,
      ContributorInsightsSpecification: harmless,
      TableClass: harmless,
      WarmThroughput: harmless,
      Tags: harmless,
    },
  },
  'AWS::DynamoDB::GlobalTable': {
    holds: 'items',
    addition: { harmless: 'it is empty, and DynamoDB encrypts it unasked' },
    properties: { ...table, Replicas: replicas },
  },
  'AWS::SecretsManager::Secret': {
    holds: 'a value that nobody can make again',
    addition: { harmless: 'who reads it needs a permission of its own' },
    properties: {
      Name: renamed,
      GenerateSecretString: regenerated,
      SecretString: regenerated,
      KmsKeyId: encryptionKey,
      ReplicaRegions: keepsAll('ReplicationRemoved', 'there it is gone', unknownEffect),
      Description: harmless,
      Tags: harmless,
    },
  },
  'AWS::SecretsManager::ResourcePolicy': {
    addition: { harmless: 'whom it lets in is told as permissions' },
    removal: { code: 'PolicyRemoved', does: 'what it denied is denied no longer' },
    properties: { SecretId: createOnly, ResourcePolicy: toldAsPermission },
  },
  'AWS::SSM::Parameter': {
    addition: { harmless: 'nobody reads it yet' },
    removal: { code: 'ProcessRemoved', does: 'who reads it fails' },
    properties: { Description: harmless, Tags: harmless },
  },
};
