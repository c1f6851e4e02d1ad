import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import type { Project } from '../project.ts';

const operator = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() });

/** What later runs on the same state take over: clients that were told of one run find the next. */
const settings = z.strictObject({
  environment: z.string(),
  /** Stacks and stages that run, as they were named; all where there are none. */
  stacks: z.array(z.string()).optional(),
  /** Values that parameters of templates were given. */
  parameters: z.array(z.strictObject({ stack: z.string().optional(), name: z.string(), value: z.string() })).optional(),
  /** Whether time goes on by itself. */
  follows: z.boolean(),
  port: z.number(),
  operator,
});
export type Settings = z.infer<typeof settings>;

/** A run, from the moment at which it can be asked until it has ended by itself. */
const runFile = z.strictObject({
  /** Number of the process, and what tells it from a later one of the same number. */
  process: z.string(),
  endpoint: z.string(),
  region: z.string(),
  accountId: z.string(),
  environment: z.string(),
  stacks: z.array(z.string()).optional(),
  follows: z.boolean(),
  operator,
});
export type Run = z.infer<typeof runFile>;

/** The folder of the platform that `headwaters local start` runs. Whole files appear there at once, and hold keys: only their owner reads them. */
export class LocalHome {
  readonly folder: string;
  readonly state: string;
  readonly log: string;
  /** What was found in the quarantine of datasets. */
  readonly census: string;
  private readonly settingsFile: string;
  private readonly runFile: string;

  constructor({ local }: Project) {
    this.folder = local;
    this.state = path.join(local, 'state');
    this.log = path.join(local, 'log');
    this.census = path.join(local, 'quarantined');
    this.settingsFile = path.join(local, 'settings.json');
    this.runFile = path.join(local, 'run.json');
  }

  /** The templates of an environment. */
  assemblyOf(environment: string): string {
    return path.join(this.folder, `cdk.out-${environment}`);
  }

  get settings(): Settings | undefined {
    return read(this.settingsFile, settings);
  }

  /** The run that began last and has not ended by itself: it goes on, or it was killed. */
  get run(): Run | undefined {
    return read(this.runFile, runFile);
  }

  writeSettings(value: Settings): void {
    write(this.settingsFile, value);
  }

  writeRun(value: Run): void {
    write(this.runFile, value);
  }

  forgetRun(): void {
    rmSync(this.runFile, { force: true });
  }

  /** Forgets the last run and what the next would have taken over. */
  forget(): void {
    this.forgetRun();
    rmSync(this.settingsFile, { force: true });
    rmSync(this.census, { recursive: true, force: true });
  }

  /** The last lines of the log, for one who asks what went wrong. */
  logTail(lines: number): readonly string[] {
    if (!existsSync(this.log)) return [];
    return readFileSync(this.log, 'utf8').trimEnd().split('\n').slice(-lines);
  }
}

function read<T>(file: string, schema: z.ZodType<T>): T | undefined {
  if (!existsSync(file)) return undefined;
  const { data } = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  return data; // one that another version wrote is as good as none
}

function write(file: string, value: object): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(value), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
