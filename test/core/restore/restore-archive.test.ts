import { createRequire } from 'node:module';
import { COLD_CLASSES } from '../../../core/restore/find-classes.ts';
import { restoreArchive } from '../../../core/restore/restore-archive.ts';
import { SimulatedClock } from '../../../local/clock.ts';
import { FakeArchive, type ArchivedObject } from '../../support/asl/fake-archive.ts';
import { OutOfTime, runStateMachine, TaskError, type Outcome } from '../../support/asl/run-state-machine.ts';

/** It writes into what it judges. */
const validate = createRequire(import.meta.url)('asl-validator') as (definition: unknown) => {
  readonly isValid: boolean;
  readonly errorsText: () => string;
};

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:notices';
const definition = restoreArchive({ environment: 'dev', partition: 'aws', bucket: 'clean', topicArn: TOPIC });
const GIB = 2 ** 30;
const DEEP = 'keep1095-hot30-warm90-deep';
const FLEXIBLE = 'keep365-hot30-warm90-flexible';
const START = Date.UTC(2026, 5, 1, 9);
const INPUT = { domain: 'sales', dataset: 'bookings', from: '2026-01-01', to: '2026-01-02' };
const PAID = { ...INPUT, maxUsd: 5 };

const object = (day: string, name: string, rest: Partial<ArchivedObject> = {}, retentionClass = DEEP): ArchivedObject => ({
  key: `${retentionClass}/sales/bookings/dt=${day}/hr=00/${name}.parquet`,
  size: GIB,
  storageClass: 'DEEP_ARCHIVE',
  ...rest,
});
const twoDays = [object('2026-01-01', 'a'), object('2026-01-01', 'b'), object('2026-01-02', 'c')];
const doneAt = (date: string, expires: string) => ({ doneAt: Date.parse(date), expiresAt: Date.parse(expires) });

interface Run extends Outcome {
  readonly archive: FakeArchive;
  readonly hours: number;
}
async function run(
  input: unknown,
  objects: readonly ArchivedObject[],
  prepare: (archive: FakeArchive) => void = () => undefined,
): Promise<Run> {
  const clock = new SimulatedClock(START);
  const archive = new FakeArchive(clock, objects);
  prepare(archive);
  return again(input, archive, clock);
}
async function again(input: unknown, archive: FakeArchive, clock: SimulatedClock): Promise<Run> {
  const outcome = await runStateMachine(definition, clock, archive.handle, input);
  return { ...outcome, archive, hours: outcome.took / 3_600_000 };
}

describe('the definition', () => {
  test('is lawful in the States Language', () => {
    const { isValid, errorsText } = validate(structuredClone(definition));
    expect(errorsText()).toBe('');
    expect(isValid).toBe(true);
  });

  test('stays far under the 1 MiB that a definition may have', () => {
    expect(Buffer.byteLength(JSON.stringify(definition))).toBeLessThan(64 * 1024);
  });

  test('uses no operator that JSONata 2.0.6 lacks', () => {
    expect(JSON.stringify(definition)).not.toMatch(/\?\?|\?:/);
  });

  test('bounds each task, retries it, and lets no state of the same name stand twice', () => {
    const names: string[] = [];
    const tasks: Record<string, unknown>[] = [];
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      const { States, Type } = value as { States?: object; Type?: string };
      if (States !== undefined) names.push(...Object.keys(States));
      if (Type === 'Task') tasks.push(value as Record<string, unknown>);
      Object.values(value).forEach(visit);
    };
    visit(definition);
    expect(new Set(names).size).toBe(names.length);
    expect(tasks).toHaveLength(7);
    for (const task of tasks)
      expect(task).toMatchObject({ TimeoutSeconds: expect.any(Number) as number, Retry: [{ MaxAttempts: 4 }] });
  });

  test('gives no variable of an inner scope the name of an outer one, which Step Functions refuses', () => {
    const twice: string[] = [];
    const visit = (machine: { States: object }, outer: ReadonlySet<string>): void => {
      const states = Object.values(machine.States) as Readonly<Record<string, unknown>>[];
      const rules = states.flatMap(({ Choices = [], Catch = [] }) => [Choices, Catch] as object[][]).flat();
      const own = new Set([...states, ...rules].flatMap((state) => Object.keys((state as { Assign?: object }).Assign ?? {})));
      twice.push(...[...own].filter((name) => outer.has(name)));
      const inner = states.flatMap(({ Branches = [], ItemProcessor }) => [...(Branches as []), ItemProcessor ?? []].flat());
      for (const next of inner) visit(next as { States: object }, new Set([...outer, ...own]));
    };
    visit(definition, new Set());
    expect(twice).toEqual([]);
  });

  test('knows the 44 classes that archive, by the first segment of their keys', () => {
    expect(COLD_CLASSES).toHaveLength(44);
    expect(COLD_CLASSES.every((name) => /^keep\d+-hot\d+(-warm\d+)?-(flexible|deep)$/.test(name))).toBe(true);
  });
});

