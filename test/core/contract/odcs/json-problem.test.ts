import fc from 'fast-check';
import { jsonProblem, looksLikeJson } from '../../../../core/contract/odcs/json-problem.ts';

test.each([
  ['', 0, "holds nothing; begin it with '{'"],
  ['{"a": 1', 0, "holds a '{' opened here, never closed; close it with '}'"],
  ['{"a": [1, 2 }', 6, "holds a '[' opened here, never closed; close it with ']'"],
  ['{"a": 1} }', 9, 'holds more after its end; take it away, or mend the brackets before it'],
  ['}', 0, "holds a '}' that closes nothing; take it away"],
  ['{"a": 1 "b": 2}', 8, 'lacks a comma before this; add it'],
  ['{"a": 1, }', 7, "holds a comma before '}', with nothing after it; take it away"],
  ['[1,]', 2, "holds a comma before ']', with nothing after it; take it away"],
  ['[1,,2]', 3, 'lacks a value before this; add it'],
  ['{,}', 1, 'lacks a key before this; add it'],
  ['{"a" 1}', 5, "lacks a ':' before this; add it"],
  ['{"a":}', 5, "lacks a value before '}'; add it"],
  ["{'a': 1}", 1, 'holds a text in single quotes; put it in double quotes'],
  ['{a: 1}', 1, 'holds what is no value of JSON (a text without quotes, a comment, True, NaN); mend it'],
  ['{"a": 01}', 6, 'holds what is no value of JSON (a text without quotes, a comment, True, NaN); mend it'],
  ['{"a": "b\n}', 6, 'holds a quote that is never closed; close it'],
  ['{"a": "b\tc"}', 8, "holds a tab or the like within a text; write it as '\\t'"],
  ['{"a": "\\d"}', 7, 'holds an escape that JSON does not know; write a backslash twice'],
])('says of %j what is wrong at %d', (text, offset, words) => {
  expect(jsonProblem(text)).toEqual({ offset, words });
});

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

test('finds a problem, at a place within the text, in all that the engine does not parse and in nothing else', () => {
  const signs = fc.constantFrom(...Array.from('{}[],:"\' \n\t\\01-.eEtrue/#a'));
  const mutated = fc
    .tuple(fc.json({ maxDepth: 3 }), fc.nat(), fc.nat({ max: 2 }), fc.array(signs, { maxLength: 3 }))
    .map(([text, place, without, more]) => {
      const at = place % (text.length + 1);
      return `${text.slice(0, at)}${more.join('')}${text.slice(at + without)}`;
    });
  let refused = 0;
  fc.assert(
    fc.property(mutated, (text) => {
      const problem = jsonProblem(text);
      expect(problem === undefined).toBe(parses(text));
      if (problem === undefined) return;
      refused += 1;
      expect(problem.offset).toBeLessThanOrEqual(text.length);
    }),
    { seed: 1, numRuns: 3000 },
  );
  expect(refused).toBeGreaterThan(1000);
});

test.each([
  ['{"a": 1}', true],
  [' \n{\n  "a": 1}', true],
  ['{ a: 1 }', false],
  ['a: {"b": 1}', false],
])('takes %j for JSON: %s', (text, isJson) => {
  expect(looksLikeJson(text)).toBe(isJson);
});
