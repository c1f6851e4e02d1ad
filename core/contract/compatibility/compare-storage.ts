import { isSameNeed, planTemperatures } from '../../storage/plan-temperatures.ts';
import type { StorageNeed } from '../model.ts';
import { additive, breaking, metadata, type Change } from './change.ts';
import { grown } from './grown.ts';
import { fromTo } from './words.ts';

type Judge = (before: StorageNeed, after: StorageNeed, path: string) => readonly Change[];

/** How long data is there, and how near. */
export const compareStorage: Judge = (before, after, path) => [
  ...Object.values(JUDGES).flatMap((judge) => judge(before, after, path)),
  ...compareClasses(before, after, path),
];

/** The table shows no day beyond the retention, from the day it is shorter; and an event older than that is refused at the door. */
const retention: Judge = ({ retentionDays: before }, { retentionDays: after }, path) =>
  grown(before, after, {
    more: () =>
      additive(
        'RetentionLengthened',
        path,
        `${fromTo(before, after)} days: data is kept longer`,
        'see that what is personal may be kept so long; objects stored before still go when they were to go',
      ),
    less: () =>
      breaking(
        'RetentionShortened',
        path,
        ['producers', 'readers'],
        `${fromTo(before, after)} days: older days can no longer be read, and events older than that are refused`,
        'let readers copy what they still need; objects stored before stay until they were to go',
      ),
  });

const readSometimes: Judge = ({ readSometimesDays: before }, { readSometimesDays: after }, path) =>
  grown(before, after, {
    more: () =>
      additive(
        'QueryableDaysLengthened',
        path,
        `${fromTo(before, after)} days that a query finds without a restore`,
        'look at what the longer warm stay costs',
      ),
    less: () =>
      breaking(
        'QueryableDaysShortened',
        path,
        ['readers'],
        `${fromTo(before, after)} days that a query finds without a restore: older days are missing from its answer in silence`,
        'agree on it with the readers of the older days',
      ),
  });

const restoreWithin: Judge = ({ restoreWithinHours: before }, { restoreWithinHours: after }, path) =>
  grown(before, after, {
    more: () =>
      breaking(
        'RestoreSlower',
        path,
        ['readers'],
        `${fromTo(before, after)} hours until an archived day is back`,
        'agree on it with the readers of archived days',
      ),
    less: () =>
      additive(
        'RestoreFaster',
        path,
        `${fromTo(before, after)} hours until an archived day is back`,
        'look at what the faster archive costs',
      ),
  });

/** Says nothing to readers by itself: what it changes is the class. */
const readOften: Judge = ({ readOftenDays: before }, { readOftenDays: after }, path) =>
  before === after
    ? []
    : [metadata('ReadOftenChanged', path, `${fromTo(before, after)} days in which data is read all the time`)];

/**
 * The class is the first segment of every key, so another one is another place. What lies in the old one stays until it expires there, and
 * the readers' view reads both (docs/adr/0025).
 */
const compareClasses: Judge = (before, after, path) => {
  if (after.retentionClass === undefined && isSameNeed(before, after)) return [];
  const [old, now] = [planTemperatures(before)?.name, planTemperatures(after)?.name];
  return old === now
    ? []
    : [
        additive(
          'RetentionClassChanged',
          path,
          `${fromTo(old, now)}: new objects lie in another place than those stored before, and the view reads both`,
          'keep the releases of the old class until its objects have expired: the view knows the place by them',
        ),
      ];
};

const JUDGES: { readonly [K in keyof Required<StorageNeed>]: Judge } = {
  readOftenDays: readOften,
  readSometimesDays: readSometimes,
  retentionDays: retention,
  restoreWithinHours: restoreWithin,
  retentionClass: () => [], // compareClasses tells it
};
