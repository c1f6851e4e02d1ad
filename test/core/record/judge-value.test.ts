import type { CompiledColumn, CompiledType } from '../../../core/record/compiled-contract.ts';
import { compareDecimals, isMultiple } from '../../../core/decimal-text.ts';
import { decimalOf } from '../../../core/record/judge/decimal.ts';
import { valueJudge } from '../../../core/record/judge-value.ts';
import { parseEvent } from '../../../core/record/parse-json.ts';
import { REASONS } from '../../../core/record/reasons.ts';

/** What becomes of a JSON text as a value of the type: the text that is stored, or the reason against it. */
function judged(type: CompiledType, text: string, validValues?: string[]): string {
  const parsed = parseEvent(`{"value":${text}}`);
  if ('reason' in parsed) return parsed.reason;
  const verdict = valueJudge(type, { validValues }, () => undefined)(parsed.event.get('value') ?? null);
  return 'reason' in verdict ? verdict.reason : verdict.json;
}
const field = (name: string, type: CompiledType, required = false): CompiledColumn => ({ name, type, required });

const integer = { kind: 'integer', bits: 64 } as const;
const double = { kind: 'double' } as const;
const decimal = { kind: 'decimal', precision: 38, scale: 18 } as const;
const set = (items: CompiledType): CompiledType => ({ kind: 'array', items, uniqueItems: true });
const map = (values: CompiledType): CompiledType => ({ kind: 'map', values });

describe('a number', () => {
  test.each<[CompiledType, string, string]>([
    [{ ...integer, multipleOf: '5' }, '-15', '-15'],
    [{ ...integer, multipleOf: '5' }, '0', '0'],
    [{ ...integer, multipleOf: '5' }, '7', 'out-of-range'],
    [{ ...integer, multipleOf: '7' }, '9223372036854775807', '9223372036854775807'],
    [{ ...integer, multipleOf: '7' }, '9223372036854775806', 'out-of-range'],
    [{ ...integer, multipleOf: '2.5' }, '5', '5'],
    [{ ...integer, multipleOf: '2.5' }, '6', 'out-of-range'],
    [{ ...integer, minimum: '9007199254740993' }, '9007199254740992', 'out-of-range'], // one double
    [{ ...integer, exclusiveMinimum: '0.5' }, '1', '1'],
    [{ ...integer, exclusiveMinimum: '0' }, '-0', 'out-of-range'],
    [{ ...double, multipleOf: '0.1' }, '0.3', '0.3'], // 0.3 / 0.1 is 2.9999999999999996 in doubles
    [{ ...double, multipleOf: '0.1' }, '0.35', 'out-of-range'],
    [{ ...double, multipleOf: '0.01' }, '1.15e1', '1.15e1'],
    [{ ...double, multipleOf: '0.01' }, '1e-3', 'out-of-range'],
    [{ ...double, multipleOf: '3' }, '3e300', '3e300'],
    [{ ...double, multipleOf: '3' }, '1e300', 'out-of-range'],
    [{ ...double, multipleOf: '3' }, '-0.0', '0'],
    [{ ...double, multipleOf: '0.1' }, '0.1000000000000000055', '0.1000000000000000055'], // the double 0.1
    [{ ...decimal, multipleOf: '0.05' }, '1234567890.15', '1234567890.15'],
    [{ ...decimal, multipleOf: '0.05' }, '1234567890.16', 'out-of-range'],
    [{ ...decimal, maximum: '0.1' }, '0.100000000000000001', 'out-of-range'],
    [{ ...decimal, exclusiveMaximum: '0.1' }, '0.10', 'out-of-range'],
  ])('of %j: %s is %s', (type, text, expected) => {
    expect(judged(type, text)).toBe(expected);
  });

  test.each<[CompiledType, string[], string, string]>([
    [integer, ['1', '2'], '2', '2'],
    [integer, ['1', '2'], '3', 'not-listed'],
    [integer, ['1', '2'], '"1"', 'wrong-type'],
    [double, ['0.5', '10'], '5e-1', '0.5'],
    [double, ['0.5', '10'], '10.0', '10'],
    [{ kind: 'decimal', precision: 4, scale: 2 }, ['1.5'], '1.50', '1.5'],
    [{ kind: 'boolean' }, ['true'], 'true', 'true'],
    [{ kind: 'boolean' }, ['true'], 'false', 'not-listed'],
    [{ kind: 'date' }, ['2001-01-09'], '"2001-01-10"', 'not-listed'],
    [{ kind: 'string' }, ['a'], '"A"', 'not-listed'],
    [{ kind: 'string', maxLength: 1 }, ['ab'], '"ab"', 'wrong-length'],
  ])('of %j with the values %j: %s is %s', (type, values, text, expected) => {
    expect(judged(type, text, values)).toBe(expected);
  });
});

