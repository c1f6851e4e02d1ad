import { NoSite, type Json, type TemplatesCopy } from './copy.ts';
import type { Mutant } from './mutant.ts';
import {
  actionsOf,
  distinct,
  dropKey,
  keysOf,
  pick,
  removeStatement,
  serviceOf,
  sitesOf,
  type PolicyOf,
  type Site,
  type Statement,
} from './policies.ts';

const FOREIGN = '999988887777';

/** One mutant for each of some statements that an edit can be made to. */
interface Edit {
  readonly name: string;
  readonly of: PolicyOf;
  readonly is: (statement: Statement) => boolean;
  readonly edit: (site: Site, copy: TemplatesCopy) => void;
  /** Statements of how many sorts are edited, one at a time. @default 1 */
  readonly times?: number;
}

const BYPASS = 's3:BypassGovernanceRetention';

const isAllow = ({ Effect }: Statement): boolean => Effect === 'Allow';
const text = (statement: Statement): string => JSON.stringify(statement);
const has =
  (key: string) =>
  (statement: Statement): boolean =>
    isAllow(statement) && keysOf(statement).includes(key);
const isDenyOn =
  (key: string) =>
  (statement: Statement): boolean =>
    statement.Effect === 'Deny' && keysOf(statement).includes(key);
const isNarrow = (statement: Statement): boolean => isAllow(statement) && statement.Resource !== '*';
const isService = (statement: Statement): boolean => isAllow(statement) && text(statement).includes('"Service"');
const ofAccount = (statement: Statement): boolean => isAllow(statement) && text(statement).includes(':root"');
const add = (statement: Statement, ...actions: readonly string[]): void =>
  void (statement.Action = [...actionsOf(statement), ...actions]);
const setResource = (site: Site, change: (resource: unknown) => unknown): void => {
  const { Resource } = site.statement;
  site.statement.Resource = Array.isArray(Resource) ? (Resource as unknown[]).map(change) : change(Resource);
};
/** Rewrites the texts of a value, inside of intrinsic functions too. */
const rewrite = (value: unknown, change: (text: string) => string): unknown =>
  JSON.parse(JSON.stringify(value), (_, inner: unknown) => (typeof inner === 'string' ? change(inner) : inner));
