import { withoutEffect } from '../odcs/key-effects.ts';
import { formatPath, type DocumentPath, type Fault } from '../fault.ts';
import type { DataContract } from '../model.ts';
import { odcsDocument, odcsDocumentWithMembers, type OdcsDocument } from '../odcs/odcs-shape.ts';
import { checkName, LONGEST, parseDataset } from './parse-dataset.ts';
import { parseTeam } from './parse-team.ts';
import { shapeFaults, without } from '../odcs/shape-faults.ts';
import { didYouMean } from '../odcs/suggest.ts';

export type ParsedContract = { readonly contract: DataContract } | { readonly faults: readonly Fault[] };

/** Reads a document as a data contract, or says everything that is wrong with it. */
export function parseContract(document: unknown): ParsedContract {
  const faults: Fault[] = [];
  const odcs = readShape(document, faults);
  if (odcs === undefined) return { faults };
  const contract = parseShaped(odcs, document, faults);
  return faults.length > 0 ? { faults } : { contract };
}

/** What stands in for a key of the contract itself that is missing or wrong, so that what else is wrong shows beside it. */
const STAND_INS = {
  kind: 'DataContract',
  apiVersion: 'v3.1.0',
  id: 'unknown',
  version: '0.0.0',
  status: 'unknown',
  domain: 'unknown',
  team: { name: 'Somebody' },
} as const;

/** The document as the standard shapes it, unknown keys and stand-ins aside; undefined where it is of another shape. */
function readShape(document: unknown, faults: Fault[]): OdcsDocument | undefined {
  const first = parseShape(document);
  if (first.success) return first.data;
  const found = first.error.issues.flatMap(shapeFaults);
  faults.push(...found);
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return undefined;
  const unknown = found.filter(({ code }) => code === 'UnknownKey').map(({ path }) => path);
  const wrong = new Set(found.filter(({ code }) => code !== 'UnknownKey').map(({ path }) => String(path[0])));
  const stoodIn = Object.entries(STAND_INS).filter(([key]) => wrong.has(key));
  const second = parseShape({ ...(without(document, unknown) as object), ...Object.fromEntries(stoodIn) });
  if (second.success) return second.data;
  const isKnown = (fault: Fault) =>
    found.some(({ code, path }) => code === fault.code && formatPath(path) === formatPath(fault.path));
  faults.push(...second.error.issues.flatMap(shapeFaults).filter((fault) => !isKnown(fault)));
  return undefined;
}

function parseShape(document: unknown) {
  const hasMembers = typeof document === 'object' && document !== null && 'team' in document && Array.isArray(document.team);
  if (!hasMembers) return odcsDocument.safeParse(document, { reportInput: true });
  const parsed = odcsDocumentWithMembers.safeParse(document, { reportInput: true });
  return parsed.success ? { success: true as const, data: { ...parsed.data, team: { members: parsed.data.team } } } : parsed;
}

function parseShaped(odcs: OdcsDocument, document: unknown, faults: Fault[]): DataContract {
  checkName(odcs.domain, LONGEST.domain, ['domain'], faults);
  const { owner, members } = parseTeam(odcs.team, faults);
  const datasets = odcs.schema.map((schema, index) => parseDataset(odcs, schema, ['schema', index], owner, faults));
  datasets.forEach(({ name }, index) => {
    if (datasets.findIndex((other) => other.name === name) < index)
      faults.push({
        code: 'DatasetTwice',
        path: ['schema', index, 'name'],
        message: `must be unique, got '${name}' again; rename one`,
      });
  });
  checkElements(odcs, faults);
  const { purpose, usage, limitations } = odcs.description ?? {};
  return {
    id: odcs.id,
    domain: odcs.domain,
    product: odcs.dataProduct ?? odcs.name ?? odcs.id,
    version: odcs.version,
    status: odcs.status,
    owner,
    description: {
      ...(purpose === undefined ? {} : { purpose }),
      ...(usage === undefined ? {} : { usage }),
      ...(limitations === undefined ? {} : { limitations }),
    },
    team: members,
    roles: (odcs.roles ?? []).map(({ role, access, firstLevelApprovers, secondLevelApprovers }) => ({
      role,
      ...(access === undefined ? {} : { access }),
      approvers: [firstLevelApprovers, secondLevelApprovers].filter((approver) => approver !== undefined),
    })),
    datasets,
    withoutEffect: withoutEffect(document),
  };
}

/** A service level of a dataset that is not there would be a promise about nothing. */
function checkElements(odcs: OdcsDocument, faults: Fault[]): void {
  const check = (element: string, path: DocumentPath) => {
    for (const part of element.split(',').map((text) => text.trim())) {
      const [dataset = '', column] = part.split('.');
      const columns = odcs.schema.find(({ name }) => name === dataset)?.properties.map(({ name }) => `${dataset}.${name}`);
      if (columns !== undefined && (column === undefined || columns.includes(part))) continue;
      const known = columns ?? odcs.schema.map(({ name }) => name);
      faults.push({
        code: 'UnknownElement',
        path,
        message: `must name a dataset of this contract, or a column of one as 'dataset.column', got '${part}'${didYouMean(part, known) || `; name one of ${known.join(', ')}`}`,
      });
    }
  };
  odcs.slaProperties?.forEach(({ element }, index) => {
    if (element !== undefined) check(element, ['slaProperties', index, 'element']);
  });
  if (odcs.slaDefaultElement !== undefined) check(odcs.slaDefaultElement, ['slaDefaultElement']);
}
