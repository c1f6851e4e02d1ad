import { comparePermissions, type PermissionChange } from '../../../core/review/permissions/compare-permissions.ts';
import { patternCovers } from '../../../core/review/permissions/covers.ts';
import { readTemplate, type Templates } from '../../../core/aws/template.ts';

const STACK = 'Headwaters-prod-Domain-test';
const templates = (Resources: Readonly<Record<string, object>>): Templates =>
  new Map([[STACK, readTemplate(JSON.stringify({ Resources }), STACK)]]);

const role = (more: object = {}) => ({
  Type: 'AWS::IAM::Role',
  Properties: { Path: '/headwaters/prod/test/', ...more },
});
const policy = (...statements: readonly object[]) => ({
  Type: 'AWS::IAM::ManagedPolicy',
  Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: { Version: '2012-10-17', Statement: statements } },
});
const allow = (Action: string | string[], Resource: unknown, Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});
const objects = { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '/a/*']] };

/** The change of a role's policy. */
function changeOf(before: readonly object[], after: readonly object[]): PermissionChange | undefined {
  const [change, ...others] = comparePermissions(
    templates({ Role: role(), Policy: policy(...before) }),
    templates({ Role: role(), Policy: policy(...after) }),
  );
  expect(others).toEqual([]);
  return change;
}
const words = (change: PermissionChange | undefined) => ({
  gained: (change?.gained ?? []).map(({ effect, action, resource }) => `${effect} ${action} ${resource}`),
  widened: (change?.widened ?? []).map(({ permission }) => permission.action),
  lost: (change?.lost ?? []).map(({ effect, action, resource }) => `${effect} ${action} ${resource}`),
  dangers: (change?.dangers ?? []).map(({ code }) => code),
});
const nothing = { gained: [], widened: [], lost: [], dangers: [] };

test.each<[string, object[], object[]]>([
  [
    'a statement is split',
    [allow(['s3:GetObject', 's3:PutObject'], objects)],
    [allow('s3:PutObject', objects), allow('s3:GetObject', [objects])],
  ],
  ['an action is written in another case', [allow('s3:GetObject', objects)], [allow('S3:getobject', objects)]],
  [
    'values of a condition change places',
    [allow('s3:GetObject', objects, { StringEquals: { 'aws:A': ['x', 'y'] } })],
    [allow('s3:GetObject', objects, { StringEquals: { 'AWS:a': ['y', 'x'] } })],
  ],
])('says nothing where %s', (_, before, after) => {
  expect(words(changeOf(before, after))).toEqual(nothing);
});

test('an action on one more resource is a gain, and on one fewer a loss', () => {
  const [one, both] = [[allow('s3:GetObject', 'arn:a')], [allow('s3:GetObject', ['arn:a', 'arn:b'])]];
  expect(words(changeOf(one, both))).toEqual({ ...nothing, gained: ['Allow s3:GetObject arn:b'] });
  expect(words(changeOf(both, one))).toEqual({ ...nothing, lost: ['Allow s3:GetObject arn:b'] });
});

test('what was allowed by a wildcard is no gain when it is written out', () => {
  expect(words(changeOf([allow('s3:*', '*')], [allow('s3:GetObject', objects)]))).toEqual({ ...nothing, lost: ['Allow s3:* *'] });
});

test('a wildcard is a gain over what it replaces', () => {
  expect(words(changeOf([allow('s3:GetObject', objects)], [allow('s3:Get*', objects)]))).toEqual({
    ...nothing,
    gained: ['Allow s3:Get* ${Bucket.Arn}/a/*'],
    dangers: ['WildcardGained'],
  });
});

test('all but some actions are a gain', () => {
  const after = [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }];
  expect(words(changeOf([allow('s3:GetObject', '*')], after))).toEqual({
    gained: ['Allow all but iam:* *'],
    widened: [],
    lost: ['Allow s3:GetObject *'],
    dangers: ['WildcardGained'],
  });
});

