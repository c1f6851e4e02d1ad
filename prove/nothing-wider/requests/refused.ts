import type { Access } from '../scenarios/recorder.ts';
import { ADMINISTRATOR, arnOf, declared, listAt, ofType, sessionOf, textAt, type Declare, type Standing } from './declared.ts';

/** A key in each place of a bucket that a policy may tell apart. */
const KEYS = ['keep30-hot30/any/any/object', '_errors/any/any/object', 'AWSLogs/object'];

/** What everybody may be refused, whoever they are. Reading and writing objects is left out: some buckets close these besides. */
const OF_BUCKETS = { bucket: 's3:ListBucket', object: 's3:GetObjectTagging' } as const;

const buckets = (standing: Standing): readonly string[] => ofType(standing, 'AWS::S3::Bucket').map(arnOf);

const weakTransport: Declare = (standing) => {
  const asked = (context: Readonly<Record<string, string>>) =>
    buckets(standing).flatMap((bucket) => [
      { principal: ADMINISTRATOR, action: OF_BUCKETS.bucket, resource: bucket, context },
      { principal: ADMINISTRATOR, action: OF_BUCKETS.object, resource: `${bucket}/${KEYS[0] ?? ''}`, context },
    ]);
  return [
    ...declared('an administrator calls S3 over plain HTTP', asked({ 'aws:SecureTransport': 'false' })),
    ...declared('an administrator calls S3 over an old TLS', asked({ 's3:TlsVersion': '1.1' })),
    ...declared(
      'an administrator tells a topic over plain HTTP',
      ofType(standing, 'AWS::SNS::Topic').map(({ ref }) => ({
        principal: ADMINISTRATOR,
        action: 'sns:Publish',
        resource: ref,
        context: { 'aws:SecureTransport': 'false' },
      })),
    ),
  ];
};

const closedObjects: Declare = (standing) => {
  const asked = (actions: readonly string[]) =>
    buckets(standing).flatMap((bucket) =>
      KEYS.flatMap((key) => actions.map((action) => ({ principal: ADMINISTRATOR, action, resource: `${bucket}/${key}` }))),
    );
  return [
    ...declared('an administrator reads an object', asked(['s3:GetObject', 's3:GetObjectVersion'])),
    ...declared('an administrator writes an object', asked(['s3:PutObject'])),
    ...declared('an administrator lifts the lock of an object', asked(['s3:BypassGovernanceRetention'])),
  ];
};

/** @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html */
const networkByCode: Declare = (standing) =>
  declared(
    'the code of a function reaches for its network',
    ofType(standing, 'AWS::Lambda::Function').flatMap((code) => {
      const arn = (resource: string): string => `arn:aws:ec2:${code.region}:${code.account}:${resource}`;
      const subnet = listAt(code, 'VpcConfig', 'SubnetIds').map((id) => arn(`subnet/${String(id)}`))[0];
      if (subnet === undefined) return [];
      const principal = sessionOf(textAt(code, 'Role') ?? '');
      const made = arn('network-interface/eni-0123456789abcdef0');
      const context = { 'lambda:SourceFunctionArn': arnOf(code), 'ec2:Subnet': subnet };
      return [
        ...['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'].map((action) => ({
          principal,
          action,
          resource: '*',
          context,
        })),
        ...['Assign', 'Unassign'].map((verb) => ({
          principal,
          action: `ec2:${verb}PrivateIpAddresses`,
          resource: made,
          context,
        })),
        { principal, action: 'ec2:CreateNetworkInterface', resource: made, context },
        { principal, action: 'ec2:DeleteNetworkInterface', resource: made, context },
      ];
    }),
  );

/** What must be refused to those whom nothing but a denial stops. */
export const refusedAccesses = (standing: Standing): readonly Access[] =>
  [weakTransport, closedObjects, networkByCode].flatMap((declare) => declare(standing));
