import { account, ACCOUNT, because, document, policyArn, roleArn, ROOT } from '../iam/account.ts';
import { refused } from '../iam/refused.ts';
import type { FactTable } from './fact.ts';
import { recorded } from './recorded.ts';

const GUIDE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
const ASSUME_ROLE = 'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html';
const TAGS = `${GUIDE}/id_session-tags.html`;
const SOURCE_IDENTITY = `${GUIDE}/id_credentials_temp_control-access_monitor.html`;
const QUOTAS = `${GUIDE}/reference_iam-quotas.html#reference_iam-quotas-entity-length`;
const DENIED = `${GUIDE}/troubleshoot_access-denied.html`;

const GET = 's3:GetObject';
const read = { Action: GET, Resource: 'arn:aws:s3:::lake/*' };
const KEY = 'arn:aws:s3:::lake/hot/a';
const trusting = (rest: object, Action: string | string[] = 'sts:AssumeRole') =>
  document({ Principal: { AWS: ROOT }, Action, ...rest });

/** What STS gives, to whom, and for how long. */
export const sts: FactTable = {
  service: 'STS',
  facts: [
    {
      says: 'a session lasts 3,600 seconds unless another duration is asked for, and expires on the clock on the wall',
      basis: 'documented',
      source: ASSUME_ROLE,
      holds: () => {
        const { clock, role, assume, sessions } = account();
        role('reader');
        const { session, Credentials } = assume('reader');
        expect(Date.parse(Credentials.Expiration)).toBe(clock.wall + 3_600_000);
        clock.simulated += 365 * 86_400_000;
        expect(sessions.hasExpired(session)).toBe(false);
        clock.wall += 3_600_000;
        expect(sessions.hasExpired(session)).toBe(true);
      },
    },
    {
      says: 'a session is named assumed-role/<role>/<session>, without the path of the role, and its id is the role’s, a colon and the name',
      basis: 'documented',
      source: ASSUME_ROLE,
      holds: () => {
        const { iam, sts: service, operator, assume } = account();
        const arn = roleArn('team/reader');
        iam.addRole({ roleName: 'reader', path: '/team/', arn, trust: trusting({}), policyArns: [] });
        const { AssumedRoleUser, caller } = assume('team/reader');
        expect(AssumedRoleUser.Arn).toBe(`arn:aws:sts::${ACCOUNT}:assumed-role/reader/s1`);
        expect(AssumedRoleUser.AssumedRoleId).toMatch(/^AROA[A-Z2-7]{17}:s1$/);
        expect(service.operations.GetCallerIdentity?.(new Map(), caller)).toEqual({
          Account: ACCOUNT,
          Arn: AssumedRoleUser.Arn,
          UserId: AssumedRoleUser.AssumedRoleId,
        });
        expect(service.operations.GetCallerIdentity?.(new Map(), operator)).toMatchObject({
          UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/) as string,
        });
      },
    },
    {
      says: 'GetCallerIdentity needs no permission, and cannot be denied',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html',
      holds: () => {
        const { role, sts: service } = account();
        const reader = role('reader', { allows: [{ Effect: 'Deny', Action: '*', Resource: '*' }] });
        expect(service.operations.GetCallerIdentity?.(new Map(), reader)).toMatchObject({ Arn: reader.arn });
      },
    },
    {
      says: 'a session may last 900 seconds at least, and not longer than the role’s own maximum',
      basis: 'documented',
      source: ASSUME_ROLE,
      holds: () => {
        const { role, assume } = account();
        role('reader', { maxSessionSeconds: 7200 });
        expect(refused(() => assume('reader', { DurationSeconds: '899' }))).toMatchObject({ code: 'ValidationError' });
        expect(refused(() => assume('reader', { DurationSeconds: '7201' }))).toMatchObject({
          code: 'ValidationError',
          message: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
        });
        expect(assume('reader', { DurationSeconds: '7200' }).caller.roleArn).toBe(roleArn('reader'));
      },
    },
    {
      says: 'a role assumed by a role is given for one hour at most, whatever its maximum',
      basis: 'documented',
      source: ASSUME_ROLE,
      holds: () => {
        const { role, assume } = account();
        role('task', { maxSessionSeconds: 43_200 });
        const analyst = role('analyst', { allows: [{ Action: 'sts:AssumeRole', Resource: roleArn('task') }] });
        expect(refused(() => assume('task', { DurationSeconds: '3601' }, analyst)).message).toContain('role chaining');
        expect(assume('task', { DurationSeconds: '3600' }, analyst).caller.roleArn).toBe(roleArn('task'));
      },
    },
    {
      says: 'a trust policy that names the account leaves it to the caller’s own policy; one that names the role does not ask it',
      basis: 'documented',
      source: `${GUIDE}/reference_policies_evaluation-logic_policy-eval-denyallow.html`,
      holds: () => {
        const { role, assume } = account();
        const analyst = role('analyst');
        role('byAccount');
        role('byRole', { trust: document({ Principal: { AWS: roleArn('analyst') }, Action: 'sts:AssumeRole' }) });
        expect(refused(() => assume('byAccount', {}, analyst)).message).toContain(
          'because no identity-based policy allows the sts:AssumeRole action',
        );
        expect(assume('byRole', {}, analyst).caller.roleArn).toBe(roleArn('byRole'));
      },
    },
    {
      says: 'a role that does not trust the caller, and one that does not exist, are refused with the same AccessDenied',
      basis: 'documented',
      source: DENIED,
      holds: () => {
        const { role, assume } = account();
        role('delivery', { trust: document({ Principal: { Service: 'firehose.amazonaws.com' }, Action: 'sts:AssumeRole' }) });
        for (const name of ['delivery', 'nobody']) {
          const { code, status, message } = refused(() => assume(name));
          expect({ code, status, told: because(message) }).toEqual({
            code: 'AccessDenied',
            status: 403,
            told: 'because no role trust policy allows the sts:AssumeRole action',
          });
        }
      },
    },
    {
      says: 'a role’s ARN without partition, service or resource is a ValidationError that says no more than that it is invalid',
      basis: 'observed',
      source: recorded('sts/test_sts'),
      holds: () => {
        const { assume } = account();
        for (const RoleArn of [
          'no-arn-of-anything-at-all',
          'arn::iam::1:role/reader',
          'arn:aws:::role/reader',
          'arn:aws:iam::123456789:',
        ])
          expect(refused(() => assume('nobody', { RoleArn }))).toMatchObject({
            code: 'ValidationError',
            status: 400,
            message: `${RoleArn} is invalid`,
          });
      },
    },
    {
      says: 'a session’s name that has other characters than a name may have is told with the pattern',
      basis: 'observed',
      source: recorded('sts/test_sts'),
      holds: () => {
        const { role, assume } = account();
        role('reader');
        expect(refused(() => assume('reader', { RoleSessionName: 'run:7' }))).toMatchObject({
          code: 'ValidationError',
          message:
            "1 validation error detected: Value 'run:7' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
        });
      },
    },
    {
      says: 'sts:ExternalId holds what the caller passes: another, or none, is refused',
      basis: 'documented',
      source: `${GUIDE}/confused-deputy.html`,
      holds: () => {
        const { role, assume } = account();
        role('task', { trust: trusting({ Condition: { StringEquals: { 'sts:ExternalId': 'run-7' } } }) });
        expect(assume('task', { ExternalId: 'run-7' }).caller.roleArn).toBe(roleArn('task'));
        expect(refused(() => assume('task', { ExternalId: 'run-8' }))).toMatchObject({ code: 'AccessDenied' });
        expect(refused(() => assume('task'))).toMatchObject({ code: 'AccessDenied' });
      },
    },
    {
      says: 'a service is given a role only for the account and the resource that the trust policy names',
      basis: 'documented',
      source: `${GUIDE}/confused-deputy.html`,
      holds: () => {
        const { role, sessions } = account();
        const Condition = {
          StringEquals: { 'aws:SourceAccount': ACCOUNT },
          ArnLike: { 'aws:SourceArn': 'arn:aws:firehose:*:*:deliverystream/orders' },
        };
        role('delivery', {
          trust: document({ Principal: { Service: 'firehose.amazonaws.com' }, Action: 'sts:AssumeRole', Condition }),
        });
        const take = (name: string, sourceAccount = ACCOUNT) =>
          sessions.sessionFor({
            roleArn: roleArn('delivery'),
            service: 'firehose.amazonaws.com',
            context: {
              'aws:SourceAccount': sourceAccount,
              'aws:SourceArn': `arn:aws:firehose:us-east-1:${ACCOUNT}:deliverystream/${name}`,
            },
          });
        expect(take('orders').roleArn).toBe(roleArn('delivery'));
        expect(refused(() => take('refunds'))).toMatchObject({ code: 'AccessDenied' });
        expect(refused(() => take('orders', '210987654321'))).toMatchObject({ code: 'AccessDenied' });
      },
    },
    {
      says: 'a session policy limits what the role may do, and adds nothing to it',
      basis: 'documented',
      source: `${GUIDE}/access_policies.html#policies_session`,
      holds: () => {
        const { role, assume, check } = account();
        role('reader', { allows: [{ Action: ['s3:GetObject', 's3:PutObject'], Resource: '*' }] });
        const { caller } = assume('reader', {
          Policy: JSON.stringify(document(read, { Action: 's3:DeleteObject', Resource: '*' })),
        });
        expect(check(caller, GET, KEY)).toBe('allowed');
        expect(because(check(caller, 's3:PutObject', KEY))).toBe('because no session policy allows the s3:PutObject action');
        expect(because(check(caller, 's3:DeleteObject', KEY))).toMatch(/^because no identity-based policy/);
      },
    },
    {
      says: 'managed policies passed by ARN limit a session as an inline one does, and a Deny in one is told with its ARN',
      basis: 'documented',
      source: 'https://aws.amazon.com/blogs/security/enhanced-access-denied-error-messages-with-policy-arns',
      holds: () => {
        const { iam, role, assume, check } = account();
        role('reader', { allows: [read] });
        iam.addManagedPolicy({ arn: policyArn('shut'), document: document({ Effect: 'Deny', Action: GET, Resource: '*' }) });
        const { caller } = assume('reader', { 'PolicyArns.member.1.arn': policyArn('shut') });
        expect(because(check(caller, GET, KEY))).toBe(`with an explicit deny in a session policy: ${policyArn('shut')}`);
      },
    },
    {
      says: 'a session policy may have 2,048 characters, with the ARNs passed beside it; what is no policy is a MalformedPolicyDocument',
      basis: 'documented',
      source: QUOTAS,
      holds: () => {
        const { role, assume } = account();
        role('reader', { allows: [read] });
        const text = JSON.stringify(document(read));
        expect(assume('reader', { Policy: text.padEnd(2048) }).caller.roleArn).toBe(roleArn('reader'));
        expect(refused(() => assume('reader', { Policy: text.padEnd(2049) }))).toMatchObject({ code: 'ValidationError' });
        expect(refused(() => assume('reader', { Policy: '{' }))).toMatchObject({ code: 'MalformedPolicyDocument' });
      },
    },
    {
      says: 'session tags need sts:TagSession in the trust policy, and are aws:PrincipalTag afterwards, before those of the role',
      basis: 'documented',
      source: TAGS,
      holds: () => {
        const { role, assume, check } = account();
        const home = { Action: GET, Resource: 'arn:aws:s3:::lake/${aws:PrincipalTag/zone}/*' };
        const tags = { 'Tags.member.1.Key': 'zone', 'Tags.member.1.Value': 'hot' };
        role('closed', { trust: trusting({}), allows: [home] });
        role('open', { allows: [home], tags: { Zone: 'cold' } });
        expect(because(refused(() => assume('closed', tags)).message)).toBe(
          'because no role trust policy allows the sts:TagSession action',
        );
        expect(check(assume('open', tags).caller, GET, KEY)).toBe('allowed');
        expect(because(check(assume('open').caller, GET, KEY))).toMatch(/^because no identity-based policy/);
      },
    },
    {
      says: 'tags are handed on by role chaining only where they are transitive, and cannot be set anew then',
      basis: 'documented',
      source: `${TAGS}#id_session-tags_role-chaining`,
      holds: () => {
        const { role, assume, check } = account();
        const on = { Action: ['sts:AssumeRole', 'sts:TagSession'], Resource: '*' };
        role('first', { allows: [on] });
        role('second', { allows: [{ Action: GET, Resource: 'arn:aws:s3:::lake/${aws:PrincipalTag/zone}/*' }] });
        const tags = { 'Tags.member.1.Key': 'zone', 'Tags.member.1.Value': 'hot' };
        const kept = assume('first', { ...tags, 'TransitiveTagKeys.member.1': 'zone' }).caller;
        const dropped = assume('first', tags).caller;
        expect(check(assume('second', {}, kept).caller, GET, KEY)).toBe('allowed');
        expect(check(assume('second', {}, dropped).caller, GET, KEY)).not.toBe('allowed');
        expect(refused(() => assume('second', tags, kept))).toMatchObject({ code: 'InvalidParameterValue' });
      },
    },
    {
      says: 'a source identity stays with a role chain, needs sts:SetSourceIdentity on both sides there, and is aws:SourceIdentity',
      basis: 'documented',
      source: SOURCE_IDENTITY,
      holds: () => {
        const { role, assume, check } = account();
        role('first', { allows: [{ Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'], Resource: '*' }] });
        role('bare', { allows: [{ Action: 'sts:AssumeRole', Resource: '*' }] });
        role('second', { allows: [{ ...read, Condition: { StringEquals: { 'aws:SourceIdentity': 'ana' } } }] });
        const first = assume('first', { SourceIdentity: 'ana' }).caller;
        expect(check(assume('second', {}, first).caller, GET, KEY)).toBe('allowed');
        const bare = assume('bare', { SourceIdentity: 'ana' }).caller;
        expect(because(refused(() => assume('second', {}, bare)).message)).toMatch(/the sts:SetSourceIdentity action$/);
      },
    },
    {
      says: 'a source identity that was set is not changed by a role chain that names another',
      basis: 'undecided',
      source: SOURCE_IDENTITY,
      holds: () => {
        const { role, assume } = account();
        role('first', { allows: [{ Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'], Resource: '*' }] });
        role('second');
        const first = assume('first', { SourceIdentity: 'ana' }).caller;
        expect(refused(() => assume('second', { SourceIdentity: 'ben' }, first))).toMatchObject({ code: 'ValidationError' });
      },
    },
    {
      says: 'keys of tags are one without regard to case: two that differ in it alone are refused',
      basis: 'documented',
      source: TAGS,
      holds: () => {
        const { role, assume } = account();
        role('reader');
        const tags = {
          'Tags.member.1.Key': 'zone',
          'Tags.member.1.Value': 'a',
          'Tags.member.2.Key': 'Zone',
          'Tags.member.2.Value': 'b',
        };
        expect(refused(() => assume('reader', tags))).toMatchObject({ code: 'InvalidParameterValue' });
      },
    },
    {
      says: 'what the API reference forbids of a parameter is a ValidationError, also for a role that is not there or does not trust the caller',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html',
      holds: () => {
        const { role, assume } = account();
        role('closed', { trust: document({ Principal: { Service: 'firehose.amazonaws.com' }, Action: 'sts:AssumeRole' }) });
        const wrong = { DurationSeconds: '899', Policy: ' '.repeat(2049), RoleSessionName: 'x', RoleArn: 'arn:aws:iam::1:r' };
        for (const name of ['closed', 'nobody']) {
          for (const [member, value] of Object.entries(wrong))
            expect(refused(() => assume(name, { [member]: value }))).toMatchObject({ code: 'ValidationError', status: 400 });
        }
        expect(refused(() => assume('nobody', { DurationSeconds: '43201' })).message).toBe(
          "1 validation error detected: Value '43201' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 43200",
        );
      },
    },
    {
      says: 'a duration beyond the role’s own maximum is refused to those alone who may assume it: others learn nothing of the role',
      basis: 'undecided',
      source: ASSUME_ROLE,
      holds: () => {
        const { role, assume } = account();
        role('closed', { trust: document({ Principal: { Service: 'firehose.amazonaws.com' }, Action: 'sts:AssumeRole' }) });
        expect(refused(() => assume('closed', { DurationSeconds: '7200' }))).toMatchObject({ code: 'AccessDenied' });
      },
    },
    {
      says: 'a session of a role says of aws:MultiFactorAuthPresent that it is false; a user’s lasting key does not say',
      basis: 'documented',
      source: `${GUIDE}/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent`,
      holds: () => {
        const under = (condition: object, by?: string) => {
          const { role, operator, assume } = account();
          const taker = by === undefined ? operator : role(by, { allows: [{ Action: 'sts:AssumeRole', Resource: '*' }] });
          role('reader', { trust: trusting({ Condition: condition }) });
          try {
            return assume('reader', {}, taker).caller.roleArn === roleArn('reader');
          } catch {
            return false;
          }
        };
        expect(under({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } })).toBe(true);
        expect(under({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } }, 'chained')).toBe(false);
        expect(under({ Bool: { 'aws:MultiFactorAuthPresent': 'false' } })).toBe(false);
        expect(under({ Bool: { 'aws:MultiFactorAuthPresent': 'false' } }, 'chained')).toBe(true);
      },
    },
  ],
};
