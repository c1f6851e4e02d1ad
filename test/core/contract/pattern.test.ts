import { RegExpParser } from '@eslint-community/regexpp';
import fc from 'fast-check';
import { mostAttempts } from '../../../core/contract/pattern/attempts.ts';
import { stepsOf } from '../../../core/contract/pattern/steps.ts';
import { patternFault } from '../../../core/contract/pattern.ts';
import { FORMAT_PATTERNS } from '../../../core/record/judge/formats.ts';
import { search } from './pattern/backtrack.ts';
import { expectBelowQuadratic } from '../../support/below-quadratic.ts';

const parse = (pattern: string) => new RegExpParser().parsePattern(pattern, 0, pattern.length, { unicode: true });

const ORDINARY = [
  '',
  'abc',
  'foo|bar$',
  '^[A-Z]{3}$',
  '^M[0-9]+$',
  '^[A-Z0-9]{3,4}$',
  '[0-9]+', // the search ends at the first digit
  '[A-Z]{3}x',
  'foo.*',
  '[0-9]{5}(-[0-9]{4})?$',
  '\\bfoo\\b',
  '^[a-z0-9]+(-[a-z0-9]+)*$',
  '^(\\d+,)*\\d+$',
  '^\\s*\\S+\\s*$',
  '^(?:[01]\\d|2[0-3]):[0-5]\\d$',
  '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
  '^-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?$',
  '^[^@]+@[^@]+$',
  '^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\\.[a-zA-Z]{2,}$',
  '^https?://[^\\s/]+(/\\S*)?$',
  '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$',
  '^(?=.*[A-Z])(?=.*[0-9]).{8,}$',
  '^(?!test).*$',
  "^\\p{Lu}[\\p{L}\\p{M}' -]+$",
  '^.{1,4000}$',
  '^.*foo$',
  '^🙂+$',
  '^(?:a?)+$',
  '^$|^a+$',
];
const SLOW = [
  'a+$',
  '\\s+$',
  '^\\s+|\\s+$',
  '.*foo',
  'a.*b',
  '^.+@.+$',
  '^[A-Za-z]+[A-Za-z0-9]*$',
  '^.*b.*c',
  '^(a+)+$',
  '^(a|a)*$',
  '^(a|aa)+$',
  '^(?:a?b?)*$',
  '^(?:a|b|ab)*c',
  '^((((a*)*)*)*)b',
  '^(\\w+\\s?)*$',
  '^(a|aa){1,30}$', // bounded, by a million
  '^(?:a?){40}$',
  '(?:a|a?){20}b',
  '[A-Z]{1,200}x',
  '^(?=.*a.*b)',
  '^(?!.*a+$)',
  '^(?:(?=.*x).)*$',
];

test.each(ORDINARY)('takes %j', (pattern) => {
  expect(patternFault(pattern)).toBeUndefined();
});

test.each(Object.entries(FORMAT_PATTERNS))('would take the pattern of the format %s', (_, { source }) => {
  expect(patternFault(source)).toBeUndefined();
});

test.each(SLOW)('fails for %j, which is slow on some text', (pattern) => {
  expect(patternFault(pattern)?.code).toBe('SlowPattern');
});

test.each([
  ['^(.)\\1$', "must not refer back to a group, got '\\1'; write it without"],
  ['(?<=a)b', "must not look behind, got '(?<=a)'; write what comes before as a part of it"],
  [
    'a+$',
    "must be searched in time linear in the text, and some text makes it try ever more ways, got 'a+$'; begin it with '^', and let no two repetitions",
  ],
  ['^(a+)+$', "ever more ways, got '^(a+)+$'; let no two repetitions, side by side or one in another, take the same characters"],
  ['^\\s+|\\s+$', "got '^\\s+|\\s+$'; begin each alternative with '^', and let no two"],
  ['^(?:.{100}){200}$', "must come to at most 10000 steps once its counts are written out, got '^(?:.{100}){200}$'; lower them"],
  [`${'a+'.repeat(200)}$`, `got '${'a+'.repeat(99)}a…'; begin it`],
  [`^(?:${Array.from({ length: 3000 }, () => '|').join('')})$`, 'must be simple enough to be shown linear in the text'],
  ['x'.repeat(4097), 'must have at most 4096 characters, got 4097; use a closed list'],
])('fails for %j and says what to do', (pattern, message) => {
  const fault = patternFault(pattern);
  expect(fault?.code).toBe('SlowPattern');
  expect(fault?.message).toContain(message);
});

