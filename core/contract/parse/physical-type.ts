import type { DocumentPath, Fault } from '../fault.ts';

export type LogicalType = 'string' | 'date' | 'timestamp' | 'time' | 'number' | 'integer' | 'boolean' | 'array' | 'object';

/** What a source may call a type without meaning another than the table holds. */
const HELD: Readonly<Record<LogicalType, { readonly pattern: RegExp; readonly words: string }>> = {
  string: { pattern: /^(string|text|uuid|(varchar|char)(\(\d+\))?)$/, words: 'string, text, uuid, varchar(n) or char(n)' },
  integer: {
    pattern: /^(int|integer|bigint|long)$/,
    words: 'int or bigint, a smaller one being said by format (i8, i16, u8, u16, u32)',
  },
  number: { pattern: /^(double|decimal\(.*\)|decimal)$/, words: "'double' or 'decimal(precision,scale)'" },
  boolean: { pattern: /^bool(ean)?$/, words: 'boolean' },
  date: { pattern: /^date$/, words: 'date' },
  timestamp: { pattern: /^timestamp(tz|\(3\))?$/, words: 'timestamp' },
  time: { pattern: /^(time|string)$/, words: 'time' },
  array: { pattern: /^(array|list)$/, words: 'array alone, since items say what it holds' },
  object: {
    pattern: /^(object|struct|json|map<.*>)$/,
    words: "object, or 'map<string,type>' for keys that nobody lists beforehand",
  },
};

/** Refuses a physical type that the table would not hold. */
export function checkPhysicalType(
  type: LogicalType,
  physicalType: string | undefined,
  path: DocumentPath,
  faults: Fault[],
): void {
  if (physicalType === undefined || HELD[type].pattern.test(physicalType.trim().toLowerCase())) return;
  faults.push({
    code: 'PhysicalTypeNotHeld',
    path: [...path, 'physicalType'],
    message: `of type ${type} must be ${HELD[type].words}, got '${physicalType}'; leave it out, or mend the logical type`,
  });
}

/** The text of a map's values in `map<string,…>`; undefined for what is no map. */
export function mapValues(physicalType: string | undefined): { readonly key: string; readonly values: string } | undefined {
  const match = /^map<\s*([a-z]+)\s*,\s*(.+?)\s*>$/i.exec(physicalType?.trim() ?? '');
  return match === null ? undefined : { key: match[1] ?? '', values: match[2] ?? '' };
}
