import { rolePath, type Actor } from '../../../core/naming.ts';
import { BEGIN, type ListAnswer, type ReplayAnswer } from '../../../core/replay/operations.ts';
import { COLD_CLASSES } from '../../../core/restore/find-classes.ts';
import { SimulatedClock } from '../../../local/clock.ts';
import { FakeArchive } from '../../../test/support/asl/fake-archive.ts';
import { runStateMachine, type TaskHandler } from '../../../test/support/asl/run-state-machine.ts';
import type { Access } from '../scenarios/recorder.ts';
import type { Request } from '../statements/account.ts';
import { PLACE } from '../statements/place.ts';
import type { StandingResource } from '../statements/read-resources.ts';
import { arnOf, declared, keyArnOf, member, ofType, onBehalfOf, sessionOf, textAt, type Standing } from './declared.ts';

/** An execution that goes through the tasks of a state machine. */
interface Execution {
  /** The actor whose role the state machine has. */
  readonly actor: Actor;
  readonly scenario: string;
  readonly input: unknown;
  /** What the tasks meet. */
  readonly tasks: (clock: SimulatedClock) => TaskHandler;
}

const DAY = '2026-01-01';

/** A further state machine is gone through once its execution is added here. */
const EXECUTIONS: readonly Execution[] = [
  {
    actor: 'restore',
    scenario: 'a restore looks for cold days, asks for them and tells when they are there',
    input: { domain: 'any', dataset: 'any', from: DAY, to: DAY, maxUsd: 1 }, // without a limit it only says the price
    tasks: (clock) => {
      const archived = [
        ['-deep', 'DEEP_ARCHIVE'],
        ['-flexible', 'GLACIER'],
      ].map(([ending = '', storageClass = '']) => {
        const retentionClass = COLD_CLASSES.find((name) => name.endsWith(ending)) ?? '';
        return { key: `${retentionClass}/any/any/dt=${DAY}/hr=00/object.parquet`, size: 1, storageClass };
      });
      return new FakeArchive(clock, archived).handle;
    },
  },
  {
    actor: 'replay-workflow',
    scenario: 'a replay goes through its groups and tells what came of them',
    input: { source: 'quarantine', dataset: 'any', from: DAY, to: DAY },
    tasks: () => (_resource, input: { readonly Payload?: { readonly operation: string } }) =>
      input.Payload?.operation === 'list' ? { Payload: LISTED } : { Payload: REPLAYED },
  },
  {
    actor: 'curator',
    scenario: 'a fold asks Athena, one statement after the other',
    input: { time: '2026-01-04T00:00:00Z' }, // a Sunday's first hour: all are folded, and tidied
    tasks: () => (resource) => (resource === 'athena:getQueryResults' ? DAY_FOUND : QUERIED),
  },
];

/** What Athena answers a fold: a query has ended, and its one row is a day. */
const QUERIED = { QueryExecution: { QueryExecutionId: 'any' } };
const DAY_FOUND = { ResultSet: { Rows: [{ Data: [{ VarCharValue: 'since' }] }, { Data: [{ VarCharValue: DAY }] }] } };

/** What the function of a replay answers where one object is left, and is replayed. */
const LISTED = {
  groups: [['any']],
  objects: 1,
  bytes: 1,
  doneObjects: 0,
  rows: [],
  after: 'any',
  more: false,
  limited: false,
} satisfies ListAnswer;
const REPLAYED = {
  finished: true,
  throttled: false,
  position: { ...BEGIN, object: 1 },
  rows: [],
  failedObjects: 0,
  failure: '',
} satisfies ReplayAnswer;

/** Requests of a task, by its resource. Unknown ones are refused: a task that nobody looks at would be met by nothing. */
const TASKS: Readonly<Record<string, (asked: Readonly<Record<string, unknown>>, standing: Standing) => readonly Asked[]>> = {
  'aws-sdk:s3:listObjectsV2': ({ Bucket, Prefix }) => [
    { action: 's3:ListBucket', resource: `arn:aws:s3:::${String(Bucket)}`, context: { 's3:prefix': String(Prefix) } },
  ],
  'aws-sdk:s3:restoreObject': ({ Bucket, Key }) => [
    { action: 's3:RestoreObject', resource: `arn:aws:s3:::${String(Bucket)}/${String(Key)}` },
  ],
  'athena:startQueryExecution.sync': ({ WorkGroup }, standing) => [
    ...['StartQueryExecution', 'GetQueryExecution', 'StopQueryExecution'].map((name) => ({
      action: `athena:${name}`,
      resource: ofWorkGroup(WorkGroup, standing),
    })),
    {
      action: 'athena:GetDataCatalog',
      resource: `arn:aws:athena:${PLACE.region}:${PLACE.account}:datacatalog/AwsDataCatalog`,
    },
  ],
  'athena:getQueryResults': (_, standing) =>
    ofType(standing, 'AWS::Athena::WorkGroup')
      .filter(({ ref }) => ref.endsWith('-curation'))
      .map(({ ref }) => ({ action: 'athena:GetQueryResults', resource: ofWorkGroup(ref, standing) })),
  'lambda:invoke': ({ FunctionName }) => [{ action: 'lambda:InvokeFunction', resource: String(FunctionName) }],
  'sns:publish': ({ TopicArn }, standing) => publication(standing, String(TopicArn)),
};
type Asked = Omit<Request, 'principal'>;

