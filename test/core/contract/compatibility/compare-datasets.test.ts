import { compareDatasets } from '../../../../core/contract/compatibility/compare-datasets.ts';
import type { DatasetContract, QualityRule, ServiceLevels, StorageNeed } from '../../../../core/contract/model.ts';
import { dataset, QUALITY, STRING, withColumn } from './fixtures.ts';
import { toldOf } from './told.ts';

const at = 'readings';
type Row = [what: string, before: Partial<DatasetContract>, after: Partial<DatasetContract>, expected: string[]];

const sla = (rest: Partial<ServiceLevels>): Partial<DatasetContract> => ({
  serviceLevels: { timesOfAvailability: [], ...rest },
});
/** Needs of one class, but where a row says otherwise: kept for 3 years, read warm. */
const need = (rest: Partial<StorageNeed>): Partial<DatasetContract> => ({
  storage: { readOftenDays: 30, readSometimesDays: 365, retentionDays: 365, restoreWithinHours: 12, ...rest },
});
const RETENTION_CLASS = `RetentionClassChanged additive ${at}: minor version`;

const UNFOLDED = { curatedWithinMs: undefined } as const;
const INTAKE = `IntakeChanged breaking ${at} (producers): major version`;
/** Promised in an hour, and in the busiest seconds, three times the mean, this share of the million bytes that a delivery takes in one. */
const hourly = (share: number): Partial<DatasetContract> => ({
  freshnessSeconds: 3600,
  expectedEventBytes: 499,
  expectedEventsPerDay: Math.round((share * 86_400 * 1_000_000) / 3 / 500),
});

const link = { columns: ['channel'], to: { domain: 'energy', dataset: 'channels', columns: ['id'] } };
const other = { columns: ['tenant'], to: { domain: 'energy', dataset: 'owners', columns: ['id'] } };

