import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ENVIRONMENTS } from '../../lib/config/environments.ts';
import type { Scale } from '../claim.ts';
import { declaredAccesses } from './requests/index.ts';
import { SCENARIOS } from './scenarios/index.ts';
import { AccessRecorder, type Access } from './scenarios/recorder.ts';
import { openWorld } from './scenarios/world.ts';
import { Account } from './statements/account.ts';
import { readPolicies } from './statements/read-policies.ts';
import { readResources, type StandingResource } from './statements/read-resources.ts';
import { nameStatements, type NamedStatement } from './statements/statement-names.ts';
import { synthesizeEnvironment } from './statements/synthesize-environment.ts';

/** Environments that a claim looks at: the first of them quickly, every one in full. */
export const environmentsOf = (scale: Scale): readonly string[] =>
  ENVIRONMENTS.map(({ name }) => name).slice(0, scale === 'quick' ? 1 : undefined);

/** The statements of an environment, and who has what of them. */
export interface StandingStatements {
  readonly environment: string;
  /** The cloud assembly. */
  readonly assembly: string;
  readonly resources: readonly StandingResource[];
  readonly account: Account;
  readonly statements: readonly NamedStatement[];
}

/** What a life of a platform asked for. */
export interface Life {
  readonly accesses: readonly Access[];
  /** What the templates and the runtime decided differently: then neither says anything of the other. */
  readonly faults: readonly string[];
}

const standing = new Map<string, StandingStatements>();
const lives = new Map<string, Promise<Life>>();

/** Synthesizes an environment, once in a process. */
export function statementsOf(environment: string): StandingStatements {
  const known = standing.get(environment);
  if (known !== undefined) return known;
  const assembly = mkdtempSync(path.join(tmpdir(), 'nothing-wider-'));
  process.once('exit', () => {
    rmSync(assembly, { recursive: true, force: true });
  });
  const stacks = synthesizeEnvironment(environment, assembly);
  const policies = readPolicies(stacks);
  const found = {
    environment,
    assembly,
    resources: readResources(stacks),
    account: new Account(policies),
    statements: nameStatements(policies),
  };
  standing.set(environment, found);
  return found;
}

/** Lives through every scenario on the local runtime, once in a process, and adds what services ask for that do not run here. */
export function lifeOf(environment: string): Promise<Life> {
  const known = lives.get(environment) ?? live(statementsOf(environment));
  lives.set(environment, known);
  return known;
}

async function live({ environment, assembly, resources, account }: StandingStatements): Promise<Life> {
  const recorder = new AccessRecorder();
  const faults: string[] = [];
  const world = await openWorld({ environment, assembly, onAccess: recorder.onAccess });
  try {
    for (const { name, run } of SCENARIOS) {
      recorder.begin(name);
      await run(world);
    }
  } finally {
    await world.close();
  }
  for (const { scenario, request, allowed } of recorder.accesses) {
    const decided = account.judge(request).decision === 'allowed';
    if (decided !== allowed)
      faults.push(`${environment}: ${request.action} in '${scenario}' is decided otherwise in a run than by its templates`);
  }
  return { accesses: [...recorder.accesses, ...(await declaredAccesses({ environment, resources }, recorder.accesses))], faults };
}
