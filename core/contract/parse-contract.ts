import type { z } from 'zod';
import { planTemperatures } from '../storage/plan-temperatures.ts';
import { RETENTION_DAYS } from '../storage/retention-classes.ts';
import { DATASET_PROPERTIES, readCustomProperties } from './custom-properties.ts';
import { slaDuration } from './duration.ts';
import type { DocumentPath, Fault } from './fault.ts';
import type { DataContract, DatasetContract, StorageNeed } from './model.ts';
import { odcsDocument, type OdcsDocument, type OdcsSchemaObject } from './odcs-shape.ts';
import { parseColumns } from './parse-columns.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** What a contract that says nothing of it gets. */
const DEFAULTS = {
  readOftenDays: 30,
  readSometimesDays: 365,
  restoreWithinHours: 12,
  allowedLatenessMs: 3 * DAY_MS,
  freshnessSeconds: 900,
  expectedEventsPerDay: 10_000,
  expectedEventBytes: 500,
} as const;

/** Domains and datasets name streams, roles, databases and prefixes. */
const NAME = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
const LONGEST = { domain: 24, dataset: 40 } as const;
/** The base table of a dataset carries this ending; the dataset's own name is the view that people read. */
export const TABLE_SUFFIX = '_clean';

const KEYS_WITHOUT_EFFECT = [
  'servers',
  'support',
  'price',
  'roles',
  'slaDefaultElement',
  'authoritativeDefinitions',
  'tenant',
] as const;

export type ParsedContract = { readonly contract: DataContract } | { readonly faults: readonly Fault[] };

/** Reads a document as a data contract, or says everything that is wrong with it. */
export function parseContract(document: unknown): ParsedContract {
  const shape = odcsDocument.safeParse(document);
  if (!shape.success) return { faults: shape.error.issues.flatMap(shapeFaults) };
  const odcs = shape.data;
  const faults: Fault[] = [];
  checkName(odcs.domain, LONGEST.domain, ['domain'], faults);
  const owner = odcs.team.members?.find(({ role }) => role?.toLowerCase() === 'owner')?.username ?? odcs.team.name;
  if (owner === undefined) {
    faults.push({
      code: 'OwnerMissing',
      path: ['team'],
      message: "must name who answers for the data; give a member the role 'Owner', or the team a name",
    });
  }
  const datasets = odcs.schema.map((schema, index) => parseDataset(odcs, schema, ['schema', index], owner ?? '', faults));
  datasets.forEach(({ name }, index) => {
    if (datasets.findIndex((other) => other.name === name) < index) {
      faults.push({
        code: 'DatasetTwice',
        path: ['schema', index, 'name'],
        message: `must be unique, got '${name}' again; rename one`,
      });
    }
  });
  if (faults.length > 0) return { faults };
  return {
    contract: {
      id: odcs.id,
      domain: odcs.domain,
      product: odcs.dataProduct ?? odcs.name ?? odcs.id,
      version: odcs.version,
      status: odcs.status,
      owner: owner ?? '',
      datasets,
      withoutEffect: KEYS_WITHOUT_EFFECT.filter((key) => odcs[key] !== undefined),
    },
  };
}

function shapeFaults(issue: z.core.$ZodIssue): readonly Fault[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      code: 'UnknownKey',
      path: [...path, key],
      message: `is no key of ODCS v3.1 at this place; mend its name, or move what it says into 'customProperties'`,
    }));
  }
  return [{ code: 'InvalidShape', path, message: `is not lawful ODCS v3.1: ${issue.message}` }];
}

function checkName(name: string, longest: number, path: DocumentPath, faults: Fault[]): void {
  if (!NAME.test(name) || name.length > longest) {
    faults.push({
      code: 'InvalidName',
      path,
      message: `must be lower-case words joined by '_', at most ${longest} characters, got '${name}'; rename it`,
    });
  }
}

