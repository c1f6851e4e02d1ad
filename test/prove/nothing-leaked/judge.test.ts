import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { judge } from '../../../prove/nothing-leaked/judge.ts';
import { Places, type RunState } from '../../../prove/nothing-leaked/places.ts';
import type { Hit } from '../../../prove/nothing-leaked/search/search-folder.ts';
import type { Secret } from '../../../prove/nothing-leaked/values/known-events.ts';

const run = mkdtempSync(path.join(tmpdir(), 'judge-'));
afterAll(() => {
  rmSync(run, { recursive: true, force: true });
});

const clean = path.join(run, 'stages/drained/objects/c');
mkdirSync(clean, { recursive: true });
const objects = [
  ['_errors/shop/orders/1', [{ file: 'objects/0/1' }]],
  ['keep30/shop/orders/2.parquet', [{ file: 'objects/0/2.parquet' }]],
];
writeFileSync(path.join(clean, 'index.json'), JSON.stringify({ objects }));

const STATES: readonly RunState[] = [
  { path: 'stages/in-flight', moment: 'in flight' },
  { path: 'stages/drained', moment: 'delivered' },
  { path: 'stages/expired', moment: 'expired' },
];
const places = new Places(run, STATES, { raw: 'r', quarantine: 'q', clean: 'c' });
const secrets: readonly Secret[] = [
  { of: 'shop.orders.name', number: 0, text: 'Zorviq Makelu', fate: 'accepted' },
  { of: 'shop.orders.name', number: 1, text: 'Girtuh Nobesa', fate: 'rejected' },
  { of: 'partition key', number: 0, text: 'Kolane.dusepi', fate: 'key' },
];
const hit = (text: number, file: string, layer = 'gzip'): Hit => ({ text, file, layer, form: 'plain' });
const lawful: readonly Hit[] = [
  hit(0, 'stages/drained/objects/r/objects/0/1.gz'),
  hit(1, 'stages/drained/objects/r/objects/0/1.gz'),
  hit(1, 'stages/drained/objects/q/objects/0/1.gz'),
  hit(0, 'stages/drained/objects/c/objects/0/1'),
  hit(2, 'stages/in-flight/streams/s.frames'),
  hit(2, 'stages/in-flight/deliveries/d.frames'),
  hit(0, 'removed/7-1/stages/drained/streams/s.frames'),
];

test('counts what lies where it may, once each', () => {
  expect([...judge(lawful, secrets, places).found]).toEqual([
    ['raw', 2],
    ['quarantine', 1],
    ['errors', 1],
  ]);
});

test.each([
  ['in a log', hit(0, 'said/logs/x.log', 'bytes')],
  ['in a temporary file', hit(0, 'temporary/headwaters-x/rows.json', 'bytes')],
  ['in a temporary file that was removed', hit(0, 'removed/7-1/temporary/headwaters-x/rows.json', 'bytes')],
  ['in an object of clean', hit(0, 'stages/drained/objects/c/objects/0/2.parquet', 'rows')],
  ['in an object that no index names', hit(0, 'stages/drained/objects/c/objects/0/3', 'bytes')],
  ['in the history of queries', hit(0, 'stages/drained/queries/athena.json', 'bytes')],
  ['in the index of raw', hit(0, 'stages/drained/objects/r/index.json', 'bytes')],
  ['in the name of an object of raw', hit(0, 'stages/drained/objects/r/objects/0/x.gz', 'name')],
  ['in a stream that was drained', hit(0, 'stages/drained/streams/s.frames', 'bytes')],
  ['in a delivery that was drained', hit(0, 'stages/drained/deliveries/d.frames', 'bytes')],
  ['in raw after it expired', hit(0, 'stages/expired/objects/r/objects/0/1.gz')],
  ['of a partition key in raw', hit(2, 'stages/drained/objects/r/objects/0/1.gz')],
])('fails on a value %s', (_, leak) => {
  expect(() => judge([...lawful, leak], secrets, places)).toThrow(/^1 places leak, 0 not found/);
});

test.each([
  ['an accepted value is not in raw', 0, 2],
  ['a rejected value is not in quarantine', 2, 1],
  ['a state holds nothing', 4, 1],
])('fails when %s: nothing is proved then', (_, at, lost) => {
  const left = at === 4 ? lawful.filter(({ file }) => !file.startsWith('stages/in-flight')) : lawful.toSpliced(at, 1);
  expect(() => judge(left, secrets, places)).toThrow(new RegExp(`^0 places leak, ${at === 0 ? 1 : lost} not found`));
});

test('tells no value', () => {
  try {
    judge([hit(0, 'said/errors.log')], secrets, places);
  } catch (error) {
    expect(String(error)).not.toMatch(/Zorviq|Girtuh|Kolane/);
    return;
  }
  throw new Error('a leak must be told');
});
