import { COLUMN_PROPERTIES, readCustomProperties } from './custom-properties.ts';
import type { DocumentPath, Fault } from '../fault.ts';
import { hiveType } from '../glue-columns.ts';
import { COLUMN_NAME, LONGEST_NAME, mendName, PARTITION_KEYS } from './lawful-name.ts';
import { CLASSIFICATIONS, type Classification, type Column, type ColumnType, type Protection } from '../model.ts';
import type { OdcsItems, OdcsProperty } from '../odcs/odcs-shape.ts';
import { checkOptions, faultAt, itemRule, parseScalarType, sizeRule } from './parse-column-type.ts';
import { readValidValues } from './parse-quality.ts';
import { checkPhysicalType, mapValues } from './physical-type.ts';
import { RESERVED_WORDS } from './reserved-words.ts';
import { didYouMean } from '../odcs/suggest.ts';

/** Characters of a column's type in Glue at most. @see https://docs.aws.amazon.com/glue/latest/webapi/API_Column.html */
const LONGEST_TYPE = 131_072;

/** Reads the columns of a dataset, or the fields of an object within it. */
export function parseColumns(properties: readonly OdcsProperty[], path: DocumentPath, faults: Fault[], nested = false): Column[] {
  const columns = properties.map((property, index) => parseColumn(property, [...path, index], faults, nested));
  columns.forEach(({ name }, index) => {
    const first = columns.find((other) => other.name.toLowerCase() === name.toLowerCase());
    if (first === undefined || first === columns[index]) return;
    const alike =
      first.name === name ? `got '${name}' again` : `got '${name}' beside '${first.name}', which Glue cannot tell apart`;
    faults.push({ code: 'ColumnTwice', path: [...path, index, 'name'], message: `must be unique, ${alike}; rename one` });
  });
  return columns;
}

function parseColumn(property: OdcsProperty, path: DocumentPath, faults: Fault[], nested: boolean): Column {
  checkColumnName(property.name, path, faults, nested);
  const { protection, placeOf } = readColumnProperties(property, path, faults);
  const classification = readClassification(property.classification, path, faults);
  const type = parseType(property, path, faults);
  if (classification === 'restricted' && protection === undefined) {
    faults.push({
      code: 'RestrictedUnprotected',
      path: [...path, 'classification'],
      message: "is 'restricted', which needs a protection; add the custom property 'protection' (mask, hash, tokenize or drop)",
    });
  }
  if (protection !== undefined && protection !== 'drop' && type.kind !== 'string') {
    faults.push({
      code: 'ProtectionUnfit',
      path: placeOf('protection'),
      message: `of 'protection' must be drop on a column that is no string, got '${protection}' on type ${property.logicalType}; drop the value, or make it a string`,
    });
  }
  if (nested) {
    refuseNestedProtection(classification, protection, path, faults);
    if (property.primaryKey === true)
      faults.push({
        code: 'KeyNested',
        path: [...path, 'primaryKey'],
        message: 'must not be true within a column: columns alone make up the key; lift it to a column of its own',
      });
  }
  const validValues = readValidValues(property, path, type, faults);
  return {
    name: property.name,
    ...(property.description === undefined ? {} : { description: property.description }),
    ...(property.businessName === undefined ? {} : { businessName: property.businessName }),
    type,
    required: property.required ?? property.primaryKey ?? false,
    primaryKey: property.primaryKey ?? false,
    unique: property.unique ?? false,
    ...(validValues === undefined ? {} : { validValues }),
    examples: (property.examples ?? []).filter((example) => typeof example === 'string'),
    classification,
    ...(protection === undefined ? {} : { protection }),
    tags: property.tags ?? [],
  };
}

/** The end of a message about a name that is not lawful: one of the same letters where there is one. */
export function didYouMeanName(name: string, longest = LONGEST_NAME): string {
  const letters = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const mended = mendName(name) ?? '';
  const isSame = mended !== '' && letters(mended) === letters(name) && mended.length <= longest;
  return isSame ? `; did you mean '${mended}'?` : '; rename it';
}

