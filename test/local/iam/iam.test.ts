import { Iam } from '../../../local/iam/index.ts';
import { ServiceError, type Caller } from '../../../local/service.ts';
import { refused } from './refused.ts';

const accountId = '123456789012';
const trust = (Principal: object) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
});
const arnOf = (name: string) => `arn:aws:iam::${accountId}:role/headwaters/dev/${name}`;
const policyArn = `arn:aws:iam::${accountId}:policy/readers`;
const session: Caller = { arn: `arn:aws:sts::${accountId}:assumed-role/reader/s1`, accountId, roleArn: arnOf('reader') };
const role = (roleName: string, rest: object = {}) => ({
  roleName,
  path: '/headwaters/dev/',
  arn: arnOf(roleName),
  trust: trust({ Service: 'lambda.amazonaws.com' }),
  policyArns: [],
  ...rest,
});
const document = (statement: object) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });

function iamWith(...statements: object[]): Iam {
  const iam = new Iam({ accountId, region: 'us-east-1' });
  iam.addRole(role('reader'));
  statements.forEach((statement, index) => {
    iam.addManagedPolicy({ arn: `${policyArn}${index}`, document: document(statement), roleNames: ['reader'] });
  });
  return iam;
}

test('allows what a policy of the role allows, attached from either side', () => {
  const iam = new Iam({ accountId, region: 'us-east-1' });
  iam.addManagedPolicy({ arn: policyArn, document: document({ Action: 'kinesis:PutRecord', Resource: '*' }) });
  iam.addRole(role('reader', { policyArns: [policyArn] }));
  iam.addManagedPolicy({
    arn: `${policyArn}2`,
    document: document({ Action: 'kinesis:PutRecords', Resource: '*' }),
    roleNames: ['reader'],
  });
  expect(() => {
    iam.check(session, 'kinesis:PutRecord', 'arn:aws:kinesis:us-east-1:1:stream/s');
    iam.check(session, 'kinesis:PutRecords', 'arn:aws:kinesis:us-east-1:1:stream/s');
  }).not.toThrow();
});

test('the operator may do anything', () => {
  expect(() => {
    iamWith().check({ arn: 'arn:aws:iam::123456789012:user/headwaters-operator', accountId }, 's3:GetObject', '*');
  }).not.toThrow();
});

test.each([
  ['athena:StartQueryExecution', 'AccessDeniedException', 400, 'arn:aws:athena:r:a:workgroup/w'],
  ['kms:Decrypt', 'AccessDeniedException', 400, 'arn:aws:kms:r:a:key/k'],
  ['sts:AssumeRole', 'AccessDenied', 403, arnOf('other')],
])('refuses %s with %s', (action, code, status, resource) => {
  expect(
    refused(() => {
      iamWith().check(session, action, resource);
    }),
  ).toMatchObject({
    code,
    status,
    message: `User: ${session.arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
  });
});

test('refuses with the words of S3, and says that a statement denies', () => {
  const iam = iamWith(
    { Action: 's3:*', Resource: '*' },
    { Effect: 'Deny', Action: 's3:GetObject', Resource: 'arn:aws:s3:::raw/*' },
  );
  expect(
    refused(() => {
      iam.check(session, 's3:GetObject', 'arn:aws:s3:::raw/k');
    }),
  ).toMatchObject({
    code: 'AccessDenied',
    status: 403,
    message: `User: ${session.arn} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::raw/k" with an explicit deny in an identity-based policy: ${policyArn}1`,
  });
});

test('tells policies through whom a call came', () => {
  const Condition = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } };
  const iam = iamWith({ Action: 's3:GetObject', Resource: '*', Condition });
  expect(() => {
    iam.check({ ...session, calledVia: ['athena.amazonaws.com'] }, 's3:GetObject', 'arn:aws:s3:::clean/k');
  }).not.toThrow();
  expect(() => {
    iam.check(session, 's3:GetObject', 'arn:aws:s3:::clean/k');
  }).toThrow('not authorized');
});

