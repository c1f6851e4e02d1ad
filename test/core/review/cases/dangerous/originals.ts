import type { DangerousCase } from '../case.ts';
import { KEY, POLICY, ROLE, STREAM } from '../finders.ts';
import { actorsOf, domainOf } from '../givens.ts';
import { part, statementsOf, type PlatformCopy, type RawStatement } from '../platform-copy.ts';

const bucket = (name: string, keys: string) => ({
  'Fn::Join': ['', ['arn:aws:s3:::', { 'Fn::ImportValue': `headwaters-prod-${name}BucketName` }, keys]],
});
const closedKey = { 'Fn::ImportValue': 'headwaters-prod-ClosedKeyArn' };
const read = (Resource: unknown, Action: string | string[] = 's3:GetObject'): RawStatement => ({
  Effect: 'Allow',
  Action,
  Resource,
});

/** Gives analysts one statement more. */
const toAnalysts =
  (statement: (platform: PlatformCopy) => RawStatement) =>
  (platform: PlatformCopy): void => {
    statementsOf(platform.the(POLICY, ({ id }) => id.startsWith('Analysts'))).push(statement(platform));
  };

/** A role in a domain's stack with one statement. */
const newRole =
  (Path: string | undefined, statement: RawStatement) =>
  (platform: PlatformCopy): void => {
    platform.add(domainOf(platform), 'New', {
      Type: ROLE,
      Properties: {
        ...(Path === undefined ? {} : { Path }),
        AssumeRolePolicyDocument: { Statement: [] },
        Policies: [{ PolicyName: 'read', PolicyDocument: { Statement: [statement] } }],
      },
    });
  };

const dangers = ['OriginalsOpened'] as const;

/** Somebody may read events as they came, with personal data in clear, or undo what protects them. */
export const ORIGINALS: readonly DangerousCase[] = [
  { name: 'analysts read originals', edit: toAnalysts(() => read(bucket('Raw', '/keep*/sales/*'))), dangers },
  { name: 'analysts read rejects', edit: toAnalysts(() => read(bucket('Quarantine', '/keep*/sales/*'))), dangers },
  { name: 'analysts read what was not delivered', edit: toAnalysts(() => read(bucket('Clean', '/_errors/sales/*'))), dangers },
  {
    name: 'analysts read all of a bucket in which a part is closed',
    edit: toAnalysts(() => read(bucket('Clean', '/*'))),
    dangers,
  },
  {
    name: 'analysts read buckets of any name that begins so',
    edit: toAnalysts(() => read('arn:aws:s3:::headwaters-*/*')),
    dangers,
  },
  {
    name: 'analysts read earlier versions of originals',
    edit: toAnalysts(() => read(bucket('Raw', '/keep*'), 's3:GetObjectVersion')),
    dangers,
  },
  {
    name: 'analysts read earlier versions of originals by torrent',
    edit: toAnalysts(() => read(bucket('Raw', '/keep*'), 's3:GetObjectVersionTorrent')),
    dangers,
  },
  {
    name: 'analysts read what is noted beside originals',
    edit: toAnalysts(() => read(bucket('Raw', '/keep*'), 's3:GetObjectAnnotation')),
    dangers,
  },
  { name: 'analysts decrypt under the key of originals', edit: toAnalysts(() => read(closedKey, 'kms:Decrypt')), dangers },
  { name: 'analysts hand on the key of originals', edit: toAnalysts(() => read(closedKey, 'kms:CreateGrant')), dangers },
  {
    name: 'analysts read a stream',
    edit: (platform) => {
      const stream = { 'Fn::GetAtt': [platform.the(STREAM).id, 'Arn'] };
      newRole('/headwaters/prod/analyst/', read(stream, 'kinesis:GetRecords'))(platform);
    },
    dangers,
  },
  {
    name: 'a role of no path reads the secret that makes pseudonyms',
    edit: (platform) => {
      const secret = { Ref: platform.the('AWS::SecretsManager::Secret').id };
      newRole(undefined, read(secret, 'secretsmanager:GetSecretValue'))(platform);
    },
    dangers,
  },
  {
    name: 'a new kind of actor reads originals',
    edit: newRole('/headwaters/prod/debug/', read(bucket('Raw', '/keep1/sales/orders/*'))),
    dangers,
  },
  {
    name: 'one more delivery reads originals of every dataset',
    edit: newRole('/headwaters/prod/delivery/', read(bucket('Raw', '/*'))),
    dangers,
  },
  {
    name: 'the key of originals admits one more actor of ours',
    edit: (platform) => {
      const key = platform.the(KEY, ({ id }) => id.startsWith('LakeClosedKey'));
      const statement = statementsOf(key, 'KeyPolicy').find(({ Sid }) => Sid === 'UseByActors');
      if (statement === undefined) throw new Error('prod must have a key of originals that actors use for this case');
      const callers = actorsOf(statement);
      callers.push(JSON.parse(JSON.stringify(callers[0]).replace('delivery', 'analyst')));
    },
    dangers,
  },
  {
    name: 'the bucket of originals admits a role of the account by its own policy',
    edit: (platform) => {
      const policy = platform.the('AWS::S3::BucketPolicy', ({ id }) => id.startsWith('LakeRaw'));
      const statement = { ...read(bucket('Raw', '/*')), Principal: { AWS: 'arn:aws:iam::111122223333:role/somebody' } };
      statementsOf(policy).push(statement);
    },
    dangers,
  },
  {
    name: 'one role more may become a steward',
    edit: (platform) => {
      const steward = platform.the(ROLE, ({ id }) => id.startsWith('Steward'));
      const [statement] = statementsOf(steward, 'AssumeRolePolicyDocument');
      part(statement).Principal = { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/somebody' } };
    },
    dangers: ['AccessDropped', 'OriginalsOpened'],
  },
  {
    name: 'machines of the account may become a delivery, which reads originals',
    edit: (platform) => {
      const delivery = platform.the(ROLE, ({ properties }) => properties.Path === '/headwaters/prod/delivery/');
      const [statement] = statementsOf(delivery, 'AssumeRolePolicyDocument');
      part(statement).Principal = { Service: ['firehose.amazonaws.com', 'ec2.amazonaws.com'] };
    },
    dangers,
  },
  {
    name: 'analysts read a whole bucket, by a wildcard behind its name',
    edit: toAnalysts(() => read(bucket('Clean', '*'))),
    dangers,
  },
  {
    name: "a secret's policy in another stack lets a role read it",
    edit: (platform) => {
      platform.add(platform.foundation, 'New', {
        Type: 'AWS::SecretsManager::ResourcePolicy',
        Properties: {
          SecretId: { 'Fn::ImportValue': 'headwaters-prod-sales-ProtectionSecretArn' },
          ResourcePolicy: {
            Statement: [
              {
                Effect: 'Allow',
                Action: 'secretsmanager:GetSecretValue',
                Resource: '*',
                Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/somebody' } },
              },
            ],
          },
        },
      });
    },
    dangers,
  },
];
