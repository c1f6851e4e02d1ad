import { vi } from 'vitest';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Column, DatasetContract } from '../../core/contract/model.ts';
import { readContracts } from '../../core/contract/read-file.ts';
import type { DemoOptions } from '../../core/demo/demo-source.ts';
import { databaseName, viewName } from '../../core/naming.ts';
import { createDemoSource } from '../../sample/index.ts';
import { REPOSITORY, TestProject, type Ran } from '../support/project.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

/** What the command takes when nobody says. */
const SEED = 2001;

interface Result {
  readonly datasets: readonly {
    readonly name: string;
    readonly produced: number;
    readonly accepted: number;
    readonly quarantined: number;
    readonly duplicates: number;
    readonly reasons: Readonly<Record<string, number>>;
  }[];
  readonly queries: readonly { readonly name: string; readonly rows: readonly object[] }[];
  readonly tiers: readonly {
    readonly zone: string;
    readonly dataset: string;
    readonly temperature: string;
    readonly objects: number;
    readonly bytes: number;
  }[];
  readonly seconds: number;
}

describe('the demo on the sample platform', () => {
  const project = new TestProject();
  let first: Ran;
  let result: Result;
  beforeAll(async () => {
    first = await project.headwaters('demo', '--json', '--rows', '20000');
    if (first.code !== 0) throw new Error(first.stderr);
    result = JSON.parse(first.stdout) as Result;
  });
  afterAll(() => {
    project.remove();
  });

  test('prints one line of JSON and nothing else on stdout', () => {
    expect(first.stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(Object.keys(result)).toEqual(['datasets', 'leftOut', 'fewer', 'queries', 'tiers', 'seconds']);
    const keys = (objects: readonly object[]) => [...new Set(objects.map((object) => Object.keys(object).join(' ')))];
    expect(keys(result.datasets)).toEqual(['name produced accepted quarantined duplicates reasons']);
    expect(keys(result.queries)).toEqual(['name rows']);
    expect(keys(result.tiers)).toEqual(['zone dataset temperature objects bytes']);
    expect(result.seconds).toBeGreaterThan(0);
  });

  test('says its first word on stderr; .ci/check-demo.mjs holds that it comes within two seconds', () => {
    expect(first.stderr).toMatch(/^Loading …\n/);
  });

  test('accounts for every event of every dataset', () => {
    expect(result.datasets).toHaveLength(4);
    for (const { produced, accepted, quarantined, reasons } of result.datasets) {
      expect(produced).toBe(accepted + quarantined);
      expect(quarantined).toBe(Object.values(reasons).reduce((sum, count) => sum + count, 0));
    }
    expect(Math.max(...result.datasets.map(({ produced }) => produced))).toBe(20_000);
  });

  test('plants bad events of several kinds and duplicates, and finds them', () => {
    const largest = result.datasets.find(({ produced }) => produced === 20_000);
    expect(Object.keys(largest?.reasons ?? {})).toEqual(['bad-time', 'missing-value', 'not-json', 'not-utf8', 'wrong-type']);
    expect(largest?.duplicates).toBeGreaterThan(100);
  });

  test('answers at least four questions with rows', () => {
    expect(result.queries.length).toBeGreaterThanOrEqual(4);
    for (const { rows } of result.queries) expect(rows.length).toBeGreaterThan(0);
  });

  test('shows hot, warm and cold data a year on, and no raw data', () => {
    expect(new Set(result.tiers.map(({ temperature }) => temperature))).toContain('warm');
    expect(new Set(result.tiers.map(({ temperature }) => temperature))).toContain('cold');
    expect(result.tiers.filter(({ zone }) => zone === 'raw')).toEqual([]);
  });

  test('gives the same answers again, and puts nothing new', async () => {
    const again = await project.headwaters('demo', '--json', '--rows', '20000');
    const repeated = JSON.parse(again.stdout) as Result;
    expect({ ...repeated, seconds: 0 }).toEqual({ ...result, seconds: 0 });
  });

  test('fails for another seed on the same lake, and says how to begin anew', async () => {
    const other = await project.headwaters('demo', '--json', '--rows', '20000', '--seed', '7');
    expect(other.code).toBe(1);
    expect(other.stderr).toContain('OtherRun');
    expect(other.stderr).toContain('--fresh');
  });

  test('leaves a lake that can be asked, with the rights of a role', async () => {
    const sql =
      'SELECT count(*) AS n FROM "headwaters_dev_sales"."' +
      (result.datasets.find(({ produced }) => produced === 6_000)?.name ?? '') +
      '"';
    const asked = await project.headwaters('query', sql, '--json');
    expect(asked.stderr).toMatch(/^Asking the lake that 'headwaters demo' has left, as of \d{4}-\S+Z …\n$/);
    const { rows } = JSON.parse(asked.stdout) as { rows: { n: number }[] };
    expect(rows[0]?.n).toBeGreaterThan(5_900);
    const refused = await project.headwaters('query', sql, '--as', 'sales/steward');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/WorkGroupUnclear: .* sales\/steward may run queries in none of several/);
  });

  test('keeps every personal value out of what people read, though each was sent', async () => {
    const known = await personalValues({ rows: 20_000, seed: SEED });
    expect(known.length).toBeGreaterThan(5);
    for (const { column, values } of known) {
      const listed = values.size < 20; // a few set phrases, or what differs from person to person
      expect({ column, enough: listed || values.size >= 1_000 }).toEqual({ column, enough: true });
    }

    const raw = objects(project, 'raw').filter((file) => file.endsWith('.gz'));
    const sent = raw.map((file) => gunzipSync(readFileSync(file)).toString()).join('');
    const foundSent = found(known, sent);
    for (const { column, values } of known)
      expect({ column, found: [...values].filter((value) => foundSent.has(value)).length }).toEqual({
        column,
        found: values.size,
      });

    const results = objects(project, 'results').map((file) => readFileSync(file, 'latin1'));
    expect(results.length).toBeGreaterThanOrEqual(result.queries.length);
    const read = [first.stdout, first.stderr, ...results];
    for (const { domain, name } of personalDatasets()) {
      const asked = await project.headwaters(
        'query',
        `SELECT * FROM "${databaseName('dev', domain)}"."${viewName(name)}"`,
        '--json',
      );
      expect((JSON.parse(asked.stdout) as { rows: object[] }).rows.length).toBeGreaterThan(1_000);
      read.push(asked.stdout, asked.stderr);
    }
    const foundRead = found(known, read.join('\n'));
    for (const { column, values } of known)
      expect({ column, found: [...values].filter((value) => foundRead.has(value)) }).toEqual({ column, found: [] });
  });
});

