import { InvalidPrefix, parsePrefix, renderPrefix } from '../../../core/aws/prefix-expression.ts';

const time = Date.UTC(2001, 0, 9, 7, 5, 3);

test.each([
  ['dt=!{timestamp:yyyy-MM-dd}/hr=!{timestamp:HH}/', 'dt=2001-01-09/hr=07/'],
  ['!{timestamp:HH:mm:ss}', '07:05:03'],
  ["!{timestamp:'year='yyyy/'month='MM/}", 'year=2001/month=01/'],
  ['plain/', 'plain/2001/01/09/07/'],
  ['plain', 'plain2001/01/09/07/'],
  ['', '2001/01/09/07/'],
  ['r/!{firehose:random-string}/', 'r/abcdefghijk/'],
  ['q/!{partitionKeyFromQuery:dataset}/!{partitionKeyFromLambda:tenant}/', 'q/orders/acme/'],
])('renders prefix %j as %j', (text, expected) => {
  const parsed = parsePrefix(text, 'prefix');
  expect(renderPrefix(parsed, { time, keys: { dataset: 'orders', tenant: 'acme' }, random: () => 'abcdefghijk' })).toBe(expected);
});

test('renders an error prefix with the kind of failure', () => {
  const parsed = parsePrefix('_errors/!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/', 'errorPrefix');
  expect(renderPrefix(parsed, { time, errorType: 'processing-failed' })).toBe('_errors/processing-failed/dt=2001-01-09/');
});

test.each([
  ['prefix', 'a/!{nonsense:b}/', "unknown namespace 'nonsense'"],
  ['prefix', '!{firehose:error-output-type}/', 'must not hold'],
  ['prefix', '!{firehose:other}/', "got 'other'"],
  ['prefix', '!{timestamp}/', '!{namespace:value}'],
  ['prefix', '!{timestamp:yyyy', 'closing brace'],
  ['prefix', '!{timestamp:YYYY}', "'YYYY'"],
  ['prefix', "!{timestamp:yyyy'x}", 'open quote'],
  ['errorPrefix', '_errors/', "must hold '!{firehose:error-output-type}'"],
  ['errorPrefix', 'e/!{timestamp:yyyy}/', "must hold '!{firehose:error-output-type}'"],
  ['errorPrefix', '!{firehose:error-output-type}/!{partitionKeyFromQuery:dataset}/', 'dynamic partitions'],
] as const)('fails for %s %j', (kind, text, message) => {
  expect(() => parsePrefix(text, kind)).toThrow(InvalidPrefix);
  expect(() => parsePrefix(text, kind)).toThrow(message);
});

test('names the keys of dynamic partitions once each', () => {
  const { partitionKeys } = parsePrefix(
    '!{partitionKeyFromQuery:a}/!{partitionKeyFromQuery:b}/!{partitionKeyFromQuery:a}/',
    'prefix',
  );
  expect(partitionKeys.map(({ key }) => key)).toEqual(['a', 'b']);
});

test('fails to render a key that is not given', () => {
  expect(() => renderPrefix(parsePrefix('!{partitionKeyFromQuery:a}/', 'prefix'), { time })).toThrow(RangeError);
});
