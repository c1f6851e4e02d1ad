import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { LocalHome } from '../../../cli/local/home.ts';
import { projectAt } from '../../../cli/project.ts';
import { databaseName, tableName } from '../../../core/naming.ts';
import { isAlive } from '../../../local/process-mark.ts';
import { REPOSITORY, TSX } from '../../../test/support/project.ts';
import { ClaimFails } from '../../claim.ts';
import { ENVIRONMENT } from '../../../cli/platform/names.ts';
import { EVENTS_UNTIL } from '../values/base-events.ts';
import type { KnownEvents } from '../values/known-events.ts';
import { FAULTS } from './faults.ts';
import type { RunFolder } from './run-folder.ts';
import { spawnKept } from './spawn-kept.ts';

/** An event that no stream takes. */
const TOO_LARGE = 700 * 1024;
const MAIN = path.join(REPOSITORY, 'cli/main.ts');

const replayed = z.object({ objects: z.int() });

/** A project beside the platform, on which people use the commands: everything that they print, log and leave is part of the run. */
export class ProjectInUse {
  private readonly root: string;
  private readonly home: LocalHome;
  private ran = 0;

  constructor(
    private readonly run: RunFolder,
    private readonly given: readonly KnownEvents[],
    /** Where a person keeps events; no part of what the run writes. */
    private readonly events: string,
  ) {
    this.root = run.within('project');
    this.home = new LocalHome(projectAt(this.root));
    cpSync(path.join(REPOSITORY, 'contracts'), path.join(this.root, 'contracts'), { recursive: true });
    this.write('cdk.json', JSON.stringify({ app: `node --import ${TSX} ${path.join(REPOSITORY, 'bin/headwaters.ts')}` }));
    this.write('sample/index.ts', `export * from ${JSON.stringify(path.join(import.meta.dirname, 'known-source.ts'))};\n`);
    this.write('faults.yaml', JSON.stringify(FAULTS)); // which is YAML
    for (const known of given) writeFileSync(this.fileOf(known), lines([...known.accepted, ...known.rejected]));
  }

  /** A first day with it: put, ask, go wrong, replay, be killed, begin anew, stop, ask again. @returns commands that were run */
  async use(rows: number): Promise<number> {
    const clock = new Date(EVENTS_UNTIL).toISOString();
    try {
      await this.succeeds('local', 'start', '--simulated', '--clock', clock);
      for (const known of this.given) await this.succeeds('put', nameOf(known), this.fileOf(known), '--flush');
      await this.askWrongly();
      await this.putWrongly();
      await this.replay();
      this.kill();
      await this.fails('local', 'status');
      await this.succeeds('local', 'reset');
      await this.succeeds('local', 'start', '--simulated', '--clock', clock, '--faults', 'faults.yaml');
      for (const known of this.given) await this.ranAs(undefined, 'put', nameOf(known), this.fileOf(known)); // may meet a fault
      await this.succeeds('local', 'advance', '20m');
      await this.succeeds('local', 'stop');
      await this.askWrongly();
      await this.infer();
      await this.succeeds('demo', '--rows', String(rows));
      return this.ran;
    } finally {
      if (isAlive(this.home.run?.process ?? '')) this.kill();
    }
  }

  private async askWrongly(): Promise<void> {
    for (const { dataset } of this.given.slice(0, 1)) {
      const table = `"${databaseName(ENVIRONMENT, dataset.domain)}"."${tableName(dataset.name)}"`;
      const [text = '_event_id'] = dataset.columns
        .filter(({ type, protection }) => type.kind === 'string' && protection !== undefined && protection !== 'drop')
        .map(({ name }) => name);
      await this.succeeds('query', `SELECT * FROM ${table} ORDER BY "${text}" LIMIT 100`, '--json');
      await this.fails('query', `SELECT CAST("${text}" AS bigint) FROM ${table}`);
    }
  }

