import { createHash } from 'node:crypto';
import type { DatasetContract } from '../contract/model.ts';

/** An event as a producer sends it. Copies of one event share its serial. */
export interface PlantedEvent {
  readonly serial: number;
  readonly bytes: Uint8Array;
}

/** Shares of a dataset's events that are spoilt, sent twice, or sent days late. */
export const SHARES = { bad: 0.005, duplicate: 0.01, late: 0.002 } as const;

const DAY_MS = 86_400_000;

/** Spoils an event of good JSON: what remains is told apart by its id, so that no two are alike. */
type Fault = (text: string, timeField: string) => Uint8Array;
const encoder = new TextEncoder();
/** Puts another value in place of the event time, in the text: a parser would round what it does not look at. */
const replaceTime = (text: string, timeField: string, json: string): Uint8Array => {
  const found = new RegExp(`"${timeField}"\\s*:\\s*"[^"]*"`);
  if (!found.test(text)) throw new RangeError(`an event of the demo must have the text '${timeField}'`);
  return encoder.encode(text.replace(found, `"${timeField}":${json}`));
};
const FAULTS: readonly Fault[] = [
  (text) => encoder.encode(text.slice(0, -1)), // cut short
  (text) => Uint8Array.from([...encoder.encode(text.slice(0, -1)), 0xff, 0x7d]), // not UTF-8
  (text, timeField) => replaceTime(text, timeField, 'null'),
  (text, timeField) => replaceTime(text, timeField, '20010230'),
  (text, timeField) => replaceTime(text, timeField, '"2001-02-30T00:00:00Z"'),
];

/** Plants faults into the events of one dataset. What happens to an event depends on the seed and its serial alone. */
export class FaultPlanter {
  private serial = 0;
  private readonly held: { readonly until: number; readonly event: PlantedEvent }[] = [];

  constructor(
    private readonly dataset: DatasetContract,
    private readonly seed: number,
  ) {}

  /**
   * The day's events as they are sent: some spoilt, some twice, some held back until they are late, and those held back before.
   *
   * @param last Whether no later day will come: then nothing is held
   */
  plant(events: readonly string[], uploadAt: number, last: boolean): PlantedEvent[] {
    const sent: PlantedEvent[] = [];
    const again: PlantedEvent[] = [];
    for (const text of events) {
      this.serial += 1;
      const { fraction, choice } = this.draw(this.serial);
      const bad = fraction < SHARES.bad;
      const fault = FAULTS[choice % FAULTS.length];
      const event = {
        serial: this.serial,
        bytes: bad && fault !== undefined ? fault(text, this.dataset.eventTimeField) : encoder.encode(text),
      };
      if (fraction >= SHARES.bad + SHARES.duplicate && fraction < SHARES.bad + SHARES.duplicate + SHARES.late && !last) {
        this.held.push({ until: uploadAt + this.dataset.allowedLatenessMs + DAY_MS, event });
        continue;
      }
      sent.push(event);
      if (fraction < SHARES.bad / 5 || (fraction >= SHARES.bad && fraction < SHARES.bad + SHARES.duplicate)) again.push(event);
    }
    const due = this.held.filter(({ until }) => last || until <= uploadAt);
    for (const item of due) this.held.splice(this.held.indexOf(item), 1);
    return [...sent, ...due.map(({ event }) => event), ...again];
  }

  private draw(serial: number): { fraction: number; choice: number } {
    const digest = createHash('sha256').update(`${this.seed}/${this.dataset.domain}/${this.dataset.name}/${serial}`).digest();
    return { fraction: digest.readUInt32BE(0) / 2 ** 32, choice: digest.readUInt32BE(4) };
  }
}