const ofWorkGroup = (name: unknown, { resources }: Standing): string =>
  resources.find(({ type, ref }) => type === 'AWS::Athena::WorkGroup' && ref === name)?.attributes.Arn ??
  `arn:aws:athena:${PLACE.region}:${PLACE.account}:workgroup/${String(name)}`;

/** @see https://docs.aws.amazon.com/sns/latest/dg/sns-enable-encryption-for-topic.html */
function publication(standing: Standing, topicArn: string): readonly Asked[] {
  const topic = ofType(standing, 'AWS::SNS::Topic').find(({ ref }) => ref === topicArn);
  const key = topic && textAt(topic, 'KmsMasterKeyId');
  const context = {
    'kms:ViaService': `sns.${topic?.region ?? ''}.amazonaws.com`,
    'kms:EncryptionContext:aws:sns:topicArn': topicArn,
  };
  const uses = key === undefined ? [] : ['kms:Decrypt', 'kms:GenerateDataKey'];
  return [
    { action: 'sns:Publish', resource: topicArn },
    ...uses.map((action) => ({ action, resource: keyArnOf(standing, key ?? ''), context })),
  ];
}

/** What Step Functions asks for so that an execution can log and be traced. Neither service knows a resource for it. */
const LOGGING = [
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
];
const TRACING = ['xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'];

/**
 * Goes through each state machine as its definition has it, and tells what its tasks ask for; what Step Functions asks for around it is
 * declared.
 *
 * @throws RangeError for a state machine without an execution here, and for a task whose requests are not known
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-athena.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html
 */
export async function workflows(standing: Standing): Promise<readonly Access[]> {
  const found: Access[] = [];
  for (const machine of ofType(standing, 'AWS::StepFunctions::StateMachine')) {
    const roleArn = textAt(machine, 'RoleArn') ?? '';
    found.push(
      ...declared('Step Functions begins an execution', [
        {
          principal: { service: 'states.amazonaws.com' },
          action: 'sts:AssumeRole',
          resource: roleArn,
          context: onBehalfOf(machine.ref),
        },
      ]),
      ...around(machine, roleArn),
      ...(await tasksOf(standing, machine, roleArn)),
    );
  }
  return found;
}

function around(machine: StandingResource, roleArn: string): readonly Access[] {
  const principal = sessionOf(roleArn);
  const on = (actions: readonly string[], resource: string): Request[] =>
    actions.map((action) => ({ principal, action, resource }));
  const isLogged = member(machine.properties, 'LoggingConfiguration') !== undefined;
  const isTraced = member(machine.properties, 'TracingConfiguration', 'Enabled') === true;
  const isDistributed = JSON.stringify(machine.properties.Definition).includes('"DISTRIBUTED"');
  const child = `${arnOf(machine).replace(':stateMachine:', ':execution:')}:child`;
  return [
    ...declared('an execution is logged', isLogged ? on(LOGGING, '*') : []),
    ...declared('an execution is traced', isTraced ? on(TRACING, '*') : []),
    ...declared(
      'a distributed map runs its children',
      isDistributed
        ? [...on(['states:StartExecution'], arnOf(machine)), ...on(['states:DescribeExecution', 'states:StopExecution'], child)]
        : [],
    ),
  ];
}

async function tasksOf(standing: Standing, machine: StandingResource, roleArn: string): Promise<readonly Access[]> {
  const execution = EXECUTIONS.find(({ actor }) => roleArn.includes(rolePath(standing.environment, actor)));
  if (execution === undefined) throw new RangeError(`no execution goes through '${machine.stack}.${machine.logicalId}'; add one`);
  const asked: Request[] = [];
  const clock = new SimulatedClock(Date.parse(`${DAY}T12:00:00Z`));
  const meet = execution.tasks(clock);
  const handler: TaskHandler = (resource, input) => {
    const requests = TASKS[resource];
    if (requests === undefined) throw new RangeError(`what the task '${resource}' asks for is not known; add it`);
    asked.push(...requests(input, standing).map((request) => ({ ...request, principal: sessionOf(roleArn) })));
    return meet(resource, input);
  };
  const definition = machine.properties.Definition as object;
  const { status, error = '', cause = '' } = await runStateMachine(definition, clock, handler, execution.input);
  if (status !== 'SUCCEEDED') throw new Error(`${execution.scenario}: ${error} ${cause}`);
  return declared(execution.scenario, asked).map((access) => ({ ...access, how: 'interpreted' }));
}
