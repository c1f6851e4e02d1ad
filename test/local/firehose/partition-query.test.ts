import { parsePartitionQuery, partitionKeys } from '../../../local/firehose/partition-query.ts';

test('a key of a partition may have any name', () => {
  const found = partitionKeys(parsePartitionQuery('{__proto__: .a, b: .b}'), Buffer.from('{"a":"x","b":"y"}'));
  expect('keys' in found && Object.entries(found.keys)).toEqual([
    ['__proto__', 'x'],
    ['b', 'y'],
  ]);
});
