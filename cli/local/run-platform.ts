import { randomBytes } from 'node:crypto';
import type { GivenParameter } from '../../local/assembly/given-parameters.ts';
import { SimulatedClock } from '../../local/clock.ts';
import { controlService } from '../../local/control.ts';
import type { FaultCount } from '../../local/faults/faults.ts';
import { SeededFaults, type FaultPlan } from '../../local/faults/index.ts';
import { processMark } from '../../local/process-mark.ts';
import type { LogEvent } from '../../local/service.ts';
import { savedClock, start, type LocalRuntime } from '../../local/start.ts';
import { WallPace } from '../../local/wall-pace.ts';
import { CommandError } from '../command-error.ts';
import type { LocalHome, Run, Settings } from './home.ts';
import { mergeParameters } from './stack-parameters.ts';

/** How a run begins. */
export interface RunOptions {
  readonly environment: string;
  readonly assembly: string;
  /** Names of stacks and stages; none of them for every stack. @default - those of the last run, or every stack */
  readonly stacks?: readonly string[];
  /** Values of parameters of the templates, beside those of the last run. @default - none */
  readonly parameters?: readonly GivenParameter[];
  /** @default - the port of the last run, where it is free */
  readonly port?: number;
  /** Milliseconds since the epoch at which the clock begins. @default - where the last run left it, or now */
  readonly clock?: number;
  /** Whether time goes on by itself. @default - as in the last run, or true */
  readonly follows?: boolean;
  /** What is to go wrong. @default - nothing */
  readonly faults?: FaultPlan;
}

/** A platform that runs in this process. */
export interface RunningPlatform {
  readonly run: Run;
  /** Resolves once somebody has asked for the end: its control, or a signal. Rejects on a fault of what falls due. */
  readonly asked: Promise<void>;
  /** Ends it and saves its state. */
  end(): Promise<{ readonly undelivered: number; readonly lost: number; readonly faults?: readonly FaultCount[] }>;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** What is worth a line of the log: what the platform does all day is not. */
const isNotable = ({ level }: LogEvent): boolean => level !== 'info';

/**
 * Starts a platform in this process, and says in its home how to reach it.
 *
 * @param write Takes lines of the log
 * @throws StateError, AssemblyError; {@link CommandError} `PortInUse`
 */
export async function runPlatform(home: LocalHome, options: RunOptions, write: (line: string) => void): Promise<RunningPlatform> {
  const { environment, assembly } = options;
  const before = home.settings;
  const stacks = options.stacks ?? before?.stacks ?? [];
  const chosen = stacks.length > 0 && { stacks: [...stacks] };
  const parameters = mergeParameters(before?.parameters ?? [], options.parameters ?? []);
  const follows = options.follows ?? before?.follows ?? true;
  const clock = new SimulatedClock(options.clock ?? timeOf(home, follows));
  const operator = before?.operator ?? newOperator();
  const interruption = new AbortController();
  const interrupt = (): void => {
    interruption.abort();
  };
  for (const signal of SIGNALS) process.on(signal, interrupt);
  const ending = new Ending();
  const pace = { now: () => clock.now(), advance: (milliseconds: number) => clock.advance(milliseconds) };
  const faults = options.faults === undefined ? undefined : new SeededFaults(options.faults, clock.now());
  const advance = async (milliseconds: number): Promise<void> => {
    await pace.advance(milliseconds).catch((error: unknown) => {
      ending.fail(error);
      throw error;
    });
  };
  const open = (port: number): Promise<LocalRuntime> =>
    start({
      assembly,
      ...chosen,
      parameters,
      state: home.state,
      clock,
      operator,
      port,
      signal: interruption.signal,
      ...(faults !== undefined && { faults }),
      onLog: (event) => {
        if (isNotable(event)) write(`${new Date(event.time).toISOString()} ${event.level} ${event.logGroup} ${event.message}`);
      },
      control: (platform) =>
        controlService({
          platform,
          pace: {
            now: pace.now,
            advance: async (milliseconds) => {
              await advance(milliseconds);
              await clock.advance(0); // with what a fault has made it jump
            },
          },
          stop: () => {
            ending.ask();
          },
        }),
    });
  const runtime = await openOnPort(open, options.port, before?.port ?? 0).finally(() => {
    for (const signal of SIGNALS) process.off(signal, interrupt);
  });
  ending.listen();
  const following = follows ? new WallPace(clock, { onFault: ending.fail }) : undefined;
  if (following !== undefined) pace.advance = (milliseconds) => following.advance(milliseconds);
  faults?.scheduleSteps(clock, (milliseconds) => {
    advance(milliseconds).catch(() => undefined); // a fault of what falls due ends the run
  });
  const { endpoint, region, accountId } = runtime;
  const run = { process: processMark(process.pid), endpoint, region, accountId, environment, ...chosen, follows, operator };
  const kept = parameters.length > 0 && { parameters: parameters.map(({ isKept: _, ...parameter }) => parameter) };
  home.writeSettings({
    environment,
    ...chosen,
    ...kept,
    follows,
    port: Number(new URL(endpoint).port),
    operator,
  } satisfies Settings);
  home.writeRun(run);
  for (const { type, count, reason } of runtime.recordedOnly) write(`recorded, not run: ${count} of ${type}: ${reason}`);
  return {
    run,
    asked: ending.asked,
    end: async () => {
      await following?.stop();
      await clock.advance(0); // a move that somebody has asked for ends first
      const rest = await runtime.stop();
      home.forgetRun();
      ending.close();
      return { ...rest, ...(faults !== undefined && { faults: faults.counts() }) };
    },
  };
}

/** The end of a run, asked for over the endpoint or by a signal. */
class Ending {
  readonly asked: Promise<void>;
  private settle: { readonly resolve: () => void; readonly reject: (reason: unknown) => void } | undefined;

  constructor() {
    this.asked = new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
    });
  }

  listen(): void {
    for (const signal of SIGNALS) process.on(signal, this.ask);
  }

  readonly ask = (): void => {
    setImmediate(() => this.settle?.resolve()); // who asked over the endpoint is answered first
  };

  readonly fail = (error: unknown): void => {
    this.settle?.reject(error);
  };

  close(): void {
    for (const signal of SIGNALS) process.off(signal, this.ask);
  }
}

/** Where the clock begins: time passed for a platform that follows the wall clock, also while it was stopped. */
function timeOf(home: LocalHome, follows: boolean): number {
  const saved = savedClock(home.state);
  if (saved === undefined) return Date.now();
  return follows ? Math.max(saved.time, Date.now() + saved.offset) : saved.time;
}

/** A port that was asked for is the one, or none is; the last run's is taken where it is free, so that what was exported stays right. */
async function openOnPort(
  open: (port: number) => Promise<LocalRuntime>,
  asked: number | undefined,
  last: number,
): Promise<LocalRuntime> {
  try {
    return await open(asked ?? last);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'EADDRINUSE') throw error;
    if (asked !== undefined)
      throw new CommandError('PortInUse', `'--port' must be free, got ${asked}; take another, or leave it out for any free one`);
    return open(0);
  }
}

/** Keys as AWS's look; they open nothing but the port of this machine. */
const newOperator = (): Settings['operator'] => ({
  accessKeyId: `AKIA${randomBytes(10).toString('hex').slice(0, 16).toUpperCase()}`,
  secretAccessKey: randomBytes(30).toString('base64'),
});
