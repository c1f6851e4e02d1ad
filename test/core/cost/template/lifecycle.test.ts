import { lifeUnder } from '../../../../core/cost/template/lifecycle.ts';

const bucket = (rules: readonly object[], versioned = true) => ({
  stack: 'Stack',
  id: 'Bucket',
  type: 'AWS::S3::Bucket',
  properties: {
    ...(versioned ? { VersioningConfiguration: { Status: 'Enabled' } } : {}),
    LifecycleConfiguration: { Rules: rules },
  },
});
const on = { Status: 'Enabled' };
const lingering = { ...on, NoncurrentVersionExpiration: { NoncurrentDays: 7 } };
const moving = { Transitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 30 }] };

test.each<[string, object[], boolean, string | undefined, number, number]>([
  [
    'the rule of its prefix',
    [lingering, { ...on, Prefix: 'a/', ExpirationInDays: 90, ...moving }, { ...on, Prefix: 'b/', ExpirationInDays: 9 }],
    true,
    'a/x/',
    97,
    1,
  ],
  [
    'the shortest of those that match',
    [lingering, { ...on, ExpirationInDays: 90 }, { ...on, Prefix: 'a/', ExpirationInDays: 30, ...moving }],
    true,
    'a/',
    37,
    0,
  ],
  ['no version, where none are kept', [lingering, { ...on, ExpirationInDays: 90 }], false, 'a/', 90, 0],
  ['no end, where nothing ends it', [lingering, moving], true, 'a/', Infinity, 1],
  ['no end, where old versions are never removed', [{ ...on, ExpirationInDays: 90 }], true, 'a/', Infinity, 0],
  [
    'no rule that is switched off',
    [{ Status: 'Disabled', ExpirationInDays: 9 }, lingering, { ...on, ExpirationInDays: 90 }],
    true,
    'a/',
    97,
    0,
  ],
  [
    'the longest, where only a delivery knows the prefix',
    [lingering, { ...on, Prefix: 'a/', ExpirationInDays: 30 }, { ...on, Prefix: 'b/', ExpirationInDays: 90 }],
    true,
    undefined,
    97,
    0,
  ],
])('an object lives by %s', (_, rules, versioned, prefix, goneAfterDays, transitions) => {
  const enabled = rules.map((rule) => ({ Status: 'Enabled', ...rule }));
  const life = lifeUnder(bucket(enabled, versioned), prefix);
  expect(life.goneAfterDays).toBe(goneAfterDays);
  expect(life.transitions).toHaveLength(transitions);
});