describe('a restore', () => {
  test('asks for each cold object once, waits until all are back, and tells until when they can be queried', async () => {
    const { status, output, archive, hours } = await run(PAID, twoDays);
    expect(status).toBe('SUCCEEDED');
    expect(archive.retrieved.toSorted()).toEqual(twoDays.map(({ key }) => key));
    expect(hours).toBe(48); // Bulk from Deep Archive
    expect(output).toEqual({
      outcome: 'Queryable',
      domain: 'sales',
      dataset: 'bookings',
      from: '2026-01-01',
      to: '2026-01-02',
      objects: 3,
      bytes: 3 * GIB,
      price: expect.objectContaining({ objects: 3, bytes: 3 * GIB, readyWithinHours: 48 }) as object,
      until: '2026-06-11T00:00:00.000Z',
    });
    expect(archive.notices).toEqual([
      {
        TopicArn: TOPIC,
        Subject: 'Headwaters dev: restored sales.bookings',
        Message: expect.stringMatching(
          /^sales\.bookings, 2026-01-01 to 2026-01-02: 3 objects \(3221225472 bytes\) can be queried until 2026-06-11T00:00:00\.000Z\.\nQuery the base table headwaters_dev_sales\.bookings_clean with dt from '2026-01-01' to '2026-01-02'/,
        ) as string,
      },
    ]);
  });

  test.each([
    ['GLACIER', 'Standard', 5],
    ['GLACIER', 'Bulk', 12],
    ['DEEP_ARCHIVE', 'Standard', 12],
  ])('from %s by %s is told after %d hours', async (storageClass, tier, expected) => {
    expect((await run({ ...PAID, tier }, [object('2026-01-01', 'a', { storageClass })])).hours).toBe(expected);
  });

  test('takes only the days asked for, of that dataset, and leaves what lies readable', async () => {
    const { archive } = await run({ ...PAID, to: '2026-01-01' }, [
      ...twoDays,
      object('2025-12-31', 'before'),
      object('2026-01-01', 'small', { storageClass: 'STANDARD' }),
      object('2026-01-01', 'warm', { storageClass: 'GLACIER_IR' }),
      { ...object('2026-01-01', 'x'), key: `${DEEP}/sales/bookings_old/dt=2026-01-01/hr=00/x.parquet` },
    ]);
    expect(archive.requested).toEqual([twoDays[0]?.key, twoDays[1]?.key]);
  });

  test('finds a dataset that changed its life under both of its classes', async () => {
    const old = object('2026-01-01', 'old', { storageClass: 'GLACIER' }, FLEXIBLE);
    const { archive, output } = await run(PAID, [...twoDays, old]);
    expect([...archive.retrieved].sort()).toEqual([...twoDays, old].map(({ key }) => key).sort());
    expect(output).toMatchObject({ objects: 4, until: '2026-06-09T00:00:00.000Z' }); // the earlier copy goes first
  });

  test('started twice retrieves nothing twice', async () => {
    const clock = new SimulatedClock(START);
    const archive = new FakeArchive(clock, twoDays);
    await again(PAID, archive, clock);
    const second = await again(PAID, archive, clock);
    expect(second).toMatchObject({ status: 'SUCCEEDED', hours: 0, output: { outcome: 'Queryable', price: { objects: 0 } } });
    expect(archive.requested).toHaveLength(3);
  });

  test('waits for what another run asked for, and pays for none of it', async () => {
    const underway = twoDays.map((one) => ({ ...one, restore: doneAt('2026-06-01T12:00Z', '2026-06-09') }));
    const { output, archive, hours } = await run(PAID, underway);
    expect(archive.requested).toEqual([]);
    expect(hours).toBe(3);
    expect(output).toMatchObject({ outcome: 'Queryable', price: { usd: 0.0001, listingsUsd: 0.0001, retrievalUsd: 0 } });
  });

  test('asks only for what is missing of days that are partly back, and makes a short copy stay longer', async () => {
    const { archive, output } = await run(PAID, [
      object('2026-01-01', 'back', { restore: doneAt('2026-05-30', '2026-06-20') }),
      object('2026-01-01', 'frozen'),
      object('2026-01-02', 'short', { restore: doneAt('2026-05-30', '2026-06-03') }),
      object('2026-01-02', 'lapsed', { restore: doneAt('2026-05-01', '2026-05-20') }),
    ]);
    expect(archive.requested.map((key) => key.split('/').pop())).toEqual(['frozen.parquet', 'lapsed.parquet', 'short.parquet']);
    expect(archive.retrieved.map((key) => key.split('/').pop())).toEqual(['frozen.parquet', 'lapsed.parquet']);
    expect(output).toMatchObject({ objects: 4, until: '2026-06-09T00:00:00.000Z' });
  });

  test('of days that were never archived says so at once', async () => {
    const { output, hours, archive } = await run(PAID, [object('2026-01-01', 'a', { storageClass: 'STANDARD' })]);
    expect(output).toMatchObject({ outcome: 'Queryable', until: 'they expire', price: { objects: 0 } });
    expect([hours, archive.requested]).toEqual([0, []]);
  });

  test('takes a restore that another run began in between as its own', async () => {
    const others = new Set<string>();
    const { status, archive } = await run(PAID, twoDays, (it) => {
      it.fault = (operation, key) => {
        if (operation !== 'restore' || others.has(key)) return;
        others.add(key);
        it.begin(key, 'Bulk', 7);
      };
    });
    expect(status).toBe('SUCCEEDED');
    expect(archive.retrieved).toHaveLength(3);
  });

  test('asks again, a minute later, for what was refused for a while', async () => {
    let refusals = 7; // more than a task's retries
    const { status, archive, path } = await run(PAID, twoDays, (it) => {
      it.fault = (operation, key) => {
        if (operation === 'restore' && key === twoDays[0]?.key && refusals-- > 0)
          throw new TaskError('S3.S3Exception', 'Internal Error (Service: S3, Status Code: 500)');
      };
    });
    expect(status).toBe('SUCCEEDED');
    expect(path.filter((name) => name === 'AskDays')).toHaveLength(2);
    expect([...archive.retrieved].sort()).toEqual(twoDays.map(({ key }) => key));
  });

  test('asks again for a day whose child ran out of time, and for nothing twice', async () => {
    let isFirst = true;
    const { status, archive, path } = await run(PAID, twoDays, (it) => {
      it.fault = (operation, key) => {
        if (operation !== 'restore' || key !== twoDays[1]?.key || !isFirst) return;
        isFirst = false;
        throw new OutOfTime();
      };
    });
    expect(status).toBe('SUCCEEDED');
    expect(path.filter((name) => name === 'AskDays')).toHaveLength(2);
    expect([...archive.retrieved].sort()).toEqual(twoDays.map(({ key }) => key));
    expect(archive.requested).toHaveLength(4);
  });

  test('gets over throttles of every call', async () => {
    const seen = new Map<string, number>();
    const { status, archive } = await run(PAID, twoDays, (it) => {
      it.fault = (operation, key) => {
        const times = (seen.get(operation + key) ?? 0) + 1;
        seen.set(operation + key, times);
        if (times <= 2) throw new TaskError('S3.S3Exception', 'Please reduce your request rate. (Service: S3, Status Code: 503)');
      };
    });
    expect(status).toBe('SUCCEEDED');
    expect(archive.retrieved).toHaveLength(3);
  });
});

