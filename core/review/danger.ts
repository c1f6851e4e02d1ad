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
  OpenedToAnyone: 'weakening',
  OpenedToAccount: 'weakening',
  OpenedToWholeAccount: 'weakening',
  OpenedToService: 'weakening',
  AccountNamed: 'weakening',
  WildcardGained: 'weakening',
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
  TimeoutCut: 'weakening',
  StepsDropped: 'weakening',
  CodeFromElsewhere: 'weakening',

  UnknownType: 'unknown',
  UnknownEffect: 'unknown',
  ShardsTooFar: 'unknown',
  AccessDropped: 'unknown',
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
}

export const danger = (code: DangerCode, says: string): Danger => ({ code, kind: DANGERS[code], says });
