import type { DocumentPath } from '../fault.ts';
import { COLUMN_PROPERTIES, DATASET_PROPERTIES } from '../parse/custom-properties.ts';
import { knownKeys } from './odcs-keys.ts';
import { typeOptions } from './odcs-shape.ts';
import { suggest } from '../../suggest.ts';

/** Words of other tools and older forms, and what ODCS v3.1 calls the same. */
const MEANT_KEY: Readonly<Record<string, string>> = {
  columns: 'properties',
  fields: 'properties',
  type: 'logicalType',
  datatype: 'logicalType',
  models: 'schema',
  tables: 'schema',
  owner: 'team',
  sla: 'slaProperties',
  servicelevels: 'slaProperties',
  doc: 'description',
  comment: 'description',
};

/** Keys of other tools for which ODCS v3.1 has a place, but no key of its own. */
const PLACE_OF_KEY: Readonly<Record<string, string>> = {
  enum: "list the values in a quality rule: metric 'invalidValues', its arguments' 'validValues', and 'mustBe: 0'",
  nullable: "say 'required: true' of what must be there",
  '<<': 'YAML 1.2 merges no keys; write them out',
  dataContractSpecification: 'this is a Data Contract Specification; export it as ODCS, which datacontract-cli does',
};

const synonymOf = (key: string, known: readonly string[]): string | undefined => {
  const meant = MEANT_KEY[key.toLowerCase().replaceAll('_', '')];
  return meant !== undefined && known.includes(meant) ? meant : undefined;
};

/** Where a key belongs that the standard knows elsewhere, or not at all. */
function placeElsewhere(key: string, path: DocumentPath, known: readonly string[]): string | undefined {
  const place = PLACE_OF_KEY[key];
  if (place !== undefined) return place;
  if (known.includes('logicalTypeOptions') && key in typeOptions.shape) return "move it under 'logicalTypeOptions'";
  const isOfData = known.includes('logicalType') && known.includes('quality');
  return isOfData && customKeysAt(path).includes(key)
    ? `say it in 'customProperties': { property: ${key}, value: … }`
    : undefined;
}

/** Custom properties that a column or a dataset may have. */
const customKeysAt = (path: DocumentPath): readonly string[] =>
  Object.keys((path.includes('properties') ? COLUMN_PROPERTIES : DATASET_PROPERTIES).shape);

/** The key of the standard that an unknown one at a place stands for, by another name or misspelt. */
export function meantKey(key: string, path: DocumentPath): string | undefined {
  const known = knownKeys(path);
  return synonymOf(key, known) ?? (placeElsewhere(key, path, known) === undefined ? suggest(key, known) : undefined);
}

/** What to do about a key that does not stand where it could. */
export function remedyOfKey(key: string, path: DocumentPath): string {
  const known = knownKeys(path);
  const synonym = synonymOf(key, known);
  if (synonym !== undefined) return `ODCS calls it '${synonym}'`;
  const meant = meantKey(key, path);
  if (meant !== undefined) return `did you mean '${meant}'?`;
  return placeElsewhere(key, path, known) ?? "leave it out, or say it in the contract's 'customProperties'";
}
