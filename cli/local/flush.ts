import { CommandError } from '../command-error.ts';
import type { Out } from '../output.ts';
import type { ControlClient } from './control-client.ts';

/** What is moved at once, in milliseconds: no buffer waits less, and no more passes than is needed. */
const STEP = 60_000;
/** A buffer waits 15 minutes at most, and events pass through three one after another; what takes longer is refused and tries again. */
const MOST_STEPS = 60;

/** Moves the clock until nothing is on its way. @throws {@link CommandError} `DeliveryBlocked` */
export async function flush(control: ControlClient, out: Out): Promise<void> {
  await out.step('Letting the buffers close');
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    const { undelivered } = await control.status();
    if (undelivered === 0) {
      out.done();
      return;
    }
    out.detail(`${undelivered} records on their way`);
    await control.advance(STEP);
  }
  const { deliveries } = await control.status();
  const names = deliveries.filter(({ undelivered }) => undelivered > 0).map(({ name }) => `'${name}'`);
  throw new CommandError(
    'DeliveryBlocked',
    `every record must arrive within ${MOST_STEPS} minutes of the clock, but ${names.join(', ')} did not deliver all; read '.headwaters/local/log' for what was refused`,
  );
}