test('fails on a managed policy over 6,144 characters, white space not counted', () => {
  const sized = (characters: number) => {
    const resource = 'arn:aws:s3:::b/';
    const empty = JSON.stringify(document({ Action: 's3:GetObject', Resource: resource })).length;
    return document({ Action: 's3:GetObject', Resource: `${resource}${'k'.repeat(characters - empty)}${' '.repeat(100)}` });
  };
  const iam = iamWith();
  expect(() => {
    iam.addManagedPolicy({ arn: policyArn, document: sized(6144) });
  }).not.toThrow();
  expect(
    refused(() => {
      iam.addManagedPolicy({ arn: `${policyArn}2`, document: sized(6145) });
    }),
  ).toMatchObject({ code: 'LimitExceeded' });
});

test.each<[string, (iam: Iam) => void, string]>([
  [
    'a role that is there',
    (iam) => {
      iam.addRole(role('reader'));
    },
    'EntityAlreadyExists',
  ],
  [
    'a policy that is not',
    (iam) => {
      iam.addRole(role('writer', { policyArns: [policyArn] }));
    },
    'NoSuchEntity',
  ],
  [
    'a role that is not',
    (iam) => {
      iam.addManagedPolicy({ arn: policyArn, document: document({ Action: '*', Resource: '*' }), roleNames: ['nobody'] });
    },
    'NoSuchEntity',
  ],
  [
    'an unknown principal',
    (iam) => {
      iam.addRole(role('writer', { trust: trust({ AWS: arnOf('nobody') }) }));
    },
    'MalformedPolicyDocument',
  ],
  [
    'a policy it cannot judge',
    (iam) => {
      iam.addManagedPolicy({
        arn: policyArn,
        document: document({ Action: '*', Resource: '*', Condition: { DateLessThan: { k: 'x' } } }),
      });
    },
    'MalformedPolicyDocument',
  ],
])('fails on %s', (_name, act, code) => {
  const iam = iamWith();
  expect(
    refused(() => {
      act(iam);
    }),
  ).toMatchObject({ code });
});

test('explains a decision by the statement that decided, or by who was silent', () => {
  const iam = iamWith({ Sid: 'ReadLake', Action: 's3:GetObject', Resource: '*' });
  const lake = 'arn:aws:s3:::lake';
  iam.addResourcePolicy({
    arn: lake,
    document: document({ Sid: 'Closed', Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: `${lake}/_errors/*` }),
    code: 'MalformedPolicy',
  });
  expect(iam.explain(session, 's3:GetObject', `${lake}/a`)).toBe(
    `allowed by statement 'ReadLake' of the identity-based policy '${policyArn}0'`,
  );
  expect(iam.explain(session, 's3:GetObject', `${lake}/_errors/a`)).toBe(
    `explicitly denied by statement 'Closed' of the resource-based policy '${lake}'`,
  );
  expect(iam.explain(session, 's3:PutObject', `${lake}/a`)).toBe('implicitly denied: no identity-based policy allows it');
});

test('the operator is refused only what a resource’s own state forbids', () => {
  const iam = iamWith();
  const operator = { arn: 'arn:aws:iam::123456789012:user/headwaters-operator', accountId };
  const arn = 'arn:aws:kms:us-east-1:123456789012:key/k';
  iam.addResourcePolicy({
    arn,
    document: document({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }),
    mustAllow: true,
    code: 'MalformedPolicyDocumentException',
    guard: (action) => {
      if (action === 'kms:Decrypt') throw new ServiceError('DisabledException', 'off');
    },
  });
  expect(() => {
    iam.check(operator, 'kms:Encrypt', arn);
  }).not.toThrow();
  expect(
    refused(() => {
      iam.check(operator, 'kms:Decrypt', arn);
    }),
  ).toMatchObject({ code: 'DisabledException' });
});

test('refuses names of policies that IAM does not take', () => {
  const iam = iamWith();
  const put = (policyName: string) => () => {
    iam.putRolePolicy({ roleName: 'reader', policyName, document: document({ Action: 's3:GetObject', Resource: '*' }) });
  };
  for (const name of ['', 'a b', 'a/b', 'x'.repeat(129)]) expect(refused(put(name))).toMatchObject({ code: 'ValidationError' });
  expect(put('x'.repeat(128))).not.toThrow();
});
