import { AssemblyError } from '../../../local/assembly/assembly-error.ts';
import { holds, resolve, type Scope } from '../../../local/assembly/intrinsics.ts';
import { physicalName } from '../../../local/assembly/physical-name.ts';
import { inOrder } from '../../../local/assembly/read-assembly.ts';
import { referencesIn } from '../../../local/assembly/references.ts';

const scope: Scope = {
  ref: (name) => ({ Bucket: 'lake', 'AWS::Region': 'us-east-1', Empty: '' })[name],
  attribute: (id, attribute) => (id === 'Bucket' && attribute === 'Arn' ? 'arn:aws:s3:::lake' : undefined),
  importValue: (name) => (name === 'shared' ? 'imported' : undefined),
  condition: (name) => ({ Yes: true, No: false })[name],
  mappings: { Sizes: { dev: { count: 1 } } },
};

test.each([
  [{ Ref: 'Bucket' }, 'lake'],
  [{ Ref: 'Empty' }, ''],
  [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, 'arn:aws:s3:::lake'],
  [{ 'Fn::GetAtt': 'Bucket.Arn' }, 'arn:aws:s3:::lake'],
  [{ 'Fn::Join': ['/', ['a', { Ref: 'Bucket' }, 3]] }, 'a/lake/3'],
  [{ 'Fn::Sub': '${Bucket} in ${AWS::Region}, ${Bucket.Arn}, ${!Literal}' }, 'lake in us-east-1, arn:aws:s3:::lake, ${Literal}'],
  [{ 'Fn::Sub': ['${Own}-${Bucket}', { Own: { Ref: 'AWS::Region' } }] }, 'us-east-1-lake'],
  [{ 'Fn::Select': ['1', { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
  [{ 'Fn::GetAZs': '' }, ['us-east-1a', 'us-east-1b', 'us-east-1c']],
  [{ 'Fn::GetAZs': 'eu-west-1' }, ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']],
  [{ 'Fn::Select': [1, { 'Fn::GetAZs': { Ref: 'AWS::Region' } }] }, 'us-east-1b'],
  [{ 'Fn::ImportValue': 'shared' }, 'imported'],
  [{ 'Fn::FindInMap': ['Sizes', 'dev', 'count'] }, 1],
  [{ 'Fn::FindInMap': ['Sizes', 'dev', 'other', { DefaultValue: { Ref: 'Bucket' } }] }, 'lake'],
  [{ 'Fn::Cidr': ['10.1.2.3/16', 3, '8'] }, ['10.1.0.0/24', '10.1.1.0/24', '10.1.2.0/24']],
  [{ 'Fn::Select': [1, { 'Fn::Cidr': ['255.255.255.0/24', 2, 7] }] }, '255.255.255.128/25'],
  [{ 'Fn::Length': { 'Fn::GetAZs': '' } }, 3],
  [{ 'Fn::ToJsonString': { a: [{ Ref: 'Bucket' }], b: { Ref: 'AWS::NoValue' } } }, '{"a":["lake"]}'],
  [{ 'Fn::Base64': 'a' }, 'YQ=='],
  [{ 'Fn::If': ['Yes', 'a', 'b'] }, 'a'],
  [{ 'Fn::If': ['No', 'a', { Ref: 'AWS::NoValue' }] }, undefined],
  [
    { keep: 1, leave: { Ref: 'AWS::NoValue' }, list: [{ Ref: 'AWS::NoValue' }, 2] },
    { keep: 1, list: [2] },
  ],
])('resolves %j', (value, expected) => {
  expect(resolve(value, scope, 'Stack.Thing')).toEqual(expected);
});

test.each([
  [{ 'Fn::Transform': {} }, 'UnknownIntrinsic', "Stack.Thing.a[0]: 'Fn::Transform'"],
  [{ 'Fn::Cidr': ['10.0.0.0/24', 3, 7] }, 'UnresolvedReference', "3 blocks of 7 bits in '10.0.0.0/24' stands for nothing"],
  [{ 'Fn::Cidr': ['2001:db8::/56', 1, 64] }, 'UnresolvedReference', "1 blocks of 64 bits in '2001:db8::/56' stands for nothing"],
  [{ 'Fn::Cidr': ['10.0.0.256/24', 1, 7] }, 'UnresolvedReference', "1 blocks of 7 bits in '10.0.0.256/24' stands for nothing"],
  [{ 'Fn::FindInMap': ['Sizes', 'dev', 'other'] }, 'UnresolvedReference', "mapping 'Sizes.dev.other' stands for nothing"],
  [{ 'Fn::Select': [3, { 'Fn::GetAZs': '' }] }, 'UnresolvedReference', 'Stack.Thing.a[0]: index 3 stands for nothing'],
  [{ Ref: 'Nobody' }, 'UnresolvedReference', "Stack.Thing.a[0]: 'Nobody'"],
  [{ 'Fn::GetAtt': ['Bucket', 'Colour'] }, 'UnresolvedReference', "'Bucket.Colour'"],
  [{ 'Fn::ImportValue': 'other' }, 'UnresolvedReference', "export 'other'"],
])('fails for %j, naming the place', (value, code, message) => {
  expect(() => resolve({ a: [value] }, scope, 'Stack.Thing')).toThrow(message);
  try {
    resolve({ a: [value] }, scope, 'Stack.Thing');
  } catch (error) {
    expect(error instanceof AssemblyError && error.code).toBe(code);
  }
});

test.each([
  [{ 'Fn::Equals': [{ Ref: 'Bucket' }, 'lake'] }, true],
  [{ 'Fn::Not': [{ Condition: 'Yes' }] }, false],
  [{ 'Fn::And': [{ Condition: 'Yes' }, { Condition: 'No' }] }, false],
  [{ 'Fn::Or': [{ Condition: 'Yes' }, { Condition: 'No' }] }, true],
])('the condition %j is %s', (expression, expected) => {
  expect(holds(expression, scope, 'Stack')).toBe(expected);
});

test('finds what a value refers to', () => {
  const value = {
    a: [{ Ref: 'One' }],
    b: { 'Fn::Sub': ['${Two.Arn} ${Own} ${!Not}', { Own: { 'Fn::GetAtt': ['Three', 'Arn'] } }] },
    c: { 'Fn::GetAtt': 'Four.Arn' },
  };
  expect([...referencesIn(value)].sort()).toEqual(['Four', 'One', 'Three', 'Two']);
});

test('orders by dependencies and refuses a cycle', () => {
  expect(
    inOrder(
      new Map([
        ['c', ['b']],
        ['b', ['a']],
        ['a', []],
      ]),
    ),
  ).toEqual(['a', 'b', 'c']);
  expect(() =>
    inOrder(
      new Map([
        ['a', ['b']],
        ['b', ['a']],
      ]),
    ),
  ).toThrow('a -> b -> a');
});

test.each([
  ['Stack', 'Role', { longest: 64 }, 'Stack-Role'],
  [
    'Platform-dev',
    'LakeBucket',
    { longest: 63, lowerCase: true, suffix: '-123456789012-us-east-1' },
    'platform-dev-lakebucket-123456789012-us-east-1',
  ],
])('names a resource of %s.%s', (stack, id, rules, expected) => {
  expect(physicalName(stack, id, rules)).toBe(expected);
});

test('a long name is cut, stays lawful, and differs from that of a stack that begins alike', () => {
  const names = ['operations', 'sales'].map((domain) =>
    physicalName(`Headwaters-dev-Domain-${domain}`, 'DatasetsAirportsTransformFunctionE8EED01F', { longest: 64 }),
  );
  expect(new Set(names).size).toBe(2);
  for (const name of names) expect(name).toMatch(/^Headwaters-dev[\w-]{1,50}E8EED01F$/);
});
