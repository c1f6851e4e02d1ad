import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { RULES } from '../../../core/review/rules/index.ts';
import type { Danger } from '../../../core/review/danger.ts';
import { lifecycle } from '../../../core/review/rules/lifecycle.ts';

interface SpecResource {
  readonly cloudFormationType: string;
  readonly isStateful?: boolean;
  readonly properties: Readonly<Record<string, { readonly causesReplacement?: 'yes' | 'no' | 'maybe' }>>;
}

/** What CloudFormation says of its types, as the CDK's command carries it to classify its own diff. */
const spec = new Map(
  Object.values(
    (
      JSON.parse(gunzipSync(readFileSync('node_modules/aws-cdk/db.json.gz')).toString()) as {
        schema: { resource: { entities: Record<string, SpecResource | SpecResource[]> } };
      }
    ).schema.resource.entities,
  )
    .flat()
    .map((resource) => [resource.cloudFormationType, resource] as const),
);
const known = Object.keys(RULES).filter((type) => spec.has(type));
const whole = { before: {}, after: {} };

/** What is replaced without harm: nothing is in it, and whoever uses it gets the new one. */
const REPLACED_WITHOUT_HARM = [
  'AWS::Athena::NamedQuery',
  'AWS::Athena::PreparedStatement',
  'AWS::CloudWatch::Dashboard',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::LakeFormation::PrincipalPermissions',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Permission',
  'AWS::Lambda::Version',
  'AWS::Route53Resolver::FirewallDomainList',
  'AWS::Route53Resolver::FirewallRuleGroup',
  'AWS::Route53Resolver::FirewallRuleGroupAssociation',
];

test('the specification is there, and knows the types of the rules', () => {
  expect(spec.get('AWS::S3::Bucket')?.properties.BucketName?.causesReplacement).toBe('yes');
  expect(Object.keys(RULES).filter((type) => !spec.has(type))).toEqual(['Custom::IcebergTable', 'AWS::CDK::Metadata']);
});

test.each(known.filter((type) => !REPLACED_WITHOUT_HARM.includes(type)))(
  'no rule of %s passes a change that CloudFormation calls a replacement',
  (type) => {
    const replacing = Object.entries(spec.get(type)?.properties ?? {}).filter(
      ([, { causesReplacement }]) => causesReplacement === 'yes',
    );
    const passed = replacing.flatMap(([name]): string[] => {
      const judge = RULES[type]?.properties[name];
      const dangers: readonly Danger[] | undefined = judge?.('one', 'other', name, whole);
      return dangers?.length === 0 ? [name] : [];
    });
    expect(passed).toEqual([]);
  },
);

test('every type that CloudFormation calls stateful holds something', () => {
  expect(known.filter((type) => spec.get(type)?.isStateful === true && RULES[type]?.holds === undefined)).toEqual([]);
});

test.each(known)('every judge of %s is of a property that there is', (type) => {
  const properties = Object.keys(spec.get(type)?.properties ?? {});
  const wanting = Object.keys(RULES[type]?.properties ?? {}).filter((name) => !properties.includes(name));
  expect(wanting).toEqual([]);
});

describe.each(Object.entries(RULES))('%s says what it means', (_, { holds, removal, addition }) => {
  const reasonOf = (said: typeof removal | typeof addition): string =>
    said === undefined || typeof said === 'function' ? '' : 'harmless' in said ? said.harmless : said.does;

  test('that one goes: it takes along what it holds, something becomes dangerous, or it is written why nothing does', () => {
    expect([holds, reasonOf(removal)].filter((reason) => (reason ?? '') !== '')).toHaveLength(1);
  });

  test('that one comes: a rule looks at it, or it is written why none does', () => {
    expect(typeof addition === 'function' || reasonOf(addition) !== '').toBe(true);
  });
});

test('the rules know every type of the platform: else give the new one rules in core/review/rules', () => {
  const files = readdirSync('test/lib/__snapshots__', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.json'),
  );
  const types = files.flatMap((file) => {
    const text = readFileSync(path.join('test/lib/__snapshots__', file), 'utf8');
    return Object.values((JSON.parse(text) as { Resources: Record<string, { Type: string }> }).Resources).map(({ Type }) => Type);
  });
  expect([...new Set(types)].filter((type) => RULES[type] === undefined)).toEqual([]);
});

