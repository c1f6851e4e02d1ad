import type { ContractChange, Produced, ProofColumn, Row } from '../../../prove/contracts-change/change.ts';
import { judgeReading, type Reading } from '../../../prove/contracts-change/judge-reading.ts';

const column = (name: string, meaning: string, protection?: ProofColumn['protection']): ProofColumn => ({
  name,
  meaning,
  odcs: { logicalType: 'string' },
  ...(protection === undefined ? {} : { protection }),
  fact: (serial) => ({ written: '', shown: `${meaning}${serial}@mail.example` }),
});
const changeOf = (before: readonly ProofColumn[], after: readonly ProofColumn[]): ContractChange => ({
  id: 'change',
  versions: [
    { version: '1.0.0', columns: before },
    { version: '2.0.0', columns: after },
  ],
  steps: [],
  refusals: [{ of: ['1.0.0'], by: ['2.0.0'], reason: 'missing-value', when: (serial) => serial === 9 }],
});
const RENAMED = changeOf([column('old', 'name')], [column('new', 'name')]);
const SWAPPED = changeOf([column('a', 'seller'), column('b', 'buyer')], [column('a', 'buyer'), column('b', 'seller')]);
const PROTECTED = changeOf([column('mail', 'mail')], [column('mail', 'mail', 'tokenize')]);
const TOKEN = `tok_${'a'.repeat(22)}`;

const DAY = 86_400_000;
const event = ({ versions }: ContractChange, serial: number, producer: 0 | 1 = 0): Produced => ({
  serial,
  producer: versions[producer],
  sha256: `hash${serial}`,
  time: 0,
  judges: ['1.0.0', '2.0.0'],
  keepDays: [7],
});
const row = (serial: number, version: string, cells: Row): Row => ({
  serial: String(serial),
  _contract_version: version,
  ...cells,
});
const read = (change: ContractChange, view: 0 | 1, reading: Partial<Reading>): Reading => ({
  view: change.versions[view],
  rows: [],
  rejected: [],
  settled: true,
  time: 0,
  ...reading,
});

test.each<[string, ContractChange, 0 | 1, readonly Row[]]>([
  ['its own version', RENAMED, 0, [row(1, '1.0.0', { old: 'name1@mail.example' })]],
  ['an old column after a version before stored it in clear', PROTECTED, 1, [row(1, '1.0.0', { mail: 'mail1@mail.example' })]],
  ['a token of the new version', PROTECTED, 1, [row(1, '2.0.0', { mail: TOKEN })]],
])('finds nothing in a row of %s', (_, change, view, rows) => {
  expect(judgeReading(change, [event(change, 1)], read(change, view, { rows }))).toEqual([]);
});

test.each<[string, ContractChange, 0 | 1, readonly Row[], string]>([
  [
    'a table renames without a mapping',
    RENAMED,
    1,
    [row(1, '1.0.0', { new: null })],
    "'name' is shown in no column of that meaning",
  ],
  [
    'a name is given another meaning',
    SWAPPED,
    1,
    [row(1, '1.0.0', { a: 'seller1@mail.example', b: 'buyer1@mail.example' })],
    "'a' is not what was meant",
  ],
  [
    'columns are read in another order',
    SWAPPED,
    0,
    [row(1, '1.0.0', { a: 'buyer1@mail.example', b: 'seller1@mail.example' })],
    "'b' is not what was meant",
  ],
  ['a value is rounded or cut', RENAMED, 0, [row(1, '1.0.0', { old: 'name1@mail.exampl' })], "'old' is not what was meant"],
  [
    'a protected value is shown in clear',
    PROTECTED,
    1,
    [row(1, '2.0.0', { mail: 'mail1@mail.example' })],
    "'mail' is shown in clear",
  ],
  [
    'a row is shown twice',
    RENAMED,
    0,
    [1, 1].map((serial) => row(serial, '1.0.0', { old: 'name1@mail.example' })),
    'is shown 2 times',
  ],
  ['an event is in no place', RENAMED, 0, [], 'is neither shown nor quarantined'],
  [
    'a row was never produced',
    RENAMED,
    0,
    [1, 2].map((serial) => row(serial, '1.0.0', { old: `name${serial}@mail.example` })),
    'event 2 is shown and was never produced',
  ],
  [
    'another version says it judged',
    RENAMED,
    0,
    [row(1, '3.0.0', { old: 'name1@mail.example' })],
    'judged by 3.0.0, which was not live',
  ],
])('fails when %s', (_, change, view, rows, finding) => {
  expect(judgeReading(change, [event(change, 1)], read(change, view, { rows })).join('\n')).toContain(finding);
});

test('fails when a token stands for two values, or a value has two', () => {
  const events = [event(PROTECTED, 1), event(PROTECTED, 2)];
  const one = read(PROTECTED, 1, { rows: [1, 2].map((serial) => row(serial, '2.0.0', { mail: TOKEN })) });
  expect(judgeReading(PROTECTED, events, one)).toEqual(["a token of 'mail' does not stand for one value"]);
});

test.each([
  ['for another reason', { reason: 'wrong-type', version: '2.0.0' }, 'as wrong-type, must be missing-value'],
  ['by a version that accepts it', { reason: 'missing-value', version: '1.0.0' }, 'must be accepted'],
  ['by a version that was not live', { reason: 'missing-value', version: '4.0.0' }, 'which was not live'],
])('fails when an event is refused %s', (_, reject, finding) => {
  const reading = read(RENAMED, 1, { rejected: [{ sha256: 'hash9', ...reject }] });
  expect(judgeReading(RENAMED, [event(RENAMED, 9)], reading).join('\n')).toContain(finding);
});

test('fails when an event that must be refused is shown', () => {
  const rows = [row(9, '2.0.0', { new: null })];
  expect(judgeReading(RENAMED, [event(RENAMED, 9)], read(RENAMED, 1, { rows }))).toContain(
    'event 9 was accepted by 2.0.0, which must refuse it',
  );
});

test('a row may be gone once it has expired, and must be gone a day later', () => {
  const rows = [row(1, '1.0.0', { old: 'name1@mail.example' })];
  const findings = (days: number, shown: readonly Row[]) =>
    judgeReading(RENAMED, [event(RENAMED, 1)], read(RENAMED, 0, { rows: shown, time: days * DAY }));
  expect(findings(7.5, [])).toEqual([]);
  expect(findings(7.5, rows)).toEqual([]);
  expect(findings(5, [])).toEqual(['event 1 is neither shown nor quarantined']);
  expect(findings(9, rows)).toEqual(['event 1 is shown after it has expired']);
});
