import path from 'node:path';
import type { DuckDBInstance } from '@duckdb/node-api';
import type { Services } from './assembly/resource-type.ts';
import { bucketNotifications } from './assembly/types/bucket-notifications.ts';
import { Athena } from './athena/index.ts';
import { callers } from './callers.ts';
import { CloudWatch } from './cloudwatch/cloudwatch.ts';
import type { SimulatedClock } from './clock.ts';
import { CustomResources } from './cloudformation/custom-resources.ts';
import { INBOX_PATH, type Inbox } from './cloudformation/inbox.ts';
import { DynamoDb } from './dynamodb/index.ts';
import type { CountedFaults } from './faults/faults.ts';
import { EventBus } from './eventbridge/event-bus.ts';
import { bury, invokeTarget } from './eventbridge/invoke-target.ts';
import { relayTo } from './eventbridge/operations.ts';
import { Firehose } from './firehose/firehose.ts';
import { GlueCatalog } from './glue/catalog.ts';
import { Iam, Sessions, withServices, type Credentials, type OnAccess } from './iam/index.ts';
import { jsonServices } from './json-services.ts';
import { Kinesis } from './kinesis/kinesis.ts';
import { Kms } from './kms/index.ts';
import { EventSourceMappings } from './lambda/event-source/index.ts';
import { Lambda } from './lambda/lambda.ts';
import { ParquetConverter } from './parquet/convert.ts';
import { notifyDestinations, S3 } from './s3/index.ts';
import { openScheduler, universal } from './scheduler/index.ts';
import { Secrets } from './secrets/secrets.ts';
import type { Log } from './service.ts';
import { deliveries } from './sns/deliveries.ts';
import { Topics } from './sns/topics.ts';
import { Queues } from './sqs/index.ts';
import { mapStorage, ownIntegrations, StateMachines } from './step-functions/index.ts';
import { Ssm } from './ssm/index.ts';
import type { StateFolder } from './state-folder.ts';
import { takeUp } from './take-up.ts';

/** What services are made with. */
export interface ServiceOptions {
  /** The time that resources see. */
  readonly clock: SimulatedClock;
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
  /** The operator's credentials, where clients outside know them from an earlier run. @default - new ones */
  readonly operator?: Pick<Credentials, 'accessKeyId' | 'secretAccessKey'>;
  /** What goes wrong on purpose; whoever moves the clock lets it jump. @default - nothing */
  readonly faults?: CountedFaults;
}

export const DEFAULT_REGION = 'us-east-1';

/** What SQS says of a policy that it does not take. */
const BAD_POLICY = 'Invalid value for the parameter Policy.';

/** What services are built on. */
export interface Means {
  readonly state: StateFolder;
  /** Whether every stack is there. */
  readonly isWhole: boolean;
  readonly scratch: string;
  readonly duckdb: DuckDBInstance;
  readonly endpoint: string;
  readonly inbox: Inbox;
}

