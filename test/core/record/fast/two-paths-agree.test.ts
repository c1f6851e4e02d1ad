import fc from 'fast-check';
import type { CompiledContract } from '../../../../core/record/compiled-contract.ts';
import { PROTECTIONS } from '../../../../core/contract/model.ts';
import { ARRIVAL, compiled, eventText } from '../../../support/contracts.ts';
import { randomContract } from '../differential/contracts.ts';
import { randomEvent } from '../differential/events.ts';
import { Random } from '../../../support/random.ts';
import { twoPaths, type TwoPaths } from './two-paths.ts';

/** Events that go both paths. The gate is a million: `HEADWATERS_EVENTS=1000000 npm test -- test/core/record/fast` */
const EVENTS = Number(process.env.HEADWATERS_EVENTS ?? 20_000);
const EVENTS_OF_A_CONTRACT = 250;

/** What the differential of ajv cannot have: protections, and ids of several fields. */
function anyContract(random: Random): CompiledContract {
  const contract = randomContract(random);
  return {
    ...contract,
    eventIdFields: random.pick([['id'], ['id'], ['at', 'id'], ['id', 'c0x', 'at']]),
    allowedLatenessMs: random.pick([0, 86_400_000]),
    columns: contract.columns.map((column) => ({
      ...column,
      ...(column.type.kind === 'string'
        ? random.maybe(0.25, () => ({ protection: random.pick(PROTECTIONS) }))
        : random.maybe(0.05, () => ({ protection: 'drop' as const }))),
    })),
  };
}

const INSERTED = [
  ...[
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    ' ',
    '\t',
    '\n',
    '\r',
    '\u0000',
    '\u007f',
    '\ufeff',
    '\u2028',
    'é',
    '😀',
    '\ud800',
  ],
  ...['0', '9', '-', '-0', '+', '.', 'e', 'E5', '1e400', 'null', 'true', 'false', 'T', 'Z', '+01:00', ':60', 'A', 'z'],
  ...['\\u0041', '\\n', '"x":1,', ',"x":1', ',"id":"2"', ',"c0":null', '"__proto__":1,', '""', '" "', '[]', '{}', '[[', ']]'],
];

/** The event with a few characters taken from it and others put in their place. */
function spoilt(random: Random, event: string): string {
  const place = random.between(0, event.length);
  const taken = random.chance(0.2) ? random.between(0, 20) : random.between(0, 2);
  return event.slice(0, place) + (random.chance(0.8) ? random.pick(INSERTED) : '') + event.slice(place + taken);
}

/** What other producers make of the same event. */
const STYLES: readonly ((event: string) => string)[] = [
  (event) => event,
  (event) => `${event}\r`,
  (event) => event.replaceAll(',"', ', "').replaceAll('":', '": '),
  (event) => `{ ${event.slice(1, -1)} }`,
];

/** Judges on both paths, and teaches the fast one as the deployed judge does; tells whether the fast one accepted. */
function judgeTwice({ fast, exact, learn }: TwoPaths, text: string): 'fast' | 'exact' | 'refused' {
  const accepted = fast(text, ARRIVAL);
  const verdict = exact(text, ARRIVAL);
  if (accepted !== undefined) expect(accepted).toEqual(verdict);
  else if (verdict.accepted) learn(text);
  return accepted !== undefined ? 'fast' : verdict.accepted ? 'exact' : 'refused';
}

test(
  `accepts of ${EVENTS} random events of random contracts what the exact path accepts, byte for byte, or declines`,
  () => {
    const random = new Random(11);
    const counts = { fast: 0, exact: 0, refused: 0 };
    for (let event = 0; event < EVENTS;) {
      const contract = anyContract(random);
      const paths = twoPaths(contract);
      const style = random.pick(STYLES);
      for (let of = 0; of < EVENTS_OF_A_CONTRACT && event < EVENTS; of += 1, event += 1) {
        const text = style(randomEvent(random, contract, of));
        counts[judgeTwice(paths, random.chance(0.3) ? spoilt(random, text) : text)] += 1;
      }
    }
    if (process.env.HEADWATERS_EVENTS !== undefined) process.stdout.write(`${JSON.stringify(counts)}\n`);
    expect(counts.fast).toBeGreaterThan(EVENTS / 8);
    expect(counts.fast).toBeGreaterThan(counts.exact);
    expect(counts.refused).toBeGreaterThan(EVENTS / 5);
  },
  Math.max(30_000, EVENTS),
);

test('agrees with the exact path on whatever stands in a value, a key or between them', () => {
  const paths = twoPaths(compiled());
  const event = eventText({
    counter: '5',
    load: '1.5',
    price: '2.50',
    customer_name: '"Ada"',
    samples: '[1]',
    contact: '"a@b.example"',
  });
  paths.learn(event);
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.constantFrom(...INSERTED),
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc.double().map(String),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  );
  let taken = 0;
  fc.assert(
    fc.property(fc.nat(event.length), fc.nat(8), piece, (place, length, inserted) => {
      if (judgeTwice(paths, event.slice(0, place) + inserted + event.slice(place + length)) === 'fast') taken += 1;
    }),
    { seed: 1, numRuns: 5000 },
  );
  expect(taken).toBeGreaterThan(100);
});

test.each([
  ['string', fc.string({ unit: 'grapheme' }).map((value) => JSON.stringify(value)), 'customer_name'],
  ['hashed text of any length', fc.string({ maxLength: 400 }).map((value) => JSON.stringify(value)), 'customer_id'],
  ['integer', fc.bigInt({ min: -(2n ** 65n), max: 2n ** 65n }).map(String), 'counter'],
  ['double', fc.double().map(String), 'load'],
  ['decimal', fc.stringMatching(/^-?[0-9]{1,12}(\.[0-9]{1,4})?$/), 'price'],
  [
    'masked text',
    fc.oneof(fc.emailAddress(), fc.stringMatching(/^[0-9 +-]{4,20}$/)).map((value) => JSON.stringify(value)),
    'contact',
  ],
  [
    'timestamp',
    fc.stringMatching(
      /^"20(00|01)-(01|02|13)-(0[1-9]|29|3[0-2])[T ]([01][0-9]|2[0-4]):[0-6][0-9]:[0-5][0-9](\.[0-9]{1,10})?(Z|[+-][012][0-9]:[0-6]0)?"$/,
    ),
    'measured_at',
  ],
  ['date', fc.stringMatching(/^"(1[59]|20)[0-9]{2}-[01][0-9]-[0-3][0-9]"$/), 'billing_day'],
])('agrees with the exact path on any %s', (_, values, column) => {
  const paths = twoPaths(compiled());
  paths.learn(eventText({ [column]: column === 'measured_at' ? '"2001-01-09T11:00:00Z"' : 'null' }));
  let taken = 0;
  fc.assert(
    fc.property(values, (value) => {
      if (judgeTwice(paths, eventText({ [column]: value })) === 'fast') taken += 1;
    }),
    { seed: 1, numRuns: 2000 },
  );
  expect(taken).toBeGreaterThan(0);
});
