import { vi } from 'vitest';
import { badInputsMeetFaults, meet } from '../../../prove/nothing-lost/bad-inputs-meet-faults.ts';
import { EXACT } from '../../../prove/nothing-lost/fault/fault.ts';
import { FAULTS } from '../../../prove/nothing-lost/fault/faults.ts';
import { planted } from '../../../prove/nothing-lost/fault/planted.ts';
import { freshAgainAfterFaults, recoverFrom } from '../../../prove/nothing-lost/fresh-again-after-faults.ts';
import { GOOD } from '../../../prove/nothing-lost/input/inputs.ts';
import { orderedBy } from '../../../prove/nothing-lost/lake/spoilt-view.ts';
import { orderDoesNotMatter, proveOrders } from '../../../prove/nothing-lost/order-does-not-matter.ts';
import { proveAtRandom, randomSchedules } from '../../../prove/nothing-lost/random-schedules.ts';
import { replay, replayedIsUnchanged } from '../../../prove/nothing-lost/replayed-is-unchanged.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

test.each([badInputsMeetFaults, randomSchedules, orderDoesNotMatter, replayedIsUnchanged, freshAgainAfterFaults])(
  '$id holds, quickly',
  async ({ prove }) => {
    await expect(prove('quick')).resolves.toMatch(/\d/);
  },
);

const LOAD = [{ inputs: [GOOD, GOOD, GOOD], perRecord: 1, neighbours: false }];
const someFaults = (...ids: string[]) => FAULTS.stream.filter(({ id }) => ids.includes(id));

test.each([
  ['drops-a-record', /I1: 'a good event' is lost/],
  ['doubles-rows', /I1: 'a good event' was put 1 times and stands in clean 2 times/],
  ['alters-rows', /I1: 'a good event' has a row in clean that differs in kind/],
  ['lets-anything-in', /I2: \d+ rows of clean: 'kind' holds what the contract does not allow/],
] as const)('bad-inputs-meet-faults fails when the function %s, of either form', async (lie, message) => {
  await expect(meet(someFaults('F2'), LOAD, { lie })).rejects.toThrow(message);
  await expect(meet(someFaults('X7'), LOAD, { lie, form: 'direct-put' })).rejects.toThrow(message);
});

test('bad-inputs-meet-faults fails for a fault that is never met, and for none', async () => {
  const never = planted('F0', 'nothing goes wrong', EXACT, [{ at: 'kinesis:put', fault: 'throttle', where: 'no-such-stream' }]);
  await expect(meet([never], LOAD)).rejects.toThrow('F0 (nothing goes wrong): never met');
  await expect(meet([], LOAD)).rejects.toThrow('nothing was put');
});

test('random-schedules fails with the seed and the shortest schedule when the function drops records', async () => {
  await expect(proveAtRandom(1, 10, [], { lie: 'drops-a-record', mostShrinks: 5 })).rejects.toThrow(
    /^seed 1, path [\d:]+:\n(?:I\d: .*\n)*I1: '.*' is lost\n/,
  );
});

test('random-schedules fails when a kind of trouble was never met', async () => {
  await expect(proveAtRandom(1, 1, ['an earthquake'])).rejects.toThrow('seed 1: never met: an earthquake');
});

test.each([
  ['keeps the copy that came last', () => '"_ingested_at" DESC', /I3: an event is seen otherwise by another order, in /],
  [
    'does not ask for the hash of what a copy holds',
    (order: string) => order.replace(', "_content_hash" DESC', ''),
    /I3: an event is seen otherwise by another order, in /,
  ],
])('order-does-not-matter fails when the view %s', async (_how, spoil, message) => {
  await expect(proveOrders(20_260_303, 1, orderedBy(spoil))).rejects.toThrow(message);
});

test('replayed-is-unchanged fails when a replay changes a byte, and when it brings nothing', async () => {
  const spoil = (line: Buffer) => Buffer.concat([line, Buffer.from('x')]);
  await expect(replay([GOOD], [{ zone: 'raw', perRecord: 1 }], 'stream', spoil)).rejects.toThrow(
    /I4: \d+ identities are new in quarantine/,
  );
  await expect(replay([GOOD], [], 'stream')).rejects.toThrow('nothing was replayed');
});

test('fresh-again-after-faults fails for a bound that is too tight, and names the fault', async () => {
  await expect(recoverFrom(someFaults('F14'), 'stream', 0.1)).rejects.toThrow(
    /^F14 .*: I5: '.*' took \d+ s to clean, at most \d+ s are allowed/m,
  );
});
