import { hash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { putAndAccepted } from '../../bench/accepted.ts';

const object = (...lines: readonly string[]): Buffer => gzipSync(lines.map((line) => `${line}\n`).join(''));
const envelope = (line: string): string => JSON.stringify({ sha256: hash('sha256', line), reason: 'any' });

test('what is in quarantine was put and not accepted, each of its copies', () => {
  const { put, accepted } = putAndAccepted([object('{"a":1}', '{"b":'), object('{"b":')], [object(envelope('{"b":'))]);
  expect(put).toEqual({ count: 3, bytes: 8 + 6 + 6 });
  expect(accepted).toEqual({ count: 1, bytes: 8 });
});

test('a copy of an accepted event is accepted too, as its table holds it', () => {
  expect(putAndAccepted([object('{"a":1}', '{"a":1}')], []).accepted).toEqual({ count: 2, bytes: 16 });
});