function parseDataset(
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
  const columns = parseColumns(schema.properties, [...path, 'properties'], faults);
  const said = custom.values;
  const column = (name: string) => columns.find((candidate) => candidate.name === name);
  const missing = (property: string, name: string) =>
    faults.push({
      code: 'FieldMissing',
      path: [...path, 'customProperties'],
      message: `'${property}' must name a column of '${schema.name}', got '${name}'; name one of ${columns.map((c) => c.name).join(', ')}`,
    });
  for (const name of said?.eventIdFields ?? []) {
    const field = column(name);
    if (field === undefined) missing('eventIdFields', name);
    else if (
      !field.required ||
      !['string', 'integer'].includes(field.type.kind) ||
      field.protection === 'mask' ||
      field.protection === 'drop'
    ) {
      faults.push({
        code: 'IdFieldUnfit',
        path: [...path, 'customProperties'],
        message: `'eventIdFields' must name required columns of type string or integer that no mask or drop makes alike, got '${name}'; require it, hash it, or choose another`,
      });
    }
  }
  if (said !== undefined) {
    const time = column(said.eventTimeField);
    if (time === undefined) missing('eventTimeField', said.eventTimeField);
    else if (!time.required || time.type.kind !== 'timestamp' || time.protection !== undefined) {
      faults.push({
        code: 'TimeFieldUnfit',
        path: [...path, 'customProperties'],
        message: `'eventTimeField' must name a required, unprotected column of type timestamp, got '${said.eventTimeField}'; choose or add one`,
      });
    }
    const sequence = said.sequenceField === undefined ? undefined : column(said.sequenceField);
    if (said.sequenceField !== undefined && sequence === undefined) missing('sequenceField', said.sequenceField);
    else if (sequence !== undefined && (sequence.type.kind !== 'integer' || sequence.protection !== undefined)) {
      faults.push({
        code: 'SequenceFieldUnfit',
        path: [...path, 'customProperties'],
        message: `'sequenceField' must name an unprotected column of type integer, got '${sequence.name}'; choose or add one`,
      });
    }
  }
  return {
    domain: odcs.domain,
    name: schema.name,
    version: odcs.version,
    owner,
    ...(schema.description === undefined ? {} : { description: schema.description }),
    columns,
    eventIdFields: said?.eventIdFields ?? [],
    eventTimeField: said?.eventTimeField ?? '',
    ...(said?.sequenceField === undefined ? {} : { sequenceField: said.sequenceField }),
    allowedLatenessMs: said?.allowedLateness ?? DEFAULTS.allowedLatenessMs,
    freshnessSeconds: serviceLevel(odcs, schema.name, 'latency', faults, DEFAULTS.freshnessSeconds * 1000) / 1000,
    storage: storageNeed(odcs, schema.name, said, path, faults),
    expectedEventsPerDay: said?.expectedEventsPerDay ?? DEFAULTS.expectedEventsPerDay,
    expectedEventBytes: said?.expectedEventBytes ?? DEFAULTS.expectedEventBytes,
    tags: [...(odcs.tags ?? []), ...(schema.tags ?? [])],
  };
}

/** Where a service level stands that holds for a dataset: the one that names it as its element, or else the one for all; -1 for none. */
function findServiceLevel(odcs: OdcsDocument, dataset: string, property: string): number {
  const levels = odcs.slaProperties ?? [];
  const own = levels.findIndex(
    (sla) =>
      sla.property === property && sla.element?.split(',').some((element) => element.trim().split('.')[0] === dataset) === true,
  );
  return own === -1 ? levels.findIndex((sla) => sla.property === property && sla.element === undefined) : own;
}

/** Milliseconds of a service level, or `absent` where the contract does not state it. */
function serviceLevel(odcs: OdcsDocument, dataset: string, property: string, faults: Fault[], absent: number): number {
  const index = findServiceLevel(odcs, dataset, property);
  const sla = odcs.slaProperties?.[index];
  if (sla === undefined) return absent;
  const value = slaDuration(sla.value, sla.unit);
  if (value === undefined) {
    faults.push({
      code: 'InvalidServiceLevel',
      path: ['slaProperties', index],
      message: `of '${property}' must be a number above 0 with a unit of s, m, h, d or y, got a value of type ${typeof sla.value} with unit '${sla.unit ?? ''}'`,
    });
  }
  return value ?? absent;
}

function storageNeed(
  odcs: OdcsDocument,
  dataset: string,
  said: z.infer<typeof DATASET_PROPERTIES> | undefined,
  path: DocumentPath,
  faults: Fault[],
): StorageNeed {
  const days = Math.round(serviceLevel(odcs, dataset, 'retention', faults, 0) / DAY_MS);
  const retentionDays = findServiceLevel(odcs, dataset, 'retention') === -1 ? -1 : days;
  if (retentionDays === -1) {
    faults.push({
      code: 'RetentionMissing',
      path: ['slaProperties'],
      message: "must state 'retention': data without an end is nobody's decision; add it",
    });
  } else if (days > 0 && !RETENTION_DAYS.some((offered) => offered === retentionDays)) {
    faults.push({
      code: 'RetentionNotOffered',
      path: ['slaProperties'],
      message: `'retention' must be one of ${RETENTION_DAYS.join(', ')} days, got ${retentionDays}; choose the nearest the law allows`,
    });
  }
  const readOftenDays = said?.readOften === undefined ? Math.min(DEFAULTS.readOftenDays, retentionDays) : said.readOften / DAY_MS;
  const readSometimesDays =
    said?.readSometimes === undefined
      ? Math.max(readOftenDays, Math.min(DEFAULTS.readSometimesDays, retentionDays))
      : said.readSometimes / DAY_MS;
  const need = {
    readOftenDays,
    readSometimesDays,
    retentionDays,
    restoreWithinHours: said?.restoreWithin === undefined ? DEFAULTS.restoreWithinHours : said.restoreWithin / HOUR_MS,
  };
  const lawful = RETENTION_DAYS.some((offered) => offered === retentionDays);
  if (lawful && (readSometimesDays > retentionDays || readOftenDays > readSometimesDays)) {
    faults.push({
      code: 'NeedsOutOfOrder',
      path: [...path, 'customProperties'],
      message: `'readOften' (${readOftenDays} d) must not exceed 'readSometimes' (${readSometimesDays} d), nor that 'retention' (${retentionDays} d); shorten the earlier one`,
    });
  } else if (lawful && planTemperatures(need) === undefined) {
    faults.push({
      code: 'NoRetentionClass',
      path: [...path, 'customProperties'],
      message: 'states needs that no retention class of the platform meets; shorten readOften',
    });
  }
  return need;
}
