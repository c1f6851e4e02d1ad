import { DATASET_PROPERTIES, readCustomProperties, type DatasetProperties } from './custom-properties.ts';
import type { DocumentPath, Fault } from '../fault.ts';
import type { Column, DatasetContract } from '../model.ts';
import type { OdcsDocument, OdcsSchemaObject } from '../odcs/odcs-shape.ts';
import { didYouMeanName, parseColumns } from './parse-columns.ts';
import { curatedFaults } from './parse-curated.ts';
import { parseQuality } from './parse-quality.ts';
import { parseRelationships } from './parse-relationships.ts';
import { DatasetLevels } from './parse-service-levels.ts';
import { parseStorageNeed } from './parse-storage-need.ts';
import { didYouMean, nameOneOf } from '../../suggest.ts';

const DAY_MS = 86_400_000;

/** What a contract that says nothing of it gets. */
const DEFAULTS = {
  allowedLatenessMs: 3 * DAY_MS,
  freshnessSeconds: 900,
  expectedEventsPerDay: 10_000,
  expectedEventBytes: 500,
} as const;

/** Domains and datasets name streams, roles, databases and prefixes. */
const NAME = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
export const LONGEST = { domain: 24, dataset: 40 } as const;
/** The base table of a dataset carries this ending; the dataset's own name is the view that people read. */
const TABLE_SUFFIX = '_clean';

export function checkName(name: string, longest: number, path: DocumentPath, faults: Fault[]): void {
  if (NAME.test(name) && name.length <= longest) return;
  faults.push({
    code: 'InvalidName',
    path,
    message: `must be lower-case words joined by '_', at most ${longest} characters, got '${name}'${didYouMeanName(name, longest)}`,
  });
}

/** Reads one schema object of a contract. */
export function parseDataset(
  odcs: OdcsDocument,
  schema: OdcsSchemaObject,
  path: DocumentPath,
  owner: string,
  faults: Fault[],
): DatasetContract {
  checkName(schema.name, LONGEST.dataset, [...path, 'name'], faults);
  if (schema.name.endsWith(TABLE_SUFFIX)) {
    faults.push({
      code: 'ReservedName',
      path: [...path, 'name'],
      message: `must not end in '${TABLE_SUFFIX}', which names base tables, got '${schema.name}'; rename it`,
    });
  }
  const custom = readCustomProperties(DATASET_PROPERTIES, schema.customProperties, [...path, 'customProperties']);
  faults.push(...custom.faults);
  const said = custom.values;
  const columns = parseColumns(schema.properties, [...path, 'properties'], faults);
  if (said !== undefined) checkFields(schema.name, columns, said, custom.placeOf, faults);
  const levels = new DatasetLevels(odcs, schema.name, faults);
  const latency = levels.duration('latency') ?? levels.duration('freshness');
  const freshnessSeconds = latency === undefined ? DEFAULTS.freshnessSeconds : latency.milliseconds / 1000;
  const primaryKey = parsePrimaryKey(schema, columns, path, faults);
  const curatedWithinMs = said?.curatedWithin;
  if (curatedWithinMs !== undefined)
    faults.push(
      ...curatedFaults(
        { dataset: schema.name, curatedWithinMs, columns, primaryKey, freshnessSeconds },
        custom.placeOf('curatedWithin'),
      ),
    );
  return {
    domain: odcs.domain,
    name: schema.name,
    version: odcs.version,
    owner,
    ...(schema.description === undefined ? {} : { description: schema.description }),
    columns,
    primaryKey,
    relationships: parseRelationships(odcs.domain, schema, columns, path, faults),
    quality: parseQuality(schema, path, faults),
    eventIdFields: said?.eventIdFields ?? [],
    eventTimeField: said?.eventTimeField ?? '',
    ...(said?.sequenceField === undefined ? {} : { sequenceField: said.sequenceField }),
    ...(said?.tenantField === undefined ? {} : { tenantField: said.tenantField }),
    allowedLatenessMs: said?.allowedLateness ?? DEFAULTS.allowedLatenessMs,
    freshnessSeconds,
    ...(curatedWithinMs === undefined ? {} : { curatedWithinMs }),
    serviceLevels: levels.read(),
    storage: parseStorageNeed(schema.name, levels, said, custom.placeOf, faults),
    expectedEventsPerDay: said?.expectedEventsPerDay ?? DEFAULTS.expectedEventsPerDay,
    expectedEventBytes: said?.expectedEventBytes ?? DEFAULTS.expectedEventBytes,
    tags: [...(odcs.tags ?? []), ...(schema.tags ?? [])],
  };
}

