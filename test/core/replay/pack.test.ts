import { COPIES } from '../../../core/replay/copies.ts';
import { packReplayed } from '../../../core/replay/pack.ts';
import { splitRecord } from '../../../core/record/split-record.ts';

const events = Array.from({ length: 100 }, (_, index) => Buffer.from(`{"id":${index},"x":"${'y'.repeat(index * 20)}"}`));

test.each(['quarantine', 'raw'] as const)('packs events of %s whole, in order, many in a record', (source) => {
  const records = packReplayed(events, source);
  expect(records.length).toBeLessThan(10);
  expect(records.flatMap((record) => record.events)).toEqual(events.map((_, index) => index));
  for (const { data, events: indexes } of records) {
    expect(data.length).toBeLessThan(26 * 1024);
    expect(data.at(-1)).toBe(10);
    // the handler sees the events and nothing else
    expect(splitRecord(data).map(({ text }) => text)).toEqual(indexes.map((index) => events[index]?.toString()));
  }
  expect(new Set(records.map(({ partitionKey }) => partitionKey)).size).toBe(records.length);
});

test('an event larger than a record has one of its own', () => {
  const large = Buffer.from('x'.repeat(100_000));
  expect(packReplayed([large, large], 'quarantine').map((record) => record.events)).toEqual([[0], [1]]);
});

test('copies stand apart from a neighbour that its producer did not end', () => {
  const [record] = packReplayed([Buffer.from('{"id":1}')], 'raw');
  const text = Buffer.concat([Buffer.from('{"id":0}'), record?.data ?? Buffer.alloc(0)]).toString();
  expect(text).toBe(`{"id":0}\n${COPIES.begin.toString()}\n{"id":1}\n${COPIES.end.toString()}\n`);
});
