import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DuckDBInstance } from '@duckdb/node-api';
import { deploy, type Deployed } from './assembly/deploy.ts';
import { chooseStacks, placeOf } from './assembly/choose-stacks.ts';
import { readAssembly } from './assembly/read-assembly.ts';
import type { Services } from './assembly/resource-type.ts';
import { Athena } from './athena/index.ts';
import type { RequestContext } from '../core/aws/iam/index.ts';
import { CloudWatch } from './cloudwatch/cloudwatch.ts';
import type { SimulatedClock } from './clock.ts';
import { CustomResources } from './cloudformation/custom-resources.ts';
import { Inbox, INBOX_PATH } from './cloudformation/inbox.ts';
import { Endpoint, Gate, Port } from './endpoint/index.ts';
import type { CountedFaults } from './faults/faults.ts';
import { EventBus } from './eventbridge/event-bus.ts';
import { invokeTarget } from './eventbridge/invoke-target.ts';
import { LivePlatform, type Platform } from './live-platform.ts';
import { Firehose } from './firehose/firehose.ts';
import { GlueCatalog } from './glue/catalog.ts';
import { Iam, Sessions, Sts, type Credentials, type OnAccess } from './iam/index.ts';
import { Kinesis } from './kinesis/kinesis.ts';
import { Kms } from './kms/index.ts';
import { EventSourceMappings } from './lambda/event-source/index.ts';
import { Lambda, type CallingService } from './lambda/lambda.ts';
import { ParquetConverter } from './parquet/convert.ts';
import { openDuckdb } from './parquet/engine.ts';
import { S3 } from './s3/index.ts';
import { Secrets } from './secrets/secrets.ts';
import type { JsonService, Log } from './service.ts';
import { Topics } from './sns/topics.ts';
import {
  callFunction,
  invokeFunction,
  listObjectsV2,
  mapStorage,
  publish,
  restoreObject,
  StateMachines,
} from './step-functions/index.ts';
import { savedTime, StateError, StateFolder } from './state-folder.ts';

export type { AlarmStatus, DeliveryProgress, Platform } from './live-platform.ts';
export { refuseUnusable, removeState, savedClock, savedTime, StateError } from './state-folder.ts';

export interface StartOptions {
  /** The cloud assembly: `cdk.out`. */
  readonly assembly: string;
  /** Folder of what outlives a run; made if it is missing. */
  readonly state: string;
  /** The time that resources see. Not behind {@link savedTime} of the state. */
  readonly clock: SimulatedClock;
  /** Names of stacks, or of stages: they run with those that they depend on, and no other does. @default - every stack */
  readonly stacks?: readonly string[];
  /** @default - that of most stacks, or '123456789012' */
  readonly account?: string;
  /** @default - that of most stacks, or 'us-east-1' */
  readonly region?: string;
  /** Takes what resources write to their log groups. @default - nothing is kept */
  readonly onLog?: Log;
  /** Hears of each request that policies decided. @default - nobody is told */
  readonly onAccess?: OnAccess | undefined;
  /** Looks at an existing state without changing it. @default false */
  readonly ephemeral?: boolean;
  /** Port of the endpoint on the loopback. @default - any free port */
  readonly port?: number;
  /** The operator's credentials, where clients outside know them from an earlier run. @default - new ones */
  readonly operator?: Pick<Credentials, 'accessKeyId' | 'secretAccessKey'>;
  /** What goes wrong on purpose; whoever moves the clock lets it jump. @default - nothing */
  readonly faults?: CountedFaults;
  /** A further service of the endpoint, which knows the platform as no service of AWS does. @default - none */
  readonly control?: (platform: Platform) => JsonService;
}

