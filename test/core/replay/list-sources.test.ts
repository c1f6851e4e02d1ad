import { doneKey } from '../../../core/replay/layout.ts';
import { listSources, type Listed, type Listing } from '../../../core/replay/list-sources.ts';
import { GROUP, PAGE_OBJECTS, type ListAnswer } from '../../../core/replay/operations.ts';
import { parseRequest, type ReplayRequest } from '../../../core/replay/request.ts';
import type { Row } from '../../../core/replay/rows.ts';

const HANDLER = 'a1';

/** A bucket as S3 lists it. */
class Bucket implements Listing {
  constructor(private readonly all: readonly Listed[]) {}

  async folders(prefix: string): Promise<readonly string[]> {
    const found = this.sorted(prefix).flatMap(({ key }) => {
      const slash = key.indexOf('/', prefix.length);
      return slash === -1 ? [] : [key.slice(0, slash + 1)];
    });
    return [...new Set(found)];
  }

  async *objects(prefix: string, after: string): AsyncGenerator<Listed> {
    for (const object of this.sorted(prefix)) if (object.key > after) yield object;
  }

  private sorted(prefix: string): Listed[] {
    return this.all.filter(({ key }) => key.startsWith(prefix)).sort((a, b) => (a.key < b.key ? -1 : 1));
  }
}

const object = (key: string, size = 1): Listed => ({ key, size });
const quarantined = (reason: string, day: string, name = 'a.gz', { retentionClass = 'keep30-hot30', dataset = 'orders' } = {}) =>
  `${retentionClass}/sales/${dataset}/reason=${reason}/dt=${day}/${name}`;
const request = (rest: object = {}): ReplayRequest =>
  parseRequest({ source: 'quarantine', dataset: 'orders', from: '2026-01-02', to: '2026-01-03', arrival: 0, ...rest }, [
    'orders',
  ]);

const list = (
  asked: ReplayRequest,
  sources: readonly Listed[],
  { marks = [], after = '', objectsLeft = 5000, bytesLeft = 1e12, steps = Infinity }: Partial<Options> = {},
): Promise<ListAnswer> => {
  let left = steps;
  return listSources(
    'sales',
    HANDLER,
    asked,
    { after, objectsLeft, bytesLeft },
    {
      sources: new Bucket(sources),
      marks: new Bucket(marks.map((key) => object(key))),
      mayGoOn: () => (left -= 1) > 0,
    },
  );
};
interface Options {
  readonly marks: readonly string[];
  readonly after: string;
  readonly objectsLeft: number;
  readonly bytesLeft: number;
  readonly steps: number;
}

const HERE = [
  quarantined('missing-value', '2026-01-02'),
  quarantined('not-listed', '2026-01-02'),
  quarantined('not-listed', '2026-01-03'),
  quarantined('not-listed', '2026-01-03', 'a.gz', { retentionClass: 'keep90-hot90' }), // before its class was changed
];
const ELSEWHERE = [
  quarantined('not-listed', '2026-01-01'),
  quarantined('not-listed', '2026-01-04'),
  quarantined('not-listed', '2026-01-02', 'a.gz', { dataset: 'orders_daily' }),
  'keep30-hot30/crm/orders/reason=not-listed/dt=2026-01-02/a.gz',
  'keep30-hot30/sales/_replay/orders/quarantine/reason=not-listed/dt=2026-01-02/a.gz/progress.json',
  '_errors/sales/orders/processing-failed/dt=2026-01-02/a.gz',
];

test('finds the days of a dataset in every class and reason, and nothing else', async () => {
  const all = [...ELSEWHERE, ...HERE].map((key) => object(key));
  const { groups, ...rest } = await list(request(), all);
  expect(groups.flat()).toEqual(HERE);
  expect(rest).toEqual({ objects: 4, bytes: 4, doneObjects: 0, rows: [], after: HERE[3], more: false, limited: false });
  expect((await list(request({ reason: 'missing-value' }), all)).groups.flat()).toEqual([HERE[0]]);
});

test('finds the hours of raw', async () => {
  const key = (day: string, hour: string) => `keep30-hot30/sales/orders/dt=${day}/hr=${hour}/x.gz`;
  const all = [
    key('2026-01-02', '07'),
    key('2026-01-02', '08'),
    key('2026-01-03', '00'),
    key('2026-01-03', '05'),
    key('2026-01-03', '06'),
  ];
  const asked = request({ source: 'raw', from: '2026-01-02T08', to: '2026-01-03T05' });
  expect(
    (
      await list(
        asked,
        all.map((name) => object(name)),
      )
    ).groups.flat(),
  ).toEqual(all.slice(1, 4));
});

const row = (reason: string, counts: Partial<Row>): Row => ({
  reason,
  found: 0,
  fixable: 0,
  replayed: 0,
  stillBad: 0,
  before: 0,
  ...counts,
});

test('leaves out what the handler has done, and says what that holds', async () => {
  const done = (index: number, handler: string, put: number, left: number) =>
    doneKey(HERE[index] ?? '', 'quarantine', handler, { put, left });
  const marks = [done(0, HANDLER, 0, 3), done(1, HANDLER, 4, 1), done(2, 'b2', 9, 9), done(3, HANDLER, 2, 0)];
  const found = await list(
    request(),
    HERE.map((key) => object(key)),
    { marks },
  );
  expect(found.groups).toEqual([[HERE[2]]]);
  expect(found).toMatchObject({ objects: 1, doneObjects: 3, after: HERE[3] });
  expect(found.rows).toEqual([
    row('missing-value', { found: 3, stillBad: 3 }),
    row('not-listed', { found: 7, before: 6, stillBad: 1 }),
  ]);
});

const many = Array.from({ length: 450 }, (_, index) =>
  object(quarantined('not-listed', index < 300 ? '2026-01-02' : '2026-01-03', `${String(index).padStart(4, '0')}.gz`)),
);

test.each([
  ['pages', {}],
  ['what there is time for', { steps: 7 }],
])('goes on after %s, with nothing twice and nothing left out', async (_, options) => {
  const seen: string[] = [];
  let pages = 0;
  for (let after = '', more = true; more; pages += 1) {
    const page = await list(request(), many, { ...options, after });
    expect(page.objects).toBeLessThanOrEqual(PAGE_OBJECTS);
    for (const group of page.groups) expect(group.length).toBeLessThanOrEqual(GROUP.objects);
    seen.push(...page.groups.flat());
    ({ after, more } = page);
  }
  expect(seen).toEqual(many.map(({ key }) => key));
  expect(pages).toBeGreaterThan(2);
});

test('a run takes no more objects or bytes than it may, but always one', async () => {
  const of = (options: Partial<Options>, size = 1) =>
    list(
      request(),
      HERE.map((key) => object(key, size)),
      options,
    );
  expect(await of({ objectsLeft: 2 })).toMatchObject({ objects: 2, limited: true, more: false });
  expect(await of({ objectsLeft: 4 })).toMatchObject({ objects: 4, limited: false });
  expect(await of({ bytesLeft: 15 }, 10)).toMatchObject({ objects: 2, bytes: 20, limited: true });
  expect(await of({ bytesLeft: 5 }, 1000)).toMatchObject({ objects: 1, limited: true });
});

test('large objects have groups of their own', async () => {
  const { groups } = await list(
    request(),
    HERE.map((key) => object(key, GROUP.bytes * 0.6)),
  );
  expect(groups).toEqual(HERE.map((key) => [key]));
});
