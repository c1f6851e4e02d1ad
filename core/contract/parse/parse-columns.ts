import { COLUMN_PROPERTIES, readCustomProperties } from './custom-properties.ts';
import type { DocumentPath, Fault } from '../fault.ts';
import { hiveType } from '../glue-columns.ts';
import { COLUMN_NAME, LONGEST_NAME, mendName, PARTITION_KEYS } from './lawful-name.ts';
import { CLASSIFICATIONS, type Classification, type Column, type ColumnType, type Protection } from '../model.ts';
import type { OdcsItems, OdcsProperty } from '../odcs/odcs-shape.ts';
import { checkOptions, faultAt, itemRule, parseScalarType, sizeRule } from './parse-column-type.ts';
import { readValidValues } from './parse-quality.ts';
import { parseMapType } from './parse-map-type.ts';
import { checkPhysicalType } from './physical-type.ts';
import { RESERVED_WORDS } from './reserved-words.ts';
import { didYouMean, nameOneOf, suggest } from '../../suggest.ts';

/** Characters of a column's type in Glue at most. @see https://docs.aws.amazon.com/glue/latest/webapi/API_Column.html */
const LONGEST_TYPE = 131_072;

/** Reads the columns of a dataset, or the fields of an object within it. */
export function parseColumns(properties: readonly OdcsProperty[], path: DocumentPath, faults: Fault[], nested = false): Column[] {
  const columns = properties.map((property, index) => parseColumn(property, [...path, index], faults, nested));
  const firsts = new Map<string, string>();
  columns.forEach(({ name }, index) => {
    const first = firsts.get(name.toLowerCase());
    if (first === undefined) {
      firsts.set(name.toLowerCase(), name);
      return;
    }
    const alike = first === name ? `got '${name}' again` : `got '${name}' beside '${first}', which Glue cannot tell apart`;
    faults.push({ code: 'ColumnTwice', path: [...path, index, 'name'], message: `must be unique, ${alike}; rename one` });
  });
  return columns;
}

function parseColumn(property: OdcsProperty, path: DocumentPath, faults: Fault[], nested: boolean): Column {
  checkColumnName(property.name, path, faults, nested);
  const { protection, isStated, placeOf } = readColumnProperties(property, path, faults);
  const classification = readClassification(property.classification, path, faults);
  const type = parseType(property, path, faults);
  if (classification === 'restricted' && !isStated) {
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

interface ColumnProperties {
  readonly protection: Protection | undefined;
  /** Whether one is stated, if only misspelt. */
  readonly isStated: boolean;
  readonly placeOf: (property: string) => DocumentPath;
}
const NO_PROPERTIES: ColumnProperties = { protection: undefined, isStated: false, placeOf: () => [] };

function readColumnProperties(property: OdcsProperty | OdcsItems, path: DocumentPath, faults: Fault[]): ColumnProperties {
  if (property.customProperties === undefined) return NO_PROPERTIES;
  const read = readCustomProperties(COLUMN_PROPERTIES, property.customProperties, [...path, 'customProperties']);
  faults.push(...read.faults);
  const isStated = property.customProperties.some(({ property: name }) => suggest(name, ['protection']) !== undefined);
  return { protection: read.values?.protection, isStated, placeOf: read.placeOf };
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
  if (/^map</i.test(property.physicalType?.trim() ?? '')) return parseMapType(property, size, path, faults);
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
  const known = new Set(names);
  for (const name of options.required ?? [])
    if (!known.has(name))
      fault(
        'FieldMissing',
        'required',
        `must name fields of the object, got '${name}'${didYouMean(name, names) || `; ${nameOneOf(names)}`}`,
      );
  const required = new Set(options.required);
  const fields = parseColumns(property.properties, [...path, 'properties'], faults, true).map((field) =>
    required.has(field.name) ? { ...field, required: true } : field,
  );
  return { kind: 'object', fields, ...size };
}
