import type { DangerousCase } from '../case.ts';
import { POLICY, ROLE } from '../finders.ts';
import { domainOf } from '../givens.ts';
import { statementsOf, type PlatformCopy } from '../platform-copy.ts';

const zone = (name: string, keys = '') => ({
  'Fn::Join': ['', ['arn:aws:s3:::', { 'Fn::ImportValue': `headwaters-prod-${name}BucketName` }, keys]],
});
const role = (path: string) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role${path}` });

/** Gives analysts one action more. */
const toAnalysts =
  (Action: string, Resource: unknown) =>
  (platform: PlatformCopy): void => {
    statementsOf(platform.the(POLICY, ({ id }) => id.startsWith('Analysts'))).push({ Effect: 'Allow', Action, Resource });
  };

const dangers = ['PowerGained'] as const;

/** Each is written out, on one resource: to use it, though, takes away what is held, or one call more to allow the rest. */
export const POWERS: readonly DangerousCase[] = [
  { name: 'analysts delete what lies in clean', edit: toAnalysts('s3:DeleteObject', zone('Clean', '/keep*/sales/*')), dangers },
  { name: 'analysts let objects expire', edit: toAnalysts('s3:PutLifecycleConfiguration', zone('Clean')), dangers },
  { name: 'analysts write the policy of the bucket of originals', edit: toAnalysts('s3:PutBucketPolicy', zone('Raw')), dangers },
  {
    name: 'analysts write the policy of the key of originals',
    edit: toAnalysts('kms:PutKeyPolicy', { 'Fn::ImportValue': 'headwaters-prod-ClosedKeyArn' }),
    dangers,
  },
  {
    name: 'analysts let a key go',
    edit: toAnalysts('kms:ScheduleKeyDeletion', { 'Fn::ImportValue': 'headwaters-prod-LakeKeyArn' }),
    dangers,
  },
  {
    name: 'analysts may become one steward',
    edit: toAnalysts('sts:AssumeRole', role('/headwaters/prod/steward/Headwaters-prod-Steward')),
    dangers,
  },
  {
    name: 'analysts hand a role of deliveries to a service',
    edit: toAnalysts('iam:PassRole', role('/headwaters/prod/delivery/Headwaters-prod-Delivery')),
    dangers,
  },
  {
    name: 'a new role of a domain writes the code that sees events in clear',
    edit: (platform) => {
      const stack = domainOf(platform);
      const code = platform.the('AWS::Lambda::Function', (found) => found.stack === stack);
      const statement = { Effect: 'Allow', Action: 'lambda:UpdateFunctionCode', Resource: { 'Fn::GetAtt': [code.id, 'Arn'] } };
      platform.add(stack, 'New', {
        Type: ROLE,
        Properties: {
          Path: '/headwaters/prod/release/',
          AssumeRolePolicyDocument: { Statement: [] },
          Policies: [{ PolicyName: 'release', PolicyDocument: { Statement: [statement] } }],
        },
      });
    },
    dangers,
  },
  {
    name: 'a bucket lets a role of the account delete, by its own policy',
    edit: (platform) => {
      const policy = platform.the('AWS::S3::BucketPolicy', ({ id }) => id.startsWith('LakeClean'));
      const statement = { Effect: 'Allow', Action: 's3:DeleteObject', Resource: zone('Clean', '/keep*') };
      statementsOf(policy).push({ ...statement, Principal: { AWS: role('/somebody') } });
    },
    dangers,
  },
];