const DEFAULT_REGION = 'us-east-1';

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
 * @throws StateError `StateInUse`, `StateUnfinished`, `ClockBehindState`
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
  const stacks = options.stacks === undefined ? all : chooseStacks(all, options.stacks);
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
    const services = openServices(place, { state, scratch, duckdb, endpoint: port.url, inbox });
    undo.unshift(async () => {
      await services.lambda.stop();
      await services.athena.idle();
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
      secrets,
      kms,
      states,
      cloudwatch,
      customResources,
    } = services;
    glue.restore(state.catalog); // before the templates: they go on from what they declared last
    athena.restore(state.queries);
    states.restore(state.executions);
    customResources.restore(state.resources);
    const platform = new LivePlatform(services, options.faults);
    const gate = new Gate();
    const aws = [kinesis, firehose, glue, athena, secrets, kms, states, cloudwatch];
    const json = aws.map(({ service }) => service);
    const sts = new Sts(sessions);
    const endpoint = new Endpoint({
      services: options.control === undefined ? json : [...json, options.control(platform)],
      sts,
      s3,
      lambda,
      mappings: services.mappings,
      sessions,
      inbox,
      admit: (caller, service) => gate.admit(caller, service),
    });
    endpoint.serve(port); // to functions alone, which a deployment may call
    const { outputs, recordedOnly } = await deploy(stacks, services);
    platform.outputs = outputs;
    kinesis.restore();
    firehose.restore(state.deliveries);
    services.mappings.restore(state.mappings);
    cloudwatch.restore(state.metrics);
    services.events.restore(state.events);
    lambda.events.restore(state.invocations, (arn) => lambda.has(arn) && lambda.strangeRuntime(arn) === undefined);
    gate.open();
    const stop = async (): Promise<{ undelivered: number; lost: number }> => {
      services.events.stop();
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
        services.mappings.save(state.mappings);
        glue.save(state.catalog);
        athena.save(state.queries);
        states.save(state.executions);
        customResources.save(state.resources);
        cloudwatch.save(state.metrics);
        services.events.save(state.events);
        lambda.events.save(state.invocations);
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
      operations: Object.fromEntries([...json, sts].map(({ name, operations }) => [name, Object.keys(operations)])),
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
    for (const step of undo) await step();
    throw error;
  }
}

/** What services are built on. */
interface Means {
  readonly state: StateFolder;
  readonly scratch: string;
  readonly duckdb: DuckDBInstance;
  readonly endpoint: string;
  readonly inbox: Inbox;
}

