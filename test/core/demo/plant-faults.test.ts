import { FaultPlanter, SHARES, type PlantedEvent } from '../../../core/demo/plant-faults.ts';
import { plainDataset } from '../../support/contracts.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const DAYS = 10;
const PER_DAY = 5_000;
const EVENTS = DAYS * PER_DAY;
const dataset = plainDataset(); // an event of it is late after two days

const textOf = (serial: number): string =>
  `{"reading_id":"r-${serial}","measured_at":"2026-01-01T00:00:00Z","sequence":${serial},"counter":1}`;
const texts = (first: number, count: number): string[] => Array.from({ length: count }, (_, index) => textOf(first + index));

/** What is sent on each day, of 50,000 events. */
function plantedDays(planter: FaultPlanter): PlantedEvent[][] {
  return Array.from({ length: DAYS }, (_, day) =>
    planter.plant(texts(day * PER_DAY + 1, PER_DAY), START + day * DAY_MS, day === DAYS - 1),
  );
}
const days = plantedDays(new FaultPlanter(dataset, 1));
const sent = days.flat();
const dayOf = ({ serial }: PlantedEvent): number => Math.floor((serial - 1) / PER_DAY);
const asText = ({ bytes }: PlantedEvent): string => Buffer.from(bytes).toString('latin1');
const spoilt = [
  ...new Map(sent.filter((event) => asText(event) !== textOf(event.serial)).map((event) => [event.serial, event])).values(),
];

/** Events by how often they were sent. */
const times = new Map<number, number>();
for (const { serial } of sent) times.set(serial, (times.get(serial) ?? 0) + 1);
const twice = [...times].filter(([, count]) => count === 2).map(([serial]) => serial);

test('the shares are as the report says them', () => {
  expect(SHARES).toEqual({ bad: 0.005, duplicate: 0.01, late: 0.002 });
});

test('nothing is lost and nothing invented', () => {
  expect([...times.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: EVENTS }, (_, index) => index + 1));
  expect(new Set(times.values())).toEqual(new Set([1, 2]));
});

test('about a share of 0.005 is spoilt, each kind of fault among them', () => {
  expect(spoilt.length / EVENTS).toBeGreaterThan(0.004);
  expect(spoilt.length / EVENTS).toBeLessThan(0.006);
  const kinds = [/[^}]$/, /\xff}$/, /"measured_at":null/, /"measured_at":20010230/, /"measured_at":"2001-02-30/];
  for (const kind of kinds) expect(spoilt.filter((event) => kind.test(asText(event))).length).toBeGreaterThan(20);
});

test('what is spoilt is told apart from all else that is sent', () => {
  expect(new Set(sent.map(asText)).size).toBe(EVENTS);
});

test('about a share of 0.01 is sent twice, some spoilt events too, with the same bytes', () => {
  expect(twice.length / EVENTS).toBeGreaterThan(0.01);
  expect(twice.length / EVENTS).toBeLessThan(0.012);
  const spoiltTwice = twice.filter((serial) => spoilt.some((event) => event.serial === serial));
  expect(spoiltTwice.length).toBeGreaterThan(20);
  expect(spoiltTwice.length).toBeLessThan(spoilt.length / 2);
});

test('about a share of 0.002 comes late, once: a day after it was allowed, or on the last day', () => {
  const late = days.flatMap((events, day) => events.filter((event) => dayOf(event) !== day).map((event) => ({ event, day })));
  expect(late.length / (EVENTS - PER_DAY)).toBeGreaterThan(0.0015);
  expect(late.length / (EVENTS - PER_DAY)).toBeLessThan(0.0025);
  for (const { event, day } of late) {
    expect(day).toBe(Math.min(dayOf(event) + 3, DAYS - 1));
    expect(times.get(event.serial)).toBe(1);
    expect(asText(event)).toBe(textOf(event.serial));
  }
});

test('a day without events of its own brings what is due, and the last day all that is left', () => {
  const planter = new FaultPlanter(dataset, 1);
  const first = planter.plant(texts(1, PER_DAY), START, false);
  const held = PER_DAY - new Set(first.map(({ serial }) => serial)).size;
  expect(held).toBeGreaterThan(0);
  expect(planter.plant([], START + 3 * DAY_MS - 1, false)).toEqual([]);
  expect(planter.plant([], START + 3 * DAY_MS, false)).toHaveLength(held);
  expect(planter.plant([], START + 4 * DAY_MS, true)).toEqual([]);

  const short = new FaultPlanter(dataset, 1);
  short.plant(texts(1, PER_DAY), START, false);
  expect(short.plant([], START + 1, true)).toHaveLength(held);
});

test('a single day holds nothing back', () => {
  const only = new FaultPlanter(dataset, 1).plant(texts(1, PER_DAY), START, true);
  expect(new Set(only.map(({ serial }) => serial)).size).toBe(PER_DAY);
});

test('the same seed plants the same faults', () => {
  const again = plantedDays(new FaultPlanter(dataset, 1)).flat();
  expect(again.map(asText).join('\n') === sent.map(asText).join('\n')).toBe(true); // a difference of megabytes helps nobody
  expect(again.map(({ serial }) => serial)).toEqual(sent.map(({ serial }) => serial));
});

test('what happens to an event does not depend on the events around it', () => {
  const one = new FaultPlanter(dataset, 1);
  const singly = texts(1, PER_DAY).flatMap((text) => one.plant([text], START, true));
  const together = new FaultPlanter(dataset, 1).plant(texts(1, PER_DAY), START, true);
  const sorted = (events: readonly PlantedEvent[]) => events.map((event) => `${event.serial} ${asText(event)}`).sort();
  expect(sorted(singly)).toEqual(sorted(together));
});

test.each([
  ['seed', new FaultPlanter(dataset, 2)],
  ['dataset', new FaultPlanter(plainDataset('outages'), 1)],
  ['domain', new FaultPlanter(plainDataset('readings', 'water'), 1)],
])('another %s spoils other events', (_, planter) => {
  const other = planter.plant(texts(1, PER_DAY), START, true).filter((event) => asText(event) !== textOf(event.serial));
  const mine = spoilt.filter(({ serial }) => serial <= PER_DAY).map(({ serial }) => serial);
  expect(other.map(({ serial }) => serial)).not.toEqual(expect.arrayContaining(mine));
});