test.each<Row>([
  ['another name', {}, { name: 'values' }, ['DatasetRenamed breaking values (producers, readers, stored data): migration']],
  ['another domain', {}, { domain: 'water' }, [`DomainChanged breaking ${at} (producers, readers, stored data): migration`]],
  ['another version', {}, { version: '9.9.9' }, []],
  ['another owner', {}, { owner: 'x@example.com' }, [`OwnerChanged metadata ${at}: nothing`]],
  ['another description', {}, { description: 'Else' }, [`DescriptionChanged metadata ${at}: nothing`]],
  ['another volume', {}, { expectedEventsPerDay: 1 }, [`ExpectedVolumeChanged metadata ${at}: nothing`]],
  ['another size', {}, { expectedEventBytes: 1 }, [`ExpectedVolumeChanged metadata ${at}: nothing`]],
  ['another tag', {}, { tags: [] }, [`TagsChanged metadata ${at}: nothing`]],
  ['no personal tag', { tags: ['personal'] }, { tags: [] }, [`PersonalMarkRemoved breaking ${at} (privacy): major version`]],

  ['another key', {}, { primaryKey: ['tenant'] }, [`KeyChanged breaking ${at} (readers, stored data): migration`]],
  ['a longer key', {}, { primaryKey: ['reading_id', 'tenant'] }, [`KeyChanged breaking ${at} (readers, stored data): migration`]],
  ['no key', {}, { primaryKey: [] }, [`KeyChanged breaking ${at} (readers, stored data): migration`]],
  [
    'the key in another order',
    { primaryKey: ['reading_id', 'tenant'] },
    { primaryKey: ['tenant', 'reading_id'] },
    [`KeyReordered metadata ${at}: nothing`],
  ],
  ['another event id', {}, { eventIdFields: ['tenant'] }, [`EventIdChanged breaking ${at} (readers, stored data): migration`]],
  [
    'the event id in another order',
    { eventIdFields: ['reading_id', 'tenant'] },
    { eventIdFields: ['tenant', 'reading_id'] },
    [`EventIdChanged breaking ${at} (readers, stored data): migration`],
  ],
  [
    'another event time',
    {},
    { eventTimeField: 'sent_at' },
    [`EventTimeFieldChanged breaking ${at} (producers, readers, stored data): migration`],
  ],
  [
    'another sequence',
    {},
    { sequenceField: 'channel' },
    [`SequenceFieldChanged breaking ${at} (readers, stored data): migration`],
  ],
  ['no sequence', {}, { sequenceField: undefined }, [`SequenceFieldChanged breaking ${at} (readers, stored data): migration`]],
  ['a sequence', { ...UNFOLDED, sequenceField: undefined }, UNFOLDED, [`SequenceFieldAdded additive ${at}: minor version`]],
  [
    'a sequence beside rows that were folded without one',
    { sequenceField: undefined },
    {},
    [`SequenceFieldChanged breaking ${at} (readers, stored data): migration`],
  ],
  ['a curated table', UNFOLDED, {}, [`CuratedAdded additive ${at}: minor version`]],
  ['no curated table', {}, UNFOLDED, [`CuratedGone breaking ${at} (readers): major version`]],
  ['a sooner fold', { curatedWithinMs: 2 }, { curatedWithinMs: 1 }, [`CuratedTightened additive ${at}: minor version`]],
  ['a later fold', { curatedWithinMs: 1 }, { curatedWithinMs: 2 }, [`CuratedLoosened breaking ${at} (readers): major version`]],
  ['another tenant', {}, { tenantField: 'kind' }, [`TenantFieldChanged breaking ${at} (readers, privacy): major version`]],
  ['no tenant', {}, { tenantField: undefined }, [`TenantFieldChanged breaking ${at} (readers, privacy): major version`]],
  ['a tenant', { tenantField: undefined }, {}, [`TenantFieldAdded additive ${at}: minor version`]],
  ['more lateness', { allowedLatenessMs: 1 }, { allowedLatenessMs: 2 }, [`LatenessLengthened additive ${at}: minor version`]],
  [
    'less lateness',
    { allowedLatenessMs: 2 },
    { allowedLatenessMs: 1 },
    [`LatenessShortened breaking ${at} (producers, readers): major version`],
  ],
  ['fresher data', { freshnessSeconds: 900 }, { freshnessSeconds: 60 }, [`FreshnessTightened additive ${at}: minor version`]],
  [
    'less fresh data',
    { freshnessSeconds: 60 },
    { freshnessSeconds: 900 },
    [`FreshnessLoosened breaking ${at} (readers): major version`],
  ],

  [
    'an hour in place of 15 minutes',
    { freshnessSeconds: 900 },
    { freshnessSeconds: 3600 },
    [`FreshnessLoosened breaking ${at} (readers): major version`, INTAKE],
  ],
  [
    'a second less than an hour',
    { freshnessSeconds: 900 },
    { freshnessSeconds: 3599 },
    [`FreshnessLoosened breaking ${at} (readers): major version`],
  ],
  [
    '15 minutes in place of an hour',
    { freshnessSeconds: 3600 },
    { freshnessSeconds: 900 },
    [`FreshnessTightened additive ${at}: minor version`, INTAKE],
  ],
  [
    'a day in place of an hour',
    { freshnessSeconds: 3600 },
    { freshnessSeconds: 86_400 },
    [`FreshnessLoosened breaking ${at} (readers): major version`],
  ],
  ['more than a delivery takes', hourly(0.9), hourly(1.1), [`ExpectedVolumeChanged metadata ${at}: nothing`, INTAKE]],
  ['no more than a delivery takes', hourly(1.1), hourly(0.9), [`ExpectedVolumeChanged metadata ${at}: nothing`, INTAKE]],
  [
    'events too large for a delivery',
    hourly(0.9),
    { ...hourly(0.9), expectedEventBytes: 999 },
    [`ExpectedVolumeChanged metadata ${at}: nothing`, INTAKE],
  ],
  [
    'more than a delivery takes, of what has a stream',
    { ...hourly(0.9), freshnessSeconds: 900 },
    { ...hourly(1.1), freshnessSeconds: 900 },
    [`ExpectedVolumeChanged metadata ${at}: nothing`],
  ],
  [
    'an hour, and more than a delivery takes',
    { ...hourly(0.9), freshnessSeconds: 900 },
    hourly(1.1),
    [`FreshnessLoosened breaking ${at} (readers): major version`, `ExpectedVolumeChanged metadata ${at}: nothing`],
  ],

  ['a relationship', { relationships: [] }, { relationships: [link] }, [`RelationshipAdded additive ${at}: minor version`]],
  [
    'a relationship less',
    { relationships: [link] },
    { relationships: [] },
    [`RelationshipRemoved breaking ${at} (readers): major version`],
  ],
  [
    'another relationship',
    { relationships: [link] },
    { relationships: [other] },
    [`RelationshipRemoved breaking ${at} (readers): major version`, `RelationshipAdded additive ${at}: minor version`],
  ],
  [
    'relationships in another order',
    { relationships: [link, other] },
    { relationships: [other, link] },
    [`RelationshipsReordered metadata ${at}: nothing`],
  ],

  [
    'a longer retention',
    need({}),
    need({ retentionDays: 730 }),
    [`RetentionLengthened additive ${at}: minor version`, RETENTION_CLASS],
  ],
  [
    'a shorter retention',
    need({ retentionDays: 730 }),
    need({}),
    [`RetentionShortened breaking ${at} (producers, readers): major version`, RETENTION_CLASS],
  ],
  [
    'data that is read more often',
    need({}),
    need({ readOftenDays: 31 }),
    [`ReadOftenChanged metadata ${at}: nothing`, RETENTION_CLASS],
  ],
  ['data that is read often for less long', need({}), need({ readOftenDays: 7 }), [`ReadOftenChanged metadata ${at}: nothing`]],
  [
    'fewer days without a restore, in one class',
    need({}),
    need({ readSometimesDays: 364 }),
    [`QueryableDaysShortened breaking ${at} (readers): major version`],
  ],
  [
    'more days without a restore, in one class',
    need({ readSometimesDays: 364 }),
    need({}),
    [`QueryableDaysLengthened additive ${at}: minor version`],
  ],
  ['a slower restore', need({ restoreWithinHours: 5 }), need({}), [`RestoreSlower breaking ${at} (readers): major version`]],
  ['a faster restore', need({}), need({ restoreWithinHours: 5 }), [`RestoreFaster additive ${at}: minor version`]],

  ['deliveries more often', sla({ frequencyMs: 2 }), sla({ frequencyMs: 1 }), [`FrequencyRaised additive ${at}: minor version`]],
  [
    'deliveries less often',
    sla({ frequencyMs: 1 }),
    sla({ frequencyMs: 2 }),
    [`FrequencyLowered breaking ${at} (readers): major version`],
  ],
  ['deliveries of any rhythm', sla({ frequencyMs: 1 }), sla({}), [`FrequencyLowered breaking ${at} (readers): major version`]],
  ['deliveries of a rhythm', sla({}), sla({ frequencyMs: 1 }), [`FrequencyRaised additive ${at}: minor version`]],
  ['a time', sla({}), sla({ timesOfAvailability: ['09:00Z'] }), [`AvailabilityEarlier additive ${at}: minor version`]],
  ['no time', sla({ timesOfAvailability: ['09:00Z'] }), sla({}), [`AvailabilityLater breaking ${at} (readers): major version`]],
  [
    'an earlier time',
    sla({ timesOfAvailability: ['09:00-08:00'] }),
    sla({ timesOfAvailability: ['08:30-08:00'] }),
    [`AvailabilityEarlier additive ${at}: minor version`],
  ],
  [
    'a later time, in another zone',
    sla({ timesOfAvailability: ['09:00+02:00'] }),
    sla({ timesOfAvailability: ['09:00+01:00'] }),
    [`AvailabilityLater breaking ${at} (readers): major version`],
  ],
  [
    'the same time in another zone',
    sla({ timesOfAvailability: ['09:00-08:00'] }),
    sla({ timesOfAvailability: ['17:00Z'] }),
    [`AvailabilityRestated metadata ${at}: nothing`],
  ],
  [
    'one of two times later',
    sla({ timesOfAvailability: ['09:00Z', '15:00Z'] }),
    sla({ timesOfAvailability: ['10:00Z', '15:00Z'] }),
    [`AvailabilityLater breaking ${at} (readers): major version`],
  ],
  [
    'another beginning',
    sla({}),
    sla({ generalAvailability: '2020-01-01' }),
    [`GeneralAvailabilityChanged metadata ${at}: nothing`],
  ],
  ['an end', sla({}), sla({ endOfLife: '2030-01-01' }), [`EndAnnounced additive ${at}: minor version`]],
  ['no end', sla({ endOfLife: '2030-01-01' }), sla({}), [`EndPostponed additive ${at}: minor version`]],
  [
    'a later end of support',
    sla({ endOfSupport: '2030-01-01' }),
    sla({ endOfSupport: '2030-01-02' }),
    [`EndPostponed additive ${at}: minor version`],
  ],
  [
    'an earlier end of support',
    sla({ endOfSupport: '2030-01-02' }),
    sla({ endOfSupport: '2030-01-01' }),
    [`EndBroughtForward breaking ${at} (readers): major version`],
  ],
  [
    'an end that is earlier, and later by its text',
    sla({ endOfLife: '2025-12-31T23:00:00-05:00' }),
    sla({ endOfLife: '2026-01-01T00:00:00Z' }),
    [`EndBroughtForward breaking ${at} (readers): major version`],
  ],
  [
    'an end that is later, and earlier by its text',
    sla({ endOfSupport: '2026-01-01' }),
    sla({ endOfSupport: '2025-12-31T23:00:00-05:00' }),
    [`EndPostponed additive ${at}: minor version`],
  ],
  [
    'the same end in another zone',
    sla({ endOfLife: '2026-01-01' }),
    sla({ endOfLife: '2025-12-31T19:00:00-05:00' }),
    [`EndRestated metadata ${at}: nothing`],
  ],
])('%s', (_what, before, after, expected) => {
  expect(toldOf(dataset(before), dataset(after))).toEqual(expected);
});

