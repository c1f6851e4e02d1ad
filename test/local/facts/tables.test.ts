import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { FACT_TABLES } from './tables.ts';

const facts = FACT_TABLES.flatMap((table) => table.facts);
const folder = import.meta.dirname;
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const text = (file: string): string => readFileSync(path.join(folder, file), 'utf8');

test('every table of the folder is in the list, and is held by a suite', () => {
  const tables = files.filter((file) => /export const \w+: FactTable = /.test(text(file)));
  const suites = files.filter((file) => file.endsWith('.test.ts') && file !== 'tables.test.ts').map(text);
  const list = text('tables.ts');
  expect(tables.length).toBe(FACT_TABLES.length);
  expect(tables.filter((file) => !list.includes(`'./${file}'`))).toEqual([]);
  expect(tables.filter((file) => !suites.some((suite) => suite.includes(`'./${file}'`)))).toEqual([]);
});

test('no fact is told twice', () => {
  const told = FACT_TABLES.flatMap(({ service, facts: rows }) => rows.map(({ says }) => `${service}: ${says}`));
  expect(told.filter((says, index) => told.indexOf(says) !== index)).toEqual([]);
});

test('each fact has the address of a page, and one sentence', () => {
  expect(facts.filter(({ source }) => !/^https:\/\/[\w.-]+\/\S+$/.test(source))).toEqual([]);
  expect(
    facts.filter(({ says }) => says.length < 20 || says.endsWith('.') || says.includes('\n')).map(({ says }) => says),
  ).toEqual([]);
});

test('what is documented stands on a page of whoever makes the service, or of the engine', () => {
  const VENDORS =
    /^https:\/\/(docs\.aws\.amazon\.com|aws\.amazon\.com|repost\.aws|trino\.io|www\.rfc-editor\.org|github\.com\/(aws|awsdocs|awslabs|boto)\/)/;
  expect(
    facts.filter(({ basis, source }) => basis === 'documented' && !VENDORS.test(source)).map(({ source }) => source),
  ).toEqual([]);
});

test('there are as many as the README says, and more than a third of them is observed', () => {
  const [, said = ''] = /more than \[([\d,]+) facts\]/.exec(readFileSync('README.md', 'utf8')) ?? [];
  const least = Number(said.replace(',', ''));
  expect(facts.length).toBeGreaterThan(least);
  expect(facts.length).toBeLessThan(least + 100);
  expect(facts.filter(({ basis }) => basis === 'observed').length).toBeGreaterThan(facts.length / 3);
});
