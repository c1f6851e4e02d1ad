import { withoutEffect } from '../odcs/key-effects.ts';
import { formatPath, type DocumentPath, type Fault } from '../fault.ts';
import type { DataContract } from '../model.ts';
import { odcsDocument, odcsDocumentWithMembers, type OdcsDocument } from '../odcs/odcs-shape.ts';
import { RELEASED } from './lawful-name.ts';
import { checkName, LONGEST, parseDataset } from './parse-dataset.ts';
import { parseTeam } from './parse-team.ts';
import { asWritten, isConsequence, mended, pathKey, slipsAmong, type Slips } from '../odcs/misspelt-keys.ts';
import { shapeFaults } from '../odcs/shape-faults.ts';
import { didYouMean, isSlip, nameOneOf } from '../../suggest.ts';
import { tooManyColumns } from './count-columns.ts';

export type ParsedContract = { readonly contract: DataContract } | { readonly faults: readonly Fault[] };

/** Reads a document as a data contract, or says everything that is wrong with it. */
export function parseContract(document: unknown): ParsedContract {
  const crowded = tooManyColumns(document);
  if (crowded.length > 0) return { faults: crowded };
  const { odcs, slips, faults } = readShape(document);
  if (odcs === undefined) return { faults };
  const inside: Fault[] = [];
  const contract = parseShaped(odcs, document, inside);
  faults.push(...inside.map((fault) => asWritten(fault, slips)));
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

interface Shaped {
  /** The document as the standard shapes it, unknown keys and stand-ins aside; undefined where it is of another shape. */
  readonly odcs?: OdcsDocument;
  readonly slips: Slips;
  readonly faults: Fault[];
}

function readShape(document: unknown): Shaped {
  const first = parseShape(document);
  if (first.success) return { odcs: first.data, slips: new Map(), faults: [] };
  const found = first.error.issues.flatMap(shapeFaults);
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return { slips: new Map(), faults: found };
  const unknown = found.filter(({ code }) => code === 'UnknownKey').map(({ path }) => path);
  const isMendable = unknown.length > 0 || found.some(({ path }) => Object.hasOwn(STAND_INS, String(path[0])));
  if (!isMendable) return { slips: new Map(), faults: found };
  const { slips, read, second, crowded = [] } = parseMended(document, found, unknown);
  const faults = found.filter((fault) => !isConsequence(fault, slips));
  if (second === undefined) return { slips, faults: [...faults, ...crowded.map((fault) => asWritten(fault, slips))] };
  if (second.success) return { odcs: second.data, slips, faults };
  const known = new Set(found.map(keyOf));
  const more = second.error.issues.flatMap(shapeFaults).filter((fault) => !known.has(keyOf(fault)));
  const within = slipsAmong(more, read);
  const own = more.filter((fault) => !isConsequence(fault, within));
  return { slips, faults: [...faults, ...own.map((fault) => asWritten(fault, slips))] };
}

const keyOf = ({ code, path }: Fault): string => `${code} ${formatPath(path)}`;

/** Reads a document with misspelt keys as meant; one whose value is of another type than the key it resembles meant another. */
function parseMended(document: object, found: readonly Fault[], unknown: readonly DocumentPath[]) {
  let slips = slipsAmong(found, document);
  for (;;) {
    const wrong = new Set(
      found.filter((fault) => fault.code !== 'UnknownKey' && !isConsequence(fault, slips)).map(({ path }) => String(path[0])),
    );
    const stoodIn = Object.entries(STAND_INS).filter(([key]) => wrong.has(key));
    const read = { ...mended(document, unknown, slips), ...Object.fromEntries(stoodIn) };
    const crowded = tooManyColumns(read);
    if (crowded.length > 0) return { slips, crowded };
    const second = parseShape(read);
    if (second.success) return { slips, read, second };
    const mistyped = new Set(second.error.issues.filter(({ code }) => code === 'invalid_type').map(({ path }) => pathKey(path)));
    const left = new Map([...slips].filter(([key]) => !mistyped.has(key)));
    if (left.size === slips.size) return { slips, read, second };
    slips = left;
  }
}

function parseShape(document: unknown) {
  const hasMembers = typeof document === 'object' && document !== null && 'team' in document && Array.isArray(document.team);
  if (!hasMembers) return odcsDocument.safeParse(document, { reportInput: true });
  const parsed = odcsDocumentWithMembers.safeParse(document, { reportInput: true });
  return parsed.success ? { success: true as const, data: { ...parsed.data, team: { members: parsed.data.team } } } : parsed;
}

function parseShaped(odcs: OdcsDocument, document: unknown, faults: Fault[]): DataContract {
  checkDomain(odcs.domain, faults);
  const { owner, members } = parseTeam(odcs.team, faults);
  checkStatus(odcs.status, faults);
  const datasets = odcs.schema.map((schema, index) => parseDataset(odcs, schema, ['schema', index], owner, faults));
  const names = new Set<string>();
  datasets.forEach(({ name }, index) => {
    if (names.has(name))
      faults.push({
        code: 'DatasetTwice',
        path: ['schema', index, 'name'],
        message: `must be unique, got '${name}' again; rename one`,
      });
    names.add(name);
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

function checkDomain(domain: string, faults: Fault[]): void {
  checkName(domain, LONGEST.domain, ['domain'], faults);
  if (domain === RELEASED)
    faults.push({
      code: 'ReservedName',
      path: ['domain'],
      message: `must not be '${RELEASED}', whose folder holds the released versions; rename it`,
    });
}

const STATUSES = ['proposed', 'draft', 'active', 'deprecated', 'retired'];

/** ODCS takes any status, so that only a slip of one that it names is refused. */
function checkStatus(status: string, faults: Fault[]): void {
  const meant = STATUSES.find((known) => isSlip(status.toLowerCase(), known));
  if (meant === undefined) return;
  faults.push({
    code: 'UnknownStatus',
    path: ['status'],
    message: `must be one of ${STATUSES.join(', ')} where it means one of them, got '${status}'; did you mean '${meant}'?`,
  });
}

/** A service level of a dataset that is not there would be a promise about nothing. */
function checkElements(odcs: OdcsDocument, faults: Fault[]): void {
  const columnsOf = new Map(
    odcs.schema.map(({ name, properties }) => [name, new Set(properties.map((property) => `${name}.${property.name}`))]),
  );
  const check = (element: string, path: DocumentPath) => {
    for (const part of element.split(',').map((text) => text.trim())) {
      const [dataset = '', column] = part.split('.');
      const columns = columnsOf.get(dataset);
      if (columns !== undefined && (column === undefined || columns.has(part))) continue;
      const known = [...(columns ?? columnsOf.keys())];
      faults.push({
        code: 'UnknownElement',
        path,
        message: `must name a dataset of this contract, or a column of one as 'dataset.column', got '${part}'${didYouMean(part, known) || `; ${nameOneOf(known)}`}`,
      });
    }
  };
  odcs.slaProperties?.forEach(({ element }, index) => {
    if (element !== undefined) check(element, ['slaProperties', index, 'element']);
  });
  if (odcs.slaDefaultElement !== undefined) check(odcs.slaDefaultElement, ['slaDefaultElement']);
}
