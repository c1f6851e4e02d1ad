import os from 'node:os';
import { exactJudge } from '../core/record/exact-judge.ts';
import { eventJudge, type EventJudge } from '../core/record/judge-event.ts';
import { protectorsOf } from '../core/record/protect.ts';
import { rowEnd } from '../core/record/row-end.ts';
import { sampleEvents } from './sample-events.ts';

const ROUNDS = 5;
const SECRET = 'x'.repeat(64);

/** CPU milliseconds of the best of some rounds: what else the machine does only ever adds. */
function cpu(work: () => void): number {
  return Math.min(
    ...Array.from({ length: ROUNDS }, () => {
      const before = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    }),
  );
}

/** Prints what judging an event costs, for each dataset of this project: as it is deployed, and on the exact path alone. */
export async function benchJudge(): Promise<void> {
  console.log(
    `The judge of events, in multiples of one JSON.parse of the same bytes. ${os.cpus()[0]?.model ?? ''}, Node ${process.version}`,
  );
  for (const { name, contract, arrival, events } of await sampleEvents()) {
    const parse = cpu(() => {
      for (const text of events) JSON.parse(text);
    });
    const times = (judge: EventJudge): string => {
      const whole = cpu(() => {
        for (const text of events) judge(text, arrival);
      });
      return (whole / parse).toFixed(1);
    };
    const deployed = times(eventJudge(contract, SECRET));
    const exact = times(exactJudge(contract, protectorsOf(contract, SECRET), rowEnd(contract)));
    console.log(
      `${name.padEnd(32)} ${String(events.length).padStart(7)} events  ${deployed} x JSON.parse, ${exact} on the exact path alone`,
    );
  }
}
