import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Latency, writeContracts } from './contracts.ts';
import { machine, table } from './markdown.ts';

const SIZES = [0, 1, 10, 100, 200];
const ROUNDS = 5;

/** CPU milliseconds. */
interface Measured {
  readonly all: number;
  readonly reading: number;
  /** What the CDK takes to write the same templates from literals. */
  readonly floor: number;
}

/** The milliseconds that a script prints in the best of some processes. @param script Beside this file */
function best(script: string, input: string, outdir: string): number[] {
  const once = (round: number): number[] => {
    const args = ['--import', 'tsx', path.join(import.meta.dirname, script), input, `${outdir}-${round}`];
    const said = execFileSync(process.execPath, args, { env: { ...process.env, CDK_VALIDATION: 'false' }, encoding: 'utf8' });
    return JSON.parse(said) as number[];
  };
  const [least = []] = Array.from({ length: ROUNDS }, (_, round) => once(round)).sort(([a = 0], [b = 0]) => a - b);
  return least;
}

function measure(root: string, count: number, latency: Latency): Measured {
  const folder = path.join(root, `contracts-${latency}-${count}`);
  writeContracts(folder, count, latency);
  const [all = 0, reading = 0] = best('synth-once.ts', folder, `${folder}-out`);
  const [floor = 0] = best('synth-floor-once.ts', `${folder}-out-0`, `${folder}-floor`);
  return { all, reading, floor };
}

/** Prints what a contract costs a synthesis, above an app without any, what of it is the reading of its file, and what the CDK takes for its resources at least. */
export function benchSynth(): void {
  const root = mkdtempSync(path.join(tmpdir(), 'headwaters-bench-'));
  try {
    console.log(`Synthesis of dev in CPU, the app loaded and the template validator off. ${machine()}`);
    for (const latency of ['minutes', 'hours'] as const) {
      const measured = SIZES.map((count) => ({ count, ...measure(root, count, latency) }));
      const [empty] = measured;
      if (empty === undefined) continue;
      const rows = measured.map(({ count, all, reading, floor }) => {
        const each = (time: number): string => (count === 0 ? '' : `${(time / count).toFixed(1)} ms`);
        const times = [each(all - empty.all), each(reading), each(floor - empty.floor)];
        return [String(count), `${all.toFixed(0)} ms`, (all / empty.all).toFixed(2), ...times];
      });
      console.log(`\nContracts that promise events in ${latency}:\n`);
      console.log(
        table(
          [
            'Contracts',
            'CPU',
            'In empty apps',
            'A contract, above the empty app',
            'Of it to read its file',
            'The CDK alone, a contract',
          ],
          rows,
        ),
      );
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
