import { parse } from 'yaml';
import { readText } from '../../../../core/contract/odcs/read-text.ts';
import { expectBelowQuadratic } from '../../../support/below-quadratic.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string, source = 'a.odcs.yaml') => readText(bytes(text), source);

test.each([
  'a: &a [1, { b: two }]\nc: *a\nd: [*a, *a]\n',
  'a: &a x\nb: *a\nc: &a y\nd: *a\n', // an anchor may be set anew
  '&key name: 1\nother: *key\n',
  'a: &a name\n*a : 1\n',
  '1: a\ntrue: b\n__proto__: c\nconstructor: d\n',
  'a:\nb: ~\nc: ""\nd: [~, ]\ne: {}\n',
  'a: 0x1f\nb: 1e3\nc: .inf\nd: -0\ne: 1_000\n',
  'a: &a { b: &b [1] }\nc: *b\n',
])('reads %j as the library does', (text) => {
  expect(read(text).content).toEqual(parse(text, { uniqueKeys: false }));
});

test('finds the place of what an alias stands for', () => {
  const { locate } = read('a: &a\n  b: 1\nc: *a\n');
  expect(locate({ code: 'X', path: ['c', 'b'], message: '' })).toEqual({ line: 2, column: 6 });
});

test('reads tens of thousands of aliases in time', () => {
  const count = 90_000;
  const anchors = Array.from({ length: count }, (_, index) => `- &a${index} v\n`).join('');
  const aliases = Array.from({ length: count }, (_, index) => `- *a${index}\n`).join('');
  expectBelowQuadratic(98_304, () => {
    // a fifth of it; four times and more, were each looked for
    expect(read(anchors + aliases).content).toHaveLength(2 * count);
  });
});

test.each([
  [
    'a key under a number',
    'a:\n  b: 1\n    c: 2\n',
    "3:5: InvalidYaml: is not YAML: is indented deeper than the line above, whose value is already given; align it with 'b'",
  ],
  [
    'a key after an empty line',
    'a:\n  b: 1\n\n    # why\n    c: 2\n',
    "5:5: InvalidYaml: is not YAML: is indented deeper than the line above, whose value is already given; align it with 'b'",
  ],
  [
    'a key under an item',
    '- a: b\n    c: d\n',
    "2:5: InvalidYaml: is not YAML: is indented deeper than the line above, whose value is already given; align it with 'a'",
  ],
  [
    'a key under a quoted text',
    "a:\n  'b': 'c'\n    d: e\n",
    "3:5: InvalidYaml: is not YAML: is indented deeper than the line above, whose value is already given; align it with ''b''",
  ],
  ['windows line ends', 'a:\r\n  b: 1\r\n    c: 2\r\n', '3:5: InvalidYaml: is not YAML: is indented deeper than the line above'],
  [
    'a colon in a text',
    'a:\n  b: c: d\n',
    "2:6: InvalidYaml: is not YAML: holds a text with ': ' that is not quoted, or a key within a key; quote it",
  ],
  [
    'a key outdented by one',
    'a:\n  b: 1\n c: 2\n',
    "3:2: InvalidYaml: is not YAML: must stand under what it belongs to, got a line with another indent; align it with its neighbours'",
  ],
  [
    'a bracket within a brace',
    'a: { b: [c }\nd: e\n',
    "1:9: InvalidYaml: is not YAML: holds a '[' opened here, never closed; close it with ']'",
  ],
  [
    'a brace within a brace',
    'a: { b: { c: d }\ne: f\n',
    "1:4: InvalidYaml: is not YAML: holds a '{' opened here, never closed; close it with '}'",
  ],
  ['a mark of a merge', 'a: 1\n||||||| base\n', '2:1: InvalidYaml: holds a merge conflict (|||||||); settle it'],
])('fails for %s', (_, text, message) => {
  expect(() => read(text)).toThrow(`a.odcs.yaml:${message}`);
});

test('fails for JSON with a comment in a file of that name, and reads it in one that is YAML', () => {
  const text = '{ "a": 1, } # done\n';
  expect(() => read(text, 'a.odcs.json')).toThrow("a.odcs.json:1:9: InvalidYaml: is not JSON: holds a comma before '}'");
  expect(read(text).content).toEqual({ a: 1 });
});
