import type { Schema } from 'avsc';
import { readAvro, writeAvro } from '../../../local/iceberg/avro-file.ts';

const record = (...fields: readonly object[]): Schema => ({ type: 'record', name: 'r', fields }) as unknown as Schema;

test('numbers of 64 bits stay whole, whatever they mean', async () => {
  const moment = { type: 'long', logicalType: 'timestamp-micros' };
  const schema = record({ name: 'id', type: 'long' }, { name: 'at', type: ['null', moment], default: null });
  const records = [{ id: 9_007_199_254_740_993n, at: 9_223_372_036_854_775_807n }, { id: -1n, at: null }]; // prettier-ignore
  expect((await readAvro(await writeAvro(schema, { head: {}, records }), 'file')).records).toMatchObject(records);
});

test('a file is read whose names have letters that Avro does not know', async () => {
  const schema = record({ name: 'X', type: 'string' });
  const written = await writeAvro(schema, { head: {}, records: [{ X: 'value' }] });
  const named = Buffer.from(written.toString('latin1').replace('"X"', '"é"'), 'latin1');
  const [read] = (await readAvro(named, 'file')).records;
  expect(Object.values(read ?? {})).toEqual(['value']);
});

test('a file is read that defines the type of its decimals once for each', async () => {
  const fixed = (name: string, type: string) => ({ name, type: { type: 'fixed', size: 1, name: type } });
  const records = [{ a: Buffer.from('x'), b: Buffer.from('y') }];
  const written = await writeAvro(record(fixed('a', 'd1'), fixed('b', 'd2')), { head: {}, records });
  const twice = Buffer.from(written.toString('latin1').replace('"d2"', '"d1"'), 'latin1');
  expect((await readAvro(twice, 'file')).records).toMatchObject(records);
});
