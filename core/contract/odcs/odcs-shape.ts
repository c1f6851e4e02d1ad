import * as z from 'zod';
import { QUALITY_METRICS } from '../model.ts';
import { isDate, parseTimestamp } from '../../record/time.ts';
import { odcsServer } from './odcs-servers.ts';

/**
 * The shape of an Open Data Contract Standard v3.1 document: every key the standard has, and no other.
 * What a value means is judged in parse-contract.ts; that accepted files are valid ODCS is tested against the standard's own schema.
 */
const stableId = z.string().regex(/^[A-Za-z0-9_-]+$/, "an id of letters, digits, '_' and '-'");
const anyValue = z.unknown().refine((value) => value !== undefined, 'a value');
const customProperty = z.strictObject({
  id: stableId.optional(),
  property: z.string(),
  value: anyValue,
  description: z.string().optional(),
});
const customProperties = z.array(customProperty).optional();
const authoritativeDefinitions = z
  .array(z.strictObject({ id: stableId.optional(), url: z.string(), type: z.string(), description: z.string().optional() }))
  .optional();
const date = z.stringFormat('date', isDate, "a date as 'yyyy-MM-dd'");
const timestamp = z.stringFormat(
  'timestamp',
  (text) => parseTimestamp(text, false) !== undefined,
  "a timestamp with its zone, such as '2030-12-31T00:00:00Z'",
);
const tags = z.array(z.string()).optional();

const operators = {
  mustBe: z.unknown().optional(),
  mustNotBe: z.unknown().optional(),
  mustBeGreaterThan: z.number().optional(),
  mustBeGreaterOrEqualTo: z.number().optional(),
  mustBeLessThan: z.number().optional(),
  mustBeLessOrEqualTo: z.number().optional(),
  mustBeBetween: z.array(z.number()).length(2).optional(),
  mustNotBeBetween: z.array(z.number()).length(2).optional(),
};
const quality = z
  .strictObject({
    ...operators,
    id: stableId.optional(),
    authoritativeDefinitions,
    businessImpact: z.string().optional(),
    customProperties,
    description: z.string().optional(),
    dimension: z
      .enum(['accuracy', 'completeness', 'conformity', 'consistency', 'coverage', 'timeliness', 'uniqueness'])
      .optional(),
    method: z.string().optional(),
    name: z.string().optional(),
    schedule: z.string().optional(),
    scheduler: z.string().optional(),
    severity: z.string().optional(),
    tags,
    type: z.enum(['text', 'library', 'sql', 'custom']).optional(),
    unit: z.string().optional(),
    metric: z.enum(QUALITY_METRICS).optional(),
    rule: z.string().optional(),
    arguments: z.record(z.string(), z.unknown()).optional(),
    query: z.string().optional(),
    engine: z.string().optional(),
    implementation: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
  })
  .superRefine((rule, context) => {
    const isOfLibrary = rule.type === 'library' || rule.metric !== undefined;
    const require = (key: keyof typeof rule) => {
      if (rule[key] !== undefined) return;
      const instead = key === 'metric' && rule.rule !== undefined ? ", which was 'rule' before v3.1" : '';
      context.addIssue({
        code: 'custom',
        path: [key],
        message: `must be stated by a rule of type ${rule.type ?? 'library'}; add '${key}'${instead}`,
      });
    };
    for (const [key, isAtHome, home] of [
      ['rule', isOfLibrary, 'library'],
      ['arguments', isOfLibrary, 'library'],
      ['query', rule.type === 'sql', 'sql'],
      ['engine', rule.type === 'custom', 'custom'],
      ['implementation', rule.type === 'custom', 'custom'],
    ] as const)
      if (rule[key] !== undefined && !isAtHome)
        context.addIssue({
          code: 'custom',
          path: [key],
          message: `belongs to a rule of type ${home}, got ${rule.type === undefined ? 'none' : `type ${rule.type}`}; mend the type, or leave it out`,
        });
    const operatorsGiven = Object.keys(operators).filter((key) => rule[key as keyof typeof rule] !== undefined);
    if (rule.type === 'library') require('metric');
    if (rule.type === 'sql') require('query');
    if (rule.type === 'custom') for (const key of ['engine', 'implementation'] as const) require(key);
    const compares = isOfLibrary || rule.type === 'sql';
    if (operatorsGiven.length !== (compares ? 1 : 0)) {
      context.addIssue({
        code: 'custom',
        path: [],
        message: compares
          ? `must hold one operator, such as mustBe, got ${operatorsGiven.join(' and ') || 'none'}; ${operatorsGiven.length === 0 ? 'add one' : 'keep one'}`
          : `must hold no operator, since a rule of type ${rule.type ?? 'text'} compares nothing, got ${operatorsGiven.join(' and ')}; leave it out`,
      });
    }
  });
