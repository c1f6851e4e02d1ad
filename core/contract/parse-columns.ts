import { COLUMN_PROPERTIES, readCustomProperties } from './custom-properties.ts';
import type { DocumentPath, Fault } from './fault.ts';
import { CLASSIFICATIONS, type Classification, type Column, type ColumnType, type Protection } from './model.ts';
import type { OdcsItems, OdcsProperty } from './odcs-shape.ts';
import { parseColumnType } from './parse-column-type.ts';

const COLUMN_NAME = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
const LONGEST_NAME = 128;
/** Names of partition keys: a column of that name would hide the partition. */
const PARTITION_KEYS = ['dt', 'hr'];

/** Reads the columns of a dataset, or the fields of an object within it. */
export function parseColumns(properties: readonly OdcsProperty[], path: DocumentPath, faults: Fault[], nested = false): Column[] {
  const columns = properties.map((property, index) => parseColumn(property, [...path, index], faults, nested));
  columns.forEach(({ name }, index) => {
    if (columns.findIndex((other) => other.name === name) < index) {
      faults.push({
        code: 'ColumnTwice',
        path: [...path, index, 'name'],
        message: `must be unique, got '${name}' again; rename one`,
      });
    }
  });
  return columns;
}

function parseColumn(property: OdcsProperty, path: DocumentPath, faults: Fault[], nested: boolean): Column {
  if (!COLUMN_NAME.test(property.name) || property.name.length > LONGEST_NAME) {
    faults.push({
      code: 'InvalidColumnName',
      path: [...path, 'name'],
      message: `must be lower-case words joined by '_', at most ${LONGEST_NAME} characters, got '${property.name}'; Glue lower-cases names, so write it so`,
    });
  }
  if (!nested && PARTITION_KEYS.includes(property.name)) {
    faults.push({
      code: 'PartitionKeyAsColumn',
      path: [...path, 'name'],
      message: `must not be ${PARTITION_KEYS.join(' or ')}, which are partition keys; rename it`,
    });
  }
  const { protection } = readColumnProperties(property, path, faults);
  const classification = readClassification(property.classification, path, faults);
  const type = parseType(property, path, faults);
  if (classification === 'restricted' && protection === undefined) {
    faults.push({
      code: 'RestrictedUnprotected',
      path: [...path, 'classification'],
      message: "'restricted' needs a protection; add the custom property 'protection' (mask, hash, tokenize or drop)",
    });
  }
  if (protection !== undefined && protection !== 'drop' && type.kind !== 'string') {
    faults.push({
      code: 'ProtectionUnfit',
      path,
      message: `'${protection}' protects columns of type string, got ${type.kind}; drop it, or make it a string`,
    });
  }
  if (nested) refuseNestedProtection(classification, protection, path, faults);
  const validValues = readValidValues(property, path, type, faults);
  return {
    name: property.name,
    ...(property.description === undefined ? {} : { description: property.description }),
    type,
    required: property.required ?? property.primaryKey ?? false,
    primaryKey: property.primaryKey ?? false,
    ...(validValues === undefined ? {} : { validValues }),
    examples: (property.examples ?? []).filter((example) => typeof example === 'string'),
    classification,
    ...(protection === undefined ? {} : { protection }),
    tags: property.tags ?? [],
  };
}

function refuseNestedProtection(
  classification: Classification,
  protection: Protection | undefined,
  path: DocumentPath,
  faults: Fault[],
): void {
  if (protection === undefined && classification !== 'restricted') return;
  faults.push({
    code: 'ProtectionNested',
    path,
    message: 'asks for protection, which columns have and what lies within one has not; lift it to a column of its own',
  });
}

/** Options and parts that the type does not have would be rules that nobody holds. */
function checkNesting(property: OdcsProperty | OdcsItems, path: DocumentPath, faults: Fault[]): void {
  const { logicalType } = property;
  for (const [key, owner] of [
    ['properties', 'object'],
    ['items', 'array'],
  ] as const) {
    if (property[key] !== undefined && logicalType !== owner) {
      faults.push({
        code: 'InvalidShape',
        path: [...path, key],
        message: `belongs to type ${owner}, got ${logicalType}; leave it out`,
      });
    }
  }
  if (logicalType !== 'array' && logicalType !== 'object') return;
  const held = logicalType === 'array' ? ['minItems', 'maxItems'] : [];
  for (const key of Object.keys(property.logicalTypeOptions ?? {}).filter((option) => !held.includes(option))) {
    faults.push({
      code: 'OptionWithoutEffect',
      path: [...path, 'logicalTypeOptions', key],
      message: `is not held for type ${logicalType}; leave it out`,
    });
  }
}

function readColumnProperties(property: OdcsProperty | OdcsItems, path: DocumentPath, faults: Fault[]) {
  const read = readCustomProperties(COLUMN_PROPERTIES, property.customProperties, [...path, 'customProperties']);
  faults.push(...read.faults);
  return read.values ?? {};
}

function readClassification(text: string | undefined, path: DocumentPath, faults: Fault[]): Classification {
  if (text === undefined) return 'internal';
  const found = CLASSIFICATIONS.find((known) => known === text);
  if (found === undefined) {
    faults.push({
      code: 'UnknownClassification',
      path: [...path, 'classification'],
      message: `must be one of ${CLASSIFICATIONS.join(', ')}, got '${text}'`,
    });
  }
  return found ?? 'internal';
}

function parseType(property: OdcsProperty | OdcsItems, path: DocumentPath, faults: Fault[]): ColumnType {
  const { logicalType, logicalTypeOptions: options } = property;
  checkNesting(property, path, faults);
  if (logicalType === 'array') {
    if (property.items === undefined) {
      faults.push({ code: 'ItemsMissing', path, message: "an array must say what it holds; add 'items'" });
      return { kind: 'array', items: { kind: 'string' } };
    }
    const inside = [...path, 'items'];
    const { protection } = readColumnProperties(property.items, inside, faults);
    refuseNestedProtection(readClassification(property.items.classification, inside, faults), protection, inside, faults);
    const items = parseType(property.items, inside, faults);
    return {
      kind: 'array',
      items,
      ...(options?.minItems === undefined ? {} : { minItems: options.minItems }),
      ...(options?.maxItems === undefined ? {} : { maxItems: options.maxItems }),
    };
  }
  if (logicalType === 'object') {
    if (property.properties === undefined || property.properties.length === 0) {
      faults.push({ code: 'FieldsMissing', path, message: "an object must say what it holds; add 'properties'" });
      return { kind: 'object', fields: [] };
    }
    return { kind: 'object', fields: parseColumns(property.properties, [...path, 'properties'], faults, true) };
  }
  return parseColumnType(logicalType, options ?? {}, property.physicalType, path, faults);
}

/** The closed list of a column: ODCS says it as the quality rule `invalidValues` that must be 0, with `validValues`. */
function readValidValues(
  property: OdcsProperty,
  path: DocumentPath,
  type: ColumnType,
  faults: Fault[],
): readonly string[] | undefined {
  const rule = property.quality?.find(
    ({ metric, arguments: given, mustBe }) => metric === 'invalidValues' && mustBe === 0 && given?.validValues !== undefined,
  );
  if (rule === undefined) return undefined;
  const values = rule.arguments?.validValues;
  if (
    type.kind !== 'string' ||
    !Array.isArray(values) ||
    values.length === 0 ||
    !values.every((value) => typeof value === 'string')
  ) {
    faults.push({
      code: 'InvalidValidValues',
      path: [...path, 'quality'],
      message: "'validValues' must be a list of texts, on a column of type string",
    });
    return undefined;
  }
  return values;
}