type PlaceOf = (property: string) => DocumentPath;

/** The columns that the platform takes an event's identity, time, order and tenant from. */
function checkFields(
  dataset: string,
  columns: readonly Column[],
  said: DatasetProperties,
  placeOf: PlaceOf,
  faults: Fault[],
): void {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const check = (property: string, name: string, code: string, isFit: (column: Column) => boolean, must: string) => {
    const column = byName.get(name);
    const path = placeOf(property);
    if (column === undefined)
      faults.push({
        code: 'FieldMissing',
        path,
        message: `of '${property}' must name a column of '${dataset}', got '${name}'${didYouMean(name, [...byName.keys()]) || `; ${nameOneOf([...byName.keys()])}`}`,
      });
    else if (!isFit(column))
      faults.push({
        code,
        path,
        message: `of '${property}' must name ${must}, got '${name}', ${inWords(column)}; change that, or name another`,
      });
  };
  const text = ['string', 'integer'];
  for (const name of said.eventIdFields)
    check(
      'eventIdFields',
      name,
      'IdFieldUnfit',
      ({ required, type, protection }) => required && text.includes(type.kind) && protection !== 'mask' && protection !== 'drop',
      'required columns of type string or integer that no mask or drop makes alike',
    );
  check(
    'eventTimeField',
    said.eventTimeField,
    'TimeFieldUnfit',
    ({ required, type, protection }) => required && type.kind === 'timestamp' && protection === undefined,
    'a required, unprotected column of type timestamp',
  );
  if (said.sequenceField !== undefined)
    check(
      'sequenceField',
      said.sequenceField,
      'SequenceFieldUnfit',
      ({ type, protection }) => type.kind === 'integer' && protection === undefined,
      'an unprotected column of type integer',
    );
  if (said.tenantField !== undefined)
    check(
      'tenantField',
      said.tenantField,
      'TenantFieldUnfit',
      ({ required, type, protection }) => required && text.includes(type.kind) && protection === undefined,
      'a required, unprotected column of type string or integer',
    );
}

/** A column as far as it decides what the column may be used for. */
const inWords = ({ required, type, protection }: Column): string =>
  `${required ? 'a required' : 'an optional'} ${type.kind} ${protection === undefined ? 'without a protection' : `with the protection '${protection}'`}`;

/** The columns marked `primaryKey`, by their position, or in the order in which they stand. */
function parsePrimaryKey(
  schema: OdcsSchemaObject,
  columns: readonly Column[],
  path: DocumentPath,
  faults: Fault[],
): readonly string[] {
  const key = schema.properties
    .map((property, index) => ({ property, index, column: columns[index] }))
    .filter(({ property }) => property.primaryKey === true);
  const positions = key.map(({ property }) => property.primaryKeyPosition ?? -1); // -1 is how ODCS says that there is none
  const isStated = positions.some((position) => position !== -1);
  const taken = new Set<number>();
  key.forEach(({ property, index, column }, order) => {
    const position = positions[order] ?? -1;
    const at = [...path, 'properties', index];
    if (isStated && (position < 1 || position > key.length || taken.has(position)))
      faults.push({
        code: 'InvalidKeyPosition',
        path: [...at, 'primaryKeyPosition'],
        message: `must number the columns of the key from 1 to ${key.length}, each once, got ${position === -1 ? 'none' : position}; number all of them, or none`,
      });
    taken.add(position);
    if (column !== undefined && (column.protection === 'mask' || column.protection === 'drop'))
      faults.push({
        code: 'KeyFieldUnfit',
        path: at,
        message: `is of the primary key and must not be made like others, got the protection '${column.protection}'; hash or tokenize it`,
      });
    if (property.required === false)
      faults.push({
        code: 'KeyFieldUnfit',
        path: [...at, 'required'],
        message: 'must be true or left out for a column of the primary key, which is never absent, got false; mend it',
      });
  });
  return [...key.keys()]
    .sort((a, b) => (positions[a] ?? 0) - (positions[b] ?? 0))
    .map((place) => key[place]?.property.name ?? '');
}
