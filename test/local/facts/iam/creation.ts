import { addBucketPolicy } from '../../../../local/iam/index.ts';
import { ACCOUNT, account, because, document, policyArn, roleArn } from '../../iam/account.ts';
import { refused } from '../../iam/refused.ts';
import type { FactTable } from '../fact.ts';

const QUOTAS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html';
const PRINCIPAL = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html';
const GRAMMAR = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html';
const LAMBDA = { Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };

/** A trust policy of so many characters, without white space. */
function trustOf(characters: number): object {
  const of = (id: string) => document({ ...LAMBDA, Condition: { StringEquals: { 'sts:ExternalId': id } } });
  return of('x'.repeat(characters - JSON.stringify(of('')).length));
}
const newRole = (name: string, trust: object, policyArns: string[] = []) => ({
  roleName: name,
  path: '/',
  arn: roleArn(name),
  trust,
  policyArns,
});

/** What IAM and S3 refuse when a policy is written. */
export const iamCreation: FactTable = {
  service: 'IAM',
  facts: [
    {
      says: 'a trust policy of 2,048 characters is taken, one more is refused with LimitExceeded on ACLSizePerRole',
      basis: 'documented',
      source: QUOTAS,
      holds: () => {
        const { iam } = account();
        iam.addRole(newRole('fits', trustOf(2048)));
        expect(
          refused(() => {
            iam.addRole(newRole('large', trustOf(2049)));
          }),
        ).toEqual({ code: 'LimitExceeded', status: 409, message: 'Cannot exceed quota for ACLSizePerRole: 2048' });
      },
    },
    {
      says: 'ten managed policies may be attached to a role, an eleventh is refused with LimitExceeded on PoliciesPerRole',
      basis: 'documented',
      source: QUOTAS,
      holds: () => {
        const { iam } = account();
        iam.addRole(newRole('busy', document(LAMBDA)));
        const attach = (index: number) => {
          const policy = document({ Action: 's3:GetObject', Resource: '*' });
          iam.addManagedPolicy({ arn: policyArn(`p${index}`), document: policy, roleNames: ['busy'] });
        };
        for (let index = 1; index <= 10; index++) attach(index);
        expect(
          refused(() => {
            attach(11);
          }),
        ).toMatchObject({ code: 'LimitExceeded', message: 'Cannot exceed quota for PoliciesPerRole: 10' });
      },
    },
    {
      says: 'the policies that are a role’s own may have 10,240 characters together, one more is refused with LimitExceeded',
      basis: 'documented',
      source: QUOTAS,
      holds: () => {
        const { iam } = account();
        iam.addRole(newRole('busy', document(LAMBDA)));
        const sized = (characters: number) => {
          const of = (key: string) => document({ Action: 's3:GetObject', Resource: `arn:aws:s3:::b/${key}` });
          return of('k'.repeat(characters - JSON.stringify(of('')).length));
        };
        const put = (policyName: string, characters: number) => () => {
          iam.putRolePolicy({ roleName: 'busy', policyName, document: sized(characters) });
        };
        put('one', 6240)();
        put('two', 4000)();
        put('one', 6240)();
        expect(refused(put('two', 4001))).toMatchObject({ code: 'LimitExceeded' });
      },
    },
    {
      says: 'a policy of the role’s own decides as one that is attached does; of one that denies, which has no ARN, the kind is told',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html',
      holds: () => {
        const { iam, role, check } = account();
        const caller = role('reader');
        const put = (policyName: string, ...statements: object[]) => {
          iam.putRolePolicy({ roleName: 'reader', policyName, document: document(...statements) });
        };
        put('reads', { Action: 's3:GetObject', Resource: '*' });
        expect(check(caller, 's3:GetObject', 'arn:aws:s3:::b/k')).toBe('allowed');
        put('shut', { Effect: 'Deny', Action: 's3:GetObject', Resource: '*' });
        expect(because(check(caller, 's3:GetObject', 'arn:aws:s3:::b/k'))).toBe(
          'with an explicit deny in an identity-based policy',
        );
      },
    },
    {
      says: 'AWSLambdaBasicExecutionRole, which CDK gives to functions, lets them write logs',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaBasicExecutionRole.html',
      holds: () => {
        const { iam, check } = account();
        iam.addRole(newRole('function', document(LAMBDA), ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole']));
        const caller = { arn: roleArn('function'), accountId: ACCOUNT, roleArn: roleArn('function') };
        expect(check(caller, 'logs:PutLogEvents', '*')).toBe('allowed');
        expect(check(caller, 's3:GetObject', '*')).toContain('because no identity-based policy allows');
      },
    },
    {
      says: 'names of roles are unique without regard to case',
      basis: 'documented',
      source: `${QUOTAS}#reference_iam-quotas-names`,
      holds: () => {
        const { iam } = account();
        iam.addRole(newRole('reader', document(LAMBDA)));
        expect(
          refused(() => {
            iam.addRole(newRole('READER', document(LAMBDA)));
          }),
        ).toMatchObject({ code: 'EntityAlreadyExists', status: 409 });
      },
    },
    {
      says: 'a trust policy that names a role that does not exist is refused with MalformedPolicyDocument, naming it',
      basis: 'observed',
      source: 'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/iam/role.go',
      holds: () => {
        const { iam } = account();
        const trust = document({ Principal: { AWS: roleArn('nobody') }, Action: 'sts:AssumeRole' });
        expect(
          refused(() => {
            iam.addRole(newRole('task', trust));
          }),
        ).toMatchObject({
          code: 'MalformedPolicyDocument',
          message: `Invalid principal in policy: "AWS":"${roleArn('nobody')}"`,
        });
      },
    },
    {
      says: 'no wildcard may stand for part of a principal',
      basis: 'documented',
      source: PRINCIPAL,
      holds: () => {
        const { iam } = account();
        const trust = document({ Principal: { AWS: roleArn('task-*') }, Action: 'sts:AssumeRole' });
        expect(
          refused(() => {
            iam.addRole(newRole('task', trust));
          }),
        ).toMatchObject({ code: 'MalformedPolicyDocument' });
      },
    },
    {
      says: 'a managed policy may name no principal, a trust policy no resource, and neither both Action and NotAction',
      basis: 'documented',
      source: GRAMMAR,
      holds: () => {
        const { iam } = account();
        const statement = { Action: 's3:GetObject', Resource: '*' };
        for (const wrong of [
          { ...statement, Principal: '*' },
          { ...statement, NotAction: 's3:PutObject' },
          { Action: 's3:GetObject' },
        ]) {
          const act = () => {
            iam.addManagedPolicy({ arn: policyArn('p'), document: document(wrong) });
          };
          expect(refused(act)).toMatchObject({ code: 'MalformedPolicyDocument' });
        }
        expect(
          refused(() => {
            iam.addRole(newRole('task', document({ ...LAMBDA, Resource: '*' })));
          }),
        ).toMatchObject({ code: 'MalformedPolicyDocument' });
      },
    },
    {
      says: 'a permissions boundary must exist before the role: NoSuchEntity',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html',
      holds: () => {
        const { iam } = account();
        expect(
          refused(() => {
            iam.addRole({ ...newRole('task', document(LAMBDA)), boundaryArn: policyArn('none') });
          }),
        ).toMatchObject({ code: 'NoSuchEntity', status: 404 });
      },
    },
    {
      says: 'S3 refuses a bucket policy for a role that does not exist, for another bucket, and for another service, with MalformedPolicy',
      basis: 'observed',
      source: 'https://repost.aws/knowledge-center/s3-invalid-principal-in-policy-error',
      holds: () => {
        const { iam } = account();
        const lake = 'arn:aws:s3:::lake';
        const set = (rest: object) =>
          refused(() => {
            addBucketPolicy(iam, lake, document({ Principal: '*', Action: 's3:GetObject', Resource: `${lake}/*`, ...rest }));
          });
        expect(set({ Principal: { AWS: roleArn('nobody') } })).toMatchObject({
          code: 'MalformedPolicy',
          message: 'Invalid principal in policy',
        });
        expect(set({ Resource: 'arn:aws:s3:::lake2/*' })).toMatchObject({
          code: 'MalformedPolicy',
          message: 'Policy has invalid resource',
        });
        expect(set({ Action: 'kms:Decrypt' })).toMatchObject({ code: 'MalformedPolicy', message: 'Policy has invalid action' });
      },
    },
  ],
};
