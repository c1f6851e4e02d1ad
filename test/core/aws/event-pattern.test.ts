import { BadEventPattern, parseEventPattern } from '../../../core/aws/event-pattern.ts';

const event = {
  source: 'aws.s3',
  'detail-type': 'Object Created',
  resources: ['arn:one', 'arn:two'],
  detail: {
    bucket: { name: 'clean' },
    object: { key: '_errors/sales/x.JSON', size: 10, tags: null },
    items: [{ n: 1 }, { n: 2 }],
  },
};
const key = (...filters: readonly unknown[]) => ({ detail: { object: { key: filters } } });
const size = (...filters: readonly unknown[]) => ({ detail: { object: { size: filters } } });

test.each<[string, object, boolean]>([
  ['a value that is listed', { source: ['aws.s3', 'aws.ec2'] }, true],
  ['a value that is not', { source: ['aws.ec2'] }, false],
  ['all that is said', { source: ['aws.s3'], 'detail-type': ['Object Deleted'] }, false],
  ['one of a list', { resources: ['arn:two'] }, true],
  ['a member of one of several objects', { detail: { items: { n: [2] } } }, true],
  ['what is not there', { detail: { other: ['x'] } }, false],
  ['a text for a number', size('10'), false],
  ['a number', size(10), true],
  ['null', { detail: { object: { tags: [null] } } }, true],
  ['a prefix', key({ prefix: '_errors/sales/' }), true],
  ['another prefix', key({ prefix: '_errors/operations/' }), false],
  ['a prefix in another case', key({ prefix: { 'equals-ignore-case': '_ERRORS/' } }), true],
  ['a suffix', key({ suffix: '.json' }), false],
  ['a suffix in another case', key({ suffix: { 'equals-ignore-case': '.json' } }), true],
  ['a text in another case', { source: [{ 'equals-ignore-case': 'AWS.S3' }] }, true],
  ['a wildcard', key({ wildcard: '_errors/*/x.*' }), true],
  ['a wildcard that is none', key({ wildcard: '_errors\\*' }), false],
  ['anything but it', key({ 'anything-but': '_errors/sales/x.JSON' }), false],
  ['anything but others', key({ 'anything-but': ['a', 'b'] }), true],
  ['anything but a prefix', key({ 'anything-but': { prefix: '_errors/' } }), false],
  ['anything but some suffixes', key({ 'anything-but': { suffix: ['.csv', '.JSON'] } }), false],
  ['anything but, of what is not there', { detail: { other: [{ 'anything-but': 'x' }] } }, false],
  ['what exists', key({ exists: true }), true],
  ['what does not', { detail: { other: [{ exists: false }] } }, true],
  ['an object that exists: only what is no object does', { detail: { object: [{ exists: true }] } }, false],
  ['what is missing with all around it', { other: { within: [{ exists: false }] } }, true],
  ['a member that objects are born with', { detail: { constructor: [{ exists: true }] } }, false],
  ['what exists and should not', key({ exists: false }), false],
  ['a range', size({ numeric: ['>', 5, '<=', 10] }), true],
  ['out of a range', size({ numeric: ['<', 10] }), false],
  ['one of two patterns', { $or: [{ source: ['aws.ec2'] }, size({ numeric: ['=', 10] })] }, true],
  ['neither of two', { $or: [{ source: ['aws.ec2'] }, size(11)] }, false],
])('%s: %j is %p', (_, pattern, matches) => {
  expect(parseEventPattern(pattern)(event)).toBe(matches);
});

test.each<[string, unknown]>([
  ['nothing', {}],
  ['a text', 'aws.s3'],
  ['a value outside of a list', { source: 'aws.s3' }],
  ['an empty list', { source: [] }],
  ['an unknown filter', { source: [{ regex: '.' }] }],
  ['two filters in one', { source: [{ prefix: 'a', suffix: 'b' }] }],
  ['half a comparison', size({ numeric: ['<'] })],
  ['an unknown comparison', size({ numeric: ['~', 1] })],
  ['a filter that objects are born with', { source: [{ constructor: 'x' }] }],
  ['anything but nothing', { source: [{ 'anything-but': [] }] }],
  ['a prefix of a number', { source: [{ prefix: 1 }] }],
])('%s is no pattern', (_, pattern) => {
  expect(() => parseEventPattern(pattern)).toThrow(BadEventPattern);
});

test('a wildcard of many stars is matched in time', () => {
  const pattern = parseEventPattern(key({ wildcard: '*a*a*a*a*a*a*b' }));
  expect(pattern({ detail: { object: { key: 'a'.repeat(200) } } })).toBe(false);
});