export type OdcsQuality = z.infer<typeof quality>;

const reference = z.union([z.string(), z.array(z.string())]);
const element = {
  id: stableId.optional(),
  name: z.string(),
  physicalType: z.string().optional(),
  description: z.string().optional(),
  businessName: z.string().optional(),
  authoritativeDefinitions,
  tags,
  customProperties,
};

export const typeOptions = z.strictObject({
  minLength: z.number().int().nonnegative().optional(),
  maxLength: z.number().int().nonnegative().optional(),
  pattern: z.string().optional(),
  format: z.string().optional(),
  minimum: z.union([z.number(), z.string()]).optional(),
  maximum: z.union([z.number(), z.string()]).optional(),
  exclusiveMinimum: z.union([z.number(), z.string()]).optional(),
  exclusiveMaximum: z.union([z.number(), z.string()]).optional(),
  multipleOf: z.number().optional(),
  timezone: z.boolean().optional(),
  defaultTimezone: z.string().optional(),
  minItems: z.number().int().nonnegative().optional(),
  maxItems: z.number().int().nonnegative().optional(),
  uniqueItems: z.boolean().optional(),
  minProperties: z.number().int().nonnegative().optional(),
  maxProperties: z.number().int().nonnegative().optional(),
  required: z
    .array(z.string())
    .min(1)
    .refine((names) => new Set(names).size === names.length, 'must name each field once; take the copies away')
    .optional(),
});
export type OdcsTypeOptions = z.infer<typeof typeOptions>;

const propertyKeys = {
  ...element,
  primaryKey: z.boolean().optional(),
  primaryKeyPosition: z.number().int().optional(),
  logicalType: z.enum(['string', 'date', 'timestamp', 'time', 'number', 'integer', 'object', 'array', 'boolean']),
  logicalTypeOptions: typeOptions.optional(),
  physicalName: z.string().optional(),
  required: z.boolean().optional(),
  unique: z.boolean().optional(),
  partitioned: z.boolean().optional(),
  partitionKeyPosition: z.number().int().optional(),
  classification: z.string().optional(),
  encryptedName: z.string().optional(),
  transformSourceObjects: z.array(z.string()).optional(),
  transformLogic: z.string().optional(),
  transformDescription: z.string().optional(),
  examples: z.array(z.unknown()).optional(),
  criticalDataElement: z.boolean().optional(),
  relationships: z
    .array(z.strictObject({ type: z.literal('foreignKey').optional(), to: reference, customProperties }))
    .optional(),
  quality: z.array(quality).optional(),
};
const propertyShape = z.strictObject(propertyKeys);
const itemsShape = propertyShape.extend({ name: z.string().optional() });

interface Nested {
  readonly properties?: readonly OdcsProperty[] | undefined;
  readonly items?: OdcsItems | undefined;
}
export type OdcsProperty = z.infer<typeof propertyShape> & Nested;
export type OdcsItems = z.infer<typeof itemsShape> & Nested;

const nested = {
  properties: z.lazy(() => z.array(property)).optional(),
  items: z.lazy(() => items).optional(),
};
const property: z.ZodType<OdcsProperty> = propertyShape.extend(nested);
const items: z.ZodType<OdcsItems> = itemsShape.extend(nested);