const when = (operator: string, ...values: string[]) =>
  allow('s3:GetObject', objects, { [operator]: { 'aws:sourcevpc': values } });

test.each([
  ['dropped', [when('StringEquals', 'a')], [allow('s3:GetObject', objects)], ['ConditionDropped']],
  ['met by one value more', [when('StringEquals', 'a')], [when('StringEquals', 'a', 'b')], []],
  ['met by all but one value fewer', [when('StringNotEquals', 'a', 'b')], [when('StringNotEquals', 'a')], []],
  ['another one', [when('StringEquals', 'a')], [when('StringLike', 'a')], []],
])('a condition that is %s is a gain', (_, before, after, dangers) => {
  expect(words(changeOf(before, after))).toEqual({ ...nothing, widened: ['s3:GetObject'], dangers });
});

test('a condition that is added, or met by less, is none', () => {
  const narrower = { ...nothing, lost: ['Allow s3:GetObject ${Bucket.Arn}/a/*'] };
  expect(words(changeOf([allow('s3:GetObject', objects)], [when('StringEquals', 'a')]))).toEqual(narrower);
  expect(words(changeOf([when('StringEquals', 'a', 'b')], [when('StringEquals', 'a')]))).toEqual(narrower);
});

test('an action on every resource is a danger, unless somebody had it: some actions know no resource', () => {
  const [before, after] = [[allow('s3:GetObject', objects)], [allow('s3:GetObject', '*')]];
  expect(words(changeOf(before, after)).dangers).toEqual(['WildcardGained']);
  const other = { Other: role({ Policies: [{ PolicyDocument: { Statement: after } }] }) };
  const [change] = comparePermissions(
    templates({ Role: role(), Policy: policy(...before), ...other }),
    templates({ Role: role(), Policy: policy(...after), ...other }),
  );
  expect(words(change)).toMatchObject({ gained: ['Allow s3:GetObject *'], dangers: [] });
});

test.each([
  ['arn:aws:s3:::*', true],
  ['arn:aws:s3:::*/*', true],
  ['arn:aws:kms:eu-west-1:111122223333:key/*', true],
  ['arn:aws:s3:::bucket/*', false],
  ['arn:aws:glue:eu-west-1:111122223333:table/database/*', false],
])("'%s' is more than anybody wrote out: %s", (resource, is) => {
  const known = allow('glue:GetTable', 'arn:aws:glue:eu-west-1:111122223333:catalog'); // the account is no stranger
  expect(words(changeOf([known], [known, allow('s3:GetObject', resource)])).dangers).toEqual(is ? ['WildcardGained'] : []);
});

test.each([
  ['s3:PutObject', 'arn:aws:s3:::backups/*', ['UnknownEffect']],
  ['s3:PutObject', { 'Fn::Sub': 'arn:aws:s3:::backups-${AWS::AccountId}/*' }, []],
  ['s3:GetObject', 'arn:aws:s3:::backups/*', []],
  ['sns:Publish', 'arn:aws:sns:eu-west-1:444455556666:told', ['AccountNamed']],
])('%s on %j reaches beyond the account, or does not', (action, resource, dangers) => {
  expect(words(changeOf([], [allow(action, resource)])).dangers).toEqual(dangers);
});

test('the same without its condition, beside the statement that has it, is a danger', () => {
  const both = [when('StringEquals', 'a'), allow('s3:GetObject', objects)];
  expect(words(changeOf([when('StringEquals', 'a')], both)).dangers).toEqual(['ConditionDropped']);
});

test('a key of a condition that is forgotten is a danger, though another one stands there', () => {
  const other = allow('s3:GetObject', objects, { StringEquals: { 'aws:sourceaccount': ['a'] } });
  expect(words(changeOf([when('StringEquals', 'a')], [other])).dangers).toEqual(['ConditionDropped']);
});

