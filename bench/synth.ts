import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { contractDocument, schemaObject } from '../test/support/contracts.ts';

const SIZES = [0, 1, 10, 100, 200];
/** Domains that the contracts are spread over. */
const DOMAINS = 10;
const ROUNDS = 3;

const root = mkdtempSync(path.join(tmpdir(), 'headwaters-bench-'));

/** A folder of so many contracts, each of one dataset with every kind of column. */
function writeContracts(count: number): string {
  const folder = path.join(root, `contracts-${count}`);
  for (let index = 0; index < count; index += 1) {
    const domain = `domain${index % DOMAINS}`;
    const name = `dataset${index}`;
    mkdirSync(path.join(folder, domain), { recursive: true });
    const document = contractDocument({ id: name, dataProduct: name, domain, schema: [schemaObject(name)] });
    writeFileSync(path.join(folder, domain, `${name}.odcs.yaml`), stringify(document));
  }
  return folder;
}

interface Measured {
  readonly all: number;
  readonly reading: number;
}

/** CPU milliseconds of the best of some processes. */
function measure(folder: string): Measured {
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
  console.log('Synthesis of dev, template validator off, in milliseconds of CPU');
  try {
    const measured = SIZES.map((count) => ({ count, ...measure(writeContracts(count)) }));
    const empty = measured[0]?.all ?? 0;
    for (const { count, all, reading } of measured) {
      const of = (time: number): string => (time / count).toFixed(1);
      const each =
        count === 0 ? '' : `  ${of(all - empty)} a contract above the empty app, ${of(reading)} of it to read its file`;
      console.log(`${String(count).padStart(4)} contracts ${all.toFixed(0).padStart(6)}${each}`);
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
