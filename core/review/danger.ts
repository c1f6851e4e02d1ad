import { createHash } from 'node:crypto';
import { ordered } from '../contract/compatibility/canonical.ts';

/** What a change may do to what the platform holds. */
export const DANGER_KINDS = ['deletion', 'replacement', 'shortening', 'weakening', 'unknown'] as const;

/**
 * `deletion`: something that holds data, or a part of it, goes. `replacement`: an empty one takes its place, or its name. `shortening`: data
 * is kept, read or carried for less. `weakening`: a guard is taken off. `unknown`: no rule knows what the change does.
 */
export type DangerKind = (typeof DANGER_KINDS)[number];

/** Every danger that the rules tell, by its stable code. */
export const DANGERS = {
  ResourceDeleted: 'deletion',
  ResourceOrphaned: 'deletion',
  StackRemoved: 'deletion',
  ExportRemoved: 'deletion',
  ColumnDropped: 'deletion',
  IndexDropped: 'deletion',

  StackMoved: 'replacement',
  LogicalIdChanged: 'replacement',
  TypeChanged: 'replacement',
  PhysicalNameChanged: 'replacement',
  CreateOnlyChanged: 'replacement',
  KeySpecChanged: 'replacement',
  SecretRegenerated: 'replacement',
  DynamicPartitioningChanged: 'replacement',

  StreamRetentionShortened: 'shortening',
  ShardsCut: 'shortening',
  RecordSizeCut: 'shortening',
  ExpirationAdded: 'shortening',
  ExpirationShortened: 'shortening',
  NoncurrentExpirationAdded: 'shortening',
  NoncurrentExpirationShortened: 'shortening',
  ArchivedEarlier: 'shortening',
  ObjectLockShortened: 'shortening',
  LogRetentionShortened: 'shortening',
  MessageRetentionShortened: 'shortening',
  RecoveryPeriodShortened: 'shortening',
  KeyDeletionWindowShortened: 'shortening',
  ColumnTypeChanged: 'shortening',
  PartitionKeysChanged: 'shortening',
  ProjectionNarrowed: 'shortening',
  ViewDaysShortened: 'shortening',
  TableMoved: 'shortening',
  DeliveryMoved: 'shortening',

  VersioningSuspended: 'weakening',
  ReplicationRemoved: 'weakening',
  ObjectLockRemoved: 'weakening',
  ObjectLockIrrevocable: 'weakening',
  ExpirationRemoved: 'weakening',
  ExpirationLengthened: 'weakening',
  PublicAccessOpened: 'weakening',
  OwnershipRelaxed: 'weakening',
  AccessLogsOff: 'weakening',
  EncryptionRemoved: 'weakening',
  EncryptionKeyChanged: 'weakening',
  KeyRotationOff: 'weakening',
  KeyRotationSlowed: 'weakening',
  KeyDisabled: 'weakening',
  DenyDropped: 'weakening',
  OriginalsOpened: 'weakening',
  OpenedToAnyone: 'weakening',
  OpenedToAccount: 'weakening',
  OpenedToWholeAccount: 'weakening',
  OpenedToService: 'weakening',
  AccountNamed: 'weakening',
  WildcardGained: 'weakening',
  PowerGained: 'weakening',
  ConditionDropped: 'weakening',
  ConditionWidened: 'weakening',
  BoundaryDropped: 'weakening',
  PolicyRemoved: 'weakening',
  PolicyDependencyDropped: 'weakening',
  DeletionPolicyWeakened: 'weakening',
  UpdateReplacePolicyWeakened: 'weakening',
  DeletionProtectionOff: 'weakening',
  TerminationProtectionOff: 'weakening',
  PointInTimeRecoveryOff: 'weakening',
  DataProtectionOff: 'weakening',
  BackupOff: 'weakening',
  ConversionOff: 'weakening',
  TransformOff: 'weakening',
  RetriesCut: 'weakening',
  BatchEnlarged: 'weakening',
  DeliveryDelayed: 'weakening',
  DeadLettersOff: 'weakening',
  LogsOff: 'weakening',
  DataLogged: 'weakening',
  WorkGroupUnenforced: 'weakening',
  WorkGroupDisabled: 'weakening',
  ScanCutoffRaised: 'weakening',
  AlarmRemoved: 'weakening',
  AlarmDisabled: 'weakening',
  AlarmActionsCut: 'weakening',
  AlarmRelaxed: 'weakening',
  WatchRemoved: 'weakening',
  ProcessRemoved: 'weakening',
  ProcessStopped: 'weakening',
  ProcessDelayed: 'weakening',
  TimeoutCut: 'weakening',
  MemoryCut: 'weakening',
  CallsLimited: 'weakening',
  StepsDropped: 'weakening',
  CodeFromElsewhere: 'weakening',

  ClassificationLowered: 'weakening',
  PersonalMarkRemoved: 'weakening',
  ProtectionWeakened: 'weakening',

  UnknownType: 'unknown',
  UnknownEffect: 'unknown',
  ShardsTooFar: 'unknown',
  AccessDropped: 'unknown',
  RoleDeleted: 'unknown',
  UnreadablePolicy: 'unknown',
  ViewQueryChanged: 'unknown',
  ColumnsReordered: 'unknown',
} as const satisfies Readonly<Record<string, DangerKind>>;

export type DangerCode = keyof typeof DANGERS;

export interface Danger {
  readonly code: DangerCode;
  readonly kind: DangerKind;
  /** What changed and what that does: lower case, no full stop, no value that may be a secret. */
  readonly says: string;
  /** Path of the property that it is about; absent where it is about the whole. */
  readonly property?: string;
  /** Digest of the value before and after: what an acceptance is bound to. A value itself is never kept, as it may be a secret. */
  readonly change?: string;
  /** Who accepted it, and why. */
  readonly accepted?: Reasoned;
}

/** Why a person accepted something, and who answers for it. */
export interface Reasoned {
  readonly reason: string;
  readonly owner: string;
}

export const danger = (code: DangerCode, says: string): Danger => ({ code, kind: DANGERS[code], says });

const DIGEST_LENGTH = 16;

/** Says of what values dangers come, where that is not said yet. @param values As they were and as they are */
export function bound<T extends Danger>(dangers: readonly T[], values: readonly unknown[], property?: string): readonly T[] {
  if (dangers.every(({ change }) => change !== undefined)) return dangers;
  const change = digestOf(values);
  return dangers.map((found) =>
    found.change === undefined ? { ...found, change, ...(property === undefined ? {} : { property }) } : found,
  );
}

/** A digest of values, in which the order of keys does not count. */
export const digestOf = (values: readonly unknown[]): string =>
  createHash('sha256')
    .update(JSON.stringify(values.map((value) => ordered(value) ?? null)))
    .digest('hex')
    .slice(0, DIGEST_LENGTH);
