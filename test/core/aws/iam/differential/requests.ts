import type { Random } from '../../../../support/random.ts';
import { mutate, randomPrincipal } from './mutate.ts';
import {
  ACCOUNT,
  OTHER_ACCOUNT,
  REGION,
  type GuardedKind,
  type RawPolicy,
  type RawStatement,
  type TemplatePolicies,
} from './template-policies.ts';

/** One request, as both evaluators are asked. */
export interface Case {
  /** The ARN of a session of a role, a user, or a service's name. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly resourceAccount: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  readonly identity: readonly RawPolicy[];
  readonly boundary?: RawPolicy;
  readonly session?: RawPolicy;
  readonly resourceKind?: GuardedKind;
  readonly resourcePolicy?: RawPolicy;
}

const ROLES = ['reader', 'delivery'];
const principals = (account: string): string[] => [
  ...ROLES.map((role) => `arn:aws:sts::${account}:assumed-role/${role}/s1`),
  `arn:aws:iam::${account}:user/ana`,
];

const list = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

/** A request that the statement might speak of: its wildcards are filled. */
const filled = (random: Random, pattern: string): string =>
  pattern.replace(/\*/g, () => random.pick(['x', 'prod/a', '', '😀/a']));

/** Actions that have no resource are asked of `*`. */
const WITHOUT_RESOURCE =
  /^(xray|logs:.*(LogDelivery|LogDeliveries|ResourcePolicy|ResourcePolicies)|ec2:Describe|kms:ListAliases)|:List(Streams|Keys)$/;

const plain = (action: string, random: Random): string =>
  action.includes('*') ? random.pick(['s3:GetObject', 's3:PutObject', 's3:ListBucket']) : action;

/** Takes policies of the templates, changes some, and asks for something near to what they speak of. */
export function randomCase(random: Random, from: TemplatePolicies): Case {
  const picked = random.chance(0.6) ? random.pick(from.guarded) : undefined;
  const own = [random.pick(from.identity), ...(random.chance(0.3) ? [random.pick(from.identity)] : [])];
  const spoken = random.pick((picked?.policy ?? random.pick(own)).Statement);
  const action = plain(random.pick(list(spoken.Action)), random);
  const resource = resourceOf(random, { spoken, action, guarded: picked?.arn });
  const guarded = resource === '*' ? undefined : (picked ?? (resource.startsWith('arn:aws:kms:') ? DEFAULT_KEY : undefined));
  const principal = random.chance(0.1)
    ? random.pick(['firehose.amazonaws.com', 'cloudwatch.amazonaws.com'])
    : random.pick(principals(random.chance(0.2) ? OTHER_ACCOUNT : ACCOUNT));
  const isService = !principal.startsWith('arn:');
  const near = [allowOf(action, resource)];
  const changed = (policy: RawPolicy, share = 0.5): RawPolicy =>
    random.chance(share) ? mutate(random, policy, { resource, action }) : policy;
  const limit = (): RawPolicy => changed(random.chance(0.6) ? allowOf(action, resource) : random.pick(own));
  return {
    principal,
    action,
    resource,
    resourceAccount: random.chance(0.95) ? ACCOUNT : OTHER_ACCOUNT,
    context: randomContext(random, { spoken, principal, resource }),
    identity: isService ? [] : [...own, ...(random.chance(0.5) ? near : [])].map((policy) => changed(policy)),
    ...(!isService && random.chance(0.2) && { boundary: limit() }),
    ...(principal.includes(':assumed-role/') && random.chance(0.2) && { session: limit() }),
    ...(guarded !== undefined && {
      resourceKind: guarded.kind,
      resourcePolicy: withPrincipals(random, guarded.kind === 'trust' ? guarded.policy : changed(guarded.policy), principal),
    }),
  };
}

/** A key has a policy, whoever made it. */
const DEFAULT_KEY = {
  kind: 'key' as const,
  policy: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' }],
  },
};

const allowOf = (action: string, resource: string): RawPolicy => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: [action], Resource: [resource] }],
});

interface Spoken {
  readonly spoken: RawStatement;
  readonly action: string;
  readonly guarded: string | undefined;
}

/** Something of the kind that the action is for. */
function resourceOf(random: Random, { spoken, action, guarded }: Spoken): string {
  if (WITHOUT_RESOURCE.test(action)) return '*';
  const ofBucket = /^s3:(List|GetBucket|GetReplication)/.test(action);
  const fits = (pattern: string): boolean => !action.startsWith('s3:') || ofBucket !== pattern.includes('/');
  const patterns = list(spoken.Resource).filter((pattern) => pattern !== '*' && fits(pattern));
  if (patterns.length > 0) return filled(random, random.pick(patterns));
  if (!action.startsWith('s3:')) return guarded ?? '*';
  const bucket = guarded ?? 'arn:aws:s3:::prod-clean';
  return ofBucket ? bucket : `${bucket}/${random.pick(['keep1y/a', '_errors/x'])}`;
}

/** Half of the resource policies name somebody near to who asks. */
function withPrincipals(random: Random, policy: RawPolicy, principal: string): RawPolicy {
  if (random.chance(0.5)) return policy;
  return {
    ...policy,
    Statement: policy.Statement.map(({ Principal: _, NotPrincipal: __, ...statement }) =>
      randomPrincipal(random, statement, principal),
    ),
  };
}

/** What the statement wants, or something else, or nothing; and keys that mutated conditions ask for. */
function randomContext(
  random: Random,
  { spoken, principal, resource }: { spoken: RawStatement; principal: string; resource: string },
): Case['context'] {
  const context: Record<string, string | readonly string[]> = {
    'aws:SecureTransport': random.chance(0.9) ? 'true' : 'false',
    'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/headwaters/prod/${random.pick(['delivery', 'analyst', 'steward'])}/r`,
    'aws:CurrentTime': random.pick(['2026-01-01T00:00:00Z', '2026-11-21T08:00:00Z']),
    'aws:SourceIp': random.pick(['203.0.113.7', '10.1.2.3', '2001:db8::7']),
    'aws:PrincipalAccount': principal.split(':')[4] ?? ACCOUNT,
    ...(random.chance(0.7) && { 'aws:PrincipalTag/team': random.pick(['sales', 'keep1y', '*']) }),
    ...(random.chance(0.4) && {
      'aws:CalledVia': random.pick([['athena.amazonaws.com'], ['glue.amazonaws.com', 'athena.amazonaws.com'], []]),
    }),
    ...(random.chance(0.4) && { 'aws:TagKeys': random.pick([['a'], ['a', 'b'], ['c']]) }),
    ...(random.chance(0.5) && { 'aws:SourceAccount': random.pick([ACCOUNT, OTHER_ACCOUNT]) }),
    ...(random.chance(0.5) && { 'aws:SourceArn': `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:late` }),
    ...(random.chance(0.5) && { 's3:TlsVersion': random.pick(['1.2', '1.3', '1.1']) }),
  };
  for (const [key, wanted] of Object.values(spoken.Condition ?? {}).flatMap((keys) => Object.entries(keys))) {
    if (!random.chance(0.85)) continue;
    const value = filled(random, random.pick([wanted].flat().map(String)));
    context[key] = key === 'aws:CalledVia' || key === 'kms:ResourceAliases' ? [value] : value;
  }
  if (random.chance(0.3)) context['s3:prefix'] = resource.split('/').slice(1, 2).join('');
  return context;
}