function checkColumnName(name: string, path: DocumentPath, faults: Fault[], nested: boolean): void {
  const at = [...path, 'name'];
  if (!COLUMN_NAME.test(name) || name.length > LONGEST_NAME) {
    faults.push({
      code: 'InvalidColumnName',
      path: at,
      message: `must be lower-case words joined by '_', at most ${LONGEST_NAME} characters, got '${name}'${didYouMeanName(name)}`,
    });
  }
  if (RESERVED_WORDS.has(name)) {
    faults.push({
      code: 'ReservedName',
      path: at,
      message: `must not be a word of SQL, which every query would have to quote, got '${name}'; rename it`,
    });
  }
  if (!nested && PARTITION_KEYS.includes(name)) {
    faults.push({
      code: 'PartitionKeyAsColumn',
      path: at,
      message: `must not be ${PARTITION_KEYS.join(' or ')}, which are partition keys, got '${name}'; rename it`,
    });
  }
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

function readColumnProperties(property: OdcsProperty | OdcsItems, path: DocumentPath, faults: Fault[]) {
  const read = readCustomProperties(COLUMN_PROPERTIES, property.customProperties, [...path, 'customProperties']);
  faults.push(...read.faults);
  return { protection: read.values?.protection, placeOf: read.placeOf };
}

function readClassification(text: string | undefined, path: DocumentPath, faults: Fault[]): Classification {
  if (text === undefined) return 'internal';
  const found = CLASSIFICATIONS.find((known) => known === text);
  if (found === undefined) {
    faults.push({
      code: 'UnknownClassification',
      path: [...path, 'classification'],
      message: `must be one of ${CLASSIFICATIONS.join(', ')}, got '${text}'${didYouMean(text, CLASSIFICATIONS) || '; choose the one that fits'}`,
    });
  }
  return found ?? 'internal';
}

function parseType(property: OdcsProperty | OdcsItems, path: DocumentPath, faults: Fault[]): ColumnType {
  const { logicalType, logicalTypeOptions: options = {}, physicalType } = property;
  const fault = faultAt(path, faults);
  for (const [key, owner] of [
    ['properties', 'object'],
    ['items', 'array'],
  ] as const) {
    if (property[key] !== undefined && logicalType !== owner)
      faults.push({
        code: 'InvalidShape',
        path: [...path, key],
        message: `belongs to type ${owner}, got ${logicalType}; leave it out`,
      });
  }
  checkOptions(logicalType, options, fault);
  checkPhysicalType(logicalType, physicalType, path, faults);
  const type =
    logicalType === 'array'
      ? arrayType(property, path, faults)
      : logicalType === 'object'
        ? objectType(property, path, faults)
        : parseScalarType(logicalType, options, physicalType, path, faults);
  if (hiveType(type).length > LONGEST_TYPE)
    faults.push({
      code: 'TypeTooLong',
      path,
      message: `must be a type of at most ${LONGEST_TYPE} characters in Glue, got ${hiveType(type).length}; lift parts of it to columns`,
    });
  return type;
}

function arrayType(property: OdcsProperty | OdcsItems, path: DocumentPath, faults: Fault[]): ColumnType {
  const rule = itemRule(property.logicalTypeOptions ?? {}, faultAt(path, faults));
  const { items } = property;
  if (items === undefined) {
    faults.push({ code: 'ItemsMissing', path, message: "is an array, which must say what it holds; add 'items'" });
    return { kind: 'array', items: { kind: 'string' }, ...rule };
  }
  const inside = [...path, 'items'];
  const { protection } = readColumnProperties(items, inside, faults);
  refuseNestedProtection(readClassification(items.classification, inside, faults), protection, inside, faults);
  const type = parseType(items, inside, faults);
  const validValues = readValidValues(items, inside, type, faults);
  return { kind: 'array', items: type, ...(validValues === undefined ? {} : { validValues }), ...rule };
}

function objectType(property: OdcsProperty | OdcsItems, path: DocumentPath, faults: Fault[]): ColumnType {
  const options = property.logicalTypeOptions ?? {};
  const fault = faultAt(path, faults);
  const size = sizeRule(options, fault);
  if (/^map</i.test(property.physicalType?.trim() ?? '')) return mapType(property, size, path, faults);
  if (property.properties === undefined || property.properties.length === 0) {
    faults.push({
      code: 'FieldsMissing',
      path,
      message:
        "is an object, which must say what it holds; add 'properties', or the physical type 'map<string,type>' where nobody can list the keys",
    });
    return { kind: 'object', fields: [], ...size };
  }
  const names = property.properties.map(({ name }) => name);
  for (const name of options.required ?? [])
    if (!names.includes(name))
      fault(
        'FieldMissing',
        'required',
        `must name fields of the object, got '${name}'${didYouMean(name, names) || `; name one of ${names.join(', ')}`}`,
      );
  const fields = parseColumns(property.properties, [...path, 'properties'], faults, true).map((field) =>
    options.required?.includes(field.name) === true ? { ...field, required: true } : field,
  );
  return { kind: 'object', fields, ...size };
}

/** What a map may hold: values of one type, which has no options of its own. */
const MAP_VALUES = ['string', 'boolean', 'int', 'bigint', 'double', 'date', 'timestamp'] as const;

function mapType(
  property: OdcsProperty | OdcsItems,
  size: { readonly minProperties?: number; readonly maxProperties?: number },
  path: DocumentPath,
  faults: Fault[],
): ColumnType {
  const refuse = (key: string, message: string) => {
    faults.push({ code: 'InvalidMap', path: [...path, key], message });
  };
  const inside = mapValues(property.physicalType);
  if (property.properties !== undefined)
    refuse('properties', 'lists keys of a map, whose keys nobody lists; leave it out, or make it a struct');
  if (property.logicalTypeOptions?.required !== undefined)
    faultAt(path, faults)('OptionWithoutEffect', 'required', 'names fields, which a map has not; leave it out');
  if (inside?.key.toLowerCase() !== 'string')
    refuse('physicalType', `must be 'map<string,type>': keys of JSON are texts, got '${property.physicalType ?? ''}'; mend it`);
  const values = mapValueType(inside?.values.toLowerCase() ?? '', path, faults);
  if (values === undefined)
    refuse(
      'physicalType',
      `must hold values of ${MAP_VALUES.join(', ')} or decimal(p,s), got '${inside?.values ?? ''}'; choose one, or list the keys as properties`,
    );
  return { kind: 'map', values: values ?? { kind: 'string' }, ...size };
}

function mapValueType(text: string, path: DocumentPath, faults: Fault[]): ColumnType | undefined {
  if (text.startsWith('decimal')) return parseScalarType('number', {}, text, path, faults);
  switch (MAP_VALUES.find((known) => known === text)) {
    case 'int':
      return { kind: 'integer', bits: 32 };
    case 'bigint':
      return { kind: 'integer', bits: 64 };
    case 'timestamp':
      return { kind: 'timestamp', zonelessIsUtc: false };
    case 'string':
      return { kind: 'string' };
    case 'boolean':
      return { kind: 'boolean' };
    case 'double':
      return { kind: 'double' };
    case 'date':
      return { kind: 'date' };
    case undefined:
      return undefined;
  }
}
