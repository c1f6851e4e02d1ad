import { danger } from '../danger.ts';
import { always, judgeParts, unknownEffect, type Judge } from './judge.ts';
import { isObject } from '../value.ts';

/** A range of days as partition projection writes one relative to today, its days counted back from now. */
function daysBack(range: unknown): number | undefined {
  const match = /^NOW-(\d+)DAYS,NOW$/.exec(String(range));
  return match === null ? undefined : Number(match[1]);
}

/** Partitions out of the range are there and are not read. @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html */
const range: Judge = (before, after, path, whole) => {
  const [old, now] = [daysBack(before), daysBack(after)];
  if (old === undefined || now === undefined) return unknownEffect(before, after, path, whole);
  if (now >= old) return [];
  return [
    danger(
      'ProjectionNarrowed',
      `'${path}' from ${String(before)} to ${String(after)}: partitions outside are there, and queries skip them`,
    ),
  ];
};

/** Whether queries find restored days: more of them harm nobody. */
const restoredDays: Judge = (before, after, path, whole) => (after === 'true' ? [] : unknownEffect(before, after, path, whole));

/** Parameters of a table: those that projection reads, and what only people read. */
export const tableParameters: Judge = (before, after, path, whole) => {
  const [old, now] = [before ?? {}, after ?? {}];
  if (!isObject(old) || !isObject(now)) return unknownEffect(before, after, path, whole);
  const judges = Object.fromEntries(
    [...Object.keys(old), ...Object.keys(now)].flatMap((key): (readonly [string, Judge])[] => {
      if (/^projection\..+\.range$/.test(key)) return [[key, range]];
      if (key === 'storage.location.template')
        return [[key, always('TableMoved', 'what is stored lies elsewhere, where no query looks')]];
      if (key === 'read_restored_glacier_objects') return [[key, restoredDays]];
      return key.startsWith('headwaters.') || key === 'comment' ? [[key, () => []]] : [];
    }),
  );
  return judgeParts(judges, old, now, `${path}.`, whole);
};
