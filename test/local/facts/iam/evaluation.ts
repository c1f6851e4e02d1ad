import { account, ACCOUNT, because, document, policyArn, roleArn, ROOT } from '../../iam/account.ts';
import type { FactTable } from '../fact.ts';

const GUIDE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
const LOGIC = `${GUIDE}/reference_policies_evaluation-logic_policy-eval-denyallow.html`;
const CROSS_ACCOUNT = `${GUIDE}/reference_policies_evaluation-logic-cross-account.html`;
const PRINCIPAL = `${GUIDE}/reference_policies_elements_principal.html`;
const NOT_PRINCIPAL = `${GUIDE}/reference_policies_elements_notprincipal.html`;
const OPERATORS = `${GUIDE}/reference_policies_elements_condition_operators.html`;
const SETS = `${GUIDE}/reference_policies_condition-single-vs-multi-valued-context-keys.html`;
const VARIABLES = `${GUIDE}/reference_policies_variables.html`;
const DENIED = `${GUIDE}/troubleshoot_access-denied.html`;
const DENIED_ARN = 'https://aws.amazon.com/blogs/security/enhanced-access-denied-error-messages-with-policy-arns';

const GET = 's3:GetObject';
const LAKE = 'arn:aws:s3:::lake';
const KEY = `${LAKE}/hot/a`;
const read = (rest: object = {}) => ({ Action: GET, Resource: `${LAKE}/*`, ...rest });
const bucketPolicy = (...statements: object[]) => ({ arn: LAKE, document: document(...statements), code: 'MalformedPolicy' });

/** What a role whose one policy holds these statements is told. */
function told(allows: readonly object[], context: Readonly<Record<string, string | string[]>> = {}): string {
  const { role, check } = account();
  return because(check(role('reader', { allows }), GET, KEY, context));
}
const allowedUnder = (Condition: object, context: Readonly<Record<string, string | string[]>> = {}): boolean =>
  told([read({ Condition })], context) === 'allowed';

const SILENT = 'because no identity-based policy allows the s3:GetObject action';

