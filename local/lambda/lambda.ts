import { randomUUID } from 'node:crypto';
import type { SimulatedClock } from '../clock.ts';
import type { Measure } from '../cloudwatch/metric.ts';
import { ServiceError, type Caller, type CallingService, type Log } from '../service.ts';
import { checkDestination, type DestinationParts } from './destination.ts';
import { EventQueue } from './event-queue.ts';
import { EventReports } from './event-reports.ts';
import { DEFAULT_EVENTS, type EventSettings } from './event-settings.ts';
import { LOG_STREAM, logGroupOf, memoryOf } from './function-environment.ts';
import { FunctionLog } from './function-log.ts';
import type { FunctionSettings } from './function-settings.ts';
import { Functions } from './functions.ts';
import { chainLength, LONGEST_CHAIN, traceOf } from './lineage.ts';
import type { Outcome } from './function-thread.ts';
import { openThread, type ThreadParts } from './open-thread.ts';

export type { FunctionSession, FunctionSettings } from './function-settings.ts';

export interface LambdaParts extends Omit<DestinationParts, 'lambda'>, ThreadParts {
  readonly clock: SimulatedClock;
  readonly onLog: Log;
  /** Asks for a service that acts in its own name. @throws ServiceError AccessDeniedException */
  readonly checkService: (service: CallingService, action: string, resource: string) => void;
  readonly measure: Measure;
  /** Takes each line that a function writes to its log group. */
  readonly takeLine: (line: string) => void;
}

/** Bytes of an answer: 6 MB, and a little more, which the message of a refusal names. */
const LARGEST_ANSWER = 6_291_556;

/** Seconds. */
const DEFAULT_TIMEOUT = 3;

/** Lambda: the real bundles in threads of this process, each as its own role. */
export class Lambda {
  private readonly functions = new Functions();
  private readonly permissions = new Map<string, readonly object[]>();
  /** What functions get without anybody who waits. */
  readonly events: EventQueue;
  private readonly eventSettings = new Map<string, EventSettings>();
  private readonly reports: EventReports;

  constructor(private readonly parts: LambdaParts) {
    this.reports = new EventReports({
      ...parts,
      lambda: () => this,
      callerOf: (settings) => parts.session(settings.roleArn, settings).caller,
    });
    this.events = new EventQueue({
      ...parts,
      run: (arn, event, of) => this.run(arn, event, of),
      settingsOf: (arn) => this.settingsOf(arn),
      ended: async (arn, ended) => {
        const { settings } = this.functions.find(arn);
        const invoked = { settings, arn, version: this.versionOf(arn) };
        for (const metric of await this.reports.tell(invoked, ended, this.settingsOf(arn)))
          parts.measure('AWS/Lambda', { FunctionName: settings.name }, { [metric]: 1 });
      },
      measure: (arn, values) => {
        parts.measure('AWS/Lambda', { FunctionName: this.functions.find(arn).settings.name }, values);
      },
    });
  }

  /** @throws Error when the code holds no such handler file */
  createFunction(settings: FunctionSettings): void {
    const log = new FunctionLog(settings, this.parts);
    this.functions.add({ settings, log, ...(isNodejs(settings) && { thread: openThread(settings, log, this.parts) }) });
  }

  /** Makes `arn`, a version's or an alias's, stand for the function that `target` stands for. @throws ServiceError ResourceNotFoundException */
  qualify(arn: string, target: string): void {
    this.functions.qualify(arn, target);
  }

  /**
   * Sets what becomes of events for a function, a version or an alias.
   *
   * @throws ServiceError what its role may not tell, ResourceNotFoundException
   */
  configureEvents(arn: string, events: EventSettings): void {
    const { settings } = this.functions.find(arn);
    for (const destination of [events.onSuccess, events.onFailure]) {
      if (destination === undefined) continue;
      const { caller } = this.parts.session(settings.roleArn, settings);
      checkDestination(destination, caller, { ...this.parts, lambda: () => this });
    }
    this.eventSettings.set(arn, events);
  }

  private settingsOf(arn: string): EventSettings {
    return this.eventSettings.get(arn) ?? DEFAULT_EVENTS;
  }

  /** Which version of its function runs where an ARN is invoked. */
  versionOf(arn: string): string {
    return this.functions.versionOf(arn);
  }

  /** The ARN that a client means by a function's name, its ARN or either with a version or an alias. */
  arnOf(name: string, qualifier: string | undefined, { accountId }: Pick<Caller, 'accountId'>): string {
    const arn = name.startsWith('arn:') ? name : `arn:aws:lambda:${this.parts.region}:${accountId}:function:${name}`;
    return qualifier === undefined ? arn : `${arn}:${qualifier}`;
  }

  has(arn: string): boolean {
    return this.functions.has(arn);
  }

  /** The runtime of a function that is kept and does not run here; undefined for one that runs. @throws ServiceError ResourceNotFoundException */
  strangeRuntime(arn: string): string | undefined {
    const { settings } = this.functions.find(arn);
    return isNodejs(settings) ? undefined : settings.runtime;
  }

