import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { CompiledColumn, CompiledContract, CompiledType } from '../../../../core/record/compiled-contract.ts';

/** What JSON Schema cannot say of instants; `Date` reads them here, not the judge's own code. */
const INSTANTS = {
  minimum: (time: number, limit: number) => time >= limit,
  maximum: (time: number, limit: number) => time <= limit,
  exclusiveMinimum: (time: number, limit: number) => time > limit,
  exclusiveMaximum: (time: number, limit: number) => time < limit,
} as const;
const instant = (text: string): number =>
  Math.floor(
    Date.parse(
      text
        .replace(/^(.{10})[ t]/, '$1T')
        .replace(/(\.\d{3})\d*/, '$1')
        .replace(/(?<![Zz]|[+-]\d\d:?\d\d|[+-]\d\d)$/, 'Z')
        .toUpperCase(),
    ),
  );

type Schema = Readonly<Record<string, unknown>>;
const nullable = (schema: Schema): Schema => ({ anyOf: [{ type: 'null' }, schema] });
const defined = (entries: Readonly<Record<string, unknown>>): Schema =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));

/** The judge's contract as the JSON Schema that a reader of it would write: the second opinion. */
export function jsonSchema(contract: CompiledContract, arrival: number): ValidateFunction {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictTypes: false,
    allowMatchingProperties: true,
    multipleOfPrecision: 9,
  });
  formats.default(ajv);
  for (const [keyword, holds] of Object.entries(INSTANTS))
    ajv.addKeyword({
      keyword: `instant-${keyword}`,
      type: 'string',
      validate: (limit: string, text: string) => holds(instant(text), instant(limit)),
    });
  const window = {
    'instant-minimum': new Date(arrival - contract.oldestMs).toISOString(),
    'instant-maximum': new Date(arrival + 48 * 3_600_000).toISOString(),
  };
  const { properties, ...root } = objectSchema(contract.columns);
  const known = properties as Readonly<Record<string, Schema>>;
  return ajv.compile({
    ...root,
    properties: { ...known, id: { ...known.id, minLength: 1 }, at: { ...known.at, ...window } },
  });
}

const objectSchema = (columns: readonly CompiledColumn[]): Schema => ({
  type: 'object',
  properties: Object.fromEntries(
    columns.map(({ name, type, required, validValues }) => {
      const schema = typeSchema(type, validValues);
      return [name, required ? schema : nullable(schema)];
    }),
  ),
  required: columns.filter(({ required }) => required).map(({ name }) => name),
});

function typeSchema(type: CompiledType, validValues?: readonly string[]): Schema {
  switch (type.kind) {
    case 'string': {
      const { kind, ...rules } = type;
      return { type: kind, ...rules, ...(validValues === undefined ? {} : { enum: validValues }) };
    }
    case 'integer': {
      const limit = 2 ** (type.bits - 1);
      return {
        allOf: [
          { type: 'integer', minimum: -limit, maximum: limit - 1 },
          { type: 'integer', ...numberRules(type), ...(validValues === undefined ? {} : { enum: validValues.map(Number) }) },
        ],
      };
    }
    case 'double':
      return { type: 'number', ...numberRules(type) };
    case 'decimal': {
      const limit = 10 ** (type.precision - type.scale);
      return {
        allOf: [
          { type: 'number', exclusiveMinimum: -limit, exclusiveMaximum: limit, multipleOf: Number(`1e-${type.scale}`) },
          { type: 'number', ...numberRules(type) },
        ],
      };
    }
    case 'boolean':
      return { type: 'boolean' };
    case 'date':
    case 'time':
      return defined({
        type: 'string',
        format: type.kind === 'date' ? 'date' : 'iso-time',
        formatMinimum: type.minimum,
        formatMaximum: type.maximum,
        formatExclusiveMinimum: type.exclusiveMinimum,
        formatExclusiveMaximum: type.exclusiveMaximum,
      });
    case 'timestamp':
      return defined({
        type: 'string',
        format: type.zonelessIsUtc ? 'iso-date-time' : 'date-time',
        'instant-minimum': type.minimum,
        'instant-maximum': type.maximum,
        'instant-exclusiveMinimum': type.exclusiveMinimum,
        'instant-exclusiveMaximum': type.exclusiveMaximum,
      });
    case 'array': {
      const { kind, items, validValues: listed, ...rules } = type;
      return { type: kind, items: typeSchema(items, listed), ...rules };
    }
    case 'object': {
      const { fields, kind, ...rules } = type;
      return { ...objectSchema(fields), type: kind, ...rules };
    }
    case 'map': {
      const { minProperties, maxProperties } = type;
      const key = { type: 'string', minLength: 1, pattern: '^[^A-Z]*$' };
      return defined({
        type: 'object',
        additionalProperties: typeSchema(type.values),
        propertyNames: key,
        minProperties,
        maxProperties,
      });
    }
  }
}

const numberRules = ({
  minimum,
  maximum,
  exclusiveMinimum,
  exclusiveMaximum,
  multipleOf,
}: Extract<CompiledType, { kind: 'integer' | 'double' | 'decimal' }>): Schema =>
  Object.fromEntries(
    Object.entries({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }).flatMap(([keyword, limit]) =>
      limit === undefined ? [] : [[keyword, Number(limit)]],
    ),
  );
