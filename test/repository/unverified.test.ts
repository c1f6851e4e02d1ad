import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { contractFromObject } from '../../core/contract/from-object.ts';
import { compileContract } from '../../core/record/compiled-contract.ts';
import { eventJudge } from '../../core/record/judge-event.ts';
import { REPOSITORY } from '../support/project.ts';

const PAGE = 'docs/unverified.md';
const SNAPSHOTS = path.join(REPOSITORY, 'test/lib/__snapshots__');
const read = (name: string): string => readFileSync(path.join(REPOSITORY, name), 'utf8');
const page = read(PAGE);

interface Template {
  readonly Outputs?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
}

/** Number of a row, and the number of the section to which it leads, by table. */
const tables = page
  .split(/^\| # \|.*\n\|[-|]+\n/m)
  .slice(1)
  .map((table) =>
    (table.split('\n\n')[0] ?? '')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => (/^\| \[(\d+)\]\(#row-(\d+)\) \|/.exec(line) ?? [line, '0', '0']).slice(1).map(Number)),
  );
const rows = tables.flat().map(([row = 0]) => row);
/** The shell of each section, by the number of its row. */
const commands = new Map(
  page
    .split(/^### Row /m)
    .slice(1)
    .map((section) => [Number.parseInt(section, 10), shellOf(section.split(/^## /m)[0] ?? '')]),
);

function shellOf(text: string): string {
  return [...text.matchAll(/^```bash\n(.*?)^```$/gms)].map(([, block = '']) => block).join('');
}

/** A call of AWS, of CDK or the command, or of Athena by the page's own function. */
const COMMAND = /(?:^|[\s(])(?:aws|npx|npm|ask) /m;

/** Rows that a text refers to by their number. */
const referredTo = (text: string): number[] =>
  [...text.matchAll(/unverified\.md(?:#row-|\)?,? rows? )(\d+)/g)].map(([, row = '']) => Number(row));

test('there are rows to look at', () => {
  expect(rows.length).toBeGreaterThan(50);
  expect(rows).not.toContain(0);
});

test('no number stands twice', () => {
  expect(rows.filter((row, index) => rows.indexOf(row) !== index)).toEqual([]);
});

test('numbers rise within each table', () => {
  for (const table of tables) expect(table).toEqual([...table].sort(([a = 0], [b = 0]) => a - b));
});

test('each row leads to its own commands, and no commands are without a row', () => {
  expect(tables.flat().filter(([row, section]) => row !== section)).toEqual([]);
  expect([...commands.keys()]).toEqual(rows);
});

test.each(rows)('row %d has a command', (row) => {
  expect(commands.get(row)).toMatch(COMMAND);
});

test('the shell of the page can be parsed', () => {
  const { status, stderr } = spawnSync('bash', ['-n'], { input: shellOf(page), encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

const [, example = ''] = /```yaml\n(.*?)```/s.exec(page) ?? [];

test('the contract of the page is accepted, and is the domain and dataset that the commands name', () => {
  const { domain, datasets } = contractFromObject(parse(example));
  expect([domain, ...datasets.map(({ name }) => name)]).toEqual(['probe', 'types']);
});

test('the events that the page puts into its own dataset are accepted', () => {
  const [dataset] = contractFromObject(parse(example)).datasets;
  if (dataset === undefined) throw new Error('the contract of the page has no dataset');
  const judge = eventJudge(compileContract(dataset), '');
  const now = Date.parse('2026-03-01T00:00:00Z');
  const events = [...page.matchAll(/\$\(types (\w+) '(.+?)'\)/g)].map(
    ([, id = '', members = '']) => `{"id":"${id}","at":"${new Date(now).toISOString()}",${members}}`,
  );
  expect(events).toHaveLength(3);
  expect(events.map((event) => judge(event, now)).filter(({ accepted }) => !accepted)).toEqual([]);
});

/** The page's own stack is made from the contract above, and is in no snapshot. */
const PROBE = 'Headwaters-dev-Domain-probe';
const named = [...page.matchAll(/\b(output|physical) (Headwaters-(\w+)-[\w-]+) ([\w:]+)(?: (\w+))?/g)]
  .map(([, from = '', stack = '', environment = '', first = '', second = '']) => ({ from, stack, environment, first, second }))
  .filter(({ stack }) => stack !== PROBE);

function templateOf(environment: string, stack: string): Template {
  return JSON.parse(readFileSync(path.join(SNAPSHOTS, environment, `${stack}.json`), 'utf8')) as Template;
}

test('each output that the commands ask for is one of its stack', () => {
  const outputs = named.filter(({ from }) => from === 'output');
  expect(outputs.length).toBeGreaterThan(20);
  for (const { environment, stack, first } of outputs)
    expect(Object.keys(templateOf(environment, stack).Outputs ?? {})).toContain(first);
});

test('each resource that the commands ask for is the only one of its stack', () => {
  const resources = named.filter(({ from }) => from === 'physical');
  expect(resources.length).toBeGreaterThan(10);
  for (const { environment, stack, first, second } of resources) {
    const found = Object.entries(templateOf(environment, stack).Resources).filter(
      ([id, { Type }]) => Type === first && id.startsWith(second),
    );
    expect({ stack, first, second, found: found.length }).toEqual({ stack, first, second, found: 1 });
  }
});

test.each([
  ['see [unverified](../unverified.md#row-12)', [12]],
  ['docs/unverified.md, row 7, and docs/unverified.md row 8', [7, 8]],
  ['[what only AWS can show](unverified.md) row 3', [3]],
  ['([unverified](unverified.md)). 15 minutes', []],
])('finds the rows that %j refers to', (text, expected) => {
  expect(referredTo(text)).toEqual(expected);
});

test('every reference elsewhere is to a row that is there', () => {
  const folders = ['bench', 'bin', 'build', 'cli', 'constructs', 'core', 'docs', 'examples', 'lib', 'local', 'prove', 'sample'];
  const files = [
    'README.md',
    'CONTRIBUTING.md',
    'ledger.yaml',
    ...folders
      .filter((folder) => existsSync(path.join(REPOSITORY, folder)))
      .flatMap((folder) =>
        readdirSync(path.join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' })
          .filter((name) => /\.(md|ts|mjs)$/.test(name) && !name.includes('node_modules'))
          .map((name) => path.join(folder, name)),
      ),
  ];
  expect(files.length).toBeGreaterThan(100);
  const astray = files.flatMap((file) =>
    referredTo(read(file))
      .filter((row) => !rows.includes(row))
      .map((row) => `${file}: ${row}`),
  );
  expect(astray).toEqual([]);
});
