import type { Random } from '../../../../support/random.ts';
import { ACCOUNT, OTHER_ACCOUNT, type RawPolicy, type RawStatement } from './template-policies.ts';

interface Near {
  readonly action: string;
  readonly resource: string;
}
type Mutation = (random: Random, statement: RawStatement, near: Near) => RawStatement;

/** Conditions beyond those of the templates, over keys that requests carry. */
const CONDITIONS: readonly Record<string, Record<string, string | readonly string[]>>[] = [
  { DateGreaterThan: { 'aws:CurrentTime': '2026-06-01T00:00:00Z' } },
  { DateLessThanEquals: { 'aws:CurrentTime': ['2026-01-01', '1780000000'] } },
  { DateNotEquals: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } },
  { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] } },
  { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
  { IpAddress: { 'aws:SourceIp': '10.1.2.3' } },
  { Bool: { 'aws:SecureTransport': 'true' } },
  { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  { Bool: { 'aws:ViaAWSService': 'true' } },
  { Null: { 'aws:PrincipalTag/team': 'false' } },
  { Null: { 'aws:TagKeys': 'true' } },
  { StringEquals: { 'aws:PrincipalTag/team': ['sales', 'ops'] } },
  { StringNotEquals: { 'aws:PrincipalTag/team': 'sales' } },
  { StringNotEqualsIfExists: { 'aws:PrincipalTag/team': 'sales' } },
  { StringEqualsIgnoreCase: { 'aws:PrincipalTag/team': 'SALES' } },
  { StringNotEqualsIgnoreCase: { 'aws:PrincipalTag/team': ['SALES', 'OPS'] } },
  { StringLikeIfExists: { 'aws:PrincipalTag/team': 's?l*' } },
  { StringNotLike: { 'aws:PrincipalTag/team': ['s*', 'k*'] } },
  { StringLike: { 'aws:PrincipalTag/team': '${*}' } },
  { StringLike: { 'aws:PrincipalArn': '*/headwaters/*' } },
  { StringEquals: { 'aws:PrincipalTag/team': "${aws:PrincipalTag/none, 'sales'}" } },
  { StringNotEquals: { 'aws:PrincipalTag/team': '${aws:PrincipalTag/none}' } },
  { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/headwaters/*/delivery/*` } },
  { ArnNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::*:role/headwaters/prod/d*` } },
  { ArnEqualsIfExists: { 'aws:SourceArn': 'arn:aws:cloudwatch:*:*:alarm:*' } },
  { ArnNotLikeIfExists: { 'aws:SourceArn': 'arn:aws:cloudwatch:*:*:alarm:*' } },
  { 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['athena.amazonaws.com'] } },
  { 'ForAllValues:StringEquals': { 'aws:CalledVia': ['athena.amazonaws.com'] } },
  { 'ForAnyValue:StringLike': { 'aws:TagKeys': ['a*', 'b'] } },
  { 'ForAllValues:StringLike': { 'aws:TagKeys': ['a*', 'b'] } },
  { 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': ['a', 'b'] } },
  { 'ForAllValues:StringNotEquals': { 'aws:TagKeys': ['a', 'b'] } },
  { 'ForAllValues:StringNotLike': { 'aws:TagKeys': 'c*' } },
  { 'ForAnyValue:StringEqualsIfExists': { 'aws:TagKeys': 'a' } },
  { NumericGreaterThanEquals: { 's3:TlsVersion': '1.2' } },
  { NumericNotEquals: { 's3:TlsVersion': ['1.3', '1.2'] } },
  { NumericLessThanIfExists: { 's3:TlsVersion': '1.3' } },
];

const list = (value: string | string[] | undefined): string[] => [value ?? []].flat();

const MUTATIONS: readonly Mutation[] = [
  (_random, statement) => ({ ...statement, Effect: statement.Effect === 'Allow' ? 'Deny' : 'Allow' }),
  (random, statement) => ({ ...statement, Condition: { ...statement.Condition, ...random.pick(CONDITIONS) } }),
  (random, statement) => ({ ...statement, Condition: { ...random.pick(CONDITIONS), ...random.pick(CONDITIONS) } }),
  (_random, { Condition: _, ...statement }) => statement,
  (_random, { Action, ...statement }) => (Action === undefined ? statement : { ...statement, NotAction: Action }),
  (_random, { Resource, ...statement }) => (Resource === undefined ? statement : { ...statement, NotResource: Resource }),
  (random, statement, { action }) => {
    const [service = '', name = ''] = action.split(':');
    const pattern = random.pick([
      `${service}:*`,
      `${service.toUpperCase()}:${name.toLowerCase()}`,
      `*`,
      `${service}:${name.slice(0, 3)}*`,
      `${service}:?${name.slice(1)}`,
    ]);
    return 'NotAction' in statement ? { ...statement, NotAction: [pattern] } : { ...statement, Action: [pattern] };
  },
  (random, statement, { resource }) => {
    if (!('Resource' in statement) || list(statement.Resource).includes('*')) return statement;
    const at = resource.lastIndexOf('/') + 1;
    if (at === 0) return statement;
    const start = resource.slice(0, at);
    return {
      ...statement,
      Resource: [
        random.pick([
          `${start}*`,
          `${start}\${aws:PrincipalTag/team}*`,
          `${start}\${aws:PrincipalTag/none, '${resource.slice(at)}'}`,
          `${start}\${aws:PrincipalTag/none}`,
          `${start}?${resource.slice(at + 1)}`,
          `${resource.split(':').slice(0, 5).join(':')}:${resource.split(':').slice(5).join(':').toUpperCase()}*`,
        ]),
      ],
    };
  },
];

/** A copy of a policy in which one or two statements say something else. */
export function mutate(random: Random, policy: RawPolicy, near: Near): RawPolicy {
  const statements = structuredClone(policy.Statement);
  for (let round = random.between(1, 2); round > 0; round -= 1) {
    const at = random.between(0, statements.length - 1);
    const statement = statements[at];
    if (statement !== undefined) statements[at] = random.pick(MUTATIONS)(random, statement, near);
  }
  return { ...policy, Statement: statements };
}

/** Names the asker, somebody like it, or all; now and then all but some. */
export function randomPrincipal(random: Random, statement: RawStatement, asker: string): RawStatement {
  const account = asker.split(':')[4] ?? ACCOUNT;
  const role = `arn:aws:iam::${account}:role/${asker.split('/')[1] ?? 'reader'}`;
  const Principal = random.pick<unknown>([
    '*',
    { AWS: '*' },
    { AWS: `arn:aws:iam::${account}:root` },
    { AWS: [ACCOUNT, OTHER_ACCOUNT] },
    { AWS: role },
    { AWS: [role, `arn:aws:iam::${account}:user/ana`] },
    { AWS: asker.startsWith('arn:') ? asker : role },
    { Service: ['firehose.amazonaws.com', 'sns.amazonaws.com'] },
    { Service: 'cloudwatch.amazonaws.com', AWS: ACCOUNT },
  ]);
  const session = asker.startsWith('arn:') ? [asker] : [];
  const named = random.pick([
    [`arn:aws:iam::${account}:root`],
    [`arn:aws:iam::${account}:root`, role],
    [`arn:aws:iam::${account}:root`, role, ...session],
    [role, ...session],
    session.length > 0 ? session : [role],
  ]);
  return statement.Effect === 'Deny' && random.chance(0.3)
    ? { ...statement, NotPrincipal: { AWS: named } }
    : { ...statement, Principal };
}