describe('decimals', () => {
  test.each([
    [1e21, '1000000000000000000000'],
    [1.5e21, '1500000000000000000000'],
    [-1.234e-7, '-0.0000001234'],
    [5e-324, `0.${'0'.repeat(323)}5`],
    [0.1, '0.1'],
    [123.45, '123.45'],
  ])('of the double %d is %s', (number, text) => {
    expect(decimalOf(number)).toBe(text);
    expect(Number(decimalOf(number))).toBe(number);
  });

  test.each([
    ['1', '1.0', 0],
    ['-1', '1', -1],
    ['9007199254740993', '9007199254740992', 1],
    ['0.1000000000000000001', '0.1', 1],
    ['-0.5', '-0.25', -1],
  ])('%s against %s', (a, b, sign) => {
    expect(Math.sign(compareDecimals(a, b))).toBe(sign);
    expect(Math.sign(compareDecimals(b, a)) + sign).toBe(0);
  });

  test('are multiples whatever their scales', () => {
    expect([isMultiple('0.30', '0.1'), isMultiple('-4', '0.5'), isMultiple('1', '0.3'), isMultiple('0', '7')]).toEqual([
      true,
      true,
      false,
      true,
    ]);
  });
});

describe('a time', () => {
  const day = { kind: 'date', minimum: '2001-01-01', exclusiveMaximum: '2002-01-01' } as const;
  const hour = { kind: 'time', minimum: '09:00:00', maximum: '17:00:00' } as const;
  const moment = {
    kind: 'timestamp',
    zonelessIsUtc: false,
    minimum: '2001-01-01 00:00:00.000',
    exclusiveMaximum: '2001-01-02T00:00:00.000Z',
  } as const;
  test.each<[CompiledType, string, string]>([
    [day, '"2001-01-01"', '"2001-01-01"'],
    [day, '"2000-12-31"', 'out-of-range'],
    [day, '"2002-01-01"', 'out-of-range'],
    [day, '"2001-02-29"', 'bad-time'],
    [hour, '"09:00:00"', '"09:00:00"'],
    [hour, '"08:59:59.999999999"', 'out-of-range'],
    [hour, '"17:00:00.000"', '"17:00:00.000"'],
    [hour, '"17:00:00.000000001"', 'out-of-range'],
    [{ kind: 'time', exclusiveMaximum: '17:00:00' }, '"17:00:00.0"', 'out-of-range'],
    [moment, '"2001-01-01T01:00:00+01:00"', '"2001-01-01 00:00:00.000"'],
    [moment, '"2001-01-01T00:30:00+01:00"', 'out-of-range'],
    [moment, '"2001-01-01T23:59:59.9999Z"', '"2001-01-01 23:59:59.999"'], // as the table holds it
    [moment, '"2001-01-02T00:00:00Z"', 'out-of-range'],
  ])('of %j: %s is %s', (type, text, expected) => {
    expect(judged(type, text)).toBe(expected);
  });

  test('fails at its start for a bound that is none', () => {
    expect(() => judged({ kind: 'timestamp', zonelessIsUtc: false, minimum: 'monday' }, '""')).toThrow("got 'monday'");
  });
});

describe('a text', () => {
  test.each<[CompiledType, string, string]>([
    [{ kind: 'string', format: 'ipv4' }, '"192.168.0.255"', '"192.168.0.255"'],
    [{ kind: 'string', format: 'ipv4' }, '"192.168.0.256"', 'wrong-format'],
    [{ kind: 'string', format: 'ipv4' }, '"192.168.00.1"', 'wrong-format'], // octal to some
    [{ kind: 'string', format: 'ipv4' }, '"192.168.1"', 'wrong-format'],
    [{ kind: 'string', format: 'ipv4' }, '"1.2.3.4\\n"', 'wrong-format'],
    [{ kind: 'string', maxLength: 2 }, '"😀😀"', '"😀😀"'],
    [{ kind: 'string', maxLength: 2 }, '"😀😀😀"', 'wrong-length'],
    [{ kind: 'string', minLength: 2 }, '"😀"', 'wrong-length'],
    [{ kind: 'string', minLength: 2 }, '"😀a"', '"😀a"'],
    [{ kind: 'string', pattern: '^(?:((((((a))))))|b)*$' }, JSON.stringify('a'.repeat(3_000_000)), 'pattern-mismatch'], // V8 throws
  ])('of %j', (type, text, expected) => {
    expect(judged(type, text)).toBe(expected);
  });

  test.each([
    ['::', true],
    ['::1', true],
    ['1::', true],
    ['2001:db8::8a2e:370:7334', true],
    ['1:2:3:4:5:6:7:8', true],
    ['1:2:3:4:5:6:1.2.3.4', true],
    ['::ffff:192.168.0.1', true],
    ['FFFF:ffff:ffff:ffff:ffff:ffff:255.255.255.255', true],
    ['', false],
    [':', false],
    [':::', false],
    ['1.2.3.4', false],
    ['1:2:3:4:5:6:7', false],
    ['1:2:3:4:5:6:7:', false],
    [':2:3:4:5:6:7:8', false],
    ['1:2:3:4:5:6:7:8:9', false],
    ['1::2::3', false],
    ['1:2:3:4:5:6:7::8', false],
    ['1.2.3.4::', false],
    ['12345::', false],
    ['g::', false],
    ['fe80::1%eth0', false],
    ['1:2:3:4:5:6:7:1.2.3.4', false],
    ['[::1]', false],
  ])('knows whether %j is an IPv6 address: %s', (text, expected) => {
    expect(judged({ kind: 'string', format: 'ipv6' }, JSON.stringify(text))).toBe(
      expected ? JSON.stringify(text) : 'wrong-format',
    );
  });
});