test('a denial that is dropped is a gain, and one that is narrowed too', () => {
  const deny = (Resource: string) => ({ Effect: 'Deny', Action: 's3:*', Resource });
  expect(words(changeOf([deny('*')], []))).toEqual({ ...nothing, gained: ['Deny s3:* *'], dangers: ['DenyDropped'] });
  expect(words(changeOf([deny('*')], [deny('arn:a')])).dangers).toEqual(['DenyDropped']);
  expect(words(changeOf([deny('arn:a')], [deny('*')]))).toEqual({ ...nothing, lost: ['Deny s3:* *'] });
});

test.each([
  ['managed policy', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }, {}, ['WildcardGained']],
  ['boundary less', {}, { PermissionsBoundary: 'arn:aws:iam::111122223333:policy/limit' }, ['BoundaryDropped']],
  ['policy of its own', { Policies: [{ PolicyDocument: { Statement: allow('s3:GetObject', objects) } }] }, {}, []],
])('a role with a %s gains', (_, more, less, dangers) => {
  const [change] = comparePermissions(templates({ Role: role(less) }), templates({ Role: role(more) }));
  expect(change?.gained).toHaveLength(1);
  expect(change?.isNew).toBe(false);
  expect(words(change).dangers).toEqual(dangers);
});

test('a policy that another role gets is a gain of that role, named by its id and path', () => {
  const before = { Role: role(), Other: role(), Policy: policy(allow('s3:GetObject', '*')) };
  const attached = { ...before.Policy, Properties: { ...before.Policy.Properties, Roles: [{ Ref: 'Role' }, { Ref: 'Other' }] } };
  const [change] = comparePermissions(templates(before), templates({ ...before, Policy: attached }));
  expect(change?.holder).toEqual({ stack: STACK, kind: 'identity', id: 'Other', path: '/headwaters/prod/test/' });
  expect(words(change)).toEqual({ ...nothing, gained: ['Allow s3:GetObject *'] });
});

test('a limit that becomes a permission is a gain', () => {
  const arn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  const [change] = comparePermissions(
    templates({ Role: role({ PermissionsBoundary: arn }) }),
    templates({ Role: role({ ManagedPolicyArns: [arn] }) }),
  );
  expect(words(change).dangers).toEqual(['WildcardGained', 'BoundaryDropped']);
});

test('a role that is gone is told as such: what it was denied and allowed tells nothing', () => {
  const deny = { Effect: 'Deny', Action: 's3:*', Resource: '*' };
  const boundary = { PermissionsBoundary: 'arn:aws:iam::111122223333:policy/limit' };
  const before = { Role: role(boundary), Policy: policy(deny, allow('s3:GetObject', objects)) };
  expect(comparePermissions(templates(before), templates({}))).toEqual([]);
});

test('a denial that a policy of nobody here makes is dropped with it: somebody elsewhere may have it', () => {
  const { Properties, ...unattached } = policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' });
  const before = { Policy: { ...unattached, Properties: { PolicyDocument: Properties.PolicyDocument } } };
  expect(words(comparePermissions(templates(before), templates({}))[0]).dangers).toEqual(['DenyDropped']);
});

test('a policy moved into its role is no change', () => {
  const document = { Version: '2012-10-17', Statement: [allow('s3:GetObject', '*')] };
  const inline = role({ Policies: [{ PolicyName: 'p', PolicyDocument: document }] });
  expect(
    comparePermissions(templates({ Role: role(), Policy: policy(...document.Statement) }), templates({ Role: inline })),
  ).toEqual([]);
});

