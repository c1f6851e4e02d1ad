import type { Advanced } from '../../local/control.ts';
import type { Out } from '../output.ts';
import { ControlClient } from './control-client.ts';
import { theRun } from './find-run.ts';
import type { LocalHome } from './home.ts';

/** The least that is moved at once, in milliseconds, and the most steps: each tells how far it has come. */
const LEAST = 3_600_000;
const STEPS = 50;

/** Moves the clock of the run. @throws CommandError `NotRunning`, `NotAnswering` */
export async function advanceRun(home: LocalHome, milliseconds: number, out: Out): Promise<Advanced> {
  const control = new ControlClient(theRun(home));
  await out.step('Moving the clock');
  let moved: Advanced | undefined;
  let rest = milliseconds;
  do {
    const step = Math.min(rest, Math.max(LEAST, Math.ceil(milliseconds / STEPS)));
    const next = await control.advance(step);
    moved = moved === undefined ? next : joined(moved, next);
    rest -= step;
    out.detail(new Date(next.to).toISOString());
  } while (rest > 0);
  out.done();
  return moved;
}

const joined = (first: Advanced, second: Advanced): Advanced => ({
  from: first.from,
  to: second.to,
  delivered: first.delivered + second.delivered,
  lost: first.lost + second.lost,
  written: first.written + second.written,
  expired: first.expired + second.expired,
  moved: first.moved + second.moved,
  alarmed: [...first.alarmed, ...second.alarmed],
});
