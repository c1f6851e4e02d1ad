import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readFaults } from '../../../cli/local/read-faults.ts';
import { FAULT_KINDS, FAULT_POINTS } from '../../../local/faults/faults.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'faults-file-'));
const file = path.join(folder, 'faults.yaml');
function read(text: string) {
  writeFileSync(file, text);
  return readFaults(file);
}
/** What is said of a file, without its path. */
function refusal(text: string): string {
  try {
    read(text);
  } catch (error) {
    return error instanceof Error ? error.message.replaceAll(`${file}:`, '') : '';
  }
  return 'accepted';
}

test('reads rules and clock steps, with the lines in which they stand', () => {
  const plan = read(
    `
seed: 7
rules:
  - at: kinesis:put
    fault: throttle
    where: late_orders
    from: +10m
    until: 2026-03-01T10:30:00Z
    every: 3
    times: 5
  - { at: kms:use, fault: disabled, probability: 0.25 }
  - { at: clock, step: +1h, when: +PT5M }
`,
  );
  expect(plan).toEqual({
    seed: 7,
    rules: [
      {
        at: 'kinesis:put',
        fault: 'throttle',
        where: 'late_orders',
        from: { after: 600_000 },
        until: { at: Date.UTC(2026, 2, 1, 10, 30) },
        every: 3,
        times: 5,
        line: 4,
      },
      { at: 'kms:use', fault: 'disabled', probability: 0.25, line: 11 },
      { at: 'clock', step: 3_600_000, when: { after: 300_000 }, line: 12 },
    ],
  });
});

test('the seed is 1 where none is given', () => {
  expect(read('rules: [{ at: s3:request, fault: unavailable }]').seed).toBe(1);
});

const rule = (rest: string): string => `rules:\n  - { at: kinesis:put, fault: throttle, ${rest} }`;
const POINTS = 'clock, kinesis:put, kinesis:read, firehose:put, firehose:lambda, firehose:s3, s3:request, kms:use';
test.each([
  ['', "1:1: InvalidValue: must be a map with 'rules', got 'null'; mend it"],
  ['[]', "1:1: InvalidValue: must be a map with 'rules', got a list; mend it"],
  ['seed: 1', "1:1: MissingKey: 'rules' must be a list of one rule or more, got nothing; add it"],
  ['rules: []', "1:8: InvalidValue: 'rules' must be a list of one rule or more, got a list; mend it"],
  [
    'rules: [throttle]',
    "1:9: InvalidValue: 'rules[0]' must be a map with 'at', which says where something goes wrong, got 'throttle'; mend it",
  ],
  ['rules:\n  - fault: throttle', `2:5: MissingKey: 'rules[0].at' must be one of ${POINTS}, got nothing; add it`],
  [
    'rules:\n  - at: sqs:send\n    fault: throttle',
    `2:9: UnknownPoint: 'rules[0].at' must be one of ${POINTS}, got 'sqs:send'; mend it`,
  ],
  [
    'rules:\n  - at: kinesis:put\n    fault: disabled',
    "3:12: UnknownFault: 'rules[0].fault' must be one of throttle, internalFailure, answerLost at 'kinesis:put', got 'disabled'; mend it",
  ],
  [
    'rules: [{ at: kms:use }]',
    "1:9: MissingKey: 'rules[0].fault' must be one of disabled, throttle at 'kms:use', got nothing; add it",
  ],
  [rule('colour: blue'), "2:41: UnknownKey: 'rules[0].colour' is not known here; mend its name, or leave it out"],
  [rule("where: ''"), "2:48: InvalidValue: 'rules[0].where' must be a pattern of ARNs or a name, got ''; mend it"],
  [
    rule('from: soon'),
    "2:47: InvalidTime: 'rules[0].from' must be a time after the start, such as +10m, or a date of ISO 8601, such as 2026-01-31T08:00:00Z, got 'soon'; mend it",
  ],
  [
    rule('from: 2027-02-31'),
    "2:47: InvalidTime: 'rules[0].from' must be a time after the start, such as +10m, or a date of ISO 8601, such as 2026-01-31T08:00:00Z, got '2027-02-31'; mend it",
  ],
  [rule('from: +2h, until: +1h'), "2:59: EmptyPeriod: 'rules[0].until' must be after 'from', got '+1h'; mend it"],
  [rule('every: 0'), "2:48: InvalidValue: 'rules[0].every' must be a whole number from 1, got '0'; mend it"],
  [rule('times: 1.5'), "2:48: InvalidValue: 'rules[0].times' must be a whole number from 1, got '1.5'; mend it"],
  [rule('probability: 2'), "2:54: InvalidValue: 'rules[0].probability' must be a number above 0 and up to 1, got '2'; mend it"],
  [
    rule('every: 2, probability: 0.5'),
    "2:64: TwoShares: 'rules[0].probability' must not stand beside 'every', got '0.5'; keep one of them",
  ],
  [
    'rules: [{ at: clock, step: -10m, when: +1h }]',
    "1:28: ClockGoesBack: 'rules[0].step' must go ahead, for what services have seen of time cannot be undone, got '-10m'; for a producer whose clock is behind, put events of an earlier time",
  ],
  [
    'rules: [{ at: clock, step: 0s, when: +1h }]',
    "1:28: InvalidStep: 'rules[0].step' must be a duration above zero, such as +10m, got '0s'; mend it",
  ],
  [
    'rules:\n  - at: clock\n   step: 1h',
    "3:4: InvalidYaml: is not YAML: stands at the indent of a list without its '-'; align it with its neighbours, or begin it with '- '",
  ],
])('fails for %j', (text, said) => {
  expect(refusal(text)).toBe(`InvalidFaults: ${said}`);
});

test('fails with everything that is wrong, in order', () => {
  expect(refusal('seed: x\nrules:\n  - at: clock\n    fault: y').split('\n')).toHaveLength(4);
});

test('fails for a file that is not there', () => {
  expect(() => readFaults('/none.yaml')).toThrow("FileMissing: '--faults' must be a file, got '/none.yaml'");
});

test('the guide names every point and every kind', () => {
  const guide = readFileSync('docs/local.md', 'utf8');
  for (const name of ['clock', ...FAULT_POINTS, ...FAULT_POINTS.flatMap((point) => [...FAULT_KINDS[point]])])
    expect(guide).toContain(`\`${name}\``);
});
