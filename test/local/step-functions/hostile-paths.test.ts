import { compileIntrinsic } from '../../../local/step-functions/jsonpath/intrinsic.ts';
import { PathFault, Query } from '../../../local/step-functions/jsonpath/query.ts';

/** Parts that were slow, or would be in a regular expression that goes back: each is repeated to 100,000 characters. */
const PATHS = [
  ['$[', ' '],
  ['$[0', ','],
  ['$[0', ' ,0'],
  ["$['a'", ",'a' "],
  ['$[?(', ') ] '],
  ["$[?(@.x == '", "\\'"],
  ['$[?(@.x', ' || @.x'],
  ['$[?(@.x', "['a']"],
  ['$[?(', '('],
];
const CALLS = [
  ["States.Format('", "\\'"],
  ['States.Array($', "\\'"],
  ["States.Array($['", "\\'"],
  ['States.Array(1', ', 1'],
];

function millisecondsOf(compile: () => unknown): number {
  const since = performance.now();
  expect(compile).toThrow(PathFault);
  return performance.now() - since;
}

const long = (beginning: string, part: string): string => `${beginning}${part.repeat(100_000 / part.length)}`;

test.each(PATHS)('%s and many of %j are refused without delay', (beginning = '', part = '') => {
  expect(millisecondsOf(() => new Query(long(beginning, part)))).toBeLessThan(1000);
});

test.each(CALLS)('%s and many of %j are refused without delay', (beginning = '', part = '') => {
  expect(millisecondsOf(() => compileIntrinsic(long(beginning, part)))).toBeLessThan(1000);
});