/** Names one of what a place imports instead of another of its sort. */
const swapImport = (site: Site, pattern: RegExp): void => {
  const imports = [...new Set(JSON.stringify(site.found.resource).match(/"Fn::ImportValue":"[^"]+"/g) ?? [])].filter((one) =>
    pattern.test(one),
  );
  const own = imports.find((one) => text(site.statement).includes(one));
  const other = imports.find((one) => !text(site.statement).includes(one));
  if (own === undefined || other === undefined) throw new NoSite('no other import of its sort');
  site.statement.Resource = JSON.parse(JSON.stringify(site.statement.Resource).replaceAll(own, other)) as unknown;
};

/** What gives more than the actions that are allowed, by their service: of what is named, and of what lies in it. */
const STRONGER: Readonly<Record<string, readonly string[]>> = {
  athena: ['athena:DeleteDataCatalog', 'athena:DeleteWorkGroup'],
  firehose: ['firehose:UpdateDestination'],
  glue: ['glue:UpdateTable'],
  kinesis: ['kinesis:DeleteStream'],
  kms: ['kms:CreateGrant', 'kms:DisableKey'],
  lambda: ['lambda:UpdateFunctionCode'],
  logs: ['logs:DeleteLogGroup', 'logs:DeleteLogStream'],
  s3: ['s3:DeleteBucket', 's3:DeleteObject'],
  secretsmanager: ['secretsmanager:PutSecretValue'],
  states: ['states:StopExecution', 'states:UpdateStateMachine'],
};

const strongerThan = (statement: Statement): readonly string[] =>
  (STRONGER[serviceOf(statement)] ?? []).filter((action) => !actionsOf(statement).includes(action));

const EDITS: readonly Edit[] = [
  // identity policies
  {
    name: 'condition dropped',
    of: 'identity',
    is: (one) => isAllow(one) && keysOf(one).length > 0 && serviceOf(one) !== 'kms',
    times: 6,
    edit: ({ statement }) => void Reflect.deleteProperty(statement, 'Condition'),
  },
  {
    name: 'encryption context dropped',
    of: 'identity',
    is: (one) => keysOf(one).some((key) => key.startsWith('kms:EncryptionContext')),
    times: 4,
    edit: (site) => {
      dropKey(site, keysOf(site.statement).find((key) => key.startsWith('kms:EncryptionContext')) ?? '');
    },
  },
  {
    name: 'CalledVia dropped',
    of: 'identity',
    is: has('aws:CalledVia'),
    times: 2,
    edit: (site) => {
      dropKey(site, 'aws:CalledVia');
    },
  },
  {
    name: 'prefix of a listing widened to all',
    of: 'identity',
    is: has('s3:prefix'),
    times: 3,
    edit: ({ statement }) => void (statement.Condition = { ...statement.Condition, StringLike: { 's3:prefix': '*' } }),
  },
  {
    name: 'operator made IfExists',
    of: 'identity',
    is: (one) => isAllow(one) && one.Condition?.StringLike !== undefined,
    times: 1,
    edit: ({ statement }) => {
      statement.Condition = { StringLikeIfExists: statement.Condition?.StringLike ?? {} };
    },
  },
  {
    name: 'resource starred',
    of: 'identity',
    is: (one) => isNarrow(one) && serviceOf(one) !== 'kms',
    times: 8,
    edit: ({ statement }) => void (statement.Resource = '*'),
  },
  {
    name: 'key starred',
    of: 'identity',
    is: (one) => isNarrow(one) && serviceOf(one) === 'kms' && keysOf(one).length === 1,
    times: 1,
    edit: ({ statement }) => void (statement.Resource = '*'),
  },
  {
    name: 'object prefix cut to the bucket',
    of: 'identity',
    is: (one) => isAllow(one) && /"\/keep[^"]*"/.test(text(one)),
    times: 3,
    edit: (site) => {
      setResource(site, (resource) => rewrite(resource, (one) => one.replace(/^\/keep.*$/, '/*')));
    },
  },
  {
    name: 'object prefix widened to all domains',
    of: 'identity',
    is: (one) => isAllow(one) && /\/keep[^"/]*\/[^"/*]+\//.test(text(one)),
    times: 3,
    edit: (site) => {
      setResource(site, (resource) => rewrite(resource, (one) => one.replace(/^(\/keep[^/]*)\/.*$/, '$1/*')));
    },
  },
  {
    name: 'action added',
    of: 'identity',
    is: (one) => isNarrow(one) && strongerThan(one).length > 0,
    times: 10,
    edit: ({ statement }) => {
      add(statement, ...strongerThan(statement));
    },
  },
  {
    name: 'actions starred',
    of: 'identity',
    is: (one) => isNarrow(one) && serviceOf(one) !== 'kms',
    times: 6,
    edit: ({ statement }) => void (statement.Action = `${serviceOf(statement)}:*`),
  },
  {
    name: 'PassRole allowed',
    of: 'identity',
    is: isAllow,
    edit: ({ statements }) => void statements.push({ Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' }),
  },
  {
    name: 'roles of the account may be assumed',
    of: 'identity',
    is: isAllow,
    edit: ({ statements }) => void statements.push({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }),
  },
  {
    name: 'everything but a service allowed',
    of: 'identity',
    is: isAllow,
    edit: ({ statements }) =>
      void statements.push({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' } as unknown as Statement),
  },
  {
    name: 'action dropped',
    of: 'identity',
    is: (one) => isAllow(one) && actionsOf(one).length > 1,
    times: 3,
    edit: ({ statement }) => void (statement.Action = actionsOf(statement).slice(1)),
  },
  {
    name: 'wrong key',
    of: 'identity',
    is: (one) => isAllow(one) && serviceOf(one) === 'kms' && text(one).includes('KeyArn'),
    times: 2,
    edit: (site) => {
      swapImport(site, /KeyArn/);
    },
  },
  {
    name: 'wrong bucket',
    of: 'identity',
    is: (one) => isAllow(one) && serviceOf(one) === 's3' && text(one).includes('BucketName'),
    times: 2,
    edit: (site) => {
      swapImport(site, /BucketName/);
    },
  },
  { name: 'Deny dropped', of: 'identity', is: ({ Effect }) => Effect === 'Deny', edit: removeStatement },
  // buckets
  { name: 'plain HTTP no longer denied', of: 'bucket', is: isDenyOn('aws:SecureTransport'), edit: removeStatement },
  { name: 'old TLS no longer denied', of: 'bucket', is: isDenyOn('s3:TlsVersion'), edit: removeStatement },
  { name: 'closed bucket opened', of: 'bucket', is: isDenyOn('aws:PrincipalArn'), times: 2, edit: removeStatement },
  {
    name: 'one more actor let into a closed bucket',
    of: 'bucket',
    is: isDenyOn('aws:PrincipalArn'),
    edit: ({ statement }) => {
      const arns = statement.Condition?.ArnNotLike ?? {};
      arns['aws:PrincipalArn'] = [[arns['aws:PrincipalArn']].flat(), 'arn:*:iam::*:role/*/analyst/*'].flat();
    },
  },
  {
    name: 'a guarded action no longer denied',
    of: 'bucket',
    is: (one) => isDenyOn('aws:PrincipalArn')(one) && actionsOf(one).length > 1,
    edit: ({ statement }) => void (statement.Action = actionsOf(statement).slice(1)),
  },
  {
    name: 'lock may be bypassed',
    of: 'bucket',
    is: (one) => one.Effect === 'Deny' && one.Condition === undefined && actionsOf(one).includes(BYPASS),
    edit: ({ statement }) => void (statement.Action = actionsOf(statement).filter((action) => action !== BYPASS)),
  },
  {
    name: 'bucket open to everybody',
    of: 'bucket',
    is: isDenyOn('aws:SecureTransport'),
    edit: ({ statements, statement }) =>
      void statements.push({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: [statement.Resource].flat()[1] }),
  },
  {
    name: 'bucket open to another account',
    of: 'bucket',
    is: isDenyOn('aws:SecureTransport'),
    edit: ({ statements, statement }) =>
      void statements.push({
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${FOREIGN}:root` },
        Action: 's3:GetObject',
        Resource: [statement.Resource].flat()[1],
      }),
  },
  {
    name: 'source of a service dropped at a bucket',
    of: 'bucket',
    is: isService,
    times: 2,
    edit: ({ statement }) => void Reflect.deleteProperty(statement, 'Condition'),
  },
  {
    name: 'a service writes everywhere',
    of: 'bucket',
    is: (one) => isService(one) && text(one).includes('/AWSLogs'),
    edit: (site) => {
      setResource(site, (resource) => rewrite(resource, (one) => one.replace(/^\/AWSLogs\/$/, '/*')));
    },
  },
  // keys
  {
    name: 'key policy of the account alone',
    of: 'key',
    is: (one) => ofAccount(one) && keysOf(one).length === 0,
    edit: ({ statement }) => void (statement.Action = 'kms:*'),
  },
  {
    name: 'key may be granted on',
    of: 'key',
    is: (one) => ofAccount(one) && keysOf(one).length === 0,
    edit: ({ statement }) => {
      add(statement, 'kms:CreateGrant');
    },
  },
  {
    name: 'callers of a key dropped',
    of: 'key',
    is: has('aws:PrincipalArn'),
    times: 2,
    edit: (site) => {
      dropKey(site, 'aws:PrincipalArn');
    },
  },
  {
    name: 'ViaService of a key dropped',
    of: 'key',
    is: has('kms:ViaService'),
    times: 2,
    edit: (site) => {
      dropKey(site, 'kms:ViaService');
    },
  },
  {
    name: 'key open to everybody',
    of: 'key',
    is: has('kms:ViaService'),
    edit: ({ statement }) => {
      statement.Principal = '*';
      Reflect.deleteProperty(statement, 'Condition');
    },
  },
  {
    name: 'key open to another account',
    of: 'key',
    is: (one) => has('kms:ViaService')(one),
    edit: ({ statement, statements }) =>
      void statements.push({
        ...structuredClone(statement),
        Sid: 'Other',
        Principal: { AWS: `arn:aws:iam::${FOREIGN}:root` },
        Condition: {},
      }),
  },
  {
    name: 'source of a service dropped at a key',
    of: 'key',
    is: isService,
    times: 3,
    edit: ({ statement }) => void Reflect.deleteProperty(statement, 'Condition'),
  },
  {
    name: 'one more actor let use a key',
    of: 'key',
    is: has('aws:PrincipalArn'),
    edit: ({ statement }) => {
      const arns = statement.Condition?.ArnLike ?? {};
      arns['aws:PrincipalArn'] = 'arn:*:iam::*:role/*';
    },
  },
  // topics
  {
    name: 'source account dropped at a topic',
    of: 'topic',
    is: isService,
    edit: (site) => {
      dropKey(site, 'aws:SourceAccount');
      dropKey(site, 'aws:SourceArn');
    },
  },
  { name: 'topic takes plain HTTP', of: 'topic', is: isDenyOn('aws:SecureTransport'), edit: removeStatement },
  {
    name: 'topic open to everybody',
    of: 'topic',
    is: isService,
    edit: ({ statement }) => {
      statement.Principal = '*';
      Reflect.deleteProperty(statement, 'Condition');
    },
  },
  // trusts
  {
    name: 'SourceAccount dropped from a trust',
    of: 'trust',
    is: (one) => has('aws:SourceAccount')(one),
    times: 3,
    edit: (site) => {
      dropKey(site, 'aws:SourceAccount');
    },
  },
  {
    name: 'trust of a service opened to the account',
    of: 'trust',
    is: isService,
    edit: ({ statement }) => {
      statement.Principal = { AWS: { 'Fn::Join': ['', ['arn:aws:iam::', { Ref: 'AWS::AccountId' }, ':root']] } };
      Reflect.deleteProperty(statement, 'Condition');
    },
  },
  {
    name: 'another service trusted',
    of: 'trust',
    is: isService,
    edit: ({ statement }) => void (statement.Principal = { Service: 'ec2.amazonaws.com' }),
  },
  {
    name: 'trust of another account',
    of: 'trust',
    is: ofAccount,
    edit: ({ statement }) =>
      void (statement.Principal = {
        AWS: [statement.Principal, `arn:aws:iam::${FOREIGN}:root`].flatMap((one) =>
          typeof one === 'string' ? one : Object.values(one as Json).flat(),
        ),
      }),
  },
  { name: 'trust of everybody', of: 'trust', is: ofAccount, edit: ({ statement }) => void (statement.Principal = '*') },
  // endpoints
  {
    name: 'endpoint passes every action of its service',
    of: 'endpoint',
    is: isAllow,
    edit: ({ statement }) => void (statement.Action = `${serviceOf(statement)}:*`),
  },
  {
    name: 'endpoint passes everybody',
    of: 'endpoint',
    is: isAllow,
    edit: ({ statement }) => void Reflect.deleteProperty(statement, 'Condition'),
  },
  {
    name: 'endpoint passes to other accounts',
    of: 'endpoint',
    is: isAllow,
    edit: ({ statement }) => void (statement.Resource = '*'),
  },
];

const fromEdits: readonly Mutant[] = EDITS.flatMap(({ name, of, is, edit, times = 1 }) =>
  Array.from({ length: times }, (_, at) => ({
    name: times === 1 ? name : `${name} (${at + 1})`,
    isAccess: true,
    spoil: (copy: TemplatesCopy) => {
      edit(pick(spread(distinct(sitesOf(copy, of, is)), times), at), copy);
    },
  })),
);

/** As many statements as are wanted, far from one another. */
const spread = (sites: readonly Site[], times: number): readonly Site[] =>
  sites.length <= times
    ? sites
    : Array.from({ length: times }, (_, at) => sites[Math.floor((at * sites.length) / times)] as Site);

const ROLE = 'AWS::IAM::Role';
const POLICY = 'AWS::IAM::ManagedPolicy';
const BOUNDARY = {
  Type: POLICY,
  Properties: { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'kinesis:*', Resource: '*' }] } },
};
const CHAIN = 'sts:ExternalId';

