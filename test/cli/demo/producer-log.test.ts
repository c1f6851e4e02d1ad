import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ProducerLog, readProducerLog } from '../../../cli/demo/producer-log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'headwaters-log-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const event = (serial: number, text: string) => ({ serial, bytes: Buffer.from(text) });

test('a log holds a line for each event, and no byte of the event itself', () => {
  const file = path.join(folder, 'deep/energy.readings.log');
  const log = new ProducerLog(file);
  log.write([event(1, 'secret'), event(2, 'é')]);
  log.write([]);
  log.write([event(1, 'secret')]);
  log.close();
  expect(readFileSync(file, 'utf8')).toBe('1\t7\n2\t3\n1\t7\n');
});

test('what was written can be read before the log is closed', async () => {
  const file = path.join(folder, 'energy.readings.log');
  const log = new ProducerLog(file);
  log.write([event(1, 'a')]);
  expect(await readProducerLog(file)).toEqual({ events: 1, copies: 0, bytes: 2 });
  log.close();
});

test('events are distinct serials; further ones are copies, and their bytes count too', async () => {
  const file = path.join(folder, 'energy.readings.log');
  const log = new ProducerLog(file);
  log.write([event(1, 'abc'), event(2, 'abcd'), event(1, 'abc'), event(3, ''), event(1, 'abc')]);
  log.close();
  expect(await readProducerLog(file)).toEqual({ events: 3, copies: 2, bytes: 18 });
});

test('a producer that wrote nothing made nothing', async () => {
  const file = path.join(folder, 'energy.readings.log');
  new ProducerLog(file).close();
  expect(await readProducerLog(file)).toEqual({ events: 0, copies: 0, bytes: 0 });
});

test('fails where there is no log', async () => {
  await expect(readProducerLog(path.join(folder, 'none.log'))).rejects.toThrow('ENOENT');
});