describe('the price', () => {
  test('is all that an execution without maxUsd gives', async () => {
    const { status, output, archive, hours } = await run(INPUT, twoDays);
    expect(status).toBe('SUCCEEDED');
    expect(output).toMatchObject({
      outcome: 'Priced',
      pricesAsOf: '2024-07-01',
      price: {
        objects: 3,
        bytes: 3 * GIB,
        requestsUsd: 0.0001, // 3 × 0.025 / 1,000
        retrievalUsd: 0.0075, // 3 GB × 0.0025
        storageUsd: 0.0161, // 3 GB × 7 days × 0.023 / 30
        listingsUsd: 0.0006, // 2 pages × 51 looks × 0.005 / 1,000
        usd: 0.0243,
        readyWithinHours: 48,
      },
    });
    expect((output as { say: string }).say).toMatch(
      /^restoring 3 objects .* costs about 0\.0243 USD .*; start again with maxUsd to restore$/,
    );
    expect([archive.requested, archive.notices, hours]).toEqual([[], [], 0]);
  });

  test.each([
    ['GLACIER', 'Bulk', 0, 0],
    ['GLACIER', 'Standard', 0.05, 1000 * 0.01],
    ['DEEP_ARCHIVE', 'Bulk', 0.025, 1000 * 0.0025],
    ['DEEP_ARCHIVE', 'Standard', 0.1, 1000 * 0.02],
  ])('of 1,000 objects of a GB in %s by %s', async (storageClass, tier, requestsUsd, retrievalUsd) => {
    const many = Array.from({ length: 1000 }, (_, index) => object('2026-01-01', `${index}`, { storageClass }));
    const { output } = await run({ ...INPUT, tier, keepDays: 30 }, many);
    expect(output).toMatchObject({ price: { requestsUsd, retrievalUsd, storageUsd: 23 } });
  });

  test('counts a copy that is past its day, and still listed, as a retrieval', async () => {
    const { output } = await run(INPUT, [object('2026-01-01', 'a', { restore: doneAt('2026-05-01', '2026-05-20') })]);
    expect(output).toMatchObject({ price: { objects: 1, retrievalUsd: 0.0025, readyWithinHours: 48 } });
  });

  test('fails above maxUsd, restores nothing, and tells', async () => {
    const { status, error, cause, archive } = await run({ ...INPUT, maxUsd: 0.02 }, twoDays);
    expect([status, error]).toEqual(['FAILED', 'TooDear']);
    expect(cause).toContain(
      "costs about 0.0243 USD (requests 0.0001, retrieval 0.0075, copies in Standard 0.0161, listings 0.0006), over 'maxUsd' 0.02",
    );
    expect(archive.requested).toEqual([]);
    expect(archive.notices[0]?.Subject).toBe('Headwaters dev: not restored, TooDear');
  });

  test('may be exactly maxUsd', async () => {
    expect((await run({ ...INPUT, maxUsd: 0.0243 }, twoDays)).status).toBe('SUCCEEDED');
  });
});