const schemaObject = z.strictObject({
  ...element,
  logicalType: z.literal('object').optional(),
  physicalName: z.string().optional(),
  dataGranularityDescription: z.string().optional(),
  properties: z.array(property).min(1),
  relationships: z
    .array(
      z
        .strictObject({ type: z.literal('foreignKey').optional(), from: reference, to: reference, customProperties })
        .refine(({ from, to }) => Array.isArray(from) === Array.isArray(to), {
          path: ['to'],
          message: "must be one name where 'from' is one, and a list where that is a list; write both alike",
        }),
    )
    .optional(),
  quality: z.array(quality).optional(),
});
export type OdcsSchemaObject = z.infer<typeof schemaObject>;

const teamMember = z.strictObject({
  id: stableId.optional(),
  username: z.string(),
  name: z.string().optional(),
  description: z.string().optional(),
  role: z.string().optional(),
  dateIn: date.optional(),
  dateOut: date.optional(),
  replacedByUsername: z.string().optional(),
  tags,
  customProperties,
  authoritativeDefinitions,
});
const role = z.strictObject({
  id: stableId.optional(),
  role: z.string(),
  description: z.string().optional(),
  access: z.string().optional(),
  firstLevelApprovers: z.string().optional(),
  secondLevelApprovers: z.string().optional(),
  customProperties,
});
const slaProperty = z.strictObject({
  id: stableId.optional(),
  property: z.string(),
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  valueExt: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
  unit: z.string().optional(),
  element: z.string().optional(),
  driver: z.string().optional(),
  description: z.string().optional(),
  scheduler: z.string().optional(),
  schedule: z.string().optional(),
});

const team = z.strictObject({
  id: stableId.optional(),
  name: z.string().optional(),
  description: z.string().optional(),
  members: z.array(teamMember).optional(),
  tags,
  customProperties,
  authoritativeDefinitions,
});

export const odcsDocument = z.strictObject({
  kind: z.literal('DataContract'),
  apiVersion: z.enum(['v3.1.0', 'v3.0.2', 'v3.0.1', 'v3.0.0']),
  id: z.string().min(1),
  version: z.string().regex(/^(0|[1-9]\d{0,8})(\.(0|[1-9]\d{0,8})){2}$/, "a version as 'major.minor.patch'"),
  status: z.string(),
  name: z.string().optional(),
  tenant: z.string().optional(),
  tags,
  servers: z.array(odcsServer({ id: stableId.optional(), roles: z.array(role).optional(), customProperties })).optional(),
  dataProduct: z.string().optional(),
  domain: z.string(),
  description: z
    .strictObject({
      usage: z.string().optional(),
      purpose: z.string().optional(),
      limitations: z.string().optional(),
      authoritativeDefinitions,
      customProperties,
    })
    .optional(),
  schema: z.array(schemaObject).min(1),
  support: z
    .array(
      z.strictObject({
        id: stableId.optional(),
        channel: z.string(),
        url: z.string().optional(),
        description: z.string().optional(),
        tool: z.string().optional(),
        scope: z.string().optional(),
        invitationUrl: z.string().optional(),
        customProperties,
      }),
    )
    .optional(),
  price: z
    .strictObject({
      id: stableId.optional(),
      priceAmount: z.number().optional(),
      priceCurrency: z.string().optional(),
      priceUnit: z.string().optional(),
    })
    .optional(),
  team,
  roles: z.array(role).optional(),
  slaDefaultElement: z.string().optional(),
  slaProperties: z.array(slaProperty).optional(),
  authoritativeDefinitions,
  customProperties,
  contractCreatedTs: timestamp.optional(),
});
export type OdcsDocument = z.infer<typeof odcsDocument>;

/** The older form of the standard, still lawful: the team is a list of its members. */
export const odcsDocumentWithMembers = odcsDocument.extend({ team: z.array(teamMember) });
