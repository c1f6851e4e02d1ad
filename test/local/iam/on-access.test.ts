import type { OnAccess } from '../../../local/iam/index.ts';
import { Iam, Sessions } from '../../../local/iam/index.ts';
import { ACCOUNT, document, policyArn, roleArn } from './account.ts';

/** An account with one role, and what it told of its decisions. */
function told() {
  const decisions: string[] = [];
  const onAccess: OnAccess = ({ principal, action, resource }, { decision }) => {
    decisions.push(`${'service' in principal ? principal.service : principal.arn} ${action} ${resource} ${decision}`);
  };
  const iam = new Iam({ accountId: ACCOUNT, region: 'us-east-1', onAccess });
  iam.addRole({
    roleName: 'reader',
    path: '/',
    arn: roleArn('reader'),
    trust: document({ Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }),
    policyArns: [],
  });
  iam.addManagedPolicy({
    arn: policyArn('reads'),
    document: document({ Action: 's3:GetObject', Resource: '*' }),
    roleNames: ['reader'],
  });
  const sessions = new Sessions({ iam });
  return {
    iam,
    sessions,
    decisions,
    reader: () => sessions.sessionFor({ roleArn: roleArn('reader'), service: 'lambda.amazonaws.com' }),
  };
}

const OBJECT = 'arn:aws:s3:::any/key';

test('tells of what policies allowed and of what they refused, by the role', () => {
  const { iam, decisions, reader } = told();
  const caller = reader();
  decisions.length = 0;
  iam.check(caller, 's3:GetObject', OBJECT);
  expect(() => {
    iam.check(caller, 's3:PutObject', OBJECT);
  }).toThrow('not authorized');
  expect(decisions).toEqual([
    `${roleArn('reader')} s3:GetObject ${OBJECT} allowed`,
    `${roleArn('reader')} s3:PutObject ${OBJECT} implicitlyDenied`,
  ]);
});

test('tells who took a role', () => {
  const { decisions, reader } = told();
  reader();
  expect(decisions).toEqual([`lambda.amazonaws.com sts:AssumeRole ${roleArn('reader')} allowed`]);
});

test('tells nothing of the operator, whom no policy judges, nor of what is only explained', () => {
  const { iam, sessions, decisions, reader } = told();
  const caller = reader();
  decisions.length = 0;
  iam.check(sessions.operator.caller, 's3:GetObject', OBJECT);
  iam.explain(caller, 's3:GetObject', OBJECT);
  expect(decisions).toEqual([]);
});
