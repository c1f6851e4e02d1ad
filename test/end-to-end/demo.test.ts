import { jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { TestProject, type Ran } from '../support/project.ts';

jest.setTimeout(180_000);

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
    expect(Object.keys(result)).toEqual(['datasets', 'queries', 'tiers', 'seconds']);
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
    expect(asked.stderr).toBe('');
    const [row] = JSON.parse(asked.stdout) as { n: string }[];
    expect(Number(row?.n)).toBeGreaterThan(5_900);
    const refused = await project.headwaters('query', sql, '--as', 'sales/steward');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/is not authorized to perform: athena:StartQueryExecution/);
  });

  test('keeps personal values out of what people read', () => {
    const log = readFileSync(path.join(project.root, '.headwaters/demo', 'run.json'), 'utf8');
    expect(first.stdout + first.stderr + log).not.toContain('@mail.example');
  });
});