describe('policies of resources', () => {
  const key = (statement: object) => ({ Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [statement] } } });
  const use = (Principal: unknown) => ({ Effect: 'Allow', Principal, Action: 'kms:Decrypt', Resource: '*' });

  test('a principal more is a gain of the resource', () => {
    const [change] = comparePermissions(
      templates({ Key: key(use({ AWS: 'arn:a' })) }),
      templates({ Key: key(use({ AWS: ['arn:a', 'arn:b'], Service: 's3.amazonaws.com' })) }),
    );
    expect(change?.holder).toEqual({ stack: STACK, kind: 'resource', id: 'Key' });
    expect(change?.gained.map(({ principal }) => principal)).toEqual(['arn:b', 'Service s3.amazonaws.com']);
  });

  describe('branches of Fn::If', () => {
    const either = (one: unknown, other: unknown = { Ref: 'AWS::NoValue' }) => ({ 'Fn::If': ['IsProd', one, other] });
    const known = 'arn:aws:iam::111122223333:role/known';
    const strange = 'arn:aws:iam::999999999999:root';
    const deny = (Principal: unknown) => ({ ...use(Principal), Effect: 'Deny' });
    const trusted = (Principal: unknown) => ({
      Role: role({ AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] } }),
    });

    test.each<[string, object, object, string[]]>([
      ['names everybody', use({ AWS: known }), use({ AWS: either(known, '*') }), ['OpenedToAnyone', 'AccessDropped']],
      [
        'names another account',
        use({ AWS: [known] }),
        use({ AWS: [known, either(strange)] }),
        ['OpenedToWholeAccount', 'OpenedToAccount'],
      ],
      [
        'names it in a list within another',
        use({ AWS: [known] }),
        use({ AWS: [known, either([either(known, strange)])] }),
        ['OpenedToWholeAccount', 'OpenedToAccount'],
      ],
      ['names a service', use({ AWS: known }), use({ AWS: known, Service: either('s3.amazonaws.com') }), ['OpenedToService']],
      ['is the one that denies', deny({ AWS: known }), deny({ AWS: either(known) }), ['DenyDropped']],
      ['allows more', use('*'), { ...use('*'), Action: ['kms:Decrypt', either('kms:*')] }, ['OpenedToAnyone', 'WildcardGained']],
    ])('fails where one %s', (_, before, after, dangers) => {
      const [change] = comparePermissions(templates({ Key: key(before) }), templates({ Key: key(after) }));
      expect(words(change).dangers).toEqual(dangers);
    });

    test('fails where one trusts another account', () => {
      const [change] = comparePermissions(
        templates(trusted({ AWS: known })),
        templates(trusted({ AWS: either(known, strange) })),
      );
      expect(words(change).dangers).toContain('OpenedToAccount');
      expect(change?.dangers[0]?.says).toContain(`to '${strange}' if not IsProd`);
    });

    test('fails where one lets anybody call a function', () => {
      const calling = (Principal: unknown) => ({
        Permission: {
          Type: 'AWS::Lambda::Permission',
          Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'F' }, Principal },
        },
      });
      const [change] = comparePermissions(templates(calling(known)), templates(calling(either(known, '*'))));
      expect(words(change).dangers).toContain('OpenedToAnyone');
    });

    test('what one branch allowed and all do now is a gain', () => {
      const [change] = comparePermissions(
        templates({ Key: key(use({ AWS: either(known, 'arn:b') })) }),
        templates({ Key: key(use({ AWS: known })) }),
      );
      expect(change?.gained.map(({ principal }) => principal)).toEqual([known]);
    });

    test.each<[string, object, object]>([
      ['both name the same as before', use({ AWS: either(known, 'arn:b') }), use({ AWS: [either(known, 'arn:b')] })],
      ['one is nothing', use({ AWS: [known, { Ref: 'AWS::NoValue' }] }), use({ AWS: known })],
      ['a denial is for all that it was for some', deny({ AWS: [either(known), known] }), deny({ AWS: known })],
    ])('passes where %s', (_, before, after) => {
      const [change] = comparePermissions(templates({ Key: key(before) }), templates({ Key: key(after) }));
      expect(words(change)).toEqual(nothing);
    });
  });

  test('a principal fewer, or a denial more, is for a person to look up', () => {
    const both = key(use({ AWS: ['arn:a', 'arn:b'] }));
    const [fewer] = comparePermissions(templates({ Key: both }), templates({ Key: key(use({ AWS: 'arn:a' })) }));
    expect(fewer?.dangers.map(({ says }) => says)).toEqual([
      "'kms:Decrypt' on '*' to 'arn:b': no longer allowed; see that nothing needs it",
    ]);
    const denied = {
      ...both,
      Properties: { KeyPolicy: { Statement: [use({ AWS: ['arn:a', 'arn:b'] }), { ...use('*'), Effect: 'Deny' }] } },
    };
    expect(words(comparePermissions(templates({ Key: both }), templates({ Key: denied }))[0])).toEqual({
      ...nothing,
      lost: ['Deny kms:Decrypt *'],
      dangers: ['AccessDropped'],
    });
  });

  test.each(['*', { AWS: '*' }])('everybody, written as %j, is a danger', (everybody) => {
    const [change] = comparePermissions(templates({ Key: key(use({ AWS: 'arn:a' })) }), templates({ Key: key(use(everybody)) }));
    expect(words(change).dangers).toEqual(['OpenedToAnyone']);
  });

  test('a key without a policy is open to the whole account', () => {
    const [change] = comparePermissions(
      templates({ Key: key(use({ AWS: 'arn:a' })) }),
      templates({ Key: { Type: 'AWS::KMS::Key', Properties: {} } }),
    );
    expect(words(change).dangers).toEqual(['OpenedToWholeAccount', 'WildcardGained', 'AccessDropped']);
  });

  test('an endpoint that loses its policy lets everything through', () => {
    const endpoint = (more: object) => ({ Type: 'AWS::EC2::VPCEndpoint', Properties: more });
    const PolicyDocument = { Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }] };
    const [change] = comparePermissions(templates({ Way: endpoint({ PolicyDocument }) }), templates({ Way: endpoint({}) }));
    expect(words(change).dangers).toEqual(['OpenedToAnyone', 'WildcardGained']);
    expect(words(comparePermissions(templates({}), templates({ Way: endpoint({}) }))[0]).dangers).toEqual([
      'OpenedToAnyone',
      'WildcardGained',
    ]);
  });

  const letIn = (...AWS: string[]) => ({
    ResourcePolicy: {
      PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'dynamodb:*', Resource: '*' }] },
    },
  });
  const ours = 'arn:aws:iam::111122223333:role/ours';
  const strange = 'arn:aws:iam::999999999999:role/strange';

  test.each<[string, string, (...names: string[]) => object, string]>([
    ['a table', 'AWS::DynamoDB::Table', letIn, '*'],
    [
      'the stream of a table',
      'AWS::DynamoDB::Table',
      (...names) => ({ StreamSpecification: letIn(...names) }),
      'StreamSpecification: *',
    ],
    ['a global table', 'AWS::DynamoDB::GlobalTable', letIn, '*'],
    [
      'the stream of a global table',
      'AWS::DynamoDB::GlobalTable',
      (...names) => ({ StreamSpecification: letIn(...names) }),
      'StreamSpecification: *',
    ],
    [
      'a replica of a table',
      'AWS::DynamoDB::GlobalTable',
      (...names) => ({ Replicas: [{ Region: 'eu-west-1', ...letIn(...names) }] }),
      'Replicas eu-west-1: *',
    ],
    [
      'the stream of a replica',
      'AWS::DynamoDB::GlobalTable',
      (...names) => ({ Replicas: [{ Region: 'eu-west-1', ReplicaStreamSpecification: letIn(...names) }] }),
      'Replicas eu-west-1 ReplicaStreamSpecification: *',
    ],
    [
      'a stream of records',
      'AWS::Kinesis::ResourcePolicy',
      (...names) => ({
        ResourceArn: { 'Fn::GetAtt': ['It', 'Arn'] },
        ResourcePolicy: letIn(...names).ResourcePolicy.PolicyDocument,
      }),
      '*',
    ],
  ])('whom the policy of %s lets in is told, where it is new and where it changes', (_, Type, letting, resource) => {
    const of = (...names: string[]) => templates({ It: { Type, Properties: letting(...names) } });
    const [change, ...others] = comparePermissions(of(ours), of(ours, strange));
    expect(others).toEqual([]);
    expect(change?.holder).toEqual({ stack: STACK, kind: 'resource', id: 'It' });
    expect(change?.gained.map((gained) => [gained.principal, gained.resource])).toEqual([[strange, resource]]);
    expect(words(change).dangers).toEqual(['WildcardGained', 'OpenedToAccount']);
    expect(comparePermissions(of(ours), of(ours))).toEqual([]);
    expect(words(comparePermissions(templates({}), of('*'))[0]).dangers).toEqual(['OpenedToAnyone', 'WildcardGained']);
  });

  test('a denial of a table that only its stream keeps, or of one replica of two, is dropped', () => {
    const denied = {
      ResourcePolicy: {
        PolicyDocument: { Statement: [{ Effect: 'Deny', Principal: '*', Action: 'dynamodb:*', Resource: '*' }] },
      },
    };
    const table = (more: object) => templates({ It: { Type: 'AWS::DynamoDB::GlobalTable', Properties: more } });
    const replicas = (...policies: object[]) =>
      table({ Replicas: policies.map((policy, index) => ({ Region: `eu-west-${index + 1}`, ...policy })) });
    const dangers = (before: Templates, after: Templates) => words(comparePermissions(before, after)[0]).dangers;
    expect(dangers(table(denied), table({ StreamSpecification: denied }))).toContain('DenyDropped');
    expect(dangers(replicas(denied, denied), replicas(denied, {}))).toEqual(['DenyDropped']);
    expect(comparePermissions(replicas(denied, denied), replicas(denied, denied))).toEqual([]);
  });

  test.each<[string, string, object]>([
    ['a table', 'AWS::DynamoDB::Table', { ResourcePolicy: { Ref: 'Policy' } }],
    [
      'a stream',
      'AWS::DynamoDB::Table',
      { StreamSpecification: { ResourcePolicy: { 'Fn::If': ['C', letIn(strange), letIn()] } } },
    ],
    ['replicas', 'AWS::DynamoDB::GlobalTable', { Replicas: { 'Fn::Transform': {} } }],
    ['one replica', 'AWS::DynamoDB::GlobalTable', { Replicas: [{ ResourcePolicy: {} }] }],
  ])('fails where the policy of %s is known at deployment only', (_, Type, Properties) => {
    const [change] = comparePermissions(templates({ It: { Type, Properties: {} } }), templates({ It: { Type, Properties } }));
    expect(words(change).dangers).toEqual(['UnreadablePolicy']);
  });

  test('whoever may call a function is told', () => {
    const permission = {
      Type: 'AWS::Lambda::Permission',
      Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'F' }, Principal: '*' },
    };
    expect(words(comparePermissions(templates({}), templates({ Permission: permission }))[0])).toEqual({
      ...nothing,
      gained: ['Allow lambda:InvokeFunction ${F}'],
      dangers: ['OpenedToAnyone'],
    });
  });

  test('fails on a policy that cannot be read, once it changes', () => {
    const strange = (text: string) => templates({ Key: key({ Effect: 'Allow', Says: text }) });
    expect(words(comparePermissions(strange('one'), strange('other'))[0]).dangers).toEqual(['UnreadablePolicy']);
    expect(comparePermissions(strange('one'), strange('one'))).toEqual([]);
  });
});

test.each([
  ['s3:*', 's3:get*', true],
  ['s3:get*', 's3:*', false],
  ['*', 'all but iam:*', true],
  ['s3:get*', 's3:getobject', true],
  ['arn:*/a/*', 'arn:bucket/a/b', true],
  ['arn:*/a/*', 'arn:bucket/b/*', false],
  ['a*a', 'a', false],
  ['ab*ba', 'aba', false],
  ['s3:get?bject', 's3:getobject', false], // not told: a no is safe
])("'%s' covers '%s': %s", (one, other, does) => {
  expect(patternCovers(one, other)).toBe(does);
});
