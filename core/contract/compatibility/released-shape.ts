import * as z from 'zod';
import { RETENTION_CLASSES } from '../../storage/retention-classes.ts';
import {
  CLASSIFICATIONS,
  OPERATORS,
  PROTECTIONS,
  QUALITY_METRICS,
  STRING_FORMATS,
  type Bounds,
  type Column,
  type ColumnType,
  type Comparison,
  type ContractRole,
  type DataContract,
  type DatasetContract,
  type NumberRule,
  type QualityRule,
  type Relationship,
  type ServiceLevels,
  type Sized,
  type StorageNeed,
} from '../model.ts';

/** A key for each of the model's: one that is forgotten here would be refused when a released contract is read. */
type Shape<T> = Readonly<Record<keyof T, z.ZodType>>;
type TypeShape<K extends ColumnType['kind']> = Shape<Extract<ColumnType, { kind: K }>>;
type RuleShape<K extends QualityRule['kind']> = Shape<Extract<QualityRule, { kind: K }>>;

const text = z.string();
const maybe = text.optional();
const texts = z.array(text);
const count = z.number().int().nonnegative();
const amount = z.number().nonnegative();

const bounds = { minimum: maybe, maximum: maybe, exclusiveMinimum: maybe, exclusiveMaximum: maybe } satisfies Shape<Bounds>;
const numberRule = { ...bounds, multipleOf: maybe } satisfies Shape<NumberRule>;
const sized = { minProperties: count.optional(), maxProperties: count.optional() } satisfies Shape<Sized>;

const type: z.ZodType<ColumnType> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('string'),
      minLength: count.optional(),
      maxLength: count.optional(),
      pattern: maybe,
      format: z.enum(STRING_FORMATS).optional(),
    } satisfies TypeShape<'string'>),
    z.strictObject({
      kind: z.literal('integer'),
      bits: z.union([z.literal(32), z.literal(64)]),
      ...numberRule,
    } satisfies TypeShape<'integer'>),
    z.strictObject({ kind: z.literal('double'), ...numberRule } satisfies TypeShape<'double'>),
    z.strictObject({ kind: z.literal('decimal'), precision: count, scale: count, ...numberRule } satisfies TypeShape<'decimal'>),
    z.strictObject({ kind: z.literal('boolean') } satisfies TypeShape<'boolean'>),
    z.strictObject({ kind: z.literal('date'), ...bounds } satisfies TypeShape<'date'>),
    z.strictObject({ kind: z.literal('timestamp'), zonelessIsUtc: z.boolean(), ...bounds } satisfies TypeShape<'timestamp'>),
    z.strictObject({ kind: z.literal('time'), ...bounds } satisfies TypeShape<'time'>),
    z.strictObject({
      kind: z.literal('array'),
      items: type,
      validValues: texts.optional(),
      minItems: count.optional(),
      maxItems: count.optional(),
      uniqueItems: z.boolean().optional(),
    } satisfies TypeShape<'array'>),
    z.strictObject({ kind: z.literal('object'), fields: z.array(column), ...sized } satisfies TypeShape<'object'>),
    z.strictObject({ kind: z.literal('map'), values: type, ...sized } satisfies TypeShape<'map'>),
  ]),
);

const column: z.ZodType<Column> = z.lazy(() =>
  z.strictObject({
    name: text,
    description: maybe,
    businessName: maybe,
    type,
    required: z.boolean(),
    primaryKey: z.boolean(),
    unique: z.boolean(),
    validValues: texts.optional(),
    examples: texts,
    classification: z.enum(CLASSIFICATIONS),
    protection: z.enum(PROTECTIONS).optional(),
    tags: texts,
  } satisfies Shape<Column>),
);

const comparison = z.strictObject({
  operator: z.enum(OPERATORS),
  values: texts,
  unit: z.enum(['rows', 'percent']),
} satisfies Shape<Comparison>);
const aboutRule = { name: maybe, description: maybe, dimension: maybe, severity: maybe, column: maybe };
const quality: z.ZodType<QualityRule> = z.discriminatedUnion('kind', [
  z.strictObject({
    ...aboutRule,
    kind: z.literal('library'),
    metric: z.enum(QUALITY_METRICS),
    values: texts,
    pattern: maybe,
    comparison,
  } satisfies RuleShape<'library'>),
  z.strictObject({ ...aboutRule, kind: z.literal('sql'), query: text, comparison } satisfies RuleShape<'sql'>),
  z.strictObject({ ...aboutRule, kind: z.literal('text') } satisfies RuleShape<'text'>),
  z.strictObject({ ...aboutRule, kind: z.literal('custom'), engine: text } satisfies RuleShape<'custom'>),
]);

const relationship = z.strictObject({
  columns: texts,
  to: z.strictObject({ domain: text, dataset: text, columns: texts } satisfies Shape<Relationship['to']>),
} satisfies Shape<Relationship>);

const serviceLevels = z.strictObject({
  frequencyMs: amount.optional(),
  timesOfAvailability: texts,
  generalAvailability: maybe,
  endOfSupport: maybe,
  endOfLife: maybe,
} satisfies Shape<ServiceLevels>);

const storage = z.strictObject({
  readOftenDays: amount,
  readSometimesDays: amount,
  retentionDays: amount,
  restoreWithinHours: amount,
  retentionClass: z.enum(RETENTION_CLASSES.map(({ name }) => name)).optional(), // older files have none
} satisfies Shape<StorageNeed>);

const dataset = z.strictObject({
  domain: text,
  name: text,
  version: text,
  owner: text,
  description: maybe,
  columns: z.array(column),
  primaryKey: texts,
  relationships: z.array(relationship),
  quality: z.array(quality),
  eventIdFields: texts,
  eventTimeField: text,
  sequenceField: maybe,
  tenantField: maybe,
  allowedLatenessMs: amount,
  freshnessSeconds: amount,
  curatedWithinMs: amount.optional(),
  serviceLevels,
  storage,
  expectedEventsPerDay: amount,
  expectedEventBytes: amount,
  tags: texts,
} satisfies Shape<DatasetContract>);

const contract: z.ZodType<DataContract> = z.strictObject({
  id: text,
  domain: text,
  product: text,
  version: text,
  status: text,
  owner: text,
  description: z.strictObject({ purpose: maybe, usage: maybe, limitations: maybe } satisfies Shape<DataContract['description']>),
  team: z.array(z.strictObject({ username: text, name: maybe, role: maybe } satisfies Shape<DataContract['team'][number]>)),
  roles: z.array(z.strictObject({ role: text, access: maybe, approvers: texts } satisfies Shape<ContractRole>)),
  datasets: z.array(dataset),
  withoutEffect: texts,
} satisfies Shape<DataContract>);

/** Raised when a released file of today can no longer be read as it is written tomorrow. */
export const RELEASED_FORMAT = 1;

export const releasedShape = z.strictObject({ format: z.literal(RELEASED_FORMAT), contract });
