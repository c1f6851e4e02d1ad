import * as z from 'zod';
import { PROTECTIONS, STRING_FORMATS, type Column, type ColumnType, type DatasetContract } from '../contract/model.ts';
import { retentionClassOf } from '../storage/layout.ts';

const bounds = {
  minimum: z.string().optional(),
  maximum: z.string().optional(),
  exclusiveMinimum: z.string().optional(),
  exclusiveMaximum: z.string().optional(),
};
const number = { ...bounds, multipleOf: z.string().optional() };
const itemRules = {
  validValues: z.array(z.string()).optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  uniqueItems: z.boolean().optional(),
};
const sized = { minProperties: z.number().optional(), maxProperties: z.number().optional() };
const scalarType = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('string'),
    minLength: z.number().optional(),
    maxLength: z.number().optional(),
    pattern: z.string().optional(),
    format: z.enum(STRING_FORMATS).optional(),
  }),
  z.strictObject({ kind: z.literal('integer'), bits: z.union([z.literal(32), z.literal(64)]), ...number }),
  z.strictObject({ kind: z.literal('double'), ...number }),
  z.strictObject({ kind: z.literal('decimal'), precision: z.number(), scale: z.number(), ...number }),
  z.strictObject({ kind: z.literal('boolean') }),
  z.strictObject({ kind: z.literal('date'), ...bounds }),
  z.strictObject({ kind: z.literal('time'), ...bounds }),
  z.strictObject({ kind: z.literal('timestamp'), zonelessIsUtc: z.boolean(), ...bounds }),
]);
const columnKeys = {
  name: z.string(),
  required: z.boolean(),
  validValues: z.array(z.string()).optional(),
  protection: z.enum(PROTECTIONS).optional(),
};

type ScalarType = z.infer<typeof scalarType>;
/** A type as data beside the function's code: what the contract said, less what only people read. */
export type CompiledType =
  | ScalarType
  | ({ kind: 'array'; items: CompiledType } & z.infer<z.ZodObject<typeof itemRules>>)
  | ({ kind: 'object'; fields: CompiledColumn[] } & z.infer<z.ZodObject<typeof sized>>)
  | ({ kind: 'map'; values: CompiledType } & z.infer<z.ZodObject<typeof sized>>);
export interface CompiledColumn {
  name: string;
  required: boolean;
  validValues?: string[] | undefined;
  protection?: (typeof PROTECTIONS)[number] | undefined;
  type: CompiledType;
}

const compiledType: z.ZodType<CompiledType> = z.lazy(() =>
  z.union([
    scalarType,
    z.strictObject({ kind: z.literal('array'), items: compiledType, ...itemRules }),
    z.strictObject({ kind: z.literal('object'), fields: z.array(compiledColumn), ...sized }),
    z.strictObject({ kind: z.literal('map'), values: compiledType, ...sized }),
  ]),
);
const compiledColumn: z.ZodType<CompiledColumn> = z.lazy(() => z.strictObject({ ...columnKeys, type: compiledType }));

const compiledContract = z.strictObject({
  format: z.literal(1),
  domain: z.string(),
  dataset: z.string(),
  version: z.string(),
  /** First segment of the keys of its objects. */
  retentionClass: z.string(),
  eventIdFields: z.array(z.string()).min(1),
  eventTimeField: z.string(),
  allowedLatenessMs: z.number(),
  /** Events older than this at arrival would outlive their retention. */
  oldestMs: z.number(),
  columns: z.array(compiledColumn),
});
/** What the transform function needs of a contract. */
export type CompiledContract = z.infer<typeof compiledContract>;

/** Reads a compiled contract. @throws ZodError for anything else, so that a wrong deployment fails at the function's start */
export const parseCompiledContract = (text: string): CompiledContract => compiledContract.parse(JSON.parse(text));

const DAY_MS = 86_400_000;

/** Compiles a contract. The same contract gives the same bytes. */
export function compileContract(dataset: DatasetContract): CompiledContract {
  return {
    format: 1,
    domain: dataset.domain,
    dataset: dataset.name,
    version: dataset.version,
    retentionClass: retentionClassOf(dataset).name,
    eventIdFields: [...dataset.eventIdFields],
    eventTimeField: dataset.eventTimeField,
    allowedLatenessMs: dataset.allowedLatenessMs,
    oldestMs: dataset.storage.retentionDays * DAY_MS,
    columns: dataset.columns.map(compileColumn),
  };
}

/** Whether the domain's secret is needed to protect this dataset. */
export const needsSecret = (dataset: DatasetContract): boolean =>
  dataset.columns.some(({ protection }) => protection === 'hash' || protection === 'tokenize');

const compileColumn = ({ name, type, required, validValues, protection }: Column): CompiledColumn => ({
  name,
  required,
  ...(validValues === undefined ? {} : { validValues: [...validValues] }),
  ...(protection === undefined ? {} : { protection }),
  type: compileType(type),
});

function compileType(type: ColumnType): CompiledType {
  switch (type.kind) {
    case 'array': {
      const { items, validValues, ...rest } = type;
      return { ...rest, items: compileType(items), ...(validValues === undefined ? {} : { validValues: [...validValues] }) };
    }
    case 'object':
      return { ...type, fields: type.fields.map(compileColumn) };
    case 'map':
      return { ...type, values: compileType(type.values) };
    default:
      return type;
  }
}
