import { spawn } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { CommandError } from './command-error.ts';
import { makePrivate, type Project } from './project.ts';

const cdkJson = z.object({ app: z.string(), build: z.string().optional() });

/** How an app is told for what it synthesizes. */
export interface SynthesisOptions {
  /** What `cdk synth -c key=value` would say. @see https://docs.aws.amazon.com/cdk/v2/guide/context.html */
  readonly context?: Readonly<Record<string, string>>;
  /** Environment variables; undefined takes one away. @default - those of this process */
  readonly variables?: Readonly<Record<string, string | undefined>>;
}

/**
 * Runs the project's own CDK app, as its cdk.json says it: first what it builds, then the app. The project's assembly
 * is the last that succeeded: an app that fails may have written a part of one. The template validator stays with `cdk synth`: it would
 * cost every demo three seconds.
 *
 * @throws {@link CommandError} `NoApp`, `SynthesisFailed` with what the app said
 */
export async function synthesize(project: Project, { context, variables }: SynthesisOptions = {}): Promise<void> {
  const file = path.join(project.root, 'cdk.json');
  if (!existsSync(file)) throw new CommandError('NoApp', `'${file}' must exist; run the command in the root of a CDK project`);
  const { app, build } = cdkJson.parse(JSON.parse(readFileSync(file, 'utf8')));
  const unfinished = `${project.assembly}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  makePrivate(path.dirname(unfinished)); // before the app makes it for all to read
  const env = {
    ...process.env,
    ...variables,
    ...(context !== undefined && { CDK_CONTEXT_JSON: JSON.stringify(context) }),
    CDK_OUTDIR: unfinished,
    CDK_VALIDATION: 'false',
  };
  if (build !== undefined) await run(build, project.root, env);
  await run(app, project.root, env);
  rmSync(project.assembly, { recursive: true, force: true });
  renameSync(unfinished, project.assembly);
}

async function run(command: string, cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(command, { cwd, shell: true, stdio: ['ignore', 'pipe', 'pipe'], env });
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0)
    throw new CommandError(
      'SynthesisFailed',
      `'${command}' of cdk.json must succeed; mend what it says:\n${Buffer.concat(said).toString()}`,
    );
}