/** Who is let in. */
export const iamEvaluation: FactTable = {
  service: 'IAM',
  facts: [
    {
      says: 'one statement that denies outweighs every one that allows, in whatever order they stand',
      basis: 'documented',
      source: LOGIC,
      holds: () => {
        expect(told([read()])).toBe('allowed');
        expect(told([{ ...read(), Effect: 'Deny' }, read()])).toMatch(/^with an explicit deny/);
        expect(told([read(), { ...read(), Effect: 'Deny' }])).toMatch(/^with an explicit deny/);
      },
    },
    {
      says: 'what no policy speaks of is denied, and the message tells that no identity-based policy allows it',
      basis: 'documented',
      source: DENIED,
      holds: () => {
        expect(told([{ Action: 's3:PutObject', Resource: '*' }])).toBe(SILENT);
      },
    },
    {
      says: 'an explicit deny in a managed policy is told with the ARN of that policy, within an account',
      basis: 'documented',
      source: DENIED_ARN,
      holds: () => {
        expect(told([{ ...read(), Effect: 'Deny' }])).toBe(
          `with an explicit deny in an identity-based policy: ${policyArn('reader')}`,
        );
      },
    },
    {
      says: 'an explicit deny in a bucket policy reaches a role that its own policy lets in, and is told without an ARN',
      basis: 'documented',
      source: DENIED,
      holds: () => {
        const { iam, role, check } = account();
        const reader = role('reader', { allows: [read()] });
        iam.addResourcePolicy(bucketPolicy({ Effect: 'Deny', Principal: '*', Action: GET, Resource: `${LAKE}/hot/*` }));
        expect(because(check(reader, GET, KEY))).toBe('with an explicit deny in a resource-based policy');
        expect(check(reader, GET, `${LAKE}/cold/a`)).toBe('allowed');
      },
    },
    {
      says: 'a permissions boundary limits what identity policies allow, and allows nothing itself',
      basis: 'documented',
      source: LOGIC,
      holds: () => {
        const { role, check } = account();
        const limited = role('limited', { allows: [read()], boundary: [{ Action: 's3:PutObject', Resource: '*' }] });
        const bounded = role('bounded', { boundary: [read()] });
        expect(because(check(limited, GET, KEY))).toBe('because no permissions boundary allows the s3:GetObject action');
        expect(because(check(bounded, GET, KEY))).toBe(SILENT);
      },
    },
    {
      says: 'a bucket policy of the same account that names the role needs no identity policy, but the boundary must allow',
      basis: 'documented',
      source: LOGIC,
      holds: () => {
        const { iam, role, check } = account();
        const free = role('free');
        const bounded = role('bounded', { boundary: [{ Action: 's3:PutObject', Resource: '*' }] });
        iam.addResourcePolicy(bucketPolicy(read({ Principal: { AWS: [roleArn('free'), roleArn('bounded')] } })));
        expect(check(free, GET, KEY)).toBe('allowed');
        expect(because(check(bounded, GET, KEY))).toMatch(/^because no permissions boundary/);
      },
    },
    {
      says: 'a bucket policy of the same account that names the session itself is limited by no boundary',
      basis: 'documented',
      source: LOGIC,
      holds: () => {
        const { iam, role, check } = account();
        const bounded = role('bounded', { boundary: [{ Action: 's3:PutObject', Resource: '*' }] });
        iam.addResourcePolicy(bucketPolicy(read({ Principal: { AWS: bounded.arn } })));
        expect(check(bounded, GET, KEY)).toBe('allowed');
        expect(because(check({ ...bounded, arn: `${bounded.arn}2` }, GET, KEY))).toBe(SILENT);
      },
    },
    {
      says: 'a bucket policy that names its own account gives the roles of the account nothing by itself',
      basis: 'documented',
      source: `${PRINCIPAL}#principal-accounts`,
      holds: () => {
        const { iam, role, check } = account();
        iam.addResourcePolicy(bucketPolicy(read({ Principal: { AWS: ROOT } })));
        expect(because(check(role('reader'), GET, KEY))).toBe(SILENT);
      },
    },
    {
      says: 'a role of another account needs both its own policy and the resource’s',
      basis: 'documented',
      source: CROSS_ACCOUNT,
      holds: () => {
        const { role, check } = account();
        const foreign = 'arn:aws:sns:us-east-1:210987654321:topic';
        const publisher = role('publisher', { allows: [{ Action: 'sns:Publish', Resource: '*' }] });
        expect(because(check(publisher, 'sns:Publish', foreign))).toBe(
          'because no resource-based policy allows the sns:Publish action',
        );
      },
    },
    {
      says: 'NotPrincipal with Deny spares a session only where its account, its role and the session itself are named',
      basis: 'documented',
      source: NOT_PRINCIPAL,
      holds: () => {
        const { iam, role, check } = account();
        const reader = role('reader', { allows: [read()] });
        const names = [ROOT, roleArn('reader'), reader.arn];
        const except = (AWS: string[]): string => {
          iam.addResourcePolicy(bucketPolicy({ Effect: 'Deny', NotPrincipal: { AWS }, Action: GET, Resource: `${LAKE}/*` }));
          return because(check(reader, GET, KEY));
        };
        expect(except(names)).toBe('allowed');
        for (const missing of names) expect(except(names.filter((name) => name !== missing))).toMatch(/^with an explicit deny/);
      },
    },
    {
      says: 'a key that the request lacks fails a condition, and meets a negated one',
      basis: 'documented',
      source: OPERATORS,
      holds: () => {
        expect(allowedUnder({ StringEquals: { 's3:ExistingObjectTag/team': 'a' } })).toBe(false);
        expect(allowedUnder({ StringNotEquals: { 's3:ExistingObjectTag/team': 'a' } })).toBe(true);
      },
    },
    {
      says: 'IfExists makes an operator hold where the key is absent, and changes nothing where it is there',
      basis: 'documented',
      source: `${OPERATORS}#Conditions_IfExists`,
      holds: () => {
        const Condition = { StringEqualsIfExists: { 's3:ExistingObjectTag/team': 'a' } };
        expect(allowedUnder(Condition)).toBe(true);
        expect(allowedUnder(Condition, { 's3:ExistingObjectTag/team': 'b' })).toBe(false);
      },
    },
    {
      says: 'ArnLike compares the six parts of an ARN each by itself, so that no wildcard crosses a colon',
      basis: 'documented',
      source: `${OPERATORS}#Conditions_ARN`,
      holds: () => {
        const pattern = `arn:aws:sns:*:${ACCOUNT}:finance/*`;
        const value = `arn:aws:sns:us-east-2:999999999999:store/abc:${ACCOUNT}:finance/x`;
        expect(allowedUnder({ StringLike: { 'aws:SourceArn': pattern } }, { 'aws:SourceArn': value })).toBe(true);
        expect(allowedUnder({ ArnLike: { 'aws:SourceArn': pattern } }, { 'aws:SourceArn': value })).toBe(false);
      },
    },
    {
      says: 'an IP address without a prefix stands for itself alone, and a range of IPv4 holds no address of IPv6',
      basis: 'documented',
      source: `${OPERATORS}#Conditions_IPAddress`,
      holds: () => {
        const from = (range: string, address: string) =>
          allowedUnder({ IpAddress: { 'aws:SourceIp': range } }, { 'aws:SourceIp': address });
        expect([from('203.0.113.7', '203.0.113.7'), from('203.0.113.7', '203.0.113.8')]).toEqual([true, false]);
        expect([from('0.0.0.0/0', '2001:db8::1'), from('2001:DB8:1234:5678::/64', '2001:db8:1234:5678::1')]).toEqual([
          false,
          true,
        ]);
      },
    },
    {
      says: 'dates are compared as times, whether written in ISO 8601 or in seconds since 1970',
      basis: 'documented',
      source: `${OPERATORS}#Conditions_Date`,
      holds: () => {
        expect(allowedUnder({ DateGreaterThan: { 'aws:CurrentTime': '2026-01-15T10:29:59Z' } })).toBe(true);
        expect(allowedUnder({ DateLessThan: { 'aws:CurrentTime': '1768473000' } })).toBe(false); // the very second
        expect(allowedUnder({ DateLessThanEquals: { 'aws:EpochTime': '2026-01-15T10:30:00Z' } })).toBe(true);
      },
    },
    {
      says: 'ForAllValues holds where the request has no value at all, ForAnyValue does not',
      basis: 'documented',
      source: SETS,
      holds: () => {
        expect(allowedUnder({ 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } })).toBe(true);
        expect(allowedUnder({ 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } }, { 'aws:TagKeys': ['a', 'b'] })).toBe(false);
        expect(allowedUnder({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' } })).toBe(false);
      },
    },
    {
      says: 'ForAnyValue with IfExists holds where the key is absent',
      basis: 'undecided',
      source: `${OPERATORS}#Conditions_IfExists`,
      holds: () => {
        expect(allowedUnder({ 'ForAnyValue:StringEqualsIfExists': { 'aws:TagKeys': 'a' } })).toBe(true);
      },
    },
    {
      says: 'Null tells whether a key is absent: true where it is, false where it has a value',
      basis: 'documented',
      source: `${OPERATORS}#Conditions_Null`,
      holds: () => {
        expect(allowedUnder({ Null: { 'aws:TokenIssueTime': 'false' } })).toBe(true);
        expect(allowedUnder({ Null: { 'aws:MultiFactorAuthAge': 'true' } })).toBe(true);
        expect(allowedUnder({ Null: { 'aws:MultiFactorAuthAge': 'false' } })).toBe(false);
      },
    },
    {
      says: 'a policy variable is filled from the request, a wildcard in its value is literal, and the default stands in for no value',
      basis: 'documented',
      source: `${VARIABLES}#policy-vars-default-values`,
      holds: () => {
        const home = { Action: GET, Resource: `${LAKE}/\${aws:PrincipalTag/zone, 'shared'}/*` };
        const as = (tags: Readonly<Record<string, string>>, zone: string): string => {
          const { role, check } = account();
          return because(check(role('reader', { allows: [home], tags }), GET, `${LAKE}/${zone}/a`));
        };
        expect([as({ zone: 'hot' }, 'hot'), as({ zone: 'hot' }, 'cold')]).toEqual(['allowed', SILENT]);
        expect([as({ zone: '*' }, 'hot'), as({}, 'shared'), as({}, 'hot')]).toEqual([SILENT, 'allowed', SILENT]);
      },
    },
    {
      says: 'StringNotEquals holds against a variable that has no value',
      basis: 'documented',
      source: `${VARIABLES}#policy-vars-no-value`,
      holds: () => {
        const Condition = { StringNotEquals: { 's3:prefix': '${aws:PrincipalTag/none}' } };
        expect(told([read(), read({ Effect: 'Deny', Condition })], { 's3:prefix': 'a' })).toMatch(/^with an explicit deny/);
      },
    },
    {
      says: 'aws:CalledVia names the services that call for somebody, and only where one does',
      basis: 'documented',
      source: `${GUIDE}/reference_policies_condition-keys.html#condition-keys-calledvia`,
      holds: () => {
        const { role, check } = account();
        const Condition = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } };
        const reader = role('reader', { allows: [read({ Condition })] });
        expect(because(check(reader, GET, KEY))).toBe(SILENT);
        expect(check({ ...reader, calledVia: ['athena.amazonaws.com'] }, GET, KEY)).toBe('allowed');
      },
    },
    {
      says: 'the Deny of a bucket policy for plain HTTP does not meet a request over TLS, as every one here counts',
      basis: 'documented',
      source: `${GUIDE}/reference_policies_condition-keys.html#condition-keys-securetransport`,
      holds: () => {
        const { iam, role, check } = account();
        const reader = role('reader', { allows: [read()] });
        const Resource = `${LAKE}/*`;
        iam.addResourcePolicy(
          bucketPolicy(
            {
              Effect: 'Deny',
              Principal: { AWS: '*' },
              Action: 's3:*',
              Resource,
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            },
            {
              Effect: 'Deny',
              Principal: { AWS: '*' },
              Action: 's3:*',
              Resource,
              Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } },
            },
          ),
        );
        expect(check(reader, GET, KEY)).toBe('allowed');
        expect(because(check(reader, GET, KEY, { 'aws:SecureTransport': 'false' }))).toMatch(/^with an explicit deny/);
        expect(because(check(reader, GET, KEY, { 's3:TlsVersion': '1.1' }))).toMatch(/^with an explicit deny/);
      },
    },
  ],
};
