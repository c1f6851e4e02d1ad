import { OWN_POLICIES } from '../../../core/review/permissions/own-policies.ts';
import { resolve, type Scope } from '../../../local/assembly/intrinsics.ts';
import { exportSegment } from '../../../core/naming.ts';
import { ACCOUNT, REGION } from './accounts.ts';
import { ARN_FORMS } from './arn-forms.ts';
import { nameOf, type Dataset, type Named, type Place } from './place.ts';

type Json = Readonly<Record<string, unknown>>;

/** A policy as JSON, every reference in its place. */
export type Document = Json;

/** Something of the templates that a request can be about. */
export interface Resource extends Named {
  /** As the catalogue of actions calls it: `s3:bucket`. */
  readonly kind: string;
  readonly arn: string;
  /** What others call it by: a bucket's name. */
  readonly name: string;
  /** The policy of the resource itself. @default - it has none */
  readonly policy?: Document;
}

/** A role of the templates. */
export interface Role {
  readonly arn: string;
  /** The last segment of its path. */
  readonly actor: string;
  readonly place: Place;
  readonly label: string;
  readonly identity: readonly Document[];
  readonly boundary?: Document;
}

/** What the policy of a network endpoint lets through. */
export interface Endpoint {
  readonly label: string;
  readonly policy: Document;
}

/** What the templates of one environment say about access. */
export interface Environment {
  readonly name: string;
  readonly datasets: readonly Dataset[];
  readonly resources: readonly Resource[];
  readonly roles: readonly Role[];
  readonly endpoints: readonly Endpoint[];
}

interface Raw {
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  readonly raw: Json;
}
interface Template {
  readonly Resources?: Readonly<Record<string, { readonly Type: string; readonly Properties?: Json }>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: unknown } }>>;
}

/** Anything that no template holds and a role has: it may allow everything. */
const UNKNOWN_POLICY: Document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const TRUST = 'AssumeRolePolicyDocument';
const POLICIES = ['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy'];
/** Types that grant by themselves in ways which are not read here. */
const REFUSED =
  /^AWS::(?:Lambda::Permission|LakeFormation::.*|S3::AccessGrant.*|S3::AccessPoint|IAM::(?:User|Group)|KMS::ReplicaKey)$/;
/** Own policies that are read. */
const READ = [
  'AWS::S3::BucketPolicy',
  'AWS::KMS::Key',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::SecretsManager::ResourcePolicy',
  'AWS::EC2::VPCEndpoint',
];

const list = (value: unknown): readonly unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const texts = (value: unknown): readonly string[] => list(value).map(String);

/** What an environment is read from. */
export interface Source {
  /** By the names of their stacks. */
  readonly templates: ReadonlyMap<string, string>;
  readonly datasets: readonly Dataset[];
  /** Of stacks that go elsewhere. @default - all go to one region */
  readonly regions?: ReadonlyMap<string, string>;
}

/**
 * Reads what the templates of one environment say.
 *
 * @throws Error for a type that grants and cannot be read, and a reference that stands for nothing
 */
export function readEnvironment(name: string, { templates, datasets, regions = new Map() }: Source): Environment {
  const parsed = new Map([...templates].map(([stack, text]) => [stack, JSON.parse(text) as Template]));
  const all = [...parsed].flatMap(([stack, { Resources = {} }]) =>
    Object.entries(Resources).map(([id, { Type, Properties = {} }]): Raw => ({ stack, id, type: Type, raw: Properties })),
  );
  const refused = all.find(
    ({ type, raw }) => REFUSED.test(type) || (type in OWN_POLICIES && !READ.includes(type) && policiesOf(type, raw).length > 0),
  );
  if (refused !== undefined)
    throw new Error(`${refused.stack}.${refused.id}: '${refused.type}' grants, and the matrix cannot read it; teach it`);
  return build(name, all, referencesOf(parsed, regions), datasets);
}

const policiesOf = (type: string, properties: Json): readonly unknown[] =>
  OWN_POLICIES[type]?.documents({ type, properties, attributes: {} }).map(({ document }) => document) ?? [];

type Resolve = (stack: string, value: unknown) => unknown;