describe('an array', () => {
  test.each<[CompiledType, string, string]>([
    [set({ kind: 'string' }), '["a","A","á"]', '["a","A","á"]'],
    [set({ kind: 'string' }), '["a","b","a"]', 'duplicate-key'],
    [set({ kind: 'string' }), '["a","\\u0061"]', 'duplicate-key'],
    [set(integer), '[9007199254740992,9007199254740993]', '[9007199254740992,9007199254740993]'], // one double
    [set(integer), '[0,-0]', 'duplicate-key'],
    [set(double), '[1,1.0]', 'duplicate-key'],
    [set(double), '[100,1e2]', 'duplicate-key'],
    [set({ kind: 'decimal', precision: 4, scale: 2 }), '[1.5,1.50]', 'duplicate-key'],
    [set({ kind: 'timestamp', zonelessIsUtc: true }), '["2001-01-01T00:00:00","2001-01-01T01:00:00+01:00"]', 'duplicate-key'],
    [
      set({ kind: 'object', fields: [field('a', double), field('b', double)] }),
      '[{"a":1,"b":2},{"b":2.0,"a":1}]',
      'duplicate-key',
    ],
    [set({ kind: 'object', fields: [field('a', double)] }), '[{"a":1,"x":1},{"a":1,"x":2}]', 'duplicate-key'], // x is not stored
    [set(map(integer)), '[{"a":1,"b":2},{"b":2,"a":1}]', 'duplicate-key'],
    [set(map(integer)), '[{"a":1,"b":2},{"b":1,"a":2}]', '[{"a":1,"b":2},{"a":2,"b":1}]'],
    [{ kind: 'array', items: { kind: 'string' }, validValues: ['a', 'b'] }, '["a","b","a"]', '["a","b","a"]'],
    [{ kind: 'array', items: { kind: 'string' }, validValues: ['a', 'b'] }, '["a","c"]', 'not-listed'],
    [{ kind: 'array', items: set(integer) }, '[[1],[1]]', '[[1],[1]]'],
    [{ kind: 'array', items: set(integer) }, '[[1,1]]', 'duplicate-key'],
    [{ kind: 'array', items: double, uniqueItems: false }, '[1,1.0]', '[1,1.0]'],
  ])('of %j: %s is %s', (type, text, expected) => {
    expect(judged(type, text)).toBe(expected);
  });
});

describe('an object and a map', () => {
  const sized = { kind: 'object', fields: [field('a', integer)], minProperties: 1, maxProperties: 2 } as const;
  test.each<[CompiledType, string, string]>([
    [{ ...sized, fields: [...sized.fields] }, '{}', 'wrong-length'],
    [{ ...sized, fields: [...sized.fields] }, '{"x":1}', '{}'],
    [{ ...sized, fields: [...sized.fields] }, '{"x":1,"a":null}', '{}'],
    [{ ...sized, fields: [...sized.fields] }, '{"x":1,"y":1,"a":1}', 'wrong-length'],
    [map(double), '{}', '{}'],
    [map(double), '{"b":1,"a":2.50}', '{"b":1,"a":2.50}'],
    [map(double), '{"a":1,"a":2}', 'duplicate-key'],
    [map(double), '{"a":null}', 'missing-value'],
    [map(double), '{"":1}', 'missing-value'],
    [map(double), '{"kWh":1}', 'ambiguous-key'],
    [map(double), '{"a":"1"}', 'wrong-type'],
    [map(double), '{"a.b":1,"__proto__":2,"größe":3}', '{"a.b":1,"__proto__":2,"größe":3}'],
    [map(double), '[]', 'wrong-type'],
    [{ kind: 'map', values: double, minProperties: 1 }, '{}', 'wrong-length'],
    [{ kind: 'map', values: double, maxProperties: 1 }, '{"a":1,"b":1}', 'wrong-length'],
    [map(set(integer)), '{"a":[1,1]}', 'duplicate-key'],
    [map({ kind: 'object', fields: [field('a', integer, true)] }), '{"k":{}}', 'missing-value'],
  ])('of %j: %s is %s', (type, text, expected) => {
    expect(judged(type, text)).toBe(expected);
  });
});

test('knows eighteen reasons: another one is another key prefix in every quarantine', () => {
  expect(REASONS).toHaveLength(18);
});