  /**
   * Invokes synchronously, as `caller`, by exactly the ARN given: the policy must name the alias if the caller does.
   *
   * @param event Of what JSON holds and nothing else
   * @throws ServiceError AccessDeniedException, RecursiveInvocationException, ResourceNotFoundException
   */
  async invoke(caller: Caller, arn: string, event: unknown): Promise<Outcome> {
    this.checkInvoke(caller, arn);
    const chain = chainLength();
    if (chain >= LONGEST_CHAIN) {
      this.parts.measure(
        'AWS/Lambda',
        { FunctionName: this.functions.find(arn).settings.name },
        { RecursiveInvocationsDropped: 1 },
      );
      throw new ServiceError(
        'RecursiveInvocationException',
        "Lambda has detected your function being invoked in a recursive loop with other AWS resources and stopped your function's invocation.",
      );
    }
    return this.run(arn, event, chain === 0 ? {} : { chain: chain + 1 });
  }

  /** Whether a caller could invoke a function that is there. @throws ServiceError AccessDeniedException, ResourceNotFoundException */
  checkInvoke(caller: Caller, arn: string): void {
    this.parts.access.check(caller, 'lambda:InvokeFunction', arn);
    this.functions.find(arn);
  }

  /**
   * Takes an event for a function, as `caller`, who does not wait for what becomes of it.
   *
   * @param event Of what JSON holds and nothing else
   * @throws ServiceError AccessDeniedException, ResourceNotFoundException, NotImplemented
   */
  enqueue(caller: Caller, arn: string, event: unknown): void {
    this.checkInvoke(caller, arn);
    this.functions.runnable(arn);
    this.events.take(arn, event);
  }

  /**
   * The same for a service that the function's own policy admits.
   *
   * @throws ServiceError AccessDeniedException, ResourceNotFoundException, NotImplemented
   */
  enqueueFor(service: CallingService, arn: string, event: unknown): void {
    this.parts.checkService(service, 'lambda:InvokeFunction', arn);
    this.functions.runnable(arn);
    this.events.take(arn, event);
  }

  /**
   * Invokes for an event source mapping, which asks no policy: what it needs is its function's role's leave to read.
   *
   * @param chain Events of one chain that invoked functions, this one among them. Default: the source tells of none.
   * @throws ServiceError ResourceNotFoundException
   */
  async invokeMapped(arn: string, event: unknown, requestId: string, chain?: number): Promise<Outcome> {
    return this.run(arn, event, { requestId, ...(chain !== undefined && { chain }) });
  }

  /** Seconds that a function may take. @throws ServiceError ResourceNotFoundException */
  timeoutOf(arn: string): number {
    return this.functions.find(arn).settings.timeout ?? DEFAULT_TIMEOUT;
  }

  /** The role of a function, whatever version or alias of it an ARN names. @throws ServiceError ResourceNotFoundException */
  roleOf(arn: string): string {
    return this.functions.find(arn).settings.roleArn;
  }

  /**
   * Adds a statement to the policy of a function, a version or an alias: a permission of one speaks for no other.
   *
   * @returns The whole policy
   * @throws ServiceError ResourceNotFoundException
   */
  addPermission(arn: string, statement: object): object {
    this.functions.find(arn);
    const statements = [...(this.permissions.get(arn) ?? []), statement];
    this.permissions.set(arn, statements);
    return { Version: '2012-10-17', Id: 'default', Statement: statements };
  }

  private async run(
    arn: string,
    event: unknown,
    { requestId = randomUUID(), chain }: { readonly requestId?: string; readonly chain?: number } = {},
  ): Promise<Outcome> {
    const { settings, thread, log } = this.functions.runnable(arn);
    const context = {
      awsRequestId: requestId,
      functionName: settings.name,
      functionVersion: this.versionOf(arn),
      invokedFunctionArn: arn,
      memoryLimitInMB: String(memoryOf(settings)),
      logGroupName: logGroupOf(settings),
      logStreamName: LOG_STREAM,
    };
    const began = performance.now();
    const timeout = this.timeoutOf(arn) * 1000;
    const outcome = await thread.run(event, context, { timeout, ...(chain !== undefined && { trace: traceOf(chain) }) });
    const result = withinSize(outcome);
    this.measure(settings, arn, { Duration: performance.now() - began, Errors: 'errorType' in result ? 1 : 0 });
    if ('errorType' in result) log.write('error', JSON.stringify({ ...result, trace: undefined }));
    return result;
  }

  /** @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
  private measure({ arn: own, name }: FunctionSettings, arn: string, values: Readonly<Record<string, number>>): void {
    const qualifier = arn.startsWith(`${own}:`) ? arn.slice(own.length) : '';
    const all = { Invocations: 1, Throttles: 0, ...values };
    this.parts.measure('AWS/Lambda', { FunctionName: name }, all);
    this.parts.measure('AWS/Lambda', { FunctionName: name, Resource: `${name}${qualifier}` }, all);
  }

  /** Begins no invocation any more, waits for those that run, then ends every thread. */
  async stop(): Promise<void> {
    this.events.stop();
    await Promise.all(this.functions.all().flatMap(({ thread }) => thread?.stop() ?? []));
  }

  /** Ends every thread at once, and what runs in it. */
  async kill(): Promise<void> {
    this.events.stop();
    await Promise.all(this.functions.all().flatMap(({ thread }) => thread?.kill() ?? []));
  }
}

const isNodejs = ({ runtime }: FunctionSettings): boolean => runtime.startsWith('nodejs');

function withinSize(outcome: Outcome): Outcome {
  if (!('answer' in outcome)) return outcome;
  if (Buffer.byteLength(outcome.answer) <= LARGEST_ANSWER) return outcome;
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${LARGEST_ANSWER} bytes).`;
  return { errorType: 'Function.ResponseSizeTooLarge', errorMessage };
}
