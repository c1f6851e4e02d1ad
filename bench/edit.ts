import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeContract, writeContracts } from './contracts.ts';
import { machine, table } from './markdown.ts';

/** The first is what the others are compared with: a clone whose contracts are taken out. */
const SIZES = [0, 1, 100];
const ROUNDS = 3;
const REPOSITORY = path.resolve(import.meta.dirname, '..');
/** What a clone needs to synthesize and to check, besides its contracts. */
const SHARED = ['bin', 'build', 'cdk.json', 'cli', 'constructs', 'core', 'dist', 'lib', 'local', 'node_modules', 'package.json'];

const SYNTH = ['npx', 'cdk', 'synth'];
const CHECK = ['npx', 'headwaters', 'contracts', 'check'];

/** Milliseconds. */
interface Time {
  readonly cpu: number;
  readonly wall: number;
}

interface Round {
  readonly synth: Time;
  readonly check: Time;
  /** Synthesis without CloudFormation Validate and without preflight. */
  readonly unchecked: Time;
}

/** A clone of this repository with other contracts. */
class Clone {
  private readonly contracts: string;

  constructor(
    private readonly root: string,
    private readonly count: number,
  ) {
    this.contracts = path.join(root, 'contracts');
    mkdirSync(root);
    for (const name of SHARED) symlinkSync(path.join(REPOSITORY, name), path.join(root, name));
    writeContracts(this.contracts, count);
    this.run(SYNTH); // records the slots, as a project has them
  }

  /** Adds a column to one contract, and sees to it that it gets into templates that were judged. */
  round(round: number): Round {
    const name = `added_in_round_${round}`;
    if (this.count > 0) writeContract(this.contracts, round % this.count, [{ name, logicalType: 'string' }]);
    const synth = this.synth(name, 'judged');
    const check = this.run(CHECK, { code: this.count === 0 ? 1 : 0 }); // without contracts it has none to check, and says so
    return { synth, check, unchecked: this.synth(name, 'unjudged') };
  }

  private synth(column: string, expected: 'judged' | 'unjudged'): Time {
    const out = path.join(this.root, 'cdk.out');
    rmSync(out, { recursive: true, force: true });
    const time = this.run(SYNTH, { validation: expected === 'judged' });
    const isJudged = existsSync(path.join(out, 'validation-report.json'));
    const templates = readdirSync(out).filter((name) => name.endsWith('.template.json'));
    const holders = templates.filter((name) => readFileSync(path.join(out, name), 'utf8').includes(column));
    if (isJudged !== (expected === 'judged') || holders.length !== Math.min(this.count, 1))
      throw new Error(`the edit must be in one ${expected} template, got ${holders.length} of ${templates.length}`);
    return time;
  }

  /** Runs a command to its end; the CPU is that of all of its processes. */
  private run(command: readonly string[], { code = 0, validation = true } = {}): Time {
    const env: NodeJS.ProcessEnv = { ...process.env, CDK_VALIDATION: String(validation) };
    const began = performance.now();
    const { status, stdout, stderr } = spawnSync('sh', ['-c', '"$@" >&2; code=$?; times; exit $code', 'sh', ...command], {
      cwd: this.root,
      encoding: 'utf8',
      env,
    });
    const wall = performance.now() - began;
    if (status !== code) throw new Error(`'${command.join(' ')}' must end with ${code}, got ${status}:\n${stderr}`);
    const ofChildren = stdout.trim().split('\n').at(-1) ?? '';
    const spent = [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)].map(
      ([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds),
    );
    return { cpu: spent.reduce((sum, each) => sum + each, 0) * 1000, wall };
  }
}

const FIGURES: Readonly<Record<string, (round: Round) => Time>> = {
  Both: ({ synth, check }) => ({ cpu: synth.cpu + check.cpu, wall: synth.wall + check.wall }),
  '`npx cdk synth`': ({ synth }) => synth,
  '`npx headwaters contracts check`': ({ check }) => check,
  '`npx cdk synth`, validation off': ({ unchecked }) => unchecked,
};

/** Prints how long it takes from a saved contract to templates that the rules of CloudFormation and of preflight have passed. */
export function benchEdit(): void {
  const root = mkdtempSync(path.join(tmpdir(), 'headwaters-bench-'));
  try {
    const clones = SIZES.map((count) => ({
      count,
      clone: new Clone(path.join(root, `of-${count}`), count),
      rounds: [] as Round[],
    }));
    // by turns: what else the machine does falls on all alike
    for (let round = 0; round < ROUNDS; round += 1) for (const { clone, rounds } of clones) rounds.push(clone.round(round));
    const measured = clones.map(({ count, rounds }) => ({
      count,
      figures: Object.values(FIGURES).map((of) => least(rounds.map(of))),
    }));
    const empty = measured[0]?.figures ?? [];
    const rows = measured.map(({ count, figures }) => [
      String(count),
      ...figures.map((time, at) => shown(time, empty[at] ?? time)),
    ]);
    console.log(`From an edit of one contract to checked templates of dev: CPU of all processes, wall. ${machine()}\n`);
    console.log(table(['Contracts', ...Object.keys(FIGURES)], rows));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const least = (times: readonly Time[]): Time => ({
  cpu: Math.min(...times.map(({ cpu }) => cpu)),
  wall: Math.min(...times.map(({ wall }) => wall)),
});

/** Seconds, and how often the same of the empty project goes into them. */
function shown({ cpu, wall }: Time, empty: Time): string {
  const figure = (time: number, ofEmpty: number): string => `${(time / 1000).toFixed(1)} s (${(time / ofEmpty).toFixed(2)})`;
  return `${figure(cpu, empty.cpu)}, ${figure(wall, empty.wall)}`;
}