test.each([
  ['(', "unterminated group at character 1; close it with ')'"],
  ['[a-', "unterminated character class at character 3; close it with ']'"],
  ['a)', "unmatched ')' at character 2; take it away, or write a backslash before it"],
  ['[b-a]', 'range out of order in character class at character 5; turn the two around'],
  ['a{2,1}', 'numbers out of order in {} quantifier at character 6; turn the two around'],
  ['\\p{Nothing}', 'invalid property name at character 11; mend it'],
  ['(?<a>.)(?<a>.)', 'duplicate capture group name at character 13; mend it'],
  ['\\-', 'invalid escape at character 2; take the backslash from before a sign that needs none'],
  ['\\A\\d\\Z', "invalid escape at character 2; write '^' for '\\A' and '$' for '\\z' or '\\Z'"],
  ['{', 'lone quantifier brackets at character 1; write a backslash before a bracket or brace to mean the sign'],
  ['^[[:alpha:]]$', "lone quantifier brackets at character 12; write a class of POSIX out, as 'a-z' for '[:lower:]'"],
  ['*a', 'nothing to repeat at character 2; write what is to be repeated before it, or a backslash to mean the sign'],
  ['a++', "nothing to repeat at character 3; take the second '+' away"],
  ['(?i)abc', 'invalid group at character 2; write [Aa][Bb][Cc]'],
  ['^(?i)abc$', 'invalid group at character 3; write ^[Aa][Bb][Cc]$'],
  ['(?i:a)', 'invalid group at character 2; take the flag out, and write both cases of a letter as [Aa]'],
  ['(?s)a.b', 'invalid group at character 2; take the flags out'],
  ['(?P<x>a)', "invalid group at character 2; write a named group as '(?<name>…)', without the P"],
  ['(?>a)', "invalid group at character 2; write '(?:' for '(?>'"],
])('fails for %j, which is no pattern, and says why', (pattern, reason) => {
  expect(patternFault(pattern)).toEqual({
    code: 'InvalidPattern',
    message: `must be a regular expression of ECMAScript 2022 under the flag u, got '${pattern}': ${reason}`,
  });
});

test('fails for groups within groups by the thousand, however deep the stack is', () => {
  for (const depth of [500, 819]) expect(() => patternFault(`${'(?:'.repeat(depth)}a${')?'.repeat(depth)}`)).not.toThrow();
  expect(patternFault(`${'(?:'.repeat(800)}a${')?'.repeat(800)}`)?.code).toBe('SlowPattern');
});

/** A text of 64 KiB of each kind that makes such patterns go back, ending in what they do not take. */
const NASTY = ['a', 'A', '1', 'a1', '1,', 'a-', ' ', '@', 'a.', 'ab', 'foo', 'a b', 'x@x.', '-1.', "A'"].map(
  (part) => `${part.repeat(65_536 / part.length)}\n!`,
);

test('every pattern that it takes is quick on long texts', () => {
  expectBelowQuadratic(32_768, () => {
    // 500 searches, of which a quadratic one alone would be four times as long
    for (const pattern of [...ORDINARY, ...Object.values(FORMAT_PATTERNS).map(({ source }) => source)]) {
      const expression = new RegExp(pattern, 'u');
      for (const text of NASTY) expression.test(text);
    }
  });
});

const { pattern: random } = fc.letrec<{ pattern: string; alternative: string; element: string; atom: string }>((tie) => ({
  pattern: fc.array(tie('alternative'), { minLength: 1, maxLength: 3 }).map((alternatives) => alternatives.join('|')),
  alternative: fc.array(tie('element'), { maxLength: 4 }).map((elements) => elements.join('')),
  element: fc.oneof(
    { weight: 6, arbitrary: tie('atom') },
    {
      weight: 5,
      arbitrary: fc
        .tuple(tie('atom'), fc.constantFrom('*', '+', '?', '{2}', '{0,2}', '{1,3}', '{2,}'), fc.constantFrom('', '?'))
        .map((parts) => parts.join('')),
    },
    { weight: 3, arbitrary: fc.constantFrom('^', '$', '\\b', '\\B') },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom('(?=', '(?!'), tie('pattern')).map(([open, inner]) => `${open}${inner})`) },
  ),
  atom: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom('a', 'b', '[ab]', '[^a]', '.'),
    tie('pattern').map((inner) => `(?:${inner})`),
  ),
}));

test('knows how often a search asks for the character at one place, whatever the pattern and the text', () => {
  let taken = 0;
  fc.assert(
    fc.property(random, fc.array(fc.stringMatching(/^[ab\n]{0,12}$/), { minLength: 8, maxLength: 8 }), (source, texts) => {
      if (patternFault(source) !== undefined) return;
      taken += 1;
      const pattern = parse(source);
      const most = mostAttempts(stepsOf(pattern));
      for (const text of [...texts, 'a'.repeat(12), 'ab'.repeat(6), 'b'.repeat(12)]) {
        const { found, asked } = search(pattern, text);
        expect(found).toBe(new RegExp(source, 'u').test(text));
        expect(Math.max(0, ...asked)).toBeLessThanOrEqual(most);
      }
    }),
    { seed: 1, numRuns: 1500 },
  );
  expect(taken).toBeGreaterThan(500);
});

test.each([
  ['^a{3}$', 'aaaa', 1],
  ['a{3}b', 'aaaaaaaa', 4],
  ['^(?:ab|ac|ad)$', 'ad', 3],
  ['^(\\d+,)*\\d+$', '11111', 3],
])('of %j the most is what a search of %j asks', (source, text, most) => {
  const pattern = parse(source);
  expect(mostAttempts(stepsOf(pattern))).toBe(most);
  expect(Math.max(...search(pattern, text).asked)).toBe(most);
});
