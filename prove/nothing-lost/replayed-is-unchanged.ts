import type { IngestionForm } from '../../core/ingestion/ingestion-form.ts';
import { ClaimFails, type Claim } from '../claim.ts';
import { conservation } from './history/conservation.ts';
import type { Found, Violation } from './history/history.ts';
import { unchanged } from './history/idempotence.ts';
import type { Input } from './input/input.ts';
import { LARGE, ODD, ofForm } from './input/inputs.ts';
import { Assembly } from './lake/assembly.ts';
import { freshnessBounds, settleTime } from './lake/freshness-bounds.ts';
import { Producer } from './lake/producer.ts';
import { LakeReader, together } from './lake/read-lake.ts';
import { Session } from './lake/session.ts';
import { count, linesOf, ofEachForm } from './report.ts';

/** `raw` has no framing: what does not end in a newline is one line with what follows, and comes back as another. */
const isFramed = ({ alone }: Input): boolean => alone !== true;
const framed = ODD.filter(isFramed);
/** Large events, less those that quarantine does not take; a record of thousands is thousands of lines like others. */
const large = LARGE.filter(({ lines }) => {
  const made = lines({ serial: 's', now: 0 });
  return made.length === 1 && made.every(({ expected }) => expected.verdict !== 'park');
});
const INPUTS = { quick: framed, full: [...framed, ...large] } as const;

/** Lines of a record, in each of the replays: none comes back in the record that it came in. */
const REPLAYS = {
  quick: [
    { zone: 'raw', perRecord: 7 },
    { zone: 'quarantine', perRecord: 1 },
  ],
  full: [
    { zone: 'raw', perRecord: 7 },
    { zone: 'raw', perRecord: 64 },
    { zone: 'quarantine', perRecord: 1 },
    { zone: 'quarantine', perRecord: 40 },
    { zone: 'raw', perRecord: 1 },
  ],
} as const;

/** What a replay brings back, each time. */
export interface Replay {
  readonly zone: 'raw' | 'quarantine';
  readonly perRecord: number;
}

/** @param spoil Changes a line on its way back: what a test does to see the claim fail */
export async function replay(
  inputs: readonly Input[],
  replays: readonly Replay[],
  form: IngestionForm,
  spoil: (line: Buffer) => Buffer = (line) => line,
): Promise<string> {
  const assembly = new Assembly(['scans'], { form });
  const session = await Session.open(assembly);
  try {
    const producer = new Producer(session, 'e');
    const reader = new LakeReader(session);
    const settled = async (): Promise<Found> => {
      await session.clock.advance(settleTime(freshnessBounds(assembly.resources, false)));
      return reader.read(producer.bytes);
    };
    await producer.put(producer.compose(inputs, { perRecord: 5, neighbours: true }));
    const before = await settled();
    const zones = { raw: [...reader.replayable.raw], quarantine: [...reader.replayable.quarantine] };
    let after = before;
    let lines = 0;
    for (const { zone, perRecord } of replays) {
      await producer.put(producer.recordsOf(zones[zone].map(spoil), perRecord));
      lines += zones[zone].length;
      after = together(after, await settled());
    }
    const history = { produced: producer.produced, found: after, undelivered: session.undelivered };
    const { balance, violations } = conservation(history, { copies: false, parks: 'never' });
    const all: readonly Violation[] = [...unchanged(before, after), ...violations];
    if (all.length > 0) throw new ClaimFails(linesOf('replay', all));
    if (lines === 0 || balance.duplicates < lines / 2) throw new ClaimFails(['nothing was replayed']);
    return `${count(balance.produced)} events; ${count(lines)} lines of raw and quarantine put again in ${replays.length} replays, ${count(balance.duplicates)} further copies, no identity more or less.`;
  } finally {
    await session.close();
    assembly.remove();
  }
}

export const replayedIsUnchanged: Claim = {
  id: 'replayed-is-unchanged',
  says: 'What lies in raw or in quarantine can be put again, and again: no identity comes or goes.',
  prove: (scale) => ofEachForm((form) => replay(ofForm(form, INPUTS[scale]), REPLAYS[scale], form)),
};
