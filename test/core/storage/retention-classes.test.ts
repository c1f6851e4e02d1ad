import {
  QUARANTINE_DAYS,
  RAW_DAYS,
  RETENTION_CLASSES,
  RETENTION_DAYS,
  TEMPERATURE,
  retentionPrefix,
  type StorageClass,
} from '../../../core/storage/retention-classes.ts';

/** Objects lie under these names for as long as ten years: a name may be added, and none may go or change what it means. */
const FROZEN: readonly string[] = [
  'keep7-hot7',
  'keep30-hot30',
  'keep90-hot30-warm90',
  'keep90-hot90',
  'keep180-hot30-warm180',
  'keep180-hot90-warm180',
  'keep180-hot180',
  'keep365-hot30-warm365',
  'keep365-hot90-warm365',
  'keep365-hot365',
  'keep365-hot30-warm90-flexible',
  'keep365-hot30-warm90-deep',
  'keep365-hot90-flexible',
  'keep365-hot90-deep',
  'keep730-hot30-warm730',
  'keep730-hot90-warm730',
  'keep730-hot730',
  'keep730-hot30-warm90-flexible',
  'keep730-hot30-warm90-deep',
  'keep730-hot90-flexible',
  'keep730-hot90-deep',
  'keep730-hot30-warm365-flexible',
  'keep730-hot30-warm365-deep',
  'keep730-hot90-warm365-flexible',
  'keep730-hot90-warm365-deep',
  'keep1095-hot30-warm1095',
  'keep1095-hot90-warm1095',
  'keep1095-hot1095',
  'keep1095-hot30-warm90-flexible',
  'keep1095-hot30-warm90-deep',
  'keep1095-hot90-flexible',
  'keep1095-hot90-deep',
  'keep1095-hot30-warm365-flexible',
  'keep1095-hot30-warm365-deep',
  'keep1095-hot90-warm365-flexible',
  'keep1095-hot90-warm365-deep',
  'keep1825-hot30-warm1825',
  'keep1825-hot90-warm1825',
  'keep1825-hot1825',
  'keep1825-hot30-warm90-flexible',
  'keep1825-hot30-warm90-deep',
  'keep1825-hot90-flexible',
  'keep1825-hot90-deep',
  'keep1825-hot30-warm365-flexible',
  'keep1825-hot30-warm365-deep',
  'keep1825-hot90-warm365-flexible',
  'keep1825-hot90-warm365-deep',
  'keep2555-hot30-warm2555',
  'keep2555-hot90-warm2555',
  'keep2555-hot2555',
  'keep2555-hot30-warm90-flexible',
  'keep2555-hot30-warm90-deep',
  'keep2555-hot90-flexible',
  'keep2555-hot90-deep',
  'keep2555-hot30-warm365-flexible',
  'keep2555-hot30-warm365-deep',
  'keep2555-hot90-warm365-flexible',
  'keep2555-hot90-warm365-deep',
  'keep3650-hot30-warm3650',
  'keep3650-hot90-warm3650',
  'keep3650-hot3650',
  'keep3650-hot30-warm90-flexible',
  'keep3650-hot30-warm90-deep',
  'keep3650-hot90-flexible',
  'keep3650-hot90-deep',
  'keep3650-hot30-warm365-flexible',
  'keep3650-hot30-warm365-deep',
  'keep3650-hot90-warm365-flexible',
  'keep3650-hot90-warm365-deep',
];

test('the classes are those that objects lie under', () => {
  expect(RETENTION_CLASSES.map(({ name }) => name)).toEqual(FROZEN);
});

test('there are at most 100, and no two share a prefix', () => {
  const names = RETENTION_CLASSES.map(({ name }) => `${name}/`);
  expect(names.length).toBeLessThanOrEqual(100);
  expect(names.filter((name) => names.filter((other) => other.startsWith(name)).length > 1)).toEqual([]);
  const short = RETENTION_DAYS.map(retentionPrefix);
  for (const name of names) expect(short.filter((prefix) => name.startsWith(prefix))).toHaveLength(1);
});

/** A name says the whole life: read back, it must give the class. */
function lifeOf(name: string) {
  const days = (part: string) => Number(new RegExp(`${part}(\\d+)`).exec(name)?.[1]);
  const [keep, hot] = [days('keep'), days('hot')];
  const queryable = name.includes('warm') ? days('warm') : hot;
  const archive = name.endsWith('-flexible') ? 'GLACIER' : name.endsWith('-deep') ? 'DEEP_ARCHIVE' : undefined;
  const warmClass = queryable - hot >= 90 ? 'GLACIER_IR' : 'STANDARD_IA';
  return {
    name,
    transitions: [
      ...(hot < queryable ? [{ afterDays: hot, storageClass: warmClass }] : []),
      ...(archive === undefined ? [] : [{ afterDays: queryable, storageClass: archive }]),
    ],
    queryableDays: queryable,
    expireAfterDays: keep,
  };
}

test.each(RETENTION_CLASSES.map((retention) => [retention.name, retention] as const))(
  '%s lives as its name says',
  (name, retention) => {
    expect(retention).toEqual(lifeOf(name));
  },
);

/** Days that S3 bills an object at least. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html */
const SHORTEST_STAY: Readonly<Record<StorageClass, number>> = {
  STANDARD: 0,
  STANDARD_IA: 30,
  GLACIER_IR: 90,
  GLACIER: 90,
  DEEP_ARCHIVE: 180,
};
const COLDER: readonly StorageClass[] = ['STANDARD', 'STANDARD_IA', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE'];

test.each(RETENTION_CLASSES.map((retention) => [retention.name, retention] as const))(
  '%s obeys the rules of S3',
  (_, retention) => {
    const { transitions, expireAfterDays, queryableDays } = retention;
    const stays = [{ afterDays: 0, storageClass: 'STANDARD' as StorageClass }, ...transitions];
    stays.forEach(({ afterDays, storageClass }, index) => {
      const until = stays[index + 1]?.afterDays ?? expireAfterDays;
      expect(until - afterDays).toBeGreaterThanOrEqual(Math.max(1, SHORTEST_STAY[storageClass]));
      if (storageClass === 'STANDARD_IA') expect(afterDays).toBeGreaterThanOrEqual(30);
      const next = stays[index + 1];
      if (next !== undefined) expect(COLDER.indexOf(next.storageClass)).toBeGreaterThan(COLDER.indexOf(storageClass));
    });
    const firstCold = transitions.find(({ storageClass }) => TEMPERATURE[storageClass] === 'cold');
    expect(queryableDays).toBe(firstCold?.afterDays ?? expireAfterDays);
  },
);

test('each storage class has its temperature', () => {
  expect(TEMPERATURE).toEqual({
    STANDARD: 'hot',
    STANDARD_IA: 'warm',
    GLACIER_IR: 'warm',
    GLACIER: 'cold',
    DEEP_ARCHIVE: 'cold',
  });
  const used = new Set(RETENTION_CLASSES.flatMap(({ transitions }) => transitions.map(({ storageClass }) => storageClass)));
  for (const storageClass of used) expect(Object.keys(TEMPERATURE)).toContain(storageClass);
});

test('raw and quarantine are kept for 30 and 90 days', () => {
  expect([RAW_DAYS, QUARANTINE_DAYS]).toEqual([30, 90]);
});
