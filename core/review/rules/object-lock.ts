import { danger, type Danger } from '../danger.ts';
import { at, numberOf } from '../value.ts';
import { kept, literally, type Judge } from './judge.ts';

/** What a default retention of Object Lock comes to, in days. */
const daysOf = (lock: unknown): number => {
  const retention = at(lock, 'Rule', 'DefaultRetention');
  return numberOf(at(retention, 'Days')) ?? (numberOf(at(retention, 'Years')) ?? 0) * 365;
};
const isCompliance = (lock: unknown): boolean => at(lock, 'Rule', 'DefaultRetention', 'Mode') === 'COMPLIANCE';

/**
 * What is locked so goes on no demand of anybody, and no later change takes that back; a lock that can be lifted takes nothing away.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 */
const irrevocable = (before: unknown, after: unknown, path: string): readonly Danger[] =>
  isCompliance(after) && (!isCompliance(before) || daysOf(after) > daysOf(before))
    ? [
        danger(
          'ObjectLockIrrevocable',
          `'${path}' is COMPLIANCE for ${daysOf(after)} days: what comes from now on can be deleted by nobody until then, the account's root included`,
        ),
      ]
    : [];

const changed: Judge = (before, after, path) => [
  ...(daysOf(after) < daysOf(before)
    ? [
        danger(
          'ObjectLockShortened',
          `'${path}' from ${daysOf(before)} to ${daysOf(after)} days: new objects can be deleted earlier`,
        ),
      ]
    : []),
  ...(isCompliance(before) && !isCompliance(after)
    ? [danger('ObjectLockRemoved', `'${path}' is no longer COMPLIANCE: whoever has the permission can lift the lock`)]
    : []),
  ...irrevocable(before, after, path),
];

export const objectLock: Judge = kept(
  'ObjectLockRemoved',
  'objects can be deleted before their time',
  literally(irrevocable),
  literally(changed),
);