test('a protection of a column of the event id makes another id', () => {
  expect(toldOf(dataset(), withColumn('reading_id', { protection: 'hash' }))).toEqual([
    `ProtectionStrengthened breaking ${at}.reading_id (readers, stored data): migration`,
    `EventIdChanged breaking ${at} (readers, stored data): migration`,
  ]);
});

const idOf = (...eventIdFields: string[]) => dataset({ eventIdFields });
const idChange = (before: readonly string[], after: readonly string[]) => {
  const [change] = compareDatasets(idOf(...before), idOf(...after));
  return `${change?.reason ?? ''}; ${change?.action.text ?? ''}`;
};

test('an event id with fewer columns makes one of several events, and that is said', () => {
  const words = idChange(['reading_id', 'tenant'], ['reading_id']);
  expect(words).toContain("events that differ by 'tenant' alone have one id, and readers see one row of them a day");
  expect(words).toContain("keep 'tenant' in it unless no two events differ by that alone");
  expect(idChange(['reading_id'], ['tenant'])).toContain("differ by 'reading_id' alone have one id");
});

test('an event id with more columns, or in another order, makes one of no two events', () => {
  expect(idChange(['reading_id'], ['reading_id', 'tenant'])).not.toContain('have one id');
  expect(idChange(['reading_id', 'tenant'], ['tenant', 'reading_id'])).not.toContain('have one id');
});

