import v8 from 'node:v8';
import vm from 'node:vm';
import fc from 'fast-check';
import { protector } from '../../../core/record/protect.ts';
import { OTHER_SECRET, SECRET } from '../../support/contracts.ts';

const KINDS = ['hash', 'tokenize'] as const;
const personal = fc.string({ minLength: 4, maxLength: 60, unit: 'grapheme' }).filter((value) => !value.includes('*'));

test.each(KINDS)('%s gives the same value the same token, and another secret another', (kind) => {
  const [first, again, other] = [protector(kind, SECRET), protector(kind, SECRET), protector(kind, OTHER_SECRET)];
  fc.assert(
    fc.property(personal, personal, (value, another) => {
      expect(first(value)).toBe(again(value));
      expect(first(value)).not.toBe(other(value));
      expect(first(value) === first(another)).toBe(value === another);
      expect(first(value)).not.toContain(value);
    }),
    { seed: 1 },
  );
});

test('a hash and a token of one value have nothing in common', () => {
  const [hash, token] = KINDS.map((kind) => protector(kind, SECRET)('somebody'));
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(token).toMatch(/^tok_[\w-]{22}$/);
  expect(hash).not.toContain(Buffer.from(token?.slice(4) ?? '', 'base64url').toString('hex'));
});

test('tokens are what they were: a change would part old rows from new', () => {
  expect(protector('hash', SECRET)('ada@example.com')).toBe('c359db3b3f2d4ddd16903382f2e45a6b483c43509ab6d3b77c28e7ee40730818');
  expect(protector('tokenize', SECRET)('ada@example.com')).toBe('tok_86xrcWQ3aJ9-9av5Li6Qnl');
});

test('remembers nothing that changes an answer, however many values come', () => {
  const token = protector('tokenize', SECRET);
  const first = token('value 0');
  for (let index = 1; index <= 10_001; index += 1) token(`value ${index}`);
  expect(token('value 0')).toBe(first);
});

test('remembers nothing that changes an answer where values come again, and where they do not', () => {
  const digest = protector('hash', SECRET);
  const values = Array.from({ length: 130_000 }, (_, index) => `value ${index % 3 === 0 ? index : index % 7}`);
  const first = new Map<string, string>();
  const changed = values.filter((value) => {
    const token = digest(value);
    const before = first.get(value) ?? token;
    first.set(value, before);
    return before !== token;
  });
  expect(changed).toEqual([]);
  expect(first.size).toBe(new Set(values).size);
  expect(new Set(first.values()).size).toBe(first.size);
});

/** Bytes that are still in use once all else is collected. */
function bytesHeld(): number {
  v8.setFlagsFromString('--expose-gc');
  (vm.runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

test.each([
  [10_000, 256],
  [1_000, 100_000],
])('remembers no more than 8 MB of %d values of %d characters', (count, length) => {
  const token = protector('tokenize', SECRET);
  const before = bytesHeld();
  for (let index = 0; index < count; index += 1) token(String(index).padEnd(length, 'ж'));
  expect(bytesHeld() - before).toBeLessThan(8_000_000);
  expect(token('the protector is in use until here')).toMatch(/^tok_/);
});

test.each([
  ['ada@example.com', '***@example.com'],
  ['4111 1111 1111 1234', '***1234'],
  ['+1 (212) 555-0199', '***0199'],
  ['12345678', '***5678'],
  ['1234567', '***'],
  ['12-34-5', '***'],
  ['Ada King', '***'],
  ['', '***'],
  ['@example.com', '***'],
  ['a b@example.com', '***'],
  ['card@4111111111111234', '***'], // a card behind an @ is no mail domain
  ['ada@localhost', '***'],
  ['4111111111111234x', '***'],
])('masks %j as %j', (value, expected) => {
  expect(protector('mask', '')(value)).toBe(expected);
});

test('a mask never shows the value it hides', () => {
  const mail = fc.emailAddress();
  const number = fc.stringMatching(/^[0-9]{8,19}$/);
  fc.assert(
    fc.property(fc.oneof(personal, mail, number), (value) => {
      expect(protector('mask', '')(value)).not.toContain(value);
    }),
    { seed: 1 },
  );
  fc.assert(
    fc.property(mail, (value) => {
      expect(protector('mask', '')(value)).not.toContain(value.slice(0, value.lastIndexOf('@') + 1));
    }),
    { seed: 1 },
  );
});

test.each(KINDS)('%s fails without a secret worth the name', (kind) => {
  expect(() => protector(kind, 'a'.repeat(31))).toThrow(`a secret of at least 32 characters is needed to ${kind}, got 31`);
  expect(() => protector('mask', '')).not.toThrow();
});
