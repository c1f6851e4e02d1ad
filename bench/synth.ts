import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Latency, writeContracts } from './contracts.ts';
import { machine, table } from './markdown.ts';

const SIZES = [0, 1, 10, 100, 200];
const ROUNDS = 5;

interface Measured {
  readonly all: number;
  readonly reading: number;
}

/** CPU milliseconds of the best of some processes. */
function measure(root: string, count: number, latency: Latency): Measured {
  const folder = path.join(root, `contracts-${latency}-${count}`);
  writeContracts(folder, count, latency);
  const once = (round: number): Measured => {
    const args = ['--import', 'tsx', path.join(import.meta.dirname, 'synth-once.ts'), folder, `${folder}-out-${round}`];
    const said = execFileSync(process.execPath, args, { env: { ...process.env, CDK_VALIDATION: 'false' }, encoding: 'utf8' });
    const [all = 0, reading = 0] = JSON.parse(said) as number[];
    return { all, reading };
  };
  const [best = { all: 0, reading: 0 }] = Array.from({ length: ROUNDS }, (_, round) => once(round)).sort((a, b) => a.all - b.all);
  return best;
}

/** Prints what a contract costs a synthesis, above an app without any; and what of it is the reading of its file. */
export function benchSynth(): void {
  const root = mkdtempSync(path.join(tmpdir(), 'headwaters-bench-'));
  try {
    console.log(`Synthesis of dev in CPU, the app loaded and the template validator off. ${machine()}`);
    for (const latency of ['minutes', 'hours'] as const) {
      const measured = SIZES.map((count) => ({ count, ...measure(root, count, latency) }));
      const empty = measured[0]?.all ?? 0;
      const rows = measured.map(({ count, all, reading }) => {
        const each = (time: number): string => (count === 0 ? '' : `${(time / count).toFixed(1)} ms`);
        return [String(count), `${all.toFixed(0)} ms`, (all / empty).toFixed(2), each(all - empty), each(reading)];
      });
      console.log(`\nContracts that promise events in ${latency}:\n`);
      console.log(
        table(['Contracts', 'CPU', 'In empty apps', 'A contract, above the empty app', 'Of it to read its file'], rows),
      );
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
