import { OBJECT_ACTIONS } from '../../../constructs/storage/object-actions.ts';
import { progressKey } from '../../../core/replay/layout.ts';
import type { Access } from '../scenarios/recorder.ts';
import { ADMINISTRATOR, arnOf, declared, listAt, ofType, sessionOf, textAt, type Declare, type Standing } from './declared.ts';

/** A key in each place of a bucket that a policy may tell apart. */
const KEYS = ['keep30-hot30/any/any/object', '_errors/any/any/object', 'AWSLogs/object'];

/** What everybody may be refused, whoever they are: of objects the one thing that no bucket closes besides. */
const OF_BUCKETS = { bucket: 's3:ListBucket', object: 's3:AbortMultipartUpload' } as const;

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
  const { read, write, unlock, remove } = OBJECT_ACTIONS;
  return [
    ...declared('an administrator reads an object', asked(read)),
    ...declared('an administrator writes an object', asked(write)),
    ...declared('an administrator lifts the lock of an object', asked(unlock)),
    ...declared('an administrator deletes an object', asked(remove)),
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

/** Deliveries that file what is put into them by its retention class and domain: a replay's marks lie beside what they file. */
const marksByDelivery: Declare = (standing) =>
  declared(
    'the delivery of rejects reaches for what a replay has marked',
    ofType(standing, 'AWS::KinesisFirehose::DeliveryStream').flatMap((stream) => {
      const at = (name: string): string => textAt(stream, 'ExtendedS3DestinationConfiguration', name) ?? '';
      const domain = /^!\{[^}]+\}\/([^/!]+)\//.exec(at('Prefix'))?.[1];
      if (domain === undefined) return [];
      const mark = progressKey(`keep30-hot30/${domain}/any/reason=any/dt=2026-01-01/object`, 'quarantine');
      const asked = { principal: sessionOf(at('RoleARN')), resource: `${at('BucketARN')}/${mark}` };
      return ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'].map((action) => ({ ...asked, action }));
    }),
  );

/** What must be refused to those whom nothing but a denial stops. */
export const refusedAccesses = (standing: Standing): readonly Access[] =>
  [weakTransport, closedObjects, marksByDelivery, networkByCode].flatMap((declare) => declare(standing));
