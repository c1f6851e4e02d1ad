import { Worker } from 'node:worker_threads';
import { isRecord } from '../input.ts';
import { ServiceError } from '../service.ts';
import { PROJECTS } from './projects.ts';
import { BOOTSTRAP } from './thread/index.ts';

/** What came of an invocation: an answer as JSON text, or why there is none. */
export type Outcome = { readonly answer: string } | Failure;

export interface Failure {
  readonly errorType: string;
  readonly errorMessage: string;
  /** The stack of what the handler threw, line by line; absent where the process ended without a word of its own. */
  readonly trace?: readonly string[];
}

/** Of one invocation, as the handler sees it. */
export interface InvocationContext {
  readonly awsRequestId: string;
}

export interface Invocation {
  /** Milliseconds on the wall clock. */
  readonly timeout: number;
  /** What `_X_AMZN_TRACE_ID` holds meanwhile. @default - nothing */
  readonly trace?: string;
}

/** The host that a custom resource's answers are for, and the address on this machine that takes them. */
export interface AnswersPlace {
  readonly host: string;
  readonly address: string;
}

export interface ThreadSettings {
  /** The file that holds the handler, and the name it exports it by. */
  readonly file: string;
  readonly exported: string;
  /** `nodejs24.x`. */
  readonly runtime: string;
  readonly layers: readonly string[];
  /** Where what it tells CloudFormation goes. */
  readonly answers: AnswersPlace;
  readonly environment: Readonly<Record<string, string>>;
  /** MiB of heap. */
  readonly memoryMb: number;
  readonly onLine: (text: string) => void;
}

/**
 * One function's thread: started by the first invocation, and anew by the next one after a timeout, a crash or a start that failed.
 * Invocations run one after another.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-invoke-with-errors
 */
export class FunctionThread {
  private worker: Worker | undefined;
  private tail: Promise<unknown> = Promise.resolve();
  private stopped = false;

  constructor(private readonly settings: () => ThreadSettings) {}

  /**
   * @param event Of what JSON holds and nothing else: it is copied to the thread as it is, which costs less than its text would
   */
  run(event: unknown, context: InvocationContext, how: Invocation): Promise<Outcome> {
    const outcome = this.tail.then(() => this.runNow(event, context, how));
    this.tail = outcome.catch(() => undefined);
    return outcome;
  }

  /** Waits for what runs; whatever is asked for later is refused. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.tail;
    await this.terminate();
  }

  /** Ends it at once, and what runs with it. */
  async kill(): Promise<void> {
    this.stopped = true;
    await this.terminate();
  }

  private async runNow(event: unknown, context: InvocationContext, { timeout, trace }: Invocation): Promise<Outcome> {
    if (this.stopped) return { errorType: 'ServiceException', errorMessage: 'the runtime is stopping' };
    const worker = this.started();
    if ('errorType' in worker) return worker;
    const ended = (errorType: string, how: string): Failure => ({
      errorType,
      errorMessage: `RequestId: ${context.awsRequestId} Error: ${how}`,
    });
    const outcome = await new Promise<Outcome & { readonly dead?: boolean }>((resolve) => {
      const timer = setTimeout(() => {
        finish({ ...ended('Sandbox.Timedout', `Task timed out after ${(timeout / 1000).toFixed(2)} seconds`), dead: true });
      }, timeout);
      const onMessage = (message: unknown) => {
        if (!isRecord(message)) return;
        if (typeof message.answer === 'string') finish({ answer: message.answer });
        if (isRecord(message.failure)) {
          finish({
            errorType: String(message.failure.errorType),
            errorMessage: String(message.failure.errorMessage),
            ...(Array.isArray(message.failure.trace) && { trace: message.failure.trace.map(String) }),
            dead: message.started === false,
          });
        }
      };
      let crash: Outcome | undefined;
      const onError = (error: Error) => {
        crash = { errorType: error.name, errorMessage: error.message }; // may overtake an answer given before; the exit does not
      };
      const onExit = (code: number) => {
        const how = code === 0 ? 'without providing a reason' : `with error: exit status ${code}`;
        finish({ ...(crash ?? ended('Runtime.ExitError', `Runtime exited ${how}`)), dead: true });
      };
      const finish = (result: Outcome & { readonly dead?: boolean }) => {
        clearTimeout(timer);
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        resolve(result);
      };
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      worker.postMessage({ event, context, trace, deadline: Date.now() + timeout });
    });
    if ('answer' in outcome) return outcome;
    const { dead, ...failure } = outcome;
    if (dead === true) await this.terminate();
    return failure;
  }

  /** The thread; or why none starts: what its role is refused, say. */
  private started(): Worker | Failure {
    try {
      return (this.worker ??= this.start());
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return { errorType: error.code, errorMessage: error.message };
    }
  }

  private start(): Worker {
    const { file, exported, runtime, layers, answers, environment, memoryMb, onLine } = this.settings();
    const worker = new Worker(BOOTSTRAP, {
      eval: true,
      env: { ...environment },
      execArgv: [], // no loader of the host's
      workerData: { file, exported, runtime, layers, answers, projects: PROJECTS },
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
      stdout: true,
      stderr: true,
    });
    worker.on('message', (message: unknown) => {
      if (isRecord(message) && typeof message.log === 'string') onLine(message.log);
    });
    for (const end of ['error', 'exit']) {
      worker.once(end, () => {
        if (this.worker === worker) this.worker = undefined; // it may end between two invocations
      });
    }
    worker.on('error', (error) => {
      onLine(JSON.stringify({ level: 'ERROR', errorType: error.name, errorMessage: error.message }));
    });
    for (const stream of [worker.stdout, worker.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        onLine(chunk.toString().trimEnd());
      });
    }
    return worker;
  }

  private async terminate(): Promise<void> {
    const worker = this.worker;
    this.worker = undefined;
    await worker?.terminate();
  }
}