/** Makes every service, before anything is deployed. */
export function openServices(
  {
    clock,
    account: accountId = '123456789012',
    region = DEFAULT_REGION,
    onLog = () => undefined,
    onAccess,
    ephemeral = false,
    operator,
    faults,
  }: ServiceOptions,
  { state, isWhole, scratch, duckdb, endpoint, inbox }: Means,
): Services {
  const iam = new Iam({ accountId, region, now: () => clock.now(), onAccess });
  const kms = new Kms({ clock, iam, region, accountId, ...(faults !== undefined && { faults }) }, state.keys);
  const sessions = new Sessions({ iam, ...(operator !== undefined && { operator }) });
  const { check, roleFor } = callers(iam, sessions);
  const topics = new Topics({
    region,
    accountId,
    now: () => clock.now(),
    check,
    onLog,
    deliver: deliveries({ accountId, region, queues: () => queues, lambda: () => lambda }),
  });
  const cloudwatch = new CloudWatch({ clock, access: iam, accountId, region, topics, onLog });
  const { measure } = cloudwatch.metrics;
  const common = { clock, access: iam, region, accountId, onLog, measure, ...(faults !== undefined && { faults }) };
  const queues: Queues = new Queues({
    clock,
    accountId,
    region,
    endpoint,
    check,
    keys: kms,
    measure,
    setPolicy: (arn, document) => {
      if (document === undefined) iam.removeResourcePolicy(arn);
      else
        iam.addResourcePolicy({
          arn,
          document: withServices(document),
          code: 'InvalidAttributeValue',
          invalidPrincipal: BAD_POLICY,
        });
    },
  });
  const tables = new DynamoDb({
    clock,
    access: iam,
    keys: kms,
    accountId,
    region,
    measure,
    folder: state.tables,
    setPolicy: (arn, document) => {
      if (document === undefined) iam.removeResourcePolicy(arn);
      else iam.addResourcePolicy({ arn, document, code: 'ValidationException' });
    },
  });
  const events: EventBus = new EventBus({
    clock,
    access: iam,
    accountId,
    region,
    measure,
    onLog,
    invoke: invokeTarget({
      accountId,
      access: iam,
      topics,
      queues,
      lambda: () => lambda,
      states: () => states,
      kinesis: () => kinesis.service,
      firehose: () => firehose.service,
      relay: (caller, busArn, event) => {
        relayTo({ access: iam, buses: events.buses, bus: events })(caller, busArn, event);
      },
      assume: roleFor('events.amazonaws.com'),
    }),
    bury: bury({ accountId, queues }),
  });
  const s3: S3 = new S3({
    root: state.objects,
    access: iam,
    keys: kms,
    clock,
    ephemeral,
    faults,
    onEvent: (event) => {
      events.put(event);
    },
    destinations: notifyDestinations({
      accountId,
      topics,
      queues,
      lambda: () => lambda,
      check,
      now: () => clock.now(),
      onLog,
      ephemeral,
    }),
  });
  const kinesis: Kinesis = new Kinesis({
    ...common,
    folder: state.streams,
    ...(ephemeral && { scratch: path.join(scratch, 'streams') }),
  });
  const glue = new GlueCatalog({ clock, access: iam, account: accountId, region, objects: s3 });
  const secrets = new Secrets(common, state.secrets);
  const ssm = new Ssm({
    ...common,
    keys: kms,
    onEvent: (event) => {
      events.put(event);
    },
  });
  const lambda: Lambda = new Lambda({
    ...common,
    checkService: check,
    takeLine: (line) => {
      cloudwatch.takeLine(line);
    },
    topics,
    queues,
    objects: s3,
    endpoint,
    answers: { host: inbox.host, address: `${endpoint}${INBOX_PATH}` },
    session: (roleArn, { arn, name }) => sessions.credentialsFor(roleFor('lambda.amazonaws.com', name)(roleArn, arn)),
  });
  const mappings = new EventSourceMappings({
    ...common,
    kinesis,
    queues,
    lambda,
    topics,
    objects: s3,
    assume: roleFor('lambda.amazonaws.com', 'awslambda'),
  });
  const converter = new ParquetConverter(duckdb, scratch);
  const firehose: Firehose = new Firehose({
    ...common,
    keys: kms,
    objects: s3,
    kinesis,
    invoke: (caller, arn, event) => lambda.invoke(caller, arn, event),
    catalog: glue,
    convert: (input) => converter.convert(input),
    assume: roleFor('firehose.amazonaws.com'),
  });
  const athena = new Athena({ clock, catalog: glue, store: s3, access: iam, account: accountId, region, scratch, duckdb });
  const states: StateMachines = new StateMachines({
    ...common,
    assume: roleFor('states.amazonaws.com'),
    tasks: ownIntegrations({ athena, events, lambda, s3, topics, queues, tables, states: () => states }),
    services: () => overJson(),
    mapStorage: mapStorage(s3),
    settled: () => athena.idle(),
  });
  const overJson = () =>
    jsonServices({ kinesis, firehose, glue, athena, secrets, kms, states, cloudwatch, queues, events, ssm, tables });
  const scheduler = openScheduler({
    ...common,
    universal: universal({ services: overJson, lambda: () => lambda, topics }),
    assume: roleFor('scheduler.amazonaws.com'),
    topics,
    queues,
    events,
    lambda: () => lambda,
    states: () => states,
    kinesis: () => kinesis.service,
    firehose: () => firehose.service,
  });
  const services = {
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
    ssm,
    kms,
    states,
    topics,
    queues,
    tables,
    cloudwatch,
    events,
    scheduler,
    scratch,
  };
  const customResources = new CustomResources({
    clock,
    inbox,
    onLog,
    ephemeral,
    ready: () => {
      takeUp(services, state, isWhole);
    },
    underWay: () => states.isBusy || !lambda.events.isEmpty,
    invoke: (arn, event) => lambda.invoke(sessions.operator.caller, arn, event),
    own: bucketNotifications({ accountId, s3, lambda, sessions }),
  });
  return { ...services, customResources };
}
