import type { DocumentPath, Fault } from '../fault.ts';
import type { ColumnType } from '../model.ts';
import type { OdcsItems, OdcsProperty } from '../odcs/odcs-shape.ts';
import { faultAt, parseScalarType } from './parse-column-type.ts';
import { mapValues } from './physical-type.ts';

/** What a map may hold: values of one type, which has no options of its own. */
const MAP_VALUES = ['string', 'boolean', 'int', 'bigint', 'double', 'date', 'timestamp'] as const;

/** The type of a column whose keys nobody lists. */
export function parseMapType(
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
