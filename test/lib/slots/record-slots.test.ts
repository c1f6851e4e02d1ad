import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readContracts, readSlots } from '../../../core/contract/read-file.ts';
import { assignSlots } from '../../../core/slots/assign-slots.ts';
import { recordSlots, SlotsError } from '../../../lib/slots/record-slots.ts';
import { writeSlots } from '../../../lib/slots/slots-file.ts';

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'headwaters-slots-'));
  folder = path.join(root, 'contracts');
  mkdirSync(folder);
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const record = (text: string): void => {
  writeFileSync(path.join(folder, 'slots.json'), text);
};
const recorded = (): string => readFileSync(path.join(folder, 'slots.json'), 'utf8');
const bookings = { domain: 'sales', name: 'bookings' };

test('a folder without a record has none', () => {
  expect(readSlots(folder)).toEqual({});
});

test('what is written is read, in the order of names, and nothing else is left', () => {
  writeSlots(folder, { sales: { tickets: 2, bookings: 1 }, energy: { readings: 1 } });
  expect(recorded()).toBe(
    '{\n  "energy": {\n    "readings": 1\n  },\n  "sales": {\n    "bookings": 1,\n    "tickets": 2\n  }\n}\n',
  );
  expect(readSlots(folder)).toEqual({ energy: { readings: 1 }, sales: { bookings: 1, tickets: 2 } });
  expect(readdirSync(folder)).toEqual(['slots.json']);
});

test.each([
  ['[]', 'contracts/slots.json:1:1: InvalidSlot: must be an object of domains, got a list; restore the line as it was committed'],
  ['{"sales": 1}', "contracts/slots.json:1:11: InvalidSlot: 'sales' must be an object of datasets, got 1"],
  ['{"sales": {"bookings": 0}}', "InvalidSlot: 'sales.bookings' must be the number of a part, from 1, got 0"],
  ['{"sales": {"bookings": 1.5}}', "InvalidSlot: 'sales.bookings' must be the number of a part, from 1, got 1.5"],
  ['{"sales": {"bookings": "1"}}', "InvalidSlot: 'sales.bookings' must be the number of a part, from 1, got string"],
  [
    '{"sales": {"bookings": 1, "tickets": 11}}',
    "InvalidSlot: 'sales.tickets' must be a part that follows another of its domain, got 11 where nothing is in 10",
  ],
  ['{"sales": {"bookings": 1, "bookings": 2}}', 'DuplicateKey'],
  ['{"sales": {', 'InvalidYaml'],
  ['{\n<<<<<<< ours\n  "sales": {}\n=======\n>>>>>>> theirs\n}', 'InvalidYaml'],
])('fails where the record is %s', (text, message) => {
  record(text);
  expect(() => readSlots(folder)).toThrow(message);
  expect(recorded()).toBe(text);
});

test('a new dataset is written when it is kept, and not before', () => {
  record('{"sales": {"tickets": 1}}');
  const { slots, keep } = recordSlots(folder, [bookings], false);
  expect(slots).toEqual({ sales: { tickets: 1, bookings: 1 } });
  expect(recorded()).toBe('{"sales": {"tickets": 1}}');
  expect(keep()).toBe(
    'contracts/slots.json: new slots for sales.bookings; commit it: a dataset stays in the stack that it is recorded in',
  );
  expect(readSlots(folder)).toEqual(slots);
});

test('names a few of many', () => {
  record('{"sales": {}}');
  const many = Array.from({ length: 60 }, (_, index) => ({ domain: 'sales', name: `d${index}` }));
  expect(recordSlots(folder, many, false).keep()).toContain(
    'new slots for sales.d0, sales.d1, sales.d10, sales.d11, sales.d12, 55 more; commit it',
  );
  expect(Object.keys(readSlots(folder).sales ?? {})).toHaveLength(60);
});

test('where nothing is new, nothing is written and nothing said', () => {
  const text = '{"sales":{"bookings":1}}';
  record(text);
  for (const isCi of [true, false]) expect(recordSlots(folder, [bookings], isCi).keep()).toBeUndefined();
  expect(recorded()).toBe(text);
});

test('fails in CI for a dataset without a slot, and writes nothing', () => {
  expect(() => recordSlots(folder, [bookings], true)).toThrow(
    "SlotsNotCommitted: 'contracts/slots.json' must hold a slot for every dataset before CI synthesizes it, got none for sales.bookings; run 'npx cdk synth' on your machine and commit the file",
  );
  expect(readdirSync(folder)).toEqual([]);
});

const many = (count: number, domain = 'sales') =>
  Array.from({ length: count }, (_, index) => ({ domain, name: `d${String(index).padStart(2, '0')}` }));

test.each([true, false])(
  'fails where the record is gone and a domain stands in several stacks, in CI or not (%s), and writes nothing',
  (isCi) => {
    expect(() => recordSlots(folder, [...many(17), bookings, ...many(16, 'energy')], isCi)).toThrow(
      /^SlotsUnclear: 'contracts\/slots.json' must tell which part of 'sales' holds sales.bookings, sales.d00, .*, 13 more, where several could; restore the lines that it has lost, for a dataset in another part is replaced; if nothing of the domain was ever deployed, write "sales": \{\} into it$/,
    );
    expect(readdirSync(folder)).toEqual([]);
  },
);

test('a domain that was never deployed may begin with any number of datasets, if the record says so', () => {
  record('{"sales": {}}');
  const { slots } = recordSlots(folder, many(40), false);
  expect(new Set(Object.values(slots.sales ?? {}))).toEqual(new Set([1, 2, 3]));
});

test('fails for each domain that lost lines', () => {
  const { slots } = assignSlots({}, [...many(40), ...many(40, 'energy')]);
  const { d00: lost, ...rest } = slots.sales ?? {};
  expect(lost).toBe(1);
  record(JSON.stringify({ sales: rest }));
  const text = recorded();
  expect(() => recordSlots(folder, [...many(40), ...many(40, 'energy')], false)).toThrow(SlotsError);
  expect(() => recordSlots(folder, [...many(40), ...many(40, 'energy')], false)).toThrow(
    /^SlotsUnclear: .* of 'energy' .*\nSlotsUnclear: .* 'sales' holds sales.d00, where several could; .*; if they are new, write their slots into it, at most 16 to a part$/,
  );
  expect(recorded()).toBe(text);
});

test('the record of this repository holds a slot for each of its datasets', () => {
  const datasets = readContracts('contracts').flatMap((contract) => contract.datasets);
  expect(assignSlots(readSlots('contracts'), datasets).added).toEqual({});
});
