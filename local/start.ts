import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deploy, type Deployed } from './assembly/deploy.ts';
import { giveParameters, type GivenParameter } from './assembly/given-parameters.ts';
import { chooseStacks, placeOf } from './assembly/choose-stacks.ts';
import { readAssembly } from './assembly/read-assembly.ts';
import { Inbox } from './cloudformation/inbox.ts';
import { Endpoint, Gate, Port } from './endpoint/index.ts';
import { jsonServices } from './json-services.ts';
import { LivePlatform, type Platform } from './live-platform.ts';
import { Sts } from './iam/index.ts';
import { openDuckdb } from './parquet/engine.ts';
import { SchedulerService } from './scheduler/index.ts';
import type { JsonService } from './service.ts';
import { reportFault } from './report-fault.ts';
import { savedTime, StateError, StateFolder } from './state-folder.ts';
import { DEFAULT_REGION, openServices, type ServiceOptions } from './open-services.ts';
import { takeUp } from './take-up.ts';

export type { AlarmStatus, DeliveryProgress, Platform } from './live-platform.ts';
export { refuseUnusable, removeState, savedClock, savedTime, StateError } from './state-folder.ts';

export interface StartOptions extends ServiceOptions {
  /** The cloud assembly: `cdk.out`. */
  readonly assembly: string;
  /** Folder of what outlives a run; made if it is missing. */
  readonly state: string;
  /** Names of stacks, or of stages: they run with those that they depend on, and no other does. @default - every stack */
  readonly stacks?: readonly string[];
  /** Values of their parameters. @default - the templates' own defaults */
  readonly parameters?: readonly GivenParameter[];
  /** Port of the endpoint on the loopback. @default - any free port */
  readonly port?: number;
  /** Breaks a start off that is under way, and leaves the state as it was. @default - nothing does */
  readonly signal?: AbortSignal;
  /** A further service of the endpoint, which knows the platform as no service of AWS does. @default - none */
  readonly control?: (platform: Platform) => JsonService;
}

/** A running platform. */
export interface LocalRuntime extends Platform {
  /** `http://127.0.0.1:<port>`: what clients take as AWS_ENDPOINT_URL. */
  readonly endpoint: string;
  readonly region: string;
  readonly accountId: string;
  /** Credentials of one who may do anything, and is nobody's role. */
  readonly operator: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Resource types that were recorded and not built, with the reason. */
  readonly recordedOnly: Deployed['recordedOnly'];
  /** Operations that the endpoint serves over JSON and forms, by the service's name in signatures. */
  readonly operations: Readonly<Record<string, readonly string[]>>;
  /** Ends the run and saves the state. Nothing is drained: what is `undelivered` here is on its way again when the next run begins. */
  stop(): Promise<{ readonly undelivered: number; readonly lost: number }>;
}

/**
 * Builds the platform of an assembly and opens its endpoint.
 *
 * @throws StateError `StateInUse`, `StateUnfinished`, `StateUnreadable`, `ClockBehindState`, `StartInterrupted`
 * @throws AssemblyError for what the runtime does not know, and for what AWS would refuse
 */