const others: readonly Mutant[] = [
  {
    name: 'boundary removed',
    isAccess: true,
    prepare: (copy) => {
      for (const { resource, stack } of copy.all(ROLE)) {
        copy.add(stack, 'Boundary', structuredClone(BOUNDARY));
        resource.Properties.PermissionsBoundary = { Ref: 'Boundary' };
      }
    },
    spoil: (copy) =>
      void Reflect.deleteProperty(
        copy.the(ROLE, ({ PermissionsBoundary }) => PermissionsBoundary !== undefined).resource.Properties,
        'PermissionsBoundary',
      ),
  },
  {
    name: 'boundary widened',
    isAccess: true,
    prepare: (copy) => {
      for (const { resource, stack } of copy.all(ROLE)) {
        copy.add(stack, 'Boundary', structuredClone(BOUNDARY));
        resource.Properties.PermissionsBoundary = { Ref: 'Boundary' };
      }
    },
    spoil: (copy) => {
      for (const { resource } of copy.all(POLICY).filter(({ id }) => id === 'Boundary'))
        resource.Properties.PolicyDocument = {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
        };
    },
  },
  {
    name: 'ExternalId dropped from a trust',
    isAccess: true,
    prepare: (copy) =>
      void (pick(sitesOf(copy, 'trust', ofAccount)).statement.Condition = { StringEquals: { [CHAIN]: 'theirs' } }),
    spoil: (copy) => {
      dropKey(pick(sitesOf(copy, 'trust', has(CHAIN))), CHAIN);
    },
  },
  {
    name: 'policy attached to one more role',
    isAccess: true,
    spoil: (copy) => {
      const policy = copy.the(POLICY, ({ Roles }) => Roles !== undefined);
      const role = copy.the(
        ROLE,
        (_, { stack, id }) => stack === policy.stack && !JSON.stringify(policy.resource.Properties.Roles).includes(id),
      );
      policy.resource.Properties.Roles = [[policy.resource.Properties.Roles].flat(), { Ref: role.id }].flat();
    },
  },
  {
    name: 'policy of AWS attached',
    isAccess: true,
    spoil: (copy) => void (copy.the(ROLE).resource.Properties.ManagedPolicyArns = ['arn:aws:iam::aws:policy/AmazonS3FullAccess']),
  },
  {
    name: 'inline policy added',
    isAccess: true,
    spoil: (copy) =>
      void (copy.the(ROLE).resource.Properties.Policies = [
        {
          PolicyName: 'More',
          PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] },
        },
      ]),
  },
  {
    name: 'role moved to the path of another actor',
    isAccess: true,
    spoil: (copy) => {
      const role = copy.the(ROLE);
      role.resource.Properties.Path = copy.another(
        role,
        ({ Path }) => Path !== role.resource.Properties.Path,
      ).resource.Properties.Path;
    },
  },
  {
    name: 'bucket policy removed',
    isAccess: true,
    spoil: (copy) => {
      copy.remove(copy.the('AWS::S3::BucketPolicy'));
    },
  },
  {
    name: 'policy of a key removed',
    isAccess: true,
    spoil: (copy) => void Reflect.deleteProperty(copy.the('AWS::KMS::Key').resource.Properties, 'KeyPolicy'),
  },
  {
    name: 'policy of an endpoint removed',
    isAccess: true,
    spoil: (copy) =>
      void Reflect.deleteProperty(
        copy.the('AWS::EC2::VPCEndpoint', ({ PolicyDocument }) => PolicyDocument !== undefined).resource.Properties,
        'PolicyDocument',
      ),
  },
  {
    name: 'topic policy removed',
    isAccess: true,
    spoil: (copy) => {
      copy.remove(copy.the('AWS::SNS::TopicPolicy'));
    },
  },
  {
    name: 'policy of a role removed',
    isAccess: true,
    spoil: (copy) => {
      copy.remove(copy.the(POLICY));
    },
  },
];

/** Changes of who may do what. */
export const ACCESS_MUTANTS: readonly Mutant[] = [...fromEdits, ...others];
