import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

export const ACCOUNT = '123456789012';
export const OTHER_ACCOUNT = '210987654321';
export const REGION = 'us-east-1';

/** A statement as JSON holds it. */
export interface RawStatement {
  Sid?: string;
  Effect: string;
  Principal?: unknown;
  NotPrincipal?: unknown;
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: Record<string, Record<string, unknown>>;
}
export interface RawPolicy {
  Version: string;
  Statement: RawStatement[];
}

export type GuardedKind = 'bucket' | 'key' | 'topic' | 'trust';

/** The policies of the synthesized templates, with every reference in its place. */
export interface TemplatePolicies {
  readonly identity: readonly RawPolicy[];
  readonly guarded: readonly { readonly kind: GuardedKind; readonly arn: string; readonly policy: RawPolicy }[];
}

const template = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).optional() })),
});
const statement = z.looseObject({ Effect: z.string() });
const policy = z.object({ Version: z.string(), Statement: z.array(statement) });

const ARNS: Readonly<Record<string, (id: string) => string>> = {
  'AWS::S3::Bucket': (id) => `arn:aws:s3:::${id.toLowerCase()}`,
  'AWS::KMS::Key': (id) => `arn:aws:kms:${REGION}:${ACCOUNT}:key/${id}`,
  'AWS::IAM::Role': (id) => `arn:aws:iam::${ACCOUNT}:role/${id}`,
  'AWS::Kinesis::Stream': (id) => `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/${id}`,
  'AWS::SNS::Topic': (id) => `arn:aws:sns:${REGION}:${ACCOUNT}:${id}`,
  'AWS::StepFunctions::StateMachine': (id) => `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:${id}`,
  'AWS::Lambda::Alias': (id) => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${id}:live`,
  'AWS::Lambda::Function': (id) => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${id}`,
  'AWS::KinesisFirehose::DeliveryStream': (id) => `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/${id}`,
  'AWS::Logs::LogGroup': (id) => `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${id}:*`,
  'AWS::SecretsManager::Secret': (id) => `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:${id}-AbCdEf`,
};
const PSEUDO: Readonly<Record<string, string>> = { 'AWS::Partition': 'aws', 'AWS::AccountId': ACCOUNT, 'AWS::Region': REGION };

/** Reads the templates that the snapshot tests hold, of one environment. */
export function templatePolicies(environment: string): TemplatePolicies {
  const folder = path.join('test/lib/__snapshots__', environment);
  const stacks = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => template.parse(JSON.parse(readFileSync(path.join(folder, file), 'utf8'))).Resources);
  const identity: RawPolicy[] = [];
  const guarded: TemplatePolicies['guarded'][number][] = [];
  for (const resources of stacks) {
    const arnOf = (id: string): string => ARNS[resources[id]?.Type ?? '']?.(id) ?? id.toLowerCase();
    const read = (value: unknown): RawPolicy => policy.parse(resolve(value, arnOf));
    for (const [id, { Type, Properties = {} }] of Object.entries(resources)) {
      const guard = (kind: GuardedKind, arn: string, value: unknown): void =>
        void guarded.push({ kind, arn, policy: read(value) });
      if (Type === 'AWS::IAM::ManagedPolicy') identity.push(read(Properties.PolicyDocument));
      if (Type === 'AWS::IAM::Role') guard('trust', arnOf(id), Properties.AssumeRolePolicyDocument);
      if (Type === 'AWS::KMS::Key') guard('key', arnOf(id), Properties.KeyPolicy);
      if (Type === 'AWS::S3::BucketPolicy') guard('bucket', arnOf(referred(Properties.Bucket)), Properties.PolicyDocument);
      if (Type === 'AWS::SNS::TopicPolicy') {
        const [topic] = z.array(z.unknown()).parse(Properties.Topics);
        guard('topic', arnOf(referred(topic)), Properties.PolicyDocument);
      }
    }
  }
  return { identity, guarded };
}

const referred = (value: unknown): string => z.object({ Ref: z.string() }).parse(value).Ref;

/** Whatever an intrinsic would give, in a form that its place allows: imported names of keys and buckets keep their kinds. */
function resolve(value: unknown, arnOf: (id: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, arnOf));
  if (typeof value !== 'object' || value === null) return value;
  if ('Ref' in value) {
    const name = String(value.Ref);
    return (
      PSEUDO[name] ??
      (/^arn:aws:(sns|states|secretsmanager|lambda:[^:]*:[^:]*:function:[^:]*:live)/.test(arnOf(name))
        ? arnOf(name)
        : name.toLowerCase())
    );
  }
  if ('Fn::GetAtt' in value) return arnOf(z.array(z.string()).parse(value['Fn::GetAtt'])[0] ?? '');
  if ('Fn::ImportValue' in value) {
    const name = z.string().parse(value['Fn::ImportValue']);
    const kind = /Key.*Arn$/.test(name) ? 'AWS::KMS::Key' : name.endsWith('Arn') ? 'AWS::IAM::Role' : undefined;
    return kind === undefined ? name.toLowerCase() : ARNS[kind]?.(name);
  }
  if ('Fn::Join' in value) {
    const [separator, parts] = z.tuple([z.string(), z.array(z.unknown())]).parse(value['Fn::Join']);
    return parts.map((part) => String(resolve(part, arnOf))).join(separator);
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [keyOf(key), resolve(member, arnOf)]));
}

/** iam-simulate knows the keys of encryption contexts, but not those with a colon in them, as AWS's own have. */
const keyOf = (key: string): string =>
  key.replace(/^kms:EncryptionContext:(.*)$/, (_, name: string) => `kms:EncryptionContext:${name.replaceAll(':', '-')}`);