function openServices(
  {
    clock,
    account: accountId = '123456789012',
    region = DEFAULT_REGION,
    onLog = () => undefined,
    onAccess,
    ephemeral = false,
    operator,
    faults,
  }: StartOptions,
  { state, scratch, duckdb, endpoint, inbox }: Means,
): Services {
  const iam = new Iam({ accountId, region, now: () => clock.now(), onAccess });
  const kms = new Kms({ clock, iam, region, accountId, ...(faults !== undefined && { faults }) }, state.keys);
  const sessions = new Sessions({ iam, ...(operator !== undefined && { operator }) });
  const topics = new Topics({
    region,
    now: () => clock.now(),
    check: (publisher, action, resource, context) => {
      if ('service' in publisher) checkService(iam, publisher, action, resource, context);
      else iam.check(publisher, action, resource, context);
    },
    onLog,
    give: (sourceArn, functionArn, event) => {
      lambda.enqueueFor({ service: 'sns.amazonaws.com', sourceArn, accountId }, functionArn, event);
    },
  });
  const cloudwatch = new CloudWatch({ clock, access: iam, accountId, region, topics, onLog });
  const { measure } = cloudwatch.metrics;
  const common = { clock, access: iam, region, accountId, onLog, measure, ...(faults !== undefined && { faults }) };
  const events = new EventBus({
    clock,
    accountId,
    region,
    measure,
    onLog,
    invoke: invokeTarget({
      accountId,
      access: iam,
      topics,
      lambda: () => lambda,
      states: () => states,
      assume: (roleArn, ruleArn) =>
        sessions.sessionFor({
          roleArn,
          service: 'events.amazonaws.com',
          context: { 'aws:SourceAccount': accountId, 'aws:SourceArn': ruleArn },
        }),
    }),
  });
  const s3 = new S3({
    root: state.objects,
    access: iam,
    keys: kms,
    clock,
    ephemeral,
    faults,
    onEvent: (event) => {
      events.put(event);
    },
  });
  const kinesis = new Kinesis({
    ...common,
    folder: state.streams,
    ...(ephemeral && { scratch: path.join(scratch, 'streams') }),
  });
  const glue = new GlueCatalog({ clock, access: iam, account: accountId, region, objects: s3 });
  const secrets = new Secrets(common, state.secrets);
  const lambda = new Lambda({
    ...common,
    checkService: (service, action, resource) => {
      checkService(iam, service, action, resource);
    },
    takeLine: (line) => {
      cloudwatch.takeLine(line);
    },
    topics,
    objects: s3,
    endpoint,
    answers: { host: inbox.host, address: `${endpoint}${INBOX_PATH}` },
    session: (roleArn, { arn, name }) => {
      const context = { 'aws:SourceAccount': accountId, 'aws:SourceArn': arn };
      return sessions.credentialsFor(
        sessions.sessionFor({ roleArn, service: 'lambda.amazonaws.com', context, sessionName: name }),
      );
    },
  });
  const mappings = new EventSourceMappings({
    ...common,
    kinesis,
    lambda,
    topics,
    objects: s3,
    assume: (roleArn, functionArn) => {
      const context = { 'aws:SourceAccount': accountId, 'aws:SourceArn': functionArn };
      return sessions.sessionFor({ roleArn, service: 'lambda.amazonaws.com', context, sessionName: 'awslambda' });
    },
  });
  const converter = new ParquetConverter(duckdb, scratch);
  const firehose = new Firehose({
    ...common,
    keys: kms,
    objects: s3,
    kinesis,
    invoke: (caller, arn, event) => lambda.invoke(caller, arn, event),
    catalog: glue,
    convert: (input) => converter.convert(input),
    assume: (roleArn, deliveryStreamArn) =>
      sessions.sessionFor({
        roleArn,
        service: 'firehose.amazonaws.com',
        context: { 'aws:SourceAccount': accountId, 'aws:SourceArn': deliveryStreamArn },
      }),
  });
  const athena = new Athena({ clock, catalog: glue, store: s3, access: iam, account: accountId, region, scratch, duckdb });
  const states = new StateMachines({
    ...common,
    assume: (roleArn, stateMachineArn) =>
      sessions.sessionFor({
        roleArn,
        service: 'states.amazonaws.com',
        context: { 'aws:SourceAccount': accountId, 'aws:SourceArn': stateMachineArn },
      }),
    tasks: {
      lambda: callFunction(lambda),
      'lambda:invoke': invokeFunction(lambda),
      'sns:publish': publish(topics),
      'aws-sdk:s3:listObjectsV2': listObjectsV2(s3),
      'aws-sdk:s3:restoreObject': restoreObject(s3),
    },
    mapStorage: mapStorage(s3),
  });
  const customResources = new CustomResources({
    clock,
    inbox,
    onLog,
    invoke: (arn, event) => lambda.invoke(sessions.operator.caller, arn, event),
  });
  return {
    accountId,
    region,
    clock,
    iam,
    sessions,
    s3,
    kinesis,
    firehose,
    lambda,
    mappings,
    glue,
    athena,
    secrets,
    kms,
    states,
    topics,
    cloudwatch,
    events,
    customResources,
    scratch,
  };
}

/** Asks as a service that acts in its own name, for one of its resources. @throws ServiceError AccessDeniedException */
function checkService(
  iam: Iam,
  { service, sourceArn, accountId }: CallingService,
  action: string,
  resource: string,
  context: RequestContext = {},
): void {
  const source = { 'aws:SourceAccount': accountId, 'aws:SourceArn': sourceArn, 'aws:SourceOwner': accountId };
  iam.checkService(service, action, resource, { ...source, ...context });
}