test.each([
  ['a\\*b*', 'a*bc', true],
  ['a\\*b*', 'axbc', false],
  ['a\\\\*', 'a\\b', true],
  ['*', '', true],
  ['ab*b', 'ab', false],
])('the wildcard %s means %s: %p', (wildcard, value, matches) => {
  expect(parseEventPattern({ a: [{ wildcard }] })({ a: value })).toBe(matches);
});

const ip = (value: unknown) => ({ detail: { ip: value } });
test.each<[string, unknown, boolean]>([
  ['10.0.0.0/24', '10.0.0.255', true],
  ['10.0.0.0/24', '10.0.1.0', false],
  ['10.0.0.0/24', '10.0.0.256', false],
  ['10.0.0.0/24', 10, false],
  ['2001:db8:1234:1a00::/64', '2001:0db8:1234:1a00::1', true],
  ['2001:db8:1234:1a00::/64', '2001:0db8:1234:1a01::1', false],
  ['10.0.0.0/24', '::ffff:10.0.0.1', false],
])('the addresses %s hold %p: %p', (cidr, value, matches) => {
  expect(parseEventPattern({ detail: { ip: [{ cidr }] } })(ip(value))).toBe(matches);
});

test.each<[object, object, boolean]>([
  [{ detail: { 'state.code': ['x'] } }, { detail: { state: { code: 'x' } } }, true],
  [{ detail: { state: { code: ['x'] } } }, { detail: { 'state.code': 'x' } }, true],
  [{ 'detail.state': { code: ['x'] } }, { detail: { 'state.code': 'x' } }, true],
  [{ detail: { 'state.code': ['x'] } }, { detail: { state: [{ code: 'y' }, { code: 'x' }] } }, true],
  [{ detail: { 'state.code': ['x'] } }, { detail: { statecode: 'x' } }, false],
  [{ detail: { 'state.code': [{ exists: false }] } }, { detail: { state: { code: 'x' } } }, false],
])('a dot in a key says the same as a member within a member: %j means %j: %p', (pattern, told, matches) => {
  expect(parseEventPattern(pattern)(told)).toBe(matches);
});

const of = (filter: unknown) => ({ detail: { a: [filter] } });
test.each<[string, unknown]>([
  ['Filter is not an object', ['a']],
  ['"source" must be an object or an array', { source: 'aws.s3' }],
  ['Empty arrays are not allowed', { source: [] }],
  ['Unrecognized match type PREFIX', of({ PREFIX: 'a' })],
  ['prefix match pattern must be a string', of({ prefix: ['a'] })],
  ['suffix match pattern must be a string', of({ suffix: 1 })],
  ['equals-ignore-case match pattern must be a string', of({ 'equals-ignore-case': { prefix: 'a' } })],
  ['wildcard match pattern must be a string', of({ wildcard: 1 })],
  ['Consecutive wildcard characters at pos 3', of({ wildcard: 'ab**' })],
  ['Value of numeric must be an array.', of({ numeric: 1 })],
  ['Value of < must be numeric', of({ numeric: ['>', 0, '<'] })],
  ['Bad numeric range operator: >=', of({ numeric: ['>', 0, '>=', 1] })],
  ['Value of anything-but must be an array or single string/number value.', of({ 'anything-but': null })],
  [
    'Value of anything-but must be an array or single string/number value.',
    of({ 'anything-but': { suffix: { 'equals-ignore-case': 'a' } } }),
  ],
  ['Inside anything but list, start|null|boolean is not supported.', of({ 'anything-but': ['a', true] })],
  ['prefix/suffix match pattern must be a string', of({ 'anything-but': { prefix: ['a', 1] } })],
  ['Null prefix/suffix not allowed', of({ 'anything-but': { suffix: '' } })],
  ['wildcard match pattern must be a string', of({ 'anything-but': { wildcard: 1 } })],
  [
    'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
    of({ 'anything-but': { 'equals-ignore-case': 1 } }),
  ],
  ["Malformed CIDR, one '/' required", of({ cidr: '10.0.0.0' })],
  ['Malformed CIDR, mask bits must be an integer', of({ cidr: '10.0.0.0/x' })],
  ['Nonstandard IP address: 10.0.0', of({ cidr: '10.0.0/8' })],
  ['prefix match pattern must be a string', of({ cidr: 10 })],
])('says, in EventBridge’s words: %s', (said, pattern) => {
  expect(() => parseEventPattern(pattern)).toThrow(new BadEventPattern(said));
});
