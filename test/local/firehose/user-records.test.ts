import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { userRecords } from '../../../local/firehose/user-records.ts';
import { AGGREGATED } from './aggregated.ts';

const seen = (data: Buffer) => userRecords(data)?.map(({ partitionKey, data: bytes }) => [partitionKey, String(bytes)]);

/** The form around a message of protobuf. */
function formed(message: Buffer): Buffer {
  return Buffer.concat([Buffer.from('f3899ac2', 'hex'), message, createHash('md5').update(message).digest()]);
}

test("takes apart what AWS's own module has packed", () => {
  expect(seen(AGGREGATED)).toEqual([
    ['a', '{"n":1}\n'],
    ['b', '{"n":2}\n'],
    ['a', '{"n":3}\n'],
  ]);
});

const message = AGGREGATED.subarray(4, -16);

test.each([
  ['an ordinary record', Buffer.from('{"n":1}\n')],
  ['an empty record', Buffer.alloc(0)],
  ['the mark alone', AGGREGATED.subarray(0, 4)],
  ['a record that ends too early', AGGREGATED.subarray(0, -1)],
  ['another digest', Buffer.concat([AGGREGATED.subarray(0, -16), Buffer.alloc(16)])],
  ['no protobuf', formed(Buffer.from('{"n":1}\n'))],
  ['protobuf that ends within a record', formed(message.subarray(0, -3))],
  ['a record whose key is not in the table', formed(Buffer.from('1a0b080a1a077b226e223a317d', 'hex'))],
])('leaves %s as it is', (_what, data) => {
  expect(userRecords(data)).toBeUndefined();
});

test('an aggregate of nothing holds nothing', () => {
  expect(userRecords(formed(Buffer.alloc(0)))).toEqual([]);
});

test('a field that is not known is passed over, as protobuf asks', () => {
  expect(seen(formed(Buffer.concat([message, Buffer.from('22027878', 'hex')])))).toHaveLength(3);
});

test('whatever stands in the form is taken apart or left, and never fails', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(message.length), (bytes, at) => {
      const mixed = Buffer.concat([message.subarray(0, at), bytes]);
      for (const record of userRecords(formed(mixed)) ?? []) expect(typeof record.partitionKey).toBe('string');
    }),
  );
});
