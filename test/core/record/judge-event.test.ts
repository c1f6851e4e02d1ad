import { eventJudge } from '../../../core/record/judge-event.ts';
import { ARRIVAL, SECRET, compiled, contractDocument, eventText, judgeOf, schemaObject } from '../../support/contracts.ts';

const contract = compiled();
const judge = judgeOf();
const row = (overrides: Readonly<Record<string, string | undefined>>): unknown => {
  const verdict = judge(eventText(overrides), ARRIVAL);
  return verdict.accepted ? JSON.parse(verdict.row) : verdict;
};

describe('an accepted event', () => {
  test('is a row of what the contract holds and the platform adds, in order', () => {
    const verdict = judge(
      eventText({
        counter: '5',
        site: '{"floors":[1,2],"grid":"north"}',
        billing_day: '"2001-01-01"',
        local_time: '"11:00:00"',
        estimated: 'false',
      }),
      ARRIVAL,
    );
    expect(verdict).toEqual({
      accepted: true,
      late: false,
      unknownFields: false,
      row: '{"reading_id":"r-1","measured_at":"2001-01-09 11:00:00.000","kind":"power","counter":5,"estimated":false,"billing_day":"2001-01-01","local_time":"11:00:00","site":{"grid":"north","floors":[1,2]},"_event_id":"r-1","_ingested_at":"2001-01-09 12:00:00.000","_contract_version":"1.2.3","_content_hash":802816901}',
    });
  });

  test.each([
    ['counter', '9007199254740993'], // 2^53 + 1
    ['counter', '9223372036854775807'],
    ['counter', '-9223372036854775808'],
    ['energy', '12345678901234567890.123456789012345678'], // decimal(38,18), all digits
    ['energy', '-0.000000000000000001'],
    ['load', '0.1000000000000000055511151231257827'],
  ])('keeps every digit of %s %s', (column, text) => {
    const verdict = judge(eventText({ [column]: text }), ARRIVAL);
    expect(verdict.accepted && verdict.row).toContain(`"${column}":${text},`);
  });

  test.each([
    ['1.50', '1.5'],
    ['0.00', '0'],
    ['12345678.90', '12345678.9'],
  ])('writes the decimal %s as %s', (text, expected) => {
    const verdict = judge(eventText({ price: text }), ARRIVAL);
    expect(verdict.accepted && verdict.row).toContain(`"price":${expected},`);
  });

  test('is protected, and what is dropped is nowhere', () => {
    const verdict = judge(
      eventText({ contact: '"ada@example.com"', customer_name: '"Ada King"', customer_id: '"c-17"', remark: '"call me"' }),
      ARRIVAL,
    );
    const text = verdict.accepted ? verdict.row : '';
    expect(JSON.parse(text)).toMatchObject({
      contact: '***@example.com',
      customer_name: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      customer_id: expect.stringMatching(/^tok_[\w-]{22}$/) as string,
    });
    expect(text).not.toMatch(/ada@|Ada|c-17|call me|remark/);
  });

  test('has an id of its own for each list of values, and no secret in it', () => {
    const two = judgeOf(contractDocument({ schema: [schemaObject('readings', [], { eventIdFields: ['reading_id', 'kind'] })] }));
    const id = (reading: string, kind: string): unknown => {
      const verdict = two(eventText({ reading_id: JSON.stringify(reading), kind: JSON.stringify(kind) }), ARRIVAL);
      return verdict.accepted ? (JSON.parse(verdict.row) as { _event_id: unknown })._event_id : undefined;
    };
    expect(id('a', 'gas')).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set([id('a', 'gas'), id('agas', 'gas'), id('a","gas', 'gas'), id('a', 'heat')]).size).toBe(4);
    expect(id('a', 'gas')).toBe(id('a', 'gas'));
  });

  test('carries a token as its id where its id is tokenized', () => {
    const schema = schemaObject('readings', [
      {
        name: 'reading_id',
        logicalType: 'string',
        required: true,
        classification: 'restricted',
        customProperties: [{ property: 'protection', value: 'tokenize' }],
      },
    ]);
    const verdict = judgeOf(contractDocument({ schema: [schema] }))(eventText(), ARRIVAL);
    const { reading_id, _event_id } = JSON.parse(verdict.accepted ? verdict.row : '{}') as Record<string, string>;
    expect(_event_id).toMatch(/^tok_/);
    expect(_event_id).toBe(reading_id);
  });
});

test('names a column once, for the first reason that it meets, and never a value', () => {
  const verdict = judge(eventText({ kind: '"water"', channel: '17', price: '"secret-value"' }), ARRIVAL);
  expect(verdict).toEqual({ accepted: false, reason: 'not-listed', columns: ['kind'] });
});

test('does not take the flag of one event to the next', () => {
  judge(eventText({ colour: '1' }), ARRIVAL);
  expect(judge(eventText(), ARRIVAL)).toMatchObject({ unknownFields: false });
  expect(row({ counter: '1' })).toMatchObject({ counter: 1 });
});

test('fails at its start without the secret that the contract needs', () => {
  expect(() => eventJudge(contract, '')).toThrow('a secret of at least 32 characters is needed to hash, got 0');
  expect(() => eventJudge(contract, SECRET)).not.toThrow();
});