export async function start(options: StartOptions): Promise<LocalRuntime> {
  const { assembly, state: folder, clock, ephemeral = false } = options;
  const saved = savedTime(folder);
  if (saved !== undefined && clock.now() < saved) {
    throw new StateError(
      'ClockBehindState',
      `the clock must not be behind the state's ${new Date(saved).toISOString()}, got ${new Date(clock.now()).toISOString()}; begin it there or later, or on a new state`,
    );
  }
  const all = readAssembly(assembly);
  const isWhole = options.stacks === undefined;
  const stacks = options.stacks === undefined ? all : chooseStacks(all, options.stacks);
  const given = giveParameters(stacks, options.parameters ?? []);
  const state = StateFolder.open(folder, ephemeral);
  const undo: (() => Promise<void> | void)[] = [
    () => {
      state.abandon();
    },
  ];
  try {
    const scratch = mkdtempSync(path.join(tmpdir(), 'headwaters-'));
    undo.unshift(() => {
      rmSync(scratch, { recursive: true, force: true });
    });
    const duckdb = await openDuckdb(scratch);
    undo.unshift(() => {
      duckdb.closeSync();
    });
    const port = await Port.open(options.port); // before anything waits on the clock: who finds it taken may start again on another
    undo.unshift(() => port.close());
    const place = { ...placeOf(stacks), ...options };
    const inbox = new Inbox(place.region ?? DEFAULT_REGION);
    const services = openServices(place, { state, isWhole, scratch, duckdb, endpoint: port.url, inbox });
    undo.unshift(async () => {
      await services.lambda.kill();
      await services.athena.idle();
      services.s3.close();
    });
    const {
      accountId,
      region,
      sessions,
      s3,
      kinesis,
      firehose,
      lambda,
      glue,
      athena,
      ssm,
      states,
      cloudwatch,
      queues,
      tables,
      customResources,
    } = services;
    glue.restore(state.catalog); // before the templates: they go on from what they declared last
    ssm.store.restore(state.parameters);
    services.scheduler.restore(state.schedules);
    athena.restore(state.queries);
    states.restore(state.executions);
    customResources.restore(state.resources);
    const platform = new LivePlatform(services, options.faults);
    const gate = new Gate();
    const json = jsonServices(services);
    const sts = new Sts(sessions);
    const forms = [services.topics.service, queues.forms];
    const endpoint = new Endpoint({
      services: options.control === undefined ? json : [...json, options.control(platform)],
      sts,
      forms,
      s3,
      lambda,
      mappings: services.mappings,
      scheduler: new SchedulerService(services.scheduler, services.iam),
      sessions,
      inbox,
      admit: (caller) => gate.admit(caller),
    });
    endpoint.serve(port); // to functions alone, which a deployment may call
    const { outputs, recordedOnly } = await unlessAborted(deploy(given, services), options.signal);
    platform.outputs = outputs;
    takeUp(services, state, isWhole);
    s3.opened();
    state.begin();
    gate.open();
    const stop = async (): Promise<{ undelivered: number; lost: number }> => {
      services.events.stop();
      queues.halt();
      services.scheduler.stop();
      await Promise.all([firehose.halt(), services.mappings.halt()]); // before the functions: batches under way invoke them
      await lambda.stop(); // before the port: what still runs may have a call under way
      await athena.idle();
      await port.close();
      const rest = { undelivered: platform.undelivered(), lost: platform.lost() };
      const time = clock.now();
      state.close({ time, offset: time - Date.now() }, () => {
        s3.save();
        kinesis.save();
        firehose.save(state.deliveries);
        services.topics.save(state.topics, isWhole);
        queues.save(state.queues, isWhole);
        tables.save(isWhole);
        services.mappings.save(state.mappings, isWhole);
        glue.save(state.catalog);
        ssm.store.save(state.parameters);
        athena.save(state.queries);
        states.save(state.executions);
        customResources.save(state.resources);
        cloudwatch.save(state.metrics, isWhole);
        services.events.save(state.events, isWhole);
        services.scheduler.save(state.schedules, isWhole);
        lambda.events.save(state.invocations, isWhole);
      });
      s3.close();
      duckdb.closeSync();
      rmSync(scratch, { recursive: true, force: true });
      return rest;
    };
    let stopped: ReturnType<typeof stop> | undefined;
    const { accessKeyId, secretAccessKey } = sessions.operator.credentials;
    return {
      endpoint: port.url,
      region,
      accountId,
      operator: { accessKeyId, secretAccessKey },
      outputs,
      recordedOnly,
      operations: Object.fromEntries([...json, sts, ...forms].map(({ name, operations }) => [name, Object.keys(operations)])),
      undelivered: () => platform.undelivered(),
      delivered: () => platform.delivered(),
      lost: () => platform.lost(),
      ...(platform.faults !== undefined && { faults: platform.faults }),
      deliveries: () => platform.deliveries(),
      alarms: () => platform.alarms(),
      alarmed: () => platform.alarmed(),
      objects: () => platform.objects(),
      inventory: () => platform.inventory(),
      rolesThatMay: (action, resource, context) => platform.rolesThatMay(action, resource, context),
      stop: () => (stopped ??= stop()),
    };
  } catch (error) {
    for (const step of undo) {
      try {
        await step();
      } catch (fault) {
        reportFault(fault); // the next step is taken all the same
      }
    }
    throw error;
  }
}

/** @throws StateError `StartInterrupted` */
async function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) return work;
  const interrupted = (): StateError => new StateError('StartInterrupted', 'the start was interrupted; the state is as it was');
  const aborted = new Promise<never>((_resolve, reject) => {
    if (signal.aborted) reject(interrupted());
    signal.addEventListener('abort', () => {
      reject(interrupted());
    });
  });
  return Promise.race([aborted, work]);
}
