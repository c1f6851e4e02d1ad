/** What one difference between two versions of a contract means, whom it breaks, and what must happen. */

/** Stable names of every difference the judge can tell. */
export const CHANGE_CODES = [
  // the product
  'ContractIdChanged',
  'DomainChanged',
  'ProductChanged',
  'StatusChanged',
  'OwnerChanged',
  'DescriptionChanged',
  'TeamChanged',
  'RolesChanged',
  'WithoutEffectChanged',
  // its datasets
  'DatasetAdded',
  'DatasetRemoved',
  'DatasetRenamed',
  'DatasetsReordered',
  'KeyChanged',
  'KeyReordered',
  'EventIdChanged',
  'EventTimeFieldChanged',
  'SequenceFieldAdded',
  'SequenceFieldChanged',
  'TenantFieldAdded',
  'TenantFieldChanged',
  'LatenessLengthened',
  'LatenessShortened',
  'ExpectedVolumeChanged',
  'IntakeChanged',
  'TagsChanged',
  'PersonalMarkRemoved',
  'RelationshipAdded',
  'RelationshipRemoved',
  'RelationshipsReordered',
  // what readers are promised
  'FreshnessTightened',
  'FreshnessLoosened',
  'CuratedAdded',
  'CuratedGone',
  'CuratedTightened',
  'CuratedLoosened',
  'FrequencyRaised',
  'FrequencyLowered',
  'AvailabilityEarlier',
  'AvailabilityLater',
  'AvailabilityRestated',
  'GeneralAvailabilityChanged',
  'EndAnnounced',
  'EndPostponed',
  'EndRestated',
  'EndBroughtForward',
  'QualityRuleAdded',
  'QualityRuleRemoved',
  'QualityRuleTightened',
  'QualityRuleLoosened',
  'QualityRuleRestated',
  'QualityRulesReordered',
  // where data lies, and how long
  'RetentionLengthened',
  'RetentionShortened',
  'QueryableDaysLengthened',
  'QueryableDaysShortened',
  'ReadOftenChanged',
  'RestoreFaster',
  'RestoreSlower',
  'RetentionClassChanged',
  // columns and fields
  'ColumnAdded',
  'ColumnRemoved',
  'ColumnRenamed',
  'ColumnsReordered',
  'ColumnMadeRequired',
  'ColumnMadeOptional',
  'UniqueAdded',
  'UniqueRemoved',
  'BusinessNameChanged',
  'ExamplesChanged',
  'ClassificationLowered',
  'ClassificationRaised',
  'ProtectionStrengthened',
  'ProtectionWeakened',
  'ProtectionChanged',
  // types and rules of values
  'TypeWidened',
  'TypeNarrowed',
  'TypeChanged',
  'LengthTightened',
  'LengthLoosened',
  'PatternAdded',
  'PatternChanged',
  'PatternRemoved',
  'FormatAdded',
  'FormatChanged',
  'FormatRemoved',
  'RangeTightened',
  'RangeLoosened',
  'MultipleOfTightened',
  'MultipleOfLoosened',
  'ZoneDemanded',
  'ZoneAssumed',
  'ItemCountTightened',
  'ItemCountLoosened',
  'UniqueItemsAdded',
  'UniqueItemsRemoved',
  'KeyCountTightened',
  'KeyCountLoosened',
  'ValidValuesAdded',
  'ValidValuesRemoved',
  'ValidValuesExtended',
  'ValidValuesCut',
  'RuleRestated',
] as const;
export type ChangeCode = (typeof CHANGE_CODES)[number];

/**
 * Whom a change breaks: producers, when an event accepted before is refused or not stored; readers, when a query fails or answers otherwise
 * in silence; stored data, when what lies in the lake no longer fits; privacy, when more people see more of a person.
 */
export const PARTIES = ['producers', 'readers', 'stored data', 'privacy'] as const;
export type Party = (typeof PARTIES)[number];

/** `breaking` breaks somebody; `additive` breaks nobody and has an effect; `metadata` has none but on what people read. */
export type Verdict = 'additive' | 'breaking' | 'metadata';

/** What must happen before the change may be released. A migration comes with a new major version. */
export interface Action {
  readonly kind: 'nothing' | 'minor version' | 'major version' | 'migration';
  readonly text: string;
}

export interface Change {
  readonly code: ChangeCode;
  readonly verdict: Verdict;
  /** As people write it: `orders.lines[].price`, values of a map `{}`; `contract` for what the product says as a whole. */
  readonly path: string;
  /** One sentence with what the contract said before and says now. */
  readonly reason: string;
  /** Whom it breaks; empty unless the verdict is `breaking`. */
  readonly breaks: readonly Party[];
  readonly action: Action;
}

export const metadata = (code: ChangeCode, path: string, reason: string): Change => ({
  code,
  verdict: 'metadata',
  path,
  reason,
  breaks: [],
  action: { kind: 'nothing', text: 'nothing but a new patch version' },
});

export const additive = (code: ChangeCode, path: string, reason: string, text: string): Change => ({
  code,
  verdict: 'additive',
  path,
  reason,
  breaks: [],
  action: { kind: 'minor version', text },
});

/** What breaks stored data asks for a migration; everything else that breaks, for a new major version. */
export const breaking = (
  code: ChangeCode,
  path: string,
  breaks: readonly [Party, ...Party[]],
  reason: string,
  text: string,
): Change => ({
  code,
  verdict: 'breaking',
  path,
  reason,
  breaks,
  action: { kind: breaks.includes('stored data') ? 'migration' : 'major version', text },
});
