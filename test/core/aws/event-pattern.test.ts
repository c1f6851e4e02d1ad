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
  ['an unknown filter', { source: [{ cidr: '10.0.0.0/8' }] }],
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
  ['a**b', 'ab', true],
  ['ab*b', 'ab', false],
])('the wildcard %s means %s: %p', (wildcard, value, matches) => {
  expect(parseEventPattern({ a: [{ wildcard }] })({ a: value })).toBe(matches);
});