/** Puts values in the place of references, as a deployment would. */
function referencesOf(templates: ReadonlyMap<string, Template>, regions: ReadonlyMap<string, string>): Resolve {
  const regionOf = (stack: string): string => regions.get(stack) ?? REGION;
  const exports = new Map<string, { readonly stack: string; readonly value: unknown }>();
  const known = new Map<string, { readonly ref: string; readonly arn: string }>();
  const scopeOf = (stack: string): Scope => ({
    ref: (name) => pseudo(stack, regionOf(stack))[name] ?? physical(stack, name)?.ref,
    attribute: (id, attribute) => (/Arn$/.test(attribute) ? physical(stack, id)?.arn : physical(stack, id)?.ref),
    importValue: (name) => {
      const found = exports.get(name);
      return found === undefined ? undefined : resolve(found.value, scopeOf(found.stack), name);
    },
    condition: () => undefined,
    mappings: {},
  });
  const physical = (stack: string, id: string): { readonly ref: string; readonly arn: string } | undefined => {
    const key = `${stack}.${id}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = templates.get(stack)?.Resources?.[id];
    if (found === undefined) return undefined;
    const form = ARN_FORMS[found.Type];
    const own = stack.replaceAll('Headwaters-', '');
    const made = `${own}-${id}`;
    if (form === undefined) return { ref: made, arn: `arn:aws:unnamed:${REGION}:${ACCOUNT}:${made}` };
    const named = Object.fromEntries(
      Object.entries(found.Properties ?? {})
        .filter(([property]) => /Name$|^Path$|^DatabaseInput$|^TableInput$/.test(property))
        .map(([property, value]) => [property, resolve(property === 'TableInput' ? nameIn(value) : value, scopeOf(stack), key)]),
    );
    const given = form.name === undefined ? undefined : named[form.name];
    const name = typeof given === 'string' ? given : found.Type === 'AWS::S3::Bucket' ? made.toLowerCase() : made;
    const arn = form.arn(name, named).replace(`:${REGION}:`, `:${regionOf(stack)}:`);
    const entry = { ref: form.ref === 'arn' ? arn : name, arn };
    known.set(key, entry);
    return entry;
  };
  for (const [stack, { Outputs = {} }] of templates) {
    for (const { Value, Export } of Object.values(Outputs)) {
      if (Export !== undefined) exports.set(String(resolve(Export.Name, scopeOf(stack), stack)), { stack, value: Value });
    }
  }
  return (stack, value) => resolve(value, scopeOf(stack), stack);
}

const nameIn = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'Name' in value ? { Name: value.Name } : value;

const pseudo = (stack: string, region: string): Readonly<Record<string, string>> => ({
  'AWS::AccountId': ACCOUNT,
  'AWS::Region': region,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': stack,
});

function build(name: string, all: readonly Raw[], resolved: Resolve, datasets: readonly Dataset[]): Environment {
  const domains = [...new Set(datasets.map(({ domain }) => domain))];
  const domainOf = (stack: string): string | undefined =>
    domains.find((domain) => new RegExp(`-Domain-${exportSegment(domain)}(?:-Part\\d+)?$`).test(stack));
  const documentOf = ({ stack, raw }: Raw, property: string): Document => resolved(stack, raw[property]) as Document;
  const arnOf = ({ stack, id, type }: Raw): string =>
    String(resolved(stack, ARN_FORMS[type]?.ref === 'arn' ? { Ref: id } : { 'Fn::GetAtt': [id, 'Arn'] }));
  const refOf = ({ stack, id }: Raw): string => String(resolved(stack, { Ref: id }));

  const own = new Map<string, Document>();
  for (const one of all) {
    const { stack, type, raw } = one;
    if (type === 'AWS::IAM::Role') own.set(arnOf(one), documentOf(one, TRUST));
    if (type === 'AWS::EC2::VPCEndpoint' || !(type in OWN_POLICIES)) continue;
    const { about } = OWN_POLICIES[type] ?? {};
    const [document] = policiesOf(type, raw);
    if (document === undefined) continue;
    const subjects = about === undefined ? [refOf(one)] : texts(resolved(stack, raw[about]));
    for (const subject of subjects) own.set(subject, resolved(stack, document) as Document);
  }
  const resources = all.flatMap((one): Resource[] => {
    const form = ARN_FORMS[one.type];
    if (form === undefined) return [];
    const [arn, ref] = [arnOf(one), refOf(one)];
    const policy = own.get(arn) ?? own.get(ref) ?? (form.kind === 'kms:key' ? BY_ACCOUNT : undefined);
    return [
      {
        ...nameOf(one.id, domainOf(one.stack), datasets),
        kind: form.kind,
        arn,
        name: ref,
        ...(policy === undefined ? {} : { policy }),
      },
    ];
  });
  const policies = all.filter(({ type }) => POLICIES.includes(type));
  const roles = all
    .filter(({ type }) => type === 'AWS::IAM::Role')
    .map((one): Role => {
      const { stack, raw } = one;
      const attached = texts(resolved(stack, raw.ManagedPolicyArns));
      const isOf = (policy: Raw): boolean =>
        texts(resolved(policy.stack, policy.raw.Roles)).includes(refOf(one)) || attached.includes(refOf(policy));
      const strangers = attached.filter((arn) => !policies.some((policy) => refOf(policy) === arn));
      const boundaryArn = raw.PermissionsBoundary === undefined ? undefined : String(resolved(stack, raw.PermissionsBoundary));
      const boundary = policies.find((policy) => boundaryArn !== undefined && refOf(policy) === boundaryArn);
      return {
        ...nameOf(one.id, domainOf(stack), datasets),
        arn: arnOf(one),
        actor: /([^/]+)\/[^/]+$/.exec(arnOf(one).replace(/^.*:role/, ''))?.[1] ?? 'no path',
        identity: [
          ...policies.filter(isOf).map((policy) => documentOf(policy, 'PolicyDocument')),
          ...list(raw.Policies).map((inline) => (resolved(stack, inline) as { PolicyDocument: Document }).PolicyDocument),
          ...strangers.map(() => UNKNOWN_POLICY),
        ],
        ...(boundary === undefined ? {} : { boundary: documentOf(boundary, 'PolicyDocument') }),
      };
    });
  const endpoints = all
    .filter(({ type }) => type === 'AWS::EC2::VPCEndpoint')
    .map((one): Endpoint => ({
      label: nameOf(one.id, domainOf(one.stack), datasets).label,
      policy: one.raw.PolicyDocument === undefined ? OPEN : documentOf(one, 'PolicyDocument'),
    }));
  return { name, datasets, resources, roles, endpoints };
}

/** What AWS puts in the place of a policy that is not there. */
const BY_ACCOUNT: Document = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' }],
};
const OPEN: Document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] };
