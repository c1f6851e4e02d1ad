import type { Fault } from '../fault.ts';
import type { Change } from './change.ts';

/** What part of `major.minor.patch` must grow. */
export const BUMPS = ['none', 'patch', 'minor', 'major'] as const;
export type Bump = (typeof BUMPS)[number];

const BUMP_OF = { breaking: 'major', additive: 'minor', metadata: 'patch' } as const;

/** The least that the changes ask for together. A version `0.x` is released like any other: it promises as much. */
export const requiredBump = (changes: readonly Change[]): Bump =>
  BUMPS[Math.max(0, ...changes.map(({ verdict }) => BUMPS.indexOf(BUMP_OF[verdict])))] ?? 'none';

type Version = readonly [major: bigint, minor: bigint, patch: bigint];

/** @throws RangeError for anything but `major.minor.patch`: a contract that was read has such a version */
function parseVersion(text: string): Version {
  const match = /^(\d+)\.(\d+)\.(\d+)$/.exec(text);
  if (match === null) throw new RangeError(`a version is 'major.minor.patch', got '${text}'`);
  const [, major = '', minor = '', patch = ''] = match;
  return [BigInt(major), BigInt(minor), BigInt(patch)];
}

/** Below 0, 0 or above 0, as the first is older than, equal to or newer than the second; by numbers, so that 1.10.0 is newer than 1.9.0. */
export function compareVersions(one: string, other: string): number {
  const [left, right] = [parseVersion(one), parseVersion(other)];
  const index = left.findIndex((part, place) => part !== right[place]);
  if (index < 0) return 0;
  return (left[index] ?? 0n) < (right[index] ?? 0n) ? -1 : 1;
}

/** The first version that may be released with the changes. */
export function leastVersion(released: string, bump: Bump): string {
  const [major, minor, patch] = parseVersion(released);
  switch (bump) {
    case 'none':
      return `${major}.${minor}.${patch}`;
    case 'patch':
      return `${major}.${minor}.${patch + 1n}`;
    case 'minor':
      return `${major}.${minor + 1n}.0`;
    case 'major':
      return `${major + 1n}.0.0`;
  }
}

/**
 * What is wrong with the version of a contract that was changed since `released`; undefined where it may be released.
 *
 * Codes: `VersionWentBack`, `ReleasedVersionChanged`, `VersionTooLow`
 */
export function checkVersion(released: string, version: string, changes: readonly Change[]): Fault | undefined {
  const bump = requiredBump(changes);
  const least = leastVersion(released, bump);
  const fault = (code: string, message: string): Fault => ({ code, path: ['version'], message });
  if (compareVersions(version, released) < 0)
    return fault('VersionWentBack', `must not be lower than the released ${released}, got ${version}; write ${least} or higher`);
  if (compareVersions(version, least) >= 0) return undefined;
  const reason = `${countOf(changes, bump)} since ${released}`;
  return compareVersions(version, released) === 0
    ? fault(
        'ReleasedVersionChanged',
        `must not be a released one whose content changed, got ${version} with ${reason}; take the change back, or write ${least} or higher: 'headwaters contracts diff' says whom it breaks`,
      )
    : fault(
        'VersionTooLow',
        `must be ${least} or higher, got ${version} with ${reason}; raise it, or take the change back: 'headwaters contracts diff' says whom it breaks`,
      );
}

/** Changes that a message names; `contracts diff` names all. */
const MOST_NAMED = 3;

const countOf = (changes: readonly Change[], bump: Bump): string => {
  const found = changes.filter(({ verdict }) => BUMP_OF[verdict] === bump);
  const [first] = found;
  const named = found.slice(0, MOST_NAMED).map(({ code, path }) => `${code} at ${path}`);
  const rest = found.length > MOST_NAMED ? ` and ${found.length - MOST_NAMED} more` : '';
  return `${found.length} ${first?.verdict ?? ''} change${found.length === 1 ? '' : 's'} (${named.join(', ')}${rest})`;
};
