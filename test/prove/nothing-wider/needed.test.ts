import { vi } from 'vitest';
import { allowsNeeded, judgeGrants, type StandingGrant } from '../../../prove/nothing-wider/allows-needed.ts';
import { deniesNeeded, judgeDenials } from '../../../prove/nothing-wider/denies-needed.ts';
import { findDenials } from '../../../prove/nothing-wider/denial.ts';
import { environmentsOf, lifeOf, statementsOf } from '../../../prove/nothing-wider/evidence.ts';
import { grantsSurface } from '../../../prove/nothing-wider/grants-surface.ts';
import { findNeeds } from '../../../prove/nothing-wider/need.ts';
import { notices } from '../../../prove/nothing-wider/requests/notices.ts';
import { refusedAccesses } from '../../../prove/nothing-wider/requests/refused.ts';
import { Account } from '../../../prove/nothing-wider/statements/account.ts';
import type { RawStatement, StandingPolicy } from '../../../prove/nothing-wider/statements/read-policies.ts';
import { nameStatements } from '../../../prove/nothing-wider/statements/statement-names.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const [environment = ''] = environmentsOf('quick');

/** The environment's policies with one of them changed, and the statements of that one. */
function planted(isMeant: (policy: StandingPolicy) => boolean, change: (statements: readonly RawStatement[]) => RawStatement[]) {
  const { account } = statementsOf(environment);
  const meant = account.policies.find(isMeant);
  if (meant === undefined) throw new Error('no policy of this kind');
  const changed = { ...meant, statements: change(meant.statements) };
  const policies = account.policies.map((policy) => (policy === meant ? changed : policy));
  return { account: new Account(policies), statements: nameStatements([changed]) };
}

/** What is found of these statements. */
async function grantsOf({ account, statements }: ReturnType<typeof planted>): Promise<StandingGrant[]> {
  const { accesses } = await lifeOf(environment);
  return findNeeds(account, statements, accesses).map((grant) => ({ ...grant, environment }));
}

const isProducers = ({ actor, hold }: StandingPolicy): boolean => actor === 'producer' && hold === 'identity';
const isBuckets = ({ hold, name }: StandingPolicy): boolean => hold === 'resource' && name.startsWith('arn:aws:s3:::');

test('each Allow statement is needed, quickly', async () => {
  await expect(allowsNeeded.prove('quick')).resolves.toMatch(/^\w+: \d{3} Allow statements .* [\d,]{3,} parts of them/);
});

test('each Deny statement is needed, quickly', async () => {
  await expect(deniesNeeded.prove('quick')).resolves.toMatch(/\d+ Deny statements, \d+ parts of them, by \d scenarios/);
});

test('a template without a statement is refused from end to end, quickly', async () => {
  await expect(grantsSurface.prove('quick')).resolves.toMatch(/kinds of statements removed in \d runs/);
});

test('every alarm and budget of prod may tell its topic, whose region is another for the copies', () => {
  const { resources, account } = statementsOf('prod');
  const told = notices({ environment: 'prod', resources });
  expect(told.filter(({ request }) => account.judge(request).decision !== 'allowed')).toEqual([]);
  const topics = told.map(({ scenario, request }) => `${scenario}: ${request.resource.replace(/:\d{12}:.*/, '')}`);
  expect(new Set(topics)).toEqual(
    new Set([
      'an alarm tells its topic: arn:aws:sns:us-east-1',
      'an alarm tells its topic: arn:aws:kms:us-east-1',
      'an alarm tells its topic: arn:aws:sns:eu-west-3',
      'an alarm tells its topic: arn:aws:kms:eu-west-3',
      'a budget tells its topic: arn:aws:sns:us-east-1',
      'a budget tells its topic: arn:aws:kms:us-east-1',
    ]),
  );
});

test('what a statement is needed for is told with role, action and resource', async () => {
  const { account, statements } = statementsOf(environment);
  const grants = await grantsOf({ account, statements });
  const put = grants.find(
    ({ statement: { kind }, part }) => kind === 'producer PutEvents' && part?.name === 'kinesis:PutRecords',
  );
  expect(put?.need).toMatchObject({ scenario: 'a producer puts events', how: 'run' });
  expect(put?.need?.refusal).toMatch(
    /^AccessDeniedException: User: arn:aws:iam::\d{12}:role\/headwaters\/\w+\/producer\/\S+ is not authorized to perform: kinesis:PutRecords on resource: arn:aws:kinesis:\S+ because no identity-based policy allows/,
  );
});