describe('fails', () => {
  test.each<[string, unknown, string]>([
    ['InputNotAnObject', [], 'must be a JSON object'],
    ['UnknownInput', { ...INPUT, maxUSD: 5 }, 'got maxUSD; the known ones are domain, dataset,'],
    ['InvalidDomain', { ...INPUT, domain: undefined }, "'domain' must be the name of a domain in lower case, got nothing"],
    ['InvalidDomain', { ...INPUT, domain: 'sales/../other' }, 'got sales/../other'],
    ['InvalidDomain', { ...INPUT, domain: 7 }, 'got 7'],
    ['InvalidDataset', { ...INPUT, dataset: '' }, "'dataset' must be"],
    ['InvalidDataset', { ...INPUT, dataset: 'a'.repeat(129) }, "'dataset' must be"],
    ['InvalidFrom', { ...INPUT, from: '2026-1-1' }, 'as YYYY-MM-DD, got 2026-1-1'],
    ['InvalidFrom', { ...INPUT, from: '2026-02-30' }, 'got 2026-02-30'],
    ['InvalidFrom', { ...INPUT, from: '2026-02-29' }, 'got 2026-02-29'],
    ['InvalidTo', { ...INPUT, to: '2026-04-31' }, 'got 2026-04-31'],
    ['InvalidTo', { ...INPUT, to: 20260102 }, 'got 20260102'],
    ['DaysReversed', { ...INPUT, from: '2026-01-03' }, 'got 2026-01-03 and 2026-01-02; exchange them'],
    ['TooManyDays', { ...INPUT, to: '2027-01-02' }, '366 days at most, got 367'],
    ['InvalidTier', { ...INPUT, tier: 'Expedited' }, "'tier' must be Bulk or Standard, got Expedited"],
    ['InvalidKeepDays', { ...INPUT, keepDays: 0 }, 'a whole number from 1 to 365, got 0'],
    ['InvalidKeepDays', { ...INPUT, keepDays: 1.5 }, 'got 1.5'],
    ['InvalidKeepDays', { ...INPUT, keepDays: '7' }, 'got 7'],
    ['InvalidMaxUsd', { ...INPUT, maxUsd: -1 }, 'a number of USD from 0, got -1'],
    ['InvalidMaxUsd', { ...INPUT, maxUsd: '5' }, 'got 5'],
  ])('with %s before anything is listed: %j', async (code, input, words) => {
    const { status, error, cause, archive } = await run(JSON.parse(JSON.stringify(input)), twoDays);
    expect([status, error]).toEqual(['FAILED', code]);
    expect(cause).toContain(words);
    expect(archive.listings).toBe(0);
    expect(archive.notices[0]?.Message).toContain(code);
  });

  test('for a dataset of which nothing is cold, naming the remedy', async () => {
    const { error, cause, archive } = await run({ ...PAID, dataset: 'boookings' }, twoDays);
    expect([error, cause]).toEqual([
      'NoColdData',
      expect.stringContaining('sales.boookings must have data in a class that archives'),
    ]);
    expect(archive.listings).toBe(44);
  });

  test('for days without an object', async () => {
    const { error, cause } = await run({ ...PAID, from: '2024-02-29', to: '2024-02-29' }, twoDays);
    expect([error, cause]).toEqual(['NothingInDays', expect.stringContaining('got none in 2024-02-29 to 2024-02-29')]);
  });

  test('for more days over several classes than a Map carries', async () => {
    const classes = COLD_CLASSES.slice(0, 3);
    const { error } = await run(
      { ...PAID, to: '2026-12-31' },
      classes.map((name) => object('2026-01-01', 'a', {}, name)),
    );
    expect(error).toBe('TooManyPrefixes');
  });

  test('when one object is refused, after it asked for all others', async () => {
    const [first] = twoDays;
    const { error, cause, archive, hours } = await run(PAID, twoDays, (it) => {
      it.fault = (operation, key) => {
        if (operation === 'restore' && key === first?.key)
          throw new TaskError('S3.S3Exception', 'Access Denied (Service: S3, Status Code: 403)');
      };
    });
    expect(error).toBe('RestoreRefused');
    expect(cause).toContain('got 1 refusals and 0 unfinished days, the first: S3.S3Exception: Access Denied');
    expect(archive.retrieved.toSorted()).toEqual(twoDays.slice(1).map(({ key }) => key));
    expect(hours).toBeLessThan(0.1);
    expect(archive.notices[0]?.Message).toContain('RestoreRefused');
  });

  test('in one round when everything is refused', async () => {
    const { error, path } = await run(PAID, twoDays, (it) => {
      it.fault = (operation) => {
        if (operation === 'restore') throw new TaskError('S3.S3Exception', 'Access Denied');
      };
    });
    expect(error).toBe('RestoreRefused');
    expect(path.filter((name) => name === 'AskDays')).toHaveLength(1);
  });

  test('when days cannot be listed', async () => {
    const { error, archive } = await run(PAID, twoDays, (it) => {
      it.fault = (operation, key) => {
        if (operation === 'list' && key.includes('dt=')) throw new TaskError('S3.S3Exception', 'Access Denied');
      };
    });
    expect(error).toBe('States.ExceedToleratedFailureThreshold');
    expect(archive.notices).toHaveLength(1);
  });

  test('after three days when an object does not come back', async () => {
    const stuck = object('2026-01-01', 'stuck', { restore: doneAt('2027-01-01', '2027-02-01') });
    const { error, cause, hours, events } = await run(PAID, [stuck]);
    expect([error, hours]).toEqual(['NotRestored', 72]);
    expect(events).toBeLessThan(3_000);
    expect(cause).toContain('got 1 underway and 0 not being restored after 72 hours');
  });

  test('with its own error when the topic cannot be told', async () => {
    const { error } = await run({ ...PAID, tier: 'Fast' }, twoDays, (it) => {
      it.fault = (operation) => {
        if (operation === 'publish') throw new TaskError('SNS.AuthorizationErrorException', 'not authorized');
      };
    });
    expect(error).toBe('InvalidTier');
  });
});

