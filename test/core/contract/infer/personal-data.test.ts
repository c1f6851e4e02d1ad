import { guessPersonal, type PersonalKind } from '../../../../core/contract/infer/personal/guess-personal.ts';
import { isPersonal } from '../../../../core/contract/infer/personal/names.ts';
import { isIban, isPaymentCard, isPersonName, isPhoneNumber } from '../../../../core/contract/infer/personal/values.ts';
import { ValueProfile } from '../../../../core/contract/infer/value-profile.ts';
import { JsonNumber } from '../../../../core/record/parse-json.ts';
import { fittedColumns, heldOutColumns, type LabelledColumn } from './labelled-columns.ts';
import { columnOf, eventsWith, infer, profileOf, saidOf } from './support.ts';

test.each([
  [
    isPhoneNumber,
    ['+1 555 010 9999', '+49-30-1234567', '(555) 010-9999', '555-010-9999'],
    ['2026-01-31', '5550109999', '+1', '12.5', '10.0.0.1'],
  ],
  [
    isPaymentCard,
    ['4111111111111111', '4111 1111 1111 1111', '378282246310005'],
    ['4111111111111112', '411111111111', '9999999999999995'],
  ],
  [isIban, ['DE89370400440532013000', 'GB29 NWBK 6016 1331 9268 19'], ['DE89370400440532013001', 'DE89']],
  [
    isPersonName,
    ['Ada Lovelace', 'Dr. Ada B. Lovelace', 'Seán O’Casey'],
    ['ada lovelace', 'Ada', 'ACME 2000', 'Order of the Day'],
  ],
])('%p tells values', (test, like, unlike) => {
  expect(like.filter((text) => !test(text))).toEqual([]);
  expect(unlike.filter((text) => test(text))).toEqual([]);
});

function guessOf({ dataset, name, value }: LabelledColumn): PersonalKind | undefined {
  const profile = new ValueProfile();
  for (let count = 0; count < 200; count += 1) {
    const one = value();
    profile.add(typeof one === 'number' ? new JsonNumber(String(one)) : one);
  }
  return guessPersonal(name, profile, { ofPersons: isPersonal(dataset) })?.kind;
}

test.each([
  [
    'the rules were made beside',
    fittedColumns,
    {
      precision: '48 of 48',
      recall: '48 of 54',
      missed: [
        'calls.destination: nothing',
        'orders.ship_to: nothing',
        'members.age: nothing',
        'orders.deliver_to: nothing',
        'visits.subject: nothing',
        'tickets.body: nothing',
      ],
      wrong: [],
    },
  ],
  [
    'the rules were not made for',
    heldOutColumns,
    {
      precision: '20 of 20',
      recall: '20 of 27',
      missed: [
        'leads.contact_number: person-id',
        'leads.lname: nothing',
        'reviews.reviewer: nothing',
        'rentals.tenant_name: nothing',
        'rentals.residence: nothing',
        'reviews.account: nothing',
        'reviews.text: nothing',
      ],
      wrong: [],
    },
  ],
])('of a labelled set that %s, misses and mistakes only these columns', (_, columnsOf, expected) => {
  const guessed = columnsOf().map((column) => ({ ...column, guess: guessOf(column) }));
  const named = (columns: typeof guessed) =>
    columns.map(({ dataset, name, guess }) => `${dataset}.${name}: ${guess ?? 'nothing'}`);
  const found = guessed.filter(({ label, guess }) => label !== undefined && label === guess);
  const missed = guessed.filter(({ label, guess }) => label !== undefined && label !== guess);
  const wrong = guessed.filter(({ label, guess }) => label === undefined && guess !== undefined);
  expect({
    precision: `${found.length} of ${found.length + wrong.length}`,
    recall: `${found.length} of ${found.length + missed.length}`,
    missed: named(missed),
    wrong: named(wrong),
  }).toEqual(expected);
});

test.each([
  ['contact', '"ada@mail.example"', 'mask', 'looks like an e-mail address (100 % of 12 values)'],
  ['caller', '"+1 555 010 9999"', 'mask', 'looks like a telephone number (100 % of 12 values)'],
  ['source', '"4111111111111111"', 'mask', 'looks like the number of a payment card (100 % of 12 values)'],
  ['first_name', '"Ada"', 'hash', "is named like a person's name"],
  ['peer', '"10.1.2.3"', 'hash', 'looks like an IP address (100 % of 12 values)'],
  ['account', '"DE89370400440532013000"', 'tokenize', 'looks like an account number (IBAN) (100 % of 12 values)'],
  ['customer_id', '"c-1"', 'tokenize', "is named like a person's id"],
  ['ssn', '"123-45-6789"', 'tokenize', "is named like a person's official number"],
  ['birth_date', '"1815-12-10"', 'drop', "is named like a person's birth"],
  ['street', '"12 St James Square"', 'drop', 'is named like a postal address'],
  ['comment', '"call me maybe"', 'drop', 'is named like free text, in which anything may stand'],
  [
    'msisdn',
    '15550109999',
    'drop',
    'is named like a telephone number; it is dropped, since only a string can be masked, hashed or tokenized',
  ],
])('protects %s, such as %s, by %s until a person has confirmed it', (name, value, protection, because) => {
  const contract = infer(
    profileOf(
      eventsWith(
        Array.from({ length: 12 }, () => value),
        name,
      ),
    ),
  );
  expect(columnOf(contract, name)).toMatchObject({
    classification: 'restricted',
    tags: ['personal'],
    customProperties: [{ property: 'protection', value: protection }],
  });
  expect(saidOf(contract, name)).toEqual([because]);
});

test("keeps a person's id that is a number, which only a string could be protected as, and says so", () => {
  const contract = infer(profileOf(eventsWith(['1', '2'], 'customer_id')));
  expect(columnOf(contract, 'customer_id')).toMatchObject({
    logicalType: 'integer',
    classification: 'confidential',
    tags: ['personal'],
  });
  expect(saidOf(contract, 'customer_id')).toEqual([
    "is named like a person's id, which only a string can be protected as: let the producer send a string, or drop it",
  ]);
});

test('says of a share that is not all that it is not', () => {
  const values = [...Array.from({ length: 1999 }, () => '"ada@mail.example"'), '"none"'];
  expect(saidOf(infer(profileOf(eventsWith(values))), 'value')).toEqual([
    'looks like an e-mail address (99.9 % of 2,000 values)',
  ]);
});
