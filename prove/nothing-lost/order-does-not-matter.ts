import fc from 'fast-check';
import { ask, rowsByName } from '../../cli/platform/ask.ts';
import { viewName } from '../../core/naming.ts';
import { ClaimFails, type Claim } from '../claim.ts';
import type { Row, Violation } from './history/history.ts';
import { sameViews } from './history/order.ts';
import type { Given } from './input/event.ts';
import { accepted, goodEvent } from './input/event.ts';
import { lined, type Input } from './input/input.ts';
import { Assembly, type Edit } from './lake/assembly.ts';
import { freshnessBounds, settleTime } from './lake/freshness-bounds.ts';
import { Producer, type ProducerRecord } from './lake/producer.ts';
import { Session } from './lake/session.ts';
import { count, linesOf } from './report.ts';

const SEED = 20_260_303;
/** Orders of one set of events, each in a dataset of its own, and how many sets there are. */
const ORDERS = 4;
const SETS = { quick: 1, full: 12 } as const;
const EVENTS = 40;

const of = (given: Given, ...bodies: readonly (readonly [string, string])[]) =>
  bodies.map(([name, json]) => accepted(given, { [name]: json }));

/** Ids with several bodies, which differ each in another column. */
const CONFLICTS: readonly Input[] = [
  lined('other times', (given) =>
    [1, 2, 3].map((hours) =>
      accepted(given, { scanned_at: JSON.stringify(new Date(given.now - hours * 3_600_000).toISOString()) }),
    ),
  ),
  lined('other steps', (given) => of(given, ['step', '1'], ['step', '10'], ['step', '9'], ['step', 'null'])),
  lined('other kinds', (given) => of(given, ['kind', '"accepted"'], ['kind', '"delivered"'])),
  lined('other decimals', (given) => of(given, ['price', '1.10'], ['price', '1.2'], ['price', '10'])),
  lined('other doubles', (given) => of(given, ['load', '1e-7'], ['load', '-0.0'], ['load', '5e-324'])),
  lined('other integers', (given) => of(given, ['total', '9007199254740993'], ['total', '9007199254740992'])),
  lined('other truths', (given) => of(given, ['fragile', 'true'], ['fragile', 'false'], ['fragile', 'null'])),
  lined('other texts', (given) =>
    of(given, ['note', '"é"'], ['note', '"z"'], ['note', '"Z"'], ['note', '"😀"'], ['note', '"\\uffee"']),
  ),
  lined('other people', (given) => of(given, ['person', '"Ann"'], ['person', '"Bob"'])),
  lined('other objects', (given) =>
    of(
      given,
      ['depot', '{"zone":"north"}'],
      ['depot', '{"zone":"south"}'],
      ['depot', '{"zone":"north","floors":[1,null]}'],
      ['depot', '{"zone":"north","floors":[]}'],
      ['depot', '{"zone":"north","position":{"lat":1e-7}}'],
      ['depot', 'null'],
    ),
  ),
  lined('other lists', (given) =>
    of(given, ['samples', '[1,2]'], ['samples', '[2,1]'], ['samples', '[-0.0]'], ['samples', '[0.0]'], ['samples', '[null]']),
  ),
  lined('other maps', (given) =>
    of(given, ['labels', '{"a":"1"}'], ['labels', '{"a":"2"}'], ['labels', '{"a":null}'], ['labels', '{}'], ['labels', 'null']),
  ),
];
const GOOD = lined('a good event', (given) => [goodEvent(given)]);

/** What `order` makes of lines: each once or more, in another order, packed otherwise. */
interface Order {
  readonly copies: readonly number[];
  readonly keys: readonly number[];
  readonly perRecord: number;
}

const orders = (lines: number): fc.Arbitrary<Order> =>
  fc.record({
    copies: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: lines, maxLength: lines }),
    keys: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3 * lines, maxLength: 3 * lines }),
    perRecord: fc.integer({ min: 1, max: 15 }),
  });

function inOrder(lines: readonly Buffer[], { copies, keys }: Order): Buffer[] {
  const all = lines.flatMap((line, index) => Array.from({ length: copies[index] ?? 1 }, () => line));
  return all
    .map((line, index) => [keys[index] ?? 0, line] as const)
    .sort(([a], [b]) => a - b)
    .map(([, line]) => line);
}

/** Puts the same events in several orders, each to a dataset of its own, and answers what readers see of each. */
async function viewsOf(session: Session, lines: readonly Buffer[], all: readonly Order[]): Promise<readonly (readonly Row[])[]> {
  for (const [index, order] of all.entries()) {
    const producer = new Producer(session, `o${index}`, index);
    const records = producer.recordsOf(inOrder(lines, order), order.perRecord);
    const half = Math.ceil(records.length / 2);
    await putApart(session, producer, [records.slice(0, half), records.slice(half)]);
  }
  await session.clock.advance(settleTime(freshnessBounds(session.assembly.resources, false)));
  return Promise.all(all.map((_, index) => viewOf(session, index)));
}

/** In two objects: what is in one is ordered by other means than what is in two. */
async function putApart(session: Session, producer: Producer, parts: readonly (readonly ProducerRecord[])[]): Promise<void> {
  for (const part of parts) {
    await producer.put(part);
    await session.clock.advance(300_000);
  }
}

async function viewOf(session: Session, index: number): Promise<readonly Row[]> {
  const { contract, cleanTable } = session.dataset(index);
  const view = `${cleanTable.slice(0, cleanTable.indexOf('.'))}."${viewName(contract.name)}"`;
  return rowsByName(await ask(session.athena, session.platform.workGroup, `SELECT * FROM ${view}`));
}

/** @param lie What a test has the views do @throws ClaimFails where two orders are seen otherwise, or nothing is seen at all */
export async function proveOrders(seed: number, sets: number, lie?: Edit): Promise<string> {
  const assembly = new Assembly(Array.from({ length: ORDERS }, (_, index) => `scans_${index + 1}`));
  let seen = 0;
  try {
    for (let set = 0; set < sets; set += 1) {
      const session = await Session.open(assembly, lie && assembly.variant(lie));
      try {
        const writer = new Producer(session, `s${set}`);
        writer.compose([...CONFLICTS, ...Array.from({ length: EVENTS }, () => GOOD)], { perRecord: 1, neighbours: false });
        const lines = [...writer.bytes.values()];
        const views = await viewsOf(session, lines, fc.sample(orders(lines.length), { seed: seed + set, numRuns: ORDERS }));
        const [first = [], ...others] = views;
        const ids = new Set(writer.produced.flatMap(({ expected }) => (expected.verdict === 'accept' ? [expected.id] : [])));
        const violations: Violation[] = others.flatMap((other) => sameViews(first, other));
        if (first.length !== ids.size)
          violations.push({ invariant: 'I3', message: `${first.length} events are seen of ${ids.size}` });
        if (violations.length > 0) throw new ClaimFails(linesOf(`seed ${seed + set}`, violations));
        seen += first.length;
      } finally {
        await session.close();
      }
    }
  } finally {
    assembly.remove();
  }
  if (seen === 0) throw new ClaimFails(['readers see nothing']);
  return `${sets * ORDERS} orders of ${sets} sets of events, seeds from ${seed}: ${count(seen)} events seen alike, each id once.`;
}

export const orderDoesNotMatter: Claim = {
  id: 'order-does-not-matter',
  says: 'Readers see the same of the same events, in whatever order, however often and however packed they came within a day.',
  prove: (scale) => proveOrders(SEED, SETS[scale]),
};