describe('lifecycle', () => {
  const rule = (Prefix: string, ExpirationInDays: number, more: object = {}) => ({
    Status: 'Enabled',
    Prefix,
    ExpirationInDays,
    ...more,
  });
  const judged = (before: readonly object[], after: readonly object[]) =>
    lifecycle({ Rules: before }, { Rules: after }, 'LifecycleConfiguration', whole).map(({ says }) => says);

  test.each([
    ['a rule has another name', [rule('keep', 7, { Id: 'one' })], [rule('keep', 7, { Id: 'other' })]],
    ['a part of its objects gets the same rule', [rule('keep', 7)], [rule('keep7', 7), rule('keep', 7)]],
    ['rules of one age are merged', [rule('', 7), rule('keep', 7)], [rule('', 7)]],
    ['a rule that was disabled is gone', [rule('keep', 7, { Status: 'Disabled' })], []],
  ])('passes where %s', (_, before, after) => {
    expect(judged(before, after)).toEqual([]);
  });

  test.each([
    [
      'a rule is widened',
      [rule('keep7', 7)],
      [rule('keep', 7)],
      "lifecycle of objects under 'keep': after 7 days, which was never: what is older goes within a day or two",
    ],
    [
      'a tag no longer narrows it',
      [rule('keep', 7, { TagFilters: [{ Key: 'a', Value: 'b' }] })],
      [rule('keep', 7)],
      "lifecycle of objects under 'keep': after 7 days, which was never: what is older goes within a day or two",
    ],
    [
      'a disabled rule is enabled',
      [rule('', 7, { Status: 'Disabled' })],
      [rule('', 7)],
      'lifecycle of all objects: after 7 days, which was never: what is older goes within a day or two',
    ],
    [
      'a shorter rule stands beside a longer one',
      [rule('keep', 30)],
      [rule('keep', 30), rule('keep/a', 7)],
      "lifecycle of objects under 'keep/a': from 30 to 7 days: what is older goes within a day or two",
    ],
    [
      'a rule is split, and leaves objects out',
      [rule('keep', 7)],
      [rule('keep7', 7)],
      "lifecycle of objects under 'keep': after 7 days no longer: what was to go by then stays",
    ],
    [
      'a rule is disabled',
      [rule('keep', 7)],
      [rule('keep', 7, { Status: 'Disabled' })],
      "lifecycle of objects under 'keep': after 7 days no longer: what was to go by then stays",
    ],
    [
      'a rule is narrowed by a tag',
      [rule('keep', 7)],
      [rule('keep', 7, { TagFilters: [{ Key: 'a', Value: 'b' }] })],
      "lifecycle of objects under 'keep': after 7 days no longer: what was to go by then stays",
    ],
    [
      'the shorter of two rules is gone',
      [rule('', 30), rule('keep', 7)],
      [rule('', 30)],
      "lifecycle of objects under 'keep': from 7 to 30 days: what was to go by then stays",
    ],
    [
      'old versions are kept for good',
      [{ Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 7 } }],
      [],
      'lifecycle of all objects: after 7 days no longer: what was to go by then stays',
    ],
    [
      'objects go on a day of the calendar',
      [],
      [{ Status: 'Enabled', ExpirationDate: '2027-01-01T00:00:00Z' }],
      'lifecycle of all objects: after 0 days, which was never: what is older goes within a day or two',
    ],
    [
      'a rule has a part that no judge knows',
      [],
      [rule('keep', 7, { New: 1 })],
      "'LifecycleConfiguration.Rules' changed, and no rule knows what that does; look it up before you merge",
    ],
    [
      'its days are known at deployment only',
      [rule('keep', 7)],
      [rule('keep', 7, { ExpirationInDays: { Ref: 'Days' } })],
      "'LifecycleConfiguration.Rules' changed, and no rule knows what that does; look it up before you merge",
    ],
  ])('fails where %s', (_, before, after, says) => {
    expect(judged(before, after)).toEqual([says]);
  });
});
