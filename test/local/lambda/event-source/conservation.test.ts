import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../../local/clock.ts';
import { Random } from '../../../support/random.ts';
import { rig, start, textsOf, type KinesisEvent } from './rig.ts';

/** One platform after another on the same state, with a function that fails, reports failures and answers as chance has it. */
async function live(seed: number) {
  const random = new Random(seed);
  const chance = (share: number): boolean => random.chance(share);
  const one = (count: number): number => random.between(0, count - 1);
  const settings = {
    batchSize: 1 + one(5),
    batchingWindow: chance(0.5) ? 0 : one(20),
    bisects: chance(0.5),
    reportsItems: chance(0.5),
    ...(chance(0.3) ? { tumblingWindow: 1 + one(60) } : { parallelizationFactor: 1 + one(4) }),
  };
  const folder = mkdtempSync(path.join(tmpdir(), 'conserved-'));
  const [put, done]: [string[], string[]] = [[], []];
  let isSound = false;
  const handler = (event: KinesisEvent): object => {
    const texts = textsOf(event);
    const state = { n: texts.length };
    if (!isSound && chance(0.3)) throw new Error('bad');
    if (isSound || !settings.reportsItems || chance(0.6) || texts.length === 0) {
      done.push(...texts);
      return { state };
    }
    const failed = one(texts.length);
    done.push(...texts.slice(0, failed));
    return { state, batchItemFailures: [{ itemIdentifier: event.Records[failed]?.kinesis.sequenceNumber }] };
  };
  let clock = new SimulatedClock(start);
  const begin = () => {
    const next = rig({ folder, clock, settings, handler, shardCount: 2 });
    const mapping = next.open();
    next.service.restore();
    next.mappings.restore(folder);
    return { ...next, mapping };
  };
  let now = begin();
  for (let step = 0; step < 60; step++) {
    const what = random.next();
    if (what < 0.6) {
      const key = one(6);
      const text = `${key}/${put.filter((other) => other.startsWith(`${key}/`)).length}`;
      if (now.put(text, `key-${key}`) !== undefined) put.push(text);
    } else if (what < 0.9) await clock.advance(one(8_000));
    else if (what < 0.95 && now.stream.status === 'ACTIVE') {
      const open = now.stream.openShards.length;
      await now
        .call('UpdateShardCount', {
          TargetShardCount: chance(0.5) ? open * 2 : Math.ceil(open / 2),
          ScalingType: 'UNIFORM_SCALING',
        })
        .catch(() => undefined);
    } else {
      await now.mappings.halt();
      now.service.save();
      now.mappings.save(folder);
      clock = new SimulatedClock(clock.now());
      now = begin();
    }
  }
  isSound = true;
  await clock.advance(3_600_000);
  return { put, done, pending: now.mapping.pending, lost: now.mapping.lost };
}

test.each(Array.from({ length: 40 }, (_, seed) => seed))(
  'seed %d: every record is processed, those of a key in their order',
  async (seed) => {
    const { put, done, pending, lost } = await live(seed);
    expect({ pending, lost }).toEqual({ pending: 0, lost: 0 });
    expect([...new Set(done)].sort()).toEqual([...put].sort());
    const first = [...new Set(done)]; // in the order of each one's first success
    for (let key = 0; key < 6; key++) {
      const of = (texts: readonly string[]) => texts.filter((text) => text.startsWith(`${key}/`));
      expect(of(first)).toEqual(of(put));
    }
  },
);