test('a mark of the key that the list does not tell of is told', () => {
  expect(toldOf(dataset(), withColumn('tenant', { primaryKey: true }))).toEqual([
    `KeyChanged breaking ${at} (readers, stored data): migration`,
  ]);
});

type Library = Extract<QualityRule, { kind: 'library' }>;
const library = (metric: Library['metric'], rest: Partial<Library> = {}): QualityRule => ({
  kind: 'library',
  metric,
  values: [],
  comparison: { operator: 'mustBe', values: ['0'], unit: 'rows' },
  ...rest,
});
const compared = (operator: Library['comparison']['operator'], ...values: string[]): Partial<Library> => ({
  comparison: { operator, values, unit: 'rows' },
});
const sql = (query: string, name?: string): QualityRule => ({
  kind: 'sql',
  query,
  comparison: { operator: 'mustBe', values: ['0'], unit: 'rows' },
  ...(name === undefined ? {} : { name }),
});
const ADDED = `QualityRuleAdded additive ${at}: minor version`;
const REMOVED = `QualityRuleRemoved breaking ${at} (readers): major version`;
const TIGHTENED = `QualityRuleTightened additive ${at}: minor version`;
const LOOSENED = `QualityRuleLoosened breaking ${at} (readers): major version`;
const RESTATED = `QualityRuleRestated metadata ${at}: nothing`;

