import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CommandError } from '../../cli/command-error.ts';
import { ask } from '../../cli/platform/ask.ts';
import { assume, type RoleClients } from '../../cli/platform/session.ts';
import type { DataContract } from '../../core/contract/model.ts';
import { readContracts } from '../../core/contract/read-file.ts';
import { databaseName } from '../../core/naming.ts';
import { ENVIRONMENTS } from '../../lib/config/environments.ts';
import { REPOSITORY } from '../../test/support/project.ts';
import { ClaimFails, type Claim } from '../claim.ts';
import { attemptsOn, isDenied } from './closed/attempts.ts';
import { openPlatform, type Edit, type OpenPlatform } from './closed/open-platform.ts';
import { layOriginals, type Original } from './closed/originals.ts';

/** Findings that are told. */
const MOST_TOLD = 20;
/** The last environment has what the others have, and auditors. */
const QUICK = ENVIRONMENTS.slice(-1);

/**
 * Each role of the templates that people and programs can take tries each way of reading each original: where it lies, by its version, out of the
 * stream, through a table that it makes itself. A steward reads what was rejected in the own domain, and its attempts elsewhere fail; all attempts of
 * all others fail. Roles of services cannot be taken: what they may do is counted by the claims about permissions.
 */
export const rawAndQuarantineAreClosed: Claim = {
  id: 'raw-and-quarantine-are-closed',
  says: 'No role that can be taken reads `raw` or a stream, and none but the steward of a domain reads its quarantine; every other attempt is denied.',
  prove: async (scale) => {
    const contracts = readContracts(path.join(REPOSITORY, 'contracts'));
    const told: string[] = [];
    for (const { name } of scale === 'full' ? ENVIRONMENTS : QUICK) told.push(`${name}: ${await proveIn(name, contracts)}`);
    return told.join('; ');
  },
};

/** Proves it of one environment. @param edit Of a test that plants a lie */
export async function proveIn(name: string, contracts: readonly DataContract[], edit?: Edit): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'headwaters-closed-'));
  const open = await openPlatform(name, contracts, folder, edit);
  try {
    const originals = await layOriginals(
      open,
      contracts.flatMap(({ datasets }) => datasets),
    );
    const roles = open.platform.roles();
    const findings: string[] = [];
    if (new Set(roles.values()).size !== open.takeable)
      findings.push(`${open.takeable} roles can be taken, and ${roles.size} were tried: an output is missing`);
    let denied = 0;
    let allowed = 0;
    for (const [role, arn] of roles) {
      const outcome = await tryAll(open, role, arn, originals);
      findings.push(...outcome.findings);
      denied += outcome.denied;
      allowed += outcome.allowed;
    }
    if (findings.length > 0) throw new ClaimFails(findings.slice(0, MOST_TOLD));
    return `${roles.size} roles on ${originals.length} originals, ${denied} attempts denied, ${allowed} of stewards allowed`;
  } finally {
    await open.runtime.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether a role is the steward of a domain, by the name that people type. */
const isSteward = (role: string, domain: string): boolean => role === `${domain}/steward`;

async function tryAll(open: OpenPlatform, role: string, arn: string, originals: readonly Original[]) {
  const clients = await assume(open.place, arn, 'curious');
  const findings: string[] = [];
  let denied = 0;
  let allowed = 0;
  for (const original of originals) {
    for (const { how, forSteward, make } of attemptsOn(original)) {
      const outcome = await outcomeOf(() => make(clients));
      const mayRead = forSteward && isSteward(role, original.domain);
      if (outcome === 'denied') denied += 1;
      if (outcome === 'allowed') allowed += 1;
      if (outcome !== (mayRead ? 'allowed' : 'denied')) findings.push(`${how} by '${role}' on ${original.label}: ${outcome}`);
    }
  }
  for (const { label, outcome } of await tryTables(open, clients, originals)) {
    if (outcome === 'denied') denied += 1;
    else findings.push(`a table over ${label} by '${role}': ${outcome}`);
  }
  clients.close();
  return { findings, denied, allowed };
}

/** Tables over originals, made by the role itself: one for each bucket. */
async function tryTables({ platform, name }: OpenPlatform, { athena }: RoleClients, originals: readonly Original[]) {
  const places = originals.flatMap((original) => (original.kind === 'object' ? [original] : []));
  const byBucket = new Map(places.map((original) => [original.bucket, original]));
  return Promise.all(
    [...byBucket.values()].map(async ({ domain, bucket, label }) => {
      const table = `${databaseName(name, domain)}.of_my_own`;
      const sql = `CREATE EXTERNAL TABLE ${table} (line string) LOCATION 's3://${bucket}/'`;
      return { label, outcome: await outcomeOf(() => ask(athena, platform.workGroup, sql)) };
    }),
  );
}

/** Athena tells a refusal of Glue or S3 as the reason of a failed query. */
const isRefusedQuery = (error: unknown): boolean =>
  error instanceof CommandError && error.code === 'QueryFailed' && /access ?denied|not authorized/i.test(error.message);

/** `denied` for want of a permission; another failure is told by its name, as it proves nothing. */
async function outcomeOf(call: () => Promise<unknown>): Promise<string> {
  try {
    await call();
    return 'allowed';
  } catch (error) {
    if (isDenied(error) || isRefusedQuery(error)) return 'denied';
    return error instanceof Error ? error.name : 'failed';
  }
}