const isPersonal = ({ tags }: Column): boolean => tags.includes('personal');
const personalDatasets = (): DatasetContract[] =>
  readContracts(path.join(REPOSITORY, 'contracts'))
    .flatMap(({ datasets }) => datasets)
    .filter(({ columns }) => columns.some(isPersonal));

interface Personal {
  readonly column: string;
  readonly values: ReadonlySet<string>;
}

/** Every value that the sample's producers send in a personal column. */
async function personalValues(options: DemoOptions): Promise<Personal[]> {
  const known = new Map<string, Set<string>>();
  for await (const { batches } of createDemoSource(options).days()) {
    for (const { domain, name, columns } of personalDatasets()) {
      for (const text of batches
        .filter((batch) => batch.domain === domain && batch.dataset === name)
        .flatMap(({ events }) => events)) {
        const event = JSON.parse(text) as Record<string, unknown>;
        for (const column of columns.filter(isPersonal)) {
          const key = `${domain}.${name}.${column.name}`;
          const value = event[column.name];
          if (typeof value === 'string') known.set(key, (known.get(key) ?? new Set()).add(value));
        }
      }
    }
  }
  return [...known].map(([column, values]) => ({ column, values }));
}

/** Which of the values stand anywhere in a text. Their first letters are looked up at each place: thousands of values cost one pass. */
function found(known: readonly Personal[], text: string): ReadonlySet<string> {
  const values = new Set(known.flatMap((column) => [...column.values]));
  const length = Math.min(...[...values].map((value) => value.length));
  const byStart = new Map<string, string[]>();
  for (const value of values) {
    const start = value.slice(0, length);
    byStart.set(start, [...(byStart.get(start) ?? []), value]);
  }
  const all = new Set<string>();
  for (let at = 0; at + length <= text.length; at += 1) {
    for (const value of byStart.get(text.slice(at, at + length)) ?? []) if (text.startsWith(value, at)) all.add(value);
  }
  return all;
}

/** The files of one zone's objects. */
function objects(project: TestProject, zone: string): string[] {
  const lake = path.join(project.root, '.headwaters/lake/objects');
  const buckets = readdirSync(lake).filter((bucket) => bucket.includes(`${zone}bucket`));
  expect(buckets).toHaveLength(1);
  return buckets.flatMap((bucket) =>
    readdirSync(path.join(lake, bucket), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name)),
  );
}

test('a run that was killed is not taken up: the next one says how to begin anew, and does', async () => {
  const project = new TestProject();
  try {
    project.write('.headwaters/lake/unfinished', ''); // what a run leaves that is killed before it saves
    const next = await project.headwaters('demo', '--json', '--rows', '2000');
    expect(next.code).toBe(1);
    expect(next.stderr).toContain('StateUnfinished');
    expect(next.stderr).toContain('--fresh');
    expect((await project.headwaters('demo', '--json', '--rows', '2000', '--fresh')).code).toBe(0);
  } finally {
    project.remove();
  }
});

test('a lake that another process runs on is neither asked, nor begun anew', async () => {
  const project = new TestProject();
  try {
    const lock = '.headwaters/lake/lock';
    project.write(lock, String(process.pid));
    for (const command of [['demo', '--fresh'], ['demo'], ['query', 'SELECT 1']]) {
      const refused = await project.headwaters(...command);
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr).toContain(`StateInUse: process ${process.pid} runs on this state; wait until it ends, or stop it`);
    }
    expect(existsSync(path.join(project.root, lock))).toBe(true);
  } finally {
    project.remove();
  }
});

test.each([
  ['no contract', {}, /NoContracts: '.*contracts' must hold a contract, <domain>\/<product>\.odcs\.yaml; write one first\n$/],
  [
    'a contract that cannot be read',
    { 'energy/readings.odcs.yaml': 'id: "a\n' },
    /^Loading …\ncontracts\/energy\/readings\.odcs\.yaml:1:5: InvalidYaml: .*\n$/,
  ],
])('a project with %s says so, without a stack', async (_, contracts, message) => {
  const project = new TestProject({ contracts });
  try {
    const refused = await project.headwaters('demo');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(message);
  } finally {
    project.remove();
  }
});