  private async putWrongly(): Promise<void> {
    const [known] = this.given;
    const [event] = known?.accepted ?? [];
    if (known === undefined || event === undefined) return;
    const large = Buffer.alloc(TOO_LARGE, Buffer.from(event).subarray(0, -1));
    await this.failsWith(large, 'put', nameOf(known), '-');
    await this.failsWith(lines([event]), 'put', nameOf(known), '-', '--as', 'analyst');
  }

  /** Originals are judged anew: what was refused is refused once more, what lies in raw is put once more, and is killed on its way. */
  private async replay(): Promise<void> {
    const day = new Date(EVENTS_UNTIL).toISOString().slice(0, 10);
    for (const known of this.given) {
      const days = ['--dataset', nameOf(known), '--from', day, '--to', day];
      for (const source of ['quarantine', 'raw']) {
        const { objects } = replayed.parse(JSON.parse(await this.succeeds('replay', source, ...days, '--json')));
        if (objects === 0) throw new ClaimFails([`nothing was found to replay in ${source}: the run proves nothing of it`]);
      }
    }
  }

  /** A first contract of events that nobody has described. */
  private async infer(): Promise<void> {
    for (const known of this.given.slice(0, 1)) {
      const sample = path.join(this.events, `${known.dataset.name}_guessed.ndjson`);
      writeFileSync(sample, lines(known.regular)); // a name of an attribute is told as it is: a contract is made of names
      const out = path.join(this.root, `${nameOf(known)}.guessed.yaml`);
      await this.succeeds('contracts', 'init', sample, '--domain', 'guessed', '--owner', 'people@example.com', '--out', out);
    }
  }

  /** Ends the platform's process in the middle of whatever it does. */
  private kill(): void {
    const { process: mark = '' } = this.home.run ?? {};
    if (isAlive(mark)) process.kill(Number.parseInt(mark, 10), 'SIGKILL');
  }

  /** @returns what it printed */
  private async succeeds(...args: readonly string[]): Promise<string> {
    const { code, name } = await this.ranAs(undefined, ...args);
    const said = (stream: string): string => readFileSync(path.join(this.run.said, `${name}.${stream}`), 'utf8');
    if (code === 0) return said('stdout');
    throw new ClaimFails([
      `'headwaters ${args.slice(0, 2).join(' ')}' ended with ${code}`,
      said('stderr').split('\n').slice(-12).join('\n'),
    ]);
  }

  private fails(...args: readonly string[]): Promise<void> {
    return this.failsWith(undefined, ...args);
  }

  private async failsWith(input: Buffer | undefined, ...args: readonly string[]): Promise<void> {
    const { code } = await this.ranAs(input, ...args);
    if (code === 0)
      throw new ClaimFails([`'headwaters ${args.slice(0, 2).join(' ')}' must fail here, and did not: the run proves nothing`]);
  }

  private async ranAs(input: Buffer | undefined, ...args: readonly string[]) {
    this.ran += 1;
    const name = `${String(this.ran).padStart(2, '0')}-${args.filter((word) => /^[a-z]+$/.test(word)).slice(0, 2).join('-')}`; // prettier-ignore
    const code = await spawnKept(this.run, MAIN, args, { folder: this.root, name, ...(input !== undefined && { input }) });
    return { code, name };
  }

  private fileOf({ dataset }: KnownEvents): string {
    return path.join(this.events, `${dataset.domain}.${dataset.name}.ndjson`);
  }

  private write(name: string, text: string): void {
    mkdirSync(path.dirname(path.join(this.root, name)), { recursive: true });
    writeFileSync(path.join(this.root, name), text);
  }
}

const nameOf = ({ dataset: { domain, name } }: KnownEvents): string => `${domain}.${name}`;

const lines = (events: readonly Uint8Array[]): Buffer => Buffer.concat(events.flatMap((event) => [event, Buffer.from('\n')]));
