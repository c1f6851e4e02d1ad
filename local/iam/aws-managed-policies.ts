import { parsePolicyDocument, type Named, type PolicyDocument } from '../../core/aws/iam/index.ts';

const WRITE_LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/** What each allows, on every resource. @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  AWSXRayDaemonWriteAccess: [
    'xray:PutTraceSegments',
    'xray:PutTelemetryRecords',
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
    'xray:GetSamplingStatisticSummaries',
  ],
  'service-role/AWSLambdaBasicExecutionRole': WRITE_LOGS,
  'service-role/AWSLambdaKinesisExecutionRole': [
    'kinesis:DescribeStream',
    'kinesis:DescribeStreamSummary',
    'kinesis:GetRecords',
    'kinesis:GetShardIterator',
    'kinesis:ListShards',
    'kinesis:ListStreams',
    'kinesis:SubscribeToShard',
    ...WRITE_LOGS,
  ],
  'service-role/AWSLambdaVPCAccessExecutionRole': [
    ...WRITE_LOGS,
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:DeleteNetworkInterface',
    'ec2:AssignPrivateIpAddresses',
    'ec2:UnassignPrivateIpAddresses',
  ],
};

const PREFIX = 'arn:aws:iam::aws:policy/';

/** Whether a policy is one of AWS's own. */
export const isAwsManaged = (arn: string): boolean => arn.startsWith(PREFIX);

const policyOf = (name: string, actions: readonly string[]): Named<PolicyDocument> => {
  const statement = { Effect: 'Allow', Action: actions, Resource: '*' };
  return { name: `${PREFIX}${name}`, document: parsePolicyDocument({ Version: '2012-10-17', Statement: statement }) };
};

/** Allows everything: the operator's. */
export const ADMINISTRATOR = policyOf('AdministratorAccess', ['*']);

/** Those of AWS's own policies that CDK attaches by itself, and an administrator's, by ARN. */
export const AWS_MANAGED: ReadonlyMap<string, Named<PolicyDocument>> = new Map(
  [ADMINISTRATOR, ...Object.entries(ALLOWED).map(([name, actions]) => policyOf(name, actions))].map((policy) => [
    policy.name,
    policy,
  ]),
);
