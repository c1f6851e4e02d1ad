import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import type { Finding } from '../../../core/findings/finding.ts';
import { planRenewal } from '../../../core/findings/plan-renewal.ts';
import { readLedger } from '../../../core/findings/read-ledger.ts';
import { claimsOf } from '../../../core/findings/ledger.ts';
import { renewLedger } from '../../../core/findings/renew-ledger.ts';
import { decision, finding, ledgerOf } from './ledgers.ts';

const renew = (text: string, findings: readonly Finding[]): string =>
  renewLedger(text, planRenewal(readLedger(text), findings, ['tides', 'ebbs', 'waves']));
const dev = 'Headwaters-dev-Foundation';
const prod = 'Headwaters-prod-Foundation';
const stream = (dataset: string, stack = dev) => finding({ resource: `Datasets${dataset}Stream0123ABCD`, stack });

/** Written by people: words broken where they like, remarks everywhere, one decision in a form of its own. */
const WRITTEN = `# what is accepted
reviewedOn: 2026-11-21 # by all of us
decisions:
  # the bucket
  - rule: S1
    reason: 'a reason in one long line, which a machine would break into several if it wrote it anew, but nobody asked it to do so here'
    owner: somebody@example.com
    enteredOn: 2026-11-21
    reviewBy: 2027-11-20
    places: [{ resource: Logs, stacks: [${dev}], findings: [A-S1] }]

  # the streams
  - rule: S1 # all of them
    reason: >-
      another reason,
      broken early, and as long as it has to be
    owner: somebody@example.com
    enteredOn: 2026-11-21
    reviewBy: 2027-11-20
    places:
      # about tides
      - resource: DatasetsTidesStream0123ABCD # the first
        stacks:
          - ${dev}
        findings: [A-S1]
      # about ebbs
      - resource: DatasetsEbbsStream0123ABCD
        # rehearsed first
        stacks: [${dev}, ${prod}]
        findings: ['A-S1'] # one pack
# the end
`;

test('is not touched where it says what is found', () => {
  expect(renew(WRITTEN, [finding(), stream('Tides'), stream('Ebbs'), stream('Ebbs', prod)])).toBe(WRITTEN);
});

test('gets a place more, and keeps every other character', () => {
  const found = [finding(), stream('Tides'), stream('Ebbs'), stream('Ebbs', prod), stream('Waves')];
  expect(renew(WRITTEN, found)).toBe(
    WRITTEN.replace(
      '# the end',
      `      - resource: DatasetsWavesStream0123ABCD\n        stacks: [${dev}]\n        findings: [A-S1]\n# the end`,
    ),
  );
});

test('loses a place with what is said above it', () => {
  const without = WRITTEN.replace(/ {6}# about tides[^]*(?= {6}# about ebbs)/, '');
  expect(renew(WRITTEN, [finding(), stream('Ebbs'), stream('Ebbs', prod)])).toBe(without);
});

test('keeps what is said of a place that gets smaller', () => {
  expect(renew(WRITTEN, [finding(), stream('Tides'), stream('Ebbs')])).toBe(
    WRITTEN.replace(`stacks: [${dev}, ${prod}]`, `stacks: [${dev}]`),
  );
});

test('loses a decision without a place with what is said above it, and no other', () => {
  expect(renew(WRITTEN, [finding()])).toBe(WRITTEN.replace(/ {2}# the streams[^]*(?=# the end)/, ''));
  const streams = [stream('Tides'), stream('Ebbs'), stream('Ebbs', prod)];
  expect(renew(WRITTEN, streams)).toBe(WRITTEN.replace(/ {2}# the bucket[^]*(?= {2}# the streams)/, ''));
});

test('fails where its places cannot be told apart', () => {
  expect(() =>
    renew(WRITTEN, [finding(), finding({ id: 'B-S1' }), stream('Tides'), stream('Ebbs'), stream('Ebbs', prod)]),
  ).toThrow(
    "InvalidLedger: 'decisions.0': must list its places with a dash on a line of its own for each, got another form; write it so",
  );
});

test('lists names in one line where they fit, and what a policy allows in a line for each', () => {
  const stacks = ['a', 'b', 'c', 'd', 'e'].map((name) => `Headwaters-dev-Domain-of-${name}`);
  const standing = decision({ resource: 'Policy', stacks: [dev], findings: ['A-S1[x]'] });
  const found = [
    finding({ resource: 'Policy', id: 'A-S1[x]' }),
    ...stacks.flatMap((stack) => finding({ resource: 'Policy', id: 'A-S1[x]', stack })),
  ];
  const lines = renew(stringify(ledgerOf(standing)), found).split('\n');
  expect(lines.slice(lines.indexOf('    places:'))).toEqual([
    '    places:',
    '      - resource: Policy',
    '        stacks:',
    `          - ${dev}`,
    '        findings:',
    '          - A-S1[x]',
    ...stacks.flatMap((stack) => [
      '      - resource: Policy',
      `        stacks: [${stack}]`,
      '        findings:',
      '          - A-S1[x]',
    ]),
    '',
  ]);
});

test("the project's own ledger loses a domain, and each reason that still holds somewhere stays as it is written", () => {
  const own = readFileSync('ledger.yaml', 'utf8');
  const isLeft = (stack: string): boolean => !stack.endsWith('-sales');
  const left = claimsOf(readLedger(own)).filter(({ stack }) => isLeft(stack));
  const text = renew(
    own,
    left.map((claim) => finding(claim)),
  );
  expect(claimsOf(readLedger(text))).toHaveLength(left.length);
  const lines = new Set(own.split('\n'));
  expect(text.split('\n').filter((line) => !lines.has(line) && !/^ +(stacks:|- Headwaters-)/.test(line))).toEqual([]);
  const held = readLedger(own).decisions.filter(({ places }) => places.some(({ stacks }) => stacks.some(isLeft)));
  expect(held.length).toBeGreaterThan(25);
  expect(text.match(/reason:/g)).toHaveLength(held.length);
});

test('a ledger of the earlier form is written in the form of today', () => {
  const { places, reason, owner, enteredOn, reviewBy } = decision({ findings: ['A-S1', 'B-S1'] });
  const earlier = { reviewedOn: '2026-11-21', entries: [{ ...places[0], reason, owner, enteredOn, reviewBy }] };
  const text = renew(`# why\n${stringify(earlier)}`, [finding()]);
  expect(text).toMatch(/^# why\nreviewedOn: 2026-11-21\ndecisions:\n/);
  expect(text).not.toContain('entries');
  expect(readLedger(text)).toEqual(ledgerOf(decision()));
});
