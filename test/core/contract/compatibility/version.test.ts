import { additive, breaking, metadata, type Change } from '../../../../core/contract/compatibility/change.ts';
import { checkVersion, compareVersions, leastVersion, requiredBump } from '../../../../core/contract/compatibility/version.ts';

const META = metadata('OwnerChanged', 'contract', 'from a to b');
const ADDS = additive('ColumnAdded', 'd.v', 'v is promised', 'tell them');
const BREAKS = breaking('ColumnRemoved', 'd.v', ['readers'], 'v is gone', 'tell them');

test.each<[Change[], string]>([
  [[], 'none'],
  [[META], 'patch'],
  [[ADDS], 'minor'],
  [[META, ADDS, META], 'minor'],
  [[BREAKS], 'major'],
  [[ADDS, BREAKS, META], 'major'],
])('of %j the greatest decides: %s', (changes, bump) => {
  expect(requiredBump(changes)).toBe(bump);
});

test.each<[string, string, number]>([
  ['1.2.3', '1.2.3', 0],
  ['1.2.3', '1.2.4', -1],
  ['1.10.0', '1.9.0', 1],
  ['10.0.0', '9.9.9', 1],
  ['0.0.9007199254740993', '0.0.9007199254740992', 1],
])('%s against %s is %d', (one, other, order) => {
  expect(compareVersions(one, other)).toBe(order);
});

test('fails when a version is none', () => {
  expect(() => compareVersions('1.2', '1.2.3')).toThrow("a version is 'major.minor.patch', got '1.2'");
});

test.each([
  ['none', '1.2.3'],
  ['patch', '1.2.4'],
  ['minor', '1.3.0'],
  ['major', '2.0.0'],
] as const)('after 1.2.3 a %s change may be released as %s', (bump, version) => {
  expect(leastVersion('1.2.3', bump)).toBe(version);
});

test.each<[string, string, Change[], string | undefined]>([
  ['1.2.3', '1.2.3', [], undefined],
  ['1.2.3', '1.2.4', [], undefined],
  ['1.2.3', '9.0.0', [], undefined],
  ['1.2.3', '1.2.2', [], 'VersionWentBack'],
  ['1.2.3', '1.2.3', [META], 'ReleasedVersionChanged'],
  ['1.2.3', '1.2.4', [META], undefined],
  ['1.2.3', '1.3.0', [META], undefined],
  ['1.2.3', '1.2.3', [ADDS], 'ReleasedVersionChanged'],
  ['1.2.3', '1.2.4', [ADDS], 'VersionTooLow'],
  ['1.2.3', '1.3.0', [ADDS], undefined],
  ['1.2.3', '2.0.0', [ADDS], undefined],
  ['1.2.3', '1.3.0', [BREAKS], 'VersionTooLow'],
  ['1.9.0', '1.10.0', [BREAKS], 'VersionTooLow'],
  ['1.2.3', '2.0.0', [BREAKS], undefined],
  ['0.1.0', '0.2.0', [BREAKS], 'VersionTooLow'],
  ['9.0.0', '10.0.0', [BREAKS], undefined],
  ['2.0.0', '1.9.9', [BREAKS], 'VersionWentBack'],
])('%s to %s with %j: %s', (released, version, changes, code) => {
  expect(checkVersion(released, version, changes)?.code).toBe(code);
});

test('says what to write, and why', () => {
  expect(checkVersion('1.2.3', '1.2.4', [META, BREAKS, BREAKS])).toEqual({
    code: 'VersionTooLow',
    path: ['version'],
    message:
      "must be 2.0.0 or higher, got 1.2.4 with 2 breaking changes (ColumnRemoved at d.v, ColumnRemoved at d.v) since 1.2.3; raise it, or take the change back: 'headwaters contracts diff' says whom it breaks",
  });
  expect(checkVersion('1.2.3', '1.2.3', [ADDS])?.message).toBe(
    "must not be a released one whose content changed, got 1.2.3 with 1 additive change (ColumnAdded at d.v) since 1.2.3; take the change back, or write 1.3.0 or higher: 'headwaters contracts diff' says whom it breaks",
  );
  expect(checkVersion('1.2.3', '1.2.2', [])?.message).toBe(
    'must not be lower than the released 1.2.3, got 1.2.2; write 1.2.3 or higher',
  );
});
