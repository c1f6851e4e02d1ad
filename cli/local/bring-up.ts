import { existsSync } from 'node:fs';
import type { GivenParameter } from '../../local/assembly/given-parameters.ts';
import { isAlive } from '../../local/process-mark.ts';
import type { FaultPlan } from '../../local/faults/index.ts';
import { reportFault } from '../../local/report-fault.ts';
import { refuseUnusable, StateError } from '../../local/start.ts';
import { CommandError } from '../command-error.ts';
import type { Out } from '../output.ts';
import type { Project } from '../project.ts';
import { prepareAssembly } from './assembly.ts';
import { pidOf } from './find-run.ts';
import { formatFaults } from './format-faults.ts';
import type { LocalHome, Run } from './home.ts';
import { readFaults } from './read-faults.ts';
import { isAwaited, launch, report } from './launch.ts';
import { runPlatform } from './run-platform.ts';
import { parameterText } from './stack-parameters.ts';

export interface BringUpOptions {
  readonly env: string;
  /** Names of stacks and stages; none of them for every stack. @default - those of the last run, or every stack */
  readonly stacks?: readonly string[];
  /** Values of parameters of the templates, beside those of the last run. @default - none */
  readonly parameters?: readonly GivenParameter[];
  readonly port?: number;
  readonly foreground: boolean;
  /** Milliseconds since the epoch. */
  readonly clock?: number;
  readonly simulated: boolean;
  /** Path of a file of faults; a run without one has none, whatever the last had. */
  readonly faults?: string;
}

/** A platform that is up. */
export interface Up {
  readonly run: Run;
  readonly pid: number;
  /** Whether a person reads how to reach it: not of a process in the background, whose words go to a log that keeps no keys. */
  readonly isTold: boolean;
  /** Resolves when it has ended, where it runs in this process; at once where it runs in its own. */
  readonly ended: Promise<void>;
}

/**
 * Starts the platform of a project, in the background or here.
 *
 * @throws {@link CommandError} `StateInUse`, `StateUnfinished`, `OtherEnvironment`, `StartFailed`, `PortInUse`, `FileMissing`, `InvalidFaults`, and what synthesis throws
 */
export async function bringUp(project: Project, home: LocalHome, options: BringUpOptions, out: Out): Promise<Up> {
  const isChild = isAwaited() && options.foreground;
  try {
    refuseOthers(home, options.env);
    const plan = options.faults === undefined ? undefined : readFaults(options.faults); // before anything is waited for
    const assembly = home.assemblyOf(options.env);
    if (!isChild) await prepareAssembly(project, assembly, options.env, out);
    return options.foreground
      ? await bringUpHere(home, assembly, { ...options, plan }, out)
      : await bringUpBehind(project, home, options, out);
  } catch (error) {
    const refused = worded(error);
    if (isChild && refused instanceof Error && 'code' in refused && typeof refused.code === 'string')
      await report({ kind: 'refused', code: refused.code, message: refused.message.replace(`${refused.code}: `, '') });
    throw refused;
  }
}

/** One run at a time, on one environment's state. */
function refuseOthers(home: LocalHome, environment: string): void {
  refuseUnusable(home.state);
  const held = home.settings?.environment;
  if (held !== undefined && held !== environment && existsSync(home.state))
    throw new CommandError(
      'OtherEnvironment',
      `'--env' must be '${held}', whose state is kept, got '${environment}'; 'headwaters local reset' deletes it and begins anew`,
    );
}

async function bringUpBehind(project: Project, home: LocalHome, options: BringUpOptions, out: Out): Promise<Up> {
  await out.step(`Starting the local runtime on the templates of ${options.env}`);
  const args = ['local', 'start', '--foreground', '--env', options.env];
  if (options.stacks !== undefined) args.push(...(options.stacks.length > 0 ? options.stacks : ['--all']));
  for (const parameter of options.parameters ?? []) args.push('--parameters', parameterText(parameter));
  if (options.port !== undefined) args.push('--port', String(options.port));
  if (options.clock !== undefined) args.push('--clock', new Date(options.clock).toISOString());
  if (options.simulated) args.push('--simulated');
  if (options.faults !== undefined) args.push('--faults', options.faults);
  await launch(home, args, project.root);
  const { run } = home;
  if (run === undefined || !isAlive(run.process))
    throw new CommandError('StartFailed', `the platform must go on after its start; read '${home.log}'`);
  out.done(run.endpoint);
  return { run, pid: pidOf(run), isTold: true, ended: Promise.resolve() };
}

async function bringUpHere(
  home: LocalHome,
  assembly: string,
  options: BringUpOptions & { readonly plan: FaultPlan | undefined },
  out: Out,
): Promise<Up> {
  const { env: environment, stacks, parameters, port, clock, simulated, plan } = options;
  await out.step(`Starting the local runtime on the templates of ${environment}`);
  const write = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  const platform = await runPlatform(
    home,
    {
      environment,
      assembly,
      ...(stacks !== undefined && { stacks }),
      ...(parameters !== undefined && { parameters }),
      ...(port !== undefined && { port }),
      ...(clock !== undefined && { clock, follows: !simulated }),
      ...(simulated && { follows: false }),
      ...(plan !== undefined && { faults: plan }),
    },
    write,
  );
  out.done(platform.run.endpoint);
  const isChild = isAwaited();
  await report({ kind: 'ready' });
  const ended = async (): Promise<void> => {
    await platform.asked.catch((error: unknown) => {
      reportFault(error);
      process.exit(1); // what is in memory cannot be trusted any more: nothing is saved
    });
    await out.step('Saving the state');
    const { undelivered, lost, faults: came } = await platform.end();
    out.done(`${undelivered} records on their way, ${lost} lost`);
    if (came !== undefined) write(formatFaults(came));
  };
  return { run: platform.run, pid: process.pid, isTold: !isChild, ended: ended() };
}

/** What refuses a start, with what to do about it here. */
function worded(error: unknown): unknown {
  if (!(error instanceof StateError)) return error;
  if (error.code === 'StateInUse')
    return new CommandError(
      error.code,
      `one platform may run on a project, and process ${error.pid ?? 'of another start'} does; 'headwaters local status' tells how it is, and 'headwaters local stop' ends it`,
    );
  if (error.code === 'StateUnfinished')
    return new CommandError(
      error.code,
      "the last run was killed before it could save its state; 'headwaters local status' shows its last words, and 'headwaters local reset' begins anew",
    );
  return error;
}
