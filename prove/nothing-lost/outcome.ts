import { conservation, type Balance } from './history/conservation.ts';
import { freshness, type Times } from './history/freshness.ts';
import type { Allowance, History, Violation } from './history/history.ts';
import { validity } from './history/validity.ts';
import { freshnessBounds, settleTime } from './lake/freshness-bounds.ts';
import type { Producer } from './lake/producer.ts';
import { together, type LakeReader } from './lake/read-lake.ts';
import type { Session } from './lake/session.ts';

/** What came of a run once its faults were over. */
export interface Outcome {
  readonly violations: readonly Violation[];
  readonly balance: Balance;
  /** How long the slowest events took. */
  readonly worst: Times;
  /** Lines brought back from the error prefix. */
  readonly broughtBack: number;
}

/** Lines of a record that brings parked ones back. */
const PER_RECORD = 50;

/**
 * Judges a session whose faults are over: lets the platform come to rest, reads the lake, and holds it against what the producer wrote down.
 * What the faults have left under the error prefix is put again then, and must come to where it belongs.
 */
export async function outcomeOf(session: Session, reader: LakeReader, producer: Producer, allowed: Allowance): Promise<Outcome> {
  const over = session.clock.now();
  const bounds = freshnessBounds(session.assembly.resources, true);
  await session.clock.advance(settleTime(bounds));
  const history: History = {
    produced: producer.produced,
    found: await reader.read(producer.bytes),
    undelivered: session.undelivered,
  };
  const { balance, violations } = judge(session, history, allowed);
  const { worst, violations: late } = freshness(history, over, bounds);
  const said = [...violations, ...late];
  const parked = toBringBack(history, producer);
  if (parked.length === 0) return { violations: said, balance, worst, broughtBack: 0 };
  await producer.put(producer.recordsOf(parked, PER_RECORD));
  await session.clock.advance(settleTime(bounds));
  const found = together(history.found, await reader.read(producer.bytes));
  const after = judge(session, { ...history, found, undelivered: session.undelivered }, { ...allowed, parks: 'brought back' });
  return { violations: [...said, ...after.violations], balance: after.balance, worst, broughtBack: parked.length };
}

function judge(
  session: Session,
  history: History,
  allowed: Allowance,
): { readonly balance: Balance; readonly violations: readonly Violation[] } {
  const { balance, violations } = conservation(history, allowed);
  const lost: readonly Violation[] =
    session.lost === 0 ? [] : [{ invariant: 'I1', message: `the platform says that it has lost ${session.lost} records` }];
  return { balance, violations: [...violations, ...validity(history.found.clean, session.dataset().contract), ...lost] };
}

/** Lines that lie under an error prefix for a fault's sake, each once. */
function toBringBack({ produced, found }: History, { bytes }: Producer): Buffer[] {
  const parked = new Set(found.parked.map(({ sha256 }) => sha256));
  for (const { sha256, expected } of produced) if (expected.verdict === 'park') parked.delete(sha256);
  return [...parked].flatMap((sha256) => bytes.get(sha256) ?? []);
}