test.each<[string, readonly QualityRule[], readonly QualityRule[], string[]]>([
  ['a rule about many rows', [], [library('rowCount', compared('mustBeGreaterThan', '0'))], [ADDED]],
  [
    'a rule that one event can break',
    [],
    [library('nullValues')],
    [`QualityRuleAdded breaking ${at} (producers): major version`],
  ],
  [
    'the same of a column',
    [],
    [library('nullValues', { column: 'site.grid' })],
    [`QualityRuleAdded breaking ${at}.site.grid (producers): major version`],
  ],
  ['a rule that some events may break', [], [library('nullValues', compared('mustBeLessThan', '5'))], [ADDED]],
  ['no rule about duplicates', [library('duplicateValues')], [], [REMOVED]],
  [
    'no rule about values',
    [library('invalidValues', { pattern: '^a' })],
    [],
    [`QualityRuleRemoved additive ${at}: minor version`],
  ],
  ['a query', [], [sql('select 1')], [ADDED]],
  ['no query', [sql('select 1')], [], [REMOVED]],
  ['another query', [sql('select 1', 'q')], [sql('select 2', 'q')], [TIGHTENED, LOOSENED]],
  ['a query of another name', [sql('select 1', 'q')], [sql('select 1', 'r')], [RESTATED]],
  ['a text', [], [{ kind: 'text', description: 'Fine' }], [`QualityRuleAdded metadata ${at}: nothing`]],
  ['no text', [{ kind: 'text', description: 'Fine' }], [], [`QualityRuleRemoved metadata ${at}: nothing`]],
  ['another text', [{ kind: 'text', description: 'Fine' }], [{ kind: 'text', description: 'Good' }], [RESTATED]],
  ['another engine', [{ kind: 'custom', engine: 'a' }], [{ kind: 'custom', engine: 'b' }], [TIGHTENED, LOOSENED]],
  [
    'a higher threshold of fewer than',
    [library('nullValues', compared('mustBeLessThan', '5'))],
    [library('nullValues', compared('mustBeLessThan', '6'))],
    [LOOSENED],
  ],
  [
    'a lower threshold of fewer than',
    [library('nullValues', compared('mustBeLessThan', '6'))],
    [library('nullValues', compared('mustBeLessThan', '5'))],
    [TIGHTENED],
  ],
  [
    'none where there were some',
    [library('nullValues', compared('mustBeLessThan', '6'))],
    [library('nullValues')],
    [`QualityRuleTightened breaking ${at} (producers): major version`],
  ],
  ['another way to say none', [library('nullValues')], [library('nullValues', compared('mustBeLessThan', '1'))], [RESTATED]],
  [
    'another operator of the same range',
    [library('rowCount', compared('mustBeBetween', '5', '5'))],
    [library('rowCount', compared('mustBe', '5.0'))],
    [RESTATED],
  ],
  [
    'a range of rows within the old one',
    [library('rowCount', compared('mustBeBetween', '5', '50'))],
    [library('rowCount', compared('mustBeBetween', '6', '49'))],
    [TIGHTENED],
  ],
  [
    'what must not be',
    [library('rowCount', compared('mustNotBe', '5'))],
    [library('rowCount', compared('mustNotBe', '6'))],
    [TIGHTENED, LOOSENED],
  ],
  [
    'one more way to be missing',
    [library('missingValues', { values: ['a'] })],
    [library('missingValues', { values: ['a', 'b'] })],
    [`QualityRuleTightened breaking ${at} (producers): major version`],
  ],
  [
    'one way less to be missing',
    [library('missingValues', { values: ['a', 'b'] })],
    [library('missingValues', { values: ['a'] })],
    [LOOSENED],
  ],
  [
    'one more column of duplicates',
    [library('duplicateValues', { values: ['a'] })],
    [library('duplicateValues', { values: ['a', 'b'] })],
    [LOOSENED],
  ],
  [
    'another pattern',
    [library('invalidValues', { pattern: '^a' })],
    [library('invalidValues', { pattern: '^b' })],
    [`QualityRuleTightened breaking ${at} (producers): major version`, `QualityRuleLoosened additive ${at}: minor version`],
  ],
  ['rules in another order', [...QUALITY], [...QUALITY].reverse(), [`QualityRulesReordered metadata ${at}: nothing`]],
  ['another name', [library('rowCount', { name: 'a' })], [library('rowCount', { name: 'b' })], [RESTATED]],
])('%s in the rules of quality', (_what, before, after, expected) => {
  expect(toldOf(dataset({ quality: before }), dataset({ quality: after }))).toEqual(expected);
});