describe('Step Functions’ limits', () => {
  test('hold for a year over two classes, of which every object is refused', async () => {
    const days = Array.from({ length: 366 }, (_, index) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10));
    const longest = { domain: 'd'.repeat(40), dataset: 'e'.repeat(60) };
    const year = days.flatMap((day) =>
      [DEEP, FLEXIBLE].map((name) => ({
        ...object(day, 'a', { size: 5 * 2 ** 40 }),
        key: `${name}/${longest.domain}/${longest.dataset}/dt=${day}/hr=00/a.parquet`,
      })),
    );
    const input = { ...longest, from: '2026-01-01', to: '2027-01-01', maxUsd: 1e9 };
    const { error, cause, largestPayload, events } = await run(input, year, (it) => {
      it.fault = (operation) => {
        if (operation === 'restore') throw new TaskError('S3.S3Exception', 'no'.repeat(1000));
      };
    });
    expect([error, cause]).toEqual(['RestoreRefused', expect.stringContaining('got 732 refusals')]);
    expect(largestPayload).toBeLessThan(210_000);
    expect(events).toBeLessThan(1_000);
  }, 60_000);

  test('hold for a day of many objects with long keys', async () => {
    const name =
      'Headwaters-prod-Domain-operations-FlightsDeliveryStream-0123456789-1-2026-01-01-00-15-00-01234567-89ab-cdef-0123-456789abcdef';
    const many = Array.from({ length: 1200 }, (_, index) =>
      object('2026-01-01', `${name}-${String(index).padStart(4, '0')}`, { storageClass: 'GLACIER' }),
    );
    const { status, archive, largestPayload } = await run({ ...PAID, tier: 'Standard', maxUsd: 50 }, many);
    expect(status).toBe('SUCCEEDED');
    expect(new Set(archive.retrieved).size).toBe(1200);
    expect(largestPayload).toBeLessThan(200_000);
  }, 60_000);
});
