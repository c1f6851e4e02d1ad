import type { RequestContext } from '../../core/aws/iam/index.ts';
import type { Members } from '../input.ts';
import type { Caller } from '../service.ts';
import type { KmsKey } from './key.ts';
import type { Alias, KeyStore, KmsParts } from './key-store.ts';
import { page } from './page.ts';
import { ALGORITHM, aliasKey, optionalWhole } from './request.ts';

const DAY = 86_400_000;
/** Days before a key goes. @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html */
const WINDOW = { least: 7, most: 30 } as const;

const POLICY = 'default';

/** What keys are, and their states. */
export class KeyOperations {
  constructor(
    private readonly parts: KmsParts,
    private readonly store: KeyStore,
  ) {}

  describeKey(input: Members, caller: Caller): object {
    const id = input.text('KeyId');
    const key = this.store.find(id);
    this.parts.iam.check(caller, 'kms:DescribeKey', key.settings.arn, aliasKey(id));
    return { KeyMetadata: metadata(key, this.parts) };
  }

  listKeys(input: Members, caller: Caller): object {
    this.parts.iam.check(caller, 'kms:ListKeys', '*');
    const { items, rest } = page(this.store.all(), input, { usual: 100 });
    return { Keys: items.map(({ settings }) => ({ KeyId: settings.id, KeyArn: settings.arn })), ...rest };
  }

  listAliases(input: Members, caller: Caller): object {
    this.parts.iam.check(caller, 'kms:ListAliases', '*');
    const id = input.optionalText('KeyId');
    const found = id === undefined ? [...this.store.aliases.values()] : this.store.aliasesOf(this.store.findById(id).settings.id);
    const { items, rest } = page(found, input, { usual: 50 });
    return { Aliases: items.map(aliasView), ...rest };
  }

  /** @throws ServiceError NotFoundException for a policy of another name than the only one */
  getKeyPolicy(input: Members, caller: Caller): object {
    const key = this.key(input, caller, 'kms:GetKeyPolicy');
    const name = input.optionalText('PolicyName') ?? POLICY;
    if (name !== POLICY) throw input.invalid('PolicyName', `must be '${POLICY}'`);
    return { Policy: JSON.stringify(key.settings.policy, undefined, 2), PolicyName: name };
  }

  /** A key has one policy. */
  listKeyPolicies(input: Members, caller: Caller): object {
    this.key(input, caller, 'kms:ListKeyPolicies');
    const { items, rest } = page([POLICY], input, { usual: 100 });
    return { PolicyNames: items, ...rest };
  }

  listResourceTags(input: Members, caller: Caller): object {
    const { tags = {} } = this.key(input, caller, 'kms:ListResourceTags').settings;
    const { items, rest } = page(Object.entries(tags), input, { usual: 50 });
    return { Tags: items.map(([TagKey, TagValue]) => ({ TagKey, TagValue })), ...rest };
  }

  /** A key that is to go is rotated no more. @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html */
  getKeyRotationStatus(input: Members, caller: Caller): object {
    const key = this.key(input, caller, 'kms:GetKeyRotationStatus');
    const { arn, rotationDays } = key.settings;
    if (key.period === undefined || key.state === 'PendingDeletion') return { KeyId: arn, KeyRotationEnabled: false };
    const next = key.created + key.period * (key.rotations(this.parts.clock.now()) + 1);
    return { KeyId: arn, KeyRotationEnabled: true, RotationPeriodInDays: rotationDays, NextRotationDate: next / 1000 };
  }

  enableKey(input: Members, caller: Caller): object {
    return this.turn(this.key(input, caller, 'kms:EnableKey'), true);
  }

  disableKey(input: Members, caller: Caller): object {
    return this.turn(this.key(input, caller, 'kms:DisableKey'), false);
  }

  /** The key is disabled until it goes. */
  scheduleKeyDeletion(input: Members, caller: Caller): object {
    const days = optionalWhole(input, 'PendingWindowInDays', WINDOW) ?? WINDOW.most;
    const key = this.key(input, caller, 'kms:ScheduleKeyDeletion', {
      'kms:ScheduleKeyDeletionPendingWindowInDays': String(days),
    });
    key.deletion = { time: this.parts.clock.now() + days * DAY, days };
    this.store.save(key);
    const { settings, deletion, state } = key;
    return { KeyId: settings.arn, DeletionDate: deletion.time / 1000, KeyState: state, PendingWindowInDays: days };
  }

  /** A key that stays is left disabled. */
  cancelKeyDeletion(input: Members, caller: Caller): object {
    const key = this.key(input, caller, 'kms:CancelKeyDeletion');
    key.deletion = undefined;
    this.turn(key, false);
    return { KeyId: key.settings.arn };
  }

  private key(input: Members, caller: Caller, action: string, context: RequestContext = {}): KmsKey {
    const key = this.store.findById(input.text('KeyId'));
    this.parts.iam.check(caller, action, key.settings.arn, context);
    return key;
  }

  private turn(key: KmsKey, enabled: boolean): object {
    key.enabled = enabled;
    this.store.save(key);
    return {};
  }
}

const metadata = (key: KmsKey, { accountId, clock }: KmsParts): object => ({
  AWSAccountId: accountId,
  KeyId: key.settings.id,
  Arn: key.settings.arn,
  CreationDate: key.created / 1000,
  Enabled: key.state === 'Enabled',
  Description: key.settings.description,
  KeyUsage: 'ENCRYPT_DECRYPT',
  KeyState: key.state,
  ...(key.deletion && { DeletionDate: key.deletion.time / 1000 }),
  Origin: 'AWS_KMS',
  KeyManager: 'CUSTOMER',
  CustomerMasterKeySpec: ALGORITHM,
  KeySpec: ALGORITHM,
  EncryptionAlgorithms: [ALGORITHM],
  MultiRegion: false,
  CurrentKeyMaterialId: key.materialOf(key.rotations(clock.now())).id,
});

const aliasView = ({ name, arn, keyId, created }: Alias): object => ({
  AliasName: name,
  AliasArn: arn,
  TargetKeyId: keyId,
  CreationDate: created / 1000,
  LastUpdatedDate: created / 1000,
});
