import * as fc from 'fast-check';
import { parse } from 'yaml';
import { contractFromObject } from '../../../../core/contract/from-object.ts';
import { compileContract } from '../../../../core/record/compiled-contract.ts';
import { eventJudge } from '../../../../core/record/judge-event.ts';
import { SECRET } from '../../../support/contracts.ts';
import { infer, profileOf } from './support.ts';

type Text = fc.Arbitrary<string>;
const quoted = (texts: Text): Text => texts.map((text) => JSON.stringify(text));
const digits = (least: number, most: number): Text => fc.stringMatching(new RegExp(`^[1-9][0-9]{${least - 1},${most - 1}}$`));
const sign = fc.constantFrom('', '-');
const moment = fc
  .date({ min: new Date('1700-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const lawful = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** JSON texts of one kind of value each. */
const SCALARS: readonly Text[] = [
  fc.tuple(sign, digits(1, 3)).map((parts) => parts.join('')),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  fc.tuple(sign, digits(18, 45)).map((parts) => parts.join('')),
  fc
    .tuple(sign, digits(1, 12), fc.stringMatching(/^[0-9]{1,4}$/))
    .map(([minus, whole, fraction]) => `${minus}${whole}.${fraction}`),
  fc
    .tuple(sign, digits(10, 25), fc.stringMatching(/^[0-9]{5,20}$/))
    .map(([minus, whole, fraction]) => `${minus}${whole}.${fraction}`),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => JSON.stringify(number)),
  fc.constantFrom('0', '-0', '0.0', '1e5', '1E-7', '-12.50'),
  fc.constantFrom('true', 'false'),
  quoted(fc.string({ unit: 'grapheme', maxLength: 20 }).filter(lawful)),
  quoted(fc.constantFrom('', '1', '2026-01-31', '2026-02-30', '12:00:00', 'true', 'a:b', 'localhost')),
  quoted(moment),
  quoted(moment.map((text) => text.slice(0, 19).replace('T', ' '))),
  quoted(moment.map((text) => text.slice(0, 10))),
  quoted(moment.map((text) => text.slice(11, 19))),
  quoted(fc.uuid()),
  quoted(fc.emailAddress()),
  quoted(fc.webUrl()),
  quoted(fc.ipV4()),
  quoted(fc.ipV6()),
  quoted(fc.domain()),
  quoted(fc.constantFrom('+1 555 010 9999', '4111111111111111', 'DE89370400440532013000', 'Ada Lovelace')),
];
const NAMES = [
  'kind',
  'total_price',
  'phone',
  'name',
  'host',
  'user_id',
  'remark',
  'birth_date',
  'card_number',
  'flag',
  'ip',
] as const;
const mapKey = fc.stringMatching(/^[0-9][a-z0-9.]{0,5}$/);

/** Kinds of values, nested: each is an arbitrary of JSON texts of that kind. */
const kind: fc.Arbitrary<Text> = fc.letrec<{ kind: Text }>((tie) => ({
  kind: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    { weight: 8, arbitrary: fc.constantFrom(...SCALARS) },
    { weight: 1, arbitrary: tie('kind').map((item) => fc.array(item, { maxLength: 3 }).map((items) => `[${items.join(',')}]`)) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(...SCALARS)
        .map((value) => fc.uniqueArray(fc.tuple(mapKey, value), { maxLength: 4, selector: ([key]) => key }).map(objectText)),
    },
    {
      weight: 1,
      arbitrary: fc
        .uniqueArray(fc.tuple(fc.constantFrom(...NAMES), tie('kind')), { minLength: 1, maxLength: 3, selector: ([name]) => name })
        .map((fields) => sparse(fields).map(objectText)),
    },
  ),
})).kind;

/** Fields of which each event has some, null now and then. */
const sparse = (fields: readonly (readonly [string, Text])[]): fc.Arbitrary<(readonly [string, string])[]> =>
  fc
    .tuple(
      ...fields.map(([name, value]) =>
        fc.oneof(
          { weight: 8, arbitrary: value.map((text): readonly [string, string][] => [[name, text]]) },
          { weight: 1, arbitrary: fc.constant<readonly [string, string][]>([[name, 'null']]) },
          { weight: 1, arbitrary: fc.constant<readonly [string, string][]>([]) },
        ),
      ),
    )
    .map((found) => found.flat());

const objectText = (fields: readonly (readonly [string, string])[]): string =>
  `{${fields.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;

const samples: fc.Arbitrary<string[]> = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...NAMES), kind), { maxLength: 6, selector: ([name]) => name })
  .chain((columns) => fc.array(fc.tuple(moment, sparse(columns)), { minLength: 1, maxLength: 40 }))
  .map((events) =>
    events.map(([time, fields], index) =>
      objectText([['reading_id', `"r-${index}"`], ['measured_at', JSON.stringify(time)], ...fields]),
    ),
  );

test('the platform accepts every event of a sample under the contract inferred from it', () => {
  fc.assert(
    fc.property(samples, (events) => {
      const [dataset] = contractFromObject(parse(infer(profileOf(events)).text)).datasets;
      if (dataset === undefined) throw new Error('the contract has no dataset');
      const judge = eventJudge({ ...compileContract(dataset), oldestMs: Infinity }, SECRET);
      const late = Date.UTC(2262, 0, 1);
      for (const event of events) expect({ event, verdict: judge(event, late) }).toMatchObject({ verdict: { accepted: true } });
    }),
    { numRuns: 500 },
  );
});
