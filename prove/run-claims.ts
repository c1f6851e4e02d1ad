import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Scale } from './claim.ts';
import type { Outcome } from './run-claim.ts';

/** A claim, and what came out of it. */
export type Proved = Outcome & { readonly id: string; readonly seconds: number };

/** Two at most: what a claim takes is stated for two cores. */
const AT_ONCE = Math.min(2, availableParallelism());

/** MiB of a semi-space: much is allocated and soon forgotten, and a larger one takes a fifth to a third off the CPU. */
const YOUNG_GENERATION = '--max-semi-space-size=64';

/** What takes longest is begun first, so that no core waits for the last. */
export const LONG: readonly string[] = [
  'random-schedules',
  'bad-inputs-meet-faults',
  'mutants-caught',
  'grants-surface',
  'wrong-templates-are-told',
];

/** Proves claims, each in a process of its own. `done` hears of each as it ends. */
export async function runClaims(
  ids: readonly string[],
  scale: Scale,
  done: (proved: Proved) => void,
): Promise<readonly Proved[]> {
  const waiting = [...LONG.filter((id) => ids.includes(id)), ...ids.filter((id) => !LONG.includes(id))];
  const proved: Proved[] = [];
  const work = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const result = await runClaim(id, scale);
      proved.push(result);
      done(result);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return proved;
}

async function runClaim(id: string, scale: Scale): Promise<Proved> {
  const began = performance.now();
  const child = fork(path.join(import.meta.dirname, 'run-claim.ts'), [id, scale], {
    execArgv: [...process.execArgv, YOUNG_GENERATION],
    env: { ...process.env, CDK_VALIDATION: 'false' }, // it costs 3 s a process, and has its own gate at synth
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
  }
  let told: Outcome | undefined;
  child.on('message', (outcome) => {
    told = outcome as Outcome;
  });
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const outcome = told ?? {
    held: false as const,
    says: id,
    why: `the process ended with ${code ?? 'a signal'} and no answer\n${printed}`,
  };
  return { ...outcome, id, seconds: Math.round((performance.now() - began) / 1000) };
}
