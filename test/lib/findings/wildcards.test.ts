import { ENVIRONMENTS } from '../../../lib/config/environments.ts';
import { ownTemplates, parseTemplate, type StackTemplate } from '../../support/platform.ts';
import type { Resource } from '../../support/synth.ts';

/** Actions that AWS gives no resource type, or does not check one: each that a policy of the platform uses on `*`, and no other. */
const WITHOUT_RESOURCE_TYPE: readonly string[] = [
  // whoever asks, before they have chosen: @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonathena.html
  'athena:ListDataCatalogs',
  'athena:ListWorkGroups',
  // a function in a network: @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  // the log of a state machine: @see https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
  // its traces: @see https://docs.aws.amazon.com/step-functions/latest/dg/xray-iam.html
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];

interface RawStatement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
}

const list = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];

/** Statements of a resource, by what they are attached to: somebody, or the resource itself. */
function statementsOf({ Type, Properties }: Resource): { readonly identity: RawStatement[]; readonly resource: RawStatement[] } {
  const of = (document: unknown) => list((document as { Statement?: RawStatement | RawStatement[] } | undefined)?.Statement);
  const inline = list(Properties.Policies as { PolicyDocument: unknown }[] | undefined).map(
    ({ PolicyDocument }) => PolicyDocument,
  );
  const isOfIdentity = /^AWS::IAM::(Policy|ManagedPolicy|RolePolicy|UserPolicy|GroupPolicy)$/.test(Type);
  return {
    identity: [...(isOfIdentity ? [Properties.PolicyDocument] : []), ...inline].flatMap((document) => [...of(document)]),
    resource: [
      Properties.AssumeRolePolicyDocument,
      Properties.KeyPolicy,
      Properties.ResourcePolicy,
      ...(isOfIdentity ? [] : [Properties.PolicyDocument]),
    ].flatMap((document) => [...of(document)]),
  };
}

/** What a template's policies allow too broadly, in words. */
function broadIn(
  template: Pick<StackTemplate, 'Resources'>,
  withoutResourceType: readonly string[] = WITHOUT_RESOURCE_TYPE,
): string[] {
  return Object.entries(template.Resources).flatMap(([id, resource]) => {
    const { identity, resource: own } = statementsOf(resource);
    const allowed = (statements: readonly RawStatement[]) => statements.filter(({ Effect }) => Effect === 'Allow');
    return [
      ...allowed([...identity, ...own]).flatMap(({ Action, NotAction, NotResource }) => [
        ...list(Action)
          .filter((action) => /[*?]/.test(action))
          .map((action) => `${id} allows the action ${action}`),
        ...(NotAction === undefined ? [] : [`${id} allows by NotAction`]),
        ...(NotResource === undefined ? [] : [`${id} allows by NotResource`]),
      ]),
      ...allowed(identity)
        .filter(({ Resource }) => list(Resource).includes('*'))
        .flatMap(({ Action }) => list(Action).filter((action) => !withoutResourceType.includes(action)))
        .map((action) => `${id} allows ${action} on all resources`),
    ];
  });
}

const all = ENVIRONMENTS.flatMap(({ name }) =>
  [...ownTemplates(name)].map(([stack, text]) => [stack, parseTemplate(text)] as const),
);

test.each(all)('%s allows no wildcard action, and nothing on all resources', (_, template) => {
  expect(broadIn(template)).toEqual([]);
});

test('every action listed as without a resource type is used', () => {
  const used = all.flatMap(([, { Resources }]) =>
    Object.values(Resources).flatMap((resource) => statementsOf(resource).identity.flatMap(({ Action }) => list(Action))),
  );
  expect(used.length).toBeGreaterThan(20); // there are statements to look at
  expect(WITHOUT_RESOURCE_TYPE.filter((action) => !used.includes(action))).toEqual([]);
});

const holding = (Type: string, Properties: Record<string, unknown>) => ({ Resources: { X: { Type, Properties } } });
const document = (Statement: object | readonly object[]) => ({ Statement });

test.each([
  [
    'AWS::IAM::ManagedPolicy',
    { PolicyDocument: document([{ Effect: 'Allow', Action: ['s3:Get*'], Resource: 'x' }]) },
    ['X allows the action s3:Get*'],
  ],
  [
    'AWS::IAM::Policy',
    { PolicyDocument: document({ Effect: 'Allow', Action: 's3:GetObjec?', Resource: 'x' }) },
    ['X allows the action s3:GetObjec?'],
  ],
  [
    'AWS::IAM::Role',
    { Policies: [{ PolicyDocument: document({ Effect: 'Allow', NotAction: 'x:Y', Resource: 'x' }) }] },
    ['X allows by NotAction'],
  ],
  [
    'AWS::IAM::ManagedPolicy',
    { PolicyDocument: document({ Effect: 'Allow', Action: 's3:GetObject', NotResource: 'x' }) },
    ['X allows by NotResource'],
  ],
  [
    'AWS::IAM::ManagedPolicy',
    { PolicyDocument: document({ Effect: 'Allow', Action: ['a:B', 'a:C'], Resource: ['*'] }) },
    ['X allows a:C on all resources'],
  ],
  ['AWS::KMS::Key', { KeyPolicy: document({ Effect: 'Allow', Action: 'kms:*', Resource: '*' }) }, ['X allows the action kms:*']],
  ['AWS::KMS::Key', { KeyPolicy: document({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }) }, []],
  ['AWS::S3::BucketPolicy', { PolicyDocument: document({ Effect: 'Deny', Action: 's3:*', Resource: '*' }) }, []],
])('of %s with %j says %j', (type, properties, expected) => {
  expect(broadIn(holding(type, properties), ['a:B'])).toEqual(expected);
});
