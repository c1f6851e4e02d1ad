import { userRecords } from '../../../local/firehose/user-records.ts';
import { REASONS } from '../../../core/record/reasons.ts';
import { recordOf } from '../../../prove/nothing-lost/input/input.ts';
import { INPUTS } from '../../../prove/nothing-lost/input/inputs.ts';
import { linesOf } from '../../../prove/nothing-lost/input/lines.ts';

const given = { serial: 'e123-4567', now: Date.UTC(2026, 2, 2, 10) };
/** Bytes of a record of Kinesis, less the partition key and room for two neighbours. @see https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html */
const LARGEST = 1024 * 1024 - 4_096;

test('every one of the list is there, and more', () => {
  const numbers = INPUTS.flatMap(({ name }) => /^B(\d+) /.exec(name)?.[1] ?? []).map(Number);
  expect([...new Set(numbers)].sort((a, b) => a - b)).toEqual(Array.from({ length: 32 }, (_, index) => index + 1));
  expect(INPUTS.length).toBeGreaterThan(numbers.length);
});

test('no two have one name', () => {
  expect(new Set(INPUTS.map(({ name }) => name)).size).toBe(INPUTS.length);
});

test('every reason of quarantine has an input', () => {
  const expected = INPUTS.flatMap(({ lines }) => lines(given)).flatMap(({ expected: verdict }) =>
    verdict.verdict === 'quarantine' ? [verdict.reason] : [],
  );
  expect([...new Set(expected)].sort()).toEqual([...REASONS].sort());
});

test.each(INPUTS.map((input) => [input.name, input] as const))(
  '%s is a record whose lines are those that are said',
  (_, input) => {
    const lines = input.lines(given);
    const record = recordOf(input, given, lines);
    expect(record.length).toBeLessThan(LARGEST);
    const said = lines.map(({ bytes }) => bytes).filter(({ length }) => length > 0);
    const found = (userRecords(record)?.map(({ data }) => data) ?? [record]).flatMap((part) => linesOf(part));
    expect(found.map(({ length }) => length)).toEqual(said.map(({ length }) => length));
    expect(Buffer.concat(found).equals(Buffer.concat(said))).toBe(true);
    const again = input.lines(given).map(({ bytes }) => bytes);
    expect(Buffer.concat(again).equals(Buffer.concat(lines.map(({ bytes }) => bytes)))).toBe(true);
  },
);
