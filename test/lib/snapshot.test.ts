import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ENVIRONMENTS } from '../../lib/config/environments.ts';
import { ownTemplates, parseTemplate } from '../support/platform.ts';
import { legibleView } from '../support/presto-view.ts';

/** Renewed by `UPDATE_SNAPSHOTS=1 npm test -- test/lib`; what changed is then read in the pull request. */
const FOLDER = 'test/lib/__snapshots__';
const RECORDED_IDS = 'test/lib/stateful-ids.json';
const RENEW = process.env.UPDATE_SNAPSHOTS === '1';

const environments = ENVIRONMENTS.map(({ name }) => name);
const templates = new Map(
  environments.flatMap((environment) => [...ownTemplates(environment)].map(([name, text]) => [name, { environment, text }])),
);
const names = [...templates.keys()].sort();
const textOf = (name: string): string => templates.get(name)?.text ?? '';
const fileOf = (name: string): string => path.join(templates.get(name)?.environment ?? '', `${name}.json`);

/** Masks what changes with every build of the functions and nothing else, and unpacks the queries of views. */
function reviewable(text: string): string {
  const masked = text
    .replaceAll(/[0-9a-f]{64}(?=\.(?:zip|json)|")/g, '<asset>')
    .replaceAll(/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '$1<version>');
  return `${JSON.stringify(sorted(JSON.parse(masked)), undefined, 1)}\n`;
}

function sorted(value: unknown): unknown {
  if (typeof value === 'string') return legibleView(value) ?? value;
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

test.each(names)('the template of %s is as reviewed', (name) => {
  const file = path.join(FOLDER, fileOf(name));
  const actual = reviewable(textOf(name));
  if (RENEW) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, actual);
  }
  expect(actual.split('\n')).toEqual(
    existsSync(file)
      ? readFileSync(file, 'utf8').split('\n')
      : [`no snapshot in ${file}: run UPDATE_SNAPSHOTS=1 npm test -- test/lib`],
  );
});

test('no snapshot is left of a stack that is gone', () => {
  const there = () => readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  const wanted = names.map(fileOf);
  if (RENEW) for (const file of there().filter((found) => !wanted.includes(found))) rmSync(path.join(FOLDER, file));
  expect(there().sort()).toEqual(wanted.sort());
});

const STATEFUL = [
  'AWS::S3::Bucket',
  'AWS::KMS::Key',
  'AWS::Kinesis::Stream',
  'AWS::Glue::Table',
  'AWS::Glue::Database',
  'AWS::Logs::LogGroup',
  'Custom::IcebergTable',
  'AWS::SecretsManager::Secret',
];

type Recorded = Record<string, Record<string, string>>;

/** Logical ids of what holds data: to rename one is to replace it. */
function statefulIds(): Recorded {
  return Object.fromEntries(
    names.map((name) => [
      name,
      Object.fromEntries(
        Object.entries(parseTemplate(textOf(name)).Resources)
          .filter(([, { Type }]) => STATEFUL.includes(Type))
          .map(([id, { Type }]) => [id, Type])
          .sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
      ),
    ]),
  );
}

/** What a deployment would do to what holds data, in words; nothing when the ids are as recorded. */
export function judgeIds(recorded: Recorded, actual: Recorded): string[] {
  const ids = (all: Recorded) =>
    Object.entries(all).flatMap(([stack, resources]) => Object.entries(resources).map(([id, type]) => `${stack} ${id} ${type}`));
  const [before, after] = [ids(recorded), ids(actual)];
  return [
    ...before
      .filter((id) => !after.includes(id))
      .map((id) => `GONE: ${id}: a deployment would delete or orphan it; give the construct its old id back`),
    ...after.filter((id) => !before.includes(id)).map((id) => `NEW: ${id}: record it by UPDATE_SNAPSHOTS=1 npm test -- test/lib`),
  ];
}

test('the logical ids of what holds data are as recorded', () => {
  const recorded = existsSync(RECORDED_IDS) ? (JSON.parse(readFileSync(RECORDED_IDS, 'utf8')) as Recorded) : {};
  const problems = judgeIds(recorded, statefulIds());
  const gone = problems.filter((problem) => problem.startsWith('GONE'));
  if (RENEW && (gone.length === 0 || process.env.FORGET_STATEFUL_IDS === '1')) {
    writeFileSync(RECORDED_IDS, `${JSON.stringify(statefulIds(), undefined, 2)}\n`);
    return;
  }
  expect(problems).toEqual([]); // an id that is gone is never forgotten by a renewal alone: FORGET_STATEFUL_IDS=1 says that it is meant
});

test('a renamed id is reported as gone and as new', () => {
  expect(judgeIds({ A: { Old: 'AWS::S3::Bucket' } }, { A: { New: 'AWS::S3::Bucket' } })).toEqual([
    'GONE: A Old AWS::S3::Bucket: a deployment would delete or orphan it; give the construct its old id back',
    'NEW: A New AWS::S3::Bucket: record it by UPDATE_SNAPSHOTS=1 npm test -- test/lib',
  ]);
});

test('all that holds data is found', () => {
  const found = new Set(Object.values(statefulIds()).flatMap((resources) => Object.values(resources)));
  expect([...found].sort()).toEqual([...STATEFUL].sort());
});