describe('the rule that is the closed list of a column', () => {
  const values = ['gas', 'heat', 'power', 'wind'];
  const quality = QUALITY.map((rule, index) => (index === 0 ? { ...rule, values } : rule));

  test('is told once, with the column', () => {
    expect(toldOf(dataset(), { ...withColumn('kind', { validValues: values }), quality })).toEqual([
      `ValidValuesExtended additive ${at}.kind: minor version`,
    ]);
  });
  test('is told once of the items of a list, and under a new name', () => {
    const list = ['new'];
    const rules = (column: string) =>
      QUALITY.map((rule) => (rule.kind === 'library' && rule.column === 'labels[]' ? { ...rule, column, values: list } : rule));
    const labels = { type: { kind: 'array', items: STRING, validValues: list } } as const;
    expect(toldOf(dataset(), { ...withColumn('labels', labels), quality: rules('labels[]') })).toEqual([
      `ValidValuesCut breaking ${at}.labels[] (producers): major version`,
    ]);
    const renamed = QUALITY.map((rule) => (rule.column === 'labels[]' ? { ...rule, column: 'marks[]' } : rule));
    expect(toldOf(dataset(), { ...withColumn('labels', { name: 'marks' }), quality: renamed })).toEqual([
      `ColumnRenamed breaking ${at}.marks (producers, readers, stored data): migration`,
    ]);
  });
  test('is told for itself where it says something else than the column', () => {
    expect(toldOf(dataset(), dataset({ quality }))).toEqual([`QualityRuleLoosened additive ${at}.kind: minor version`]);
  });
});

test('a renamed column of the event id that gets a protection makes another id', () => {
  const after = { ...withColumn('reading_id', { name: 'id', protection: 'hash' }), eventIdFields: ['id'], primaryKey: ['id'] };
  expect(toldOf(dataset({ quality: [] }), { ...after, quality: [] })).toContain(
    `EventIdChanged breaking ${at} (readers, stored data): migration`,
  );
});

test.each([
  [
    { freshnessSeconds: 900 },
    { freshnessSeconds: 3600 },
    'from its own stream to its delivery, since its events are promised in an hour or later, and one delivery takes its busiest seconds: what producers put in the old place is taken no longer',
    'ReadingsDeliveryStreamName',
  ],
  [
    { freshnessSeconds: 3600 },
    { freshnessSeconds: 900 },
    'from its delivery to its own stream, since its events are promised sooner than in an hour: what producers put in the old place is taken no longer',
    'ReadingsStreamName',
  ],
  [
    hourly(0.9),
    hourly(1.1),
    'from its delivery to its own stream, since its busiest seconds bring more than one delivery takes: what producers put in the old place is taken no longer',
    'ReadingsStreamName',
  ],
])('producers are told where they put events from now on: %j', (before, after, reason, output) => {
  const [change] = compareDatasets(dataset(before), dataset(after)).filter(({ code }) => code === 'IntakeChanged');
  expect(change?.reason).toBe(reason);
  expect(change?.action.text).toBe(
    `have its producers stop, wait until what they put is in its table, deploy, and have them put into what the output '${output}' of its stack names`,
  );
});