describe('what would be too wide is found', () => {
  const wider: [string, RawStatement][] = [
    ['a statement', { Sid: 'Planted', Effect: 'Allow', Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::any/*' }],
    ['a statement on everything', { Sid: 'Planted', Effect: 'Allow', Action: ['iam:PassRole', 's3:PutObject'], Resource: '*' }],
  ];
  test.each(wider)('fails for %s that nobody needs', async (_, statement) => {
    const grants = await grantsOf(planted(isProducers, (statements) => [...statements, statement]));
    expect(() => judgeGrants(grants, [])).toThrow(/^\w+: no scenario needs '\S+ Planted'$/);
  });

  test('fails for an action that nobody needs', async () => {
    const grants = await grantsOf(
      planted(isProducers, ([first, ...rest]) => [
        { ...(first as RawStatement), Action: [first?.Action ?? [], 'kinesis:GetRecords'].flat() },
        ...rest,
      ]),
    );
    expect(() => judgeGrants(grants, [])).toThrow(/^\w+: no scenario needs the action kinesis:GetRecords of '\S+ PutEvents'$/);
  });

  test('fails for a resource that nobody needs', async () => {
    const grants = await grantsOf(
      planted(isProducers, ([first, ...rest]) => [
        {
          ...(first as RawStatement),
          Resource: [first?.Resource ?? [], 'arn:aws:kinesis:us-east-1:123456789012:stream/other'].flat(),
        },
        ...rest,
      ]),
    );
    expect(() => judgeGrants(grants, [])).toThrow(/^\w+: no scenario needs the resource \S+stream\/other of '\S+ PutEvents'$/);
  });

  test('fails for a key that admits one actor more', async () => {
    const admitted = `arn:aws:iam::123456789012:role/headwaters/${environment}/stranger/*`;
    const grants = await grantsOf(
      planted(
        ({ logicalId }) => logicalId.startsWith('LakeStreamKey'),
        (statements) =>
          statements.map((statement) => {
            const names = statement.Condition?.ArnLike?.['aws:PrincipalArn'];
            if (names === undefined) return statement;
            return {
              ...statement,
              Condition: { ...statement.Condition, ArnLike: { 'aws:PrincipalArn': [names, admitted].flat() as string[] } },
            };
          }),
      ),
    );
    expect(() => judgeGrants(grants, [])).toThrow(
      /no scenario needs the condition aws:PrincipalArn \S+\/stranger\/\* of 'Foundation\/LakeStreamKey UseByActors'$/,
    );
  });

  const idle: [string, RawStatement][] = [
    [
      'on what is not there',
      { Sid: 'Planted', Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::none/*' },
    ],
    [
      'under what never is',
      {
        Sid: 'Planted',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: 'arn:aws:s3:::*',
        Condition: { StringEquals: { 'aws:PrincipalAccount': '000000000000' } },
      },
    ],
  ];
  test.each(idle)('fails for a denial %s', (_, statement) => {
    const { account, statements } = planted(isBuckets, (before) => [...before, statement]);
    const { resources } = statementsOf(environment);
    const denials = findDenials(account, statements, refusedAccesses({ environment, resources }));
    expect(() => judgeDenials(denials.map((denial) => ({ ...denial, environment })))).toThrow(
      /^\w+: nothing succeeds without '\S+ Planted'$/,
    );
  });
});

describe('the list of what nobody needs', () => {
  const { statements } = statementsOf(environment);
  const [statement] = statements.filter(({ effect }) => effect === 'Allow');
  if (statement === undefined) throw new Error('no statement allows anything');
  const need = { scenario: 'any', how: 'run', refusal: 'any' } as const;
  const reason = 'any';

  test('excuses what it names', () => {
    const grants = [{ environment, statement, need: undefined }];
    expect(judgeGrants(grants, [{ statement: statement.kind, reason }])).toContain('1 kinds that nobody needs');
  });

  test.each([
    ['is met after all', statement.kind],
    ['is not there', 'nobody Planted'],
  ])('fails for an entry that %s', (_, kind) => {
    expect(() => judgeGrants([{ environment, statement, need }], [{ statement: kind, reason }])).toThrow(
      `'${kind}' is listed as unmet, and is met or gone`,
    );
  });

  test('says nothing of environments that were not looked at', () => {
    const entry = { statement: 'nobody Planted', environments: ['elsewhere'], reason };
    expect(judgeGrants([{ environment, statement, need }], [entry])).toContain('1 Allow statements');
  });

  test('fails when it grows beyond six', () => {
    const many = Array.from({ length: 7 }, (_, index) => ({ statement: String(index), environments: ['elsewhere'], reason }));
    expect(() => judgeGrants([{ environment, statement, need }], many)).toThrow('7 are listed as unmet: at most 6 may be');
  });

  test('fails where there is nothing to look at', () => {
    expect(() => judgeGrants([], [])).toThrow('there is no Allow statement to look at');
    expect(() => judgeDenials([])).toThrow('there is no Deny statement to look at');
  });
});
