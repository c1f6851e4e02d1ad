import { counted } from '../../core/counted.ts';
import { overdueOn } from '../../core/findings/judge-ledger.ts';
import { countsOf, decisionsOf, type Day, type Decision, type Ledger, type Place } from '../../core/findings/ledger.ts';
import { hang } from './hang.ts';

/** Draws rows under a head. */
type Draw = (head: readonly string[], rows: readonly (readonly string[])[]) => string;

export interface Shown {
  /** Each place of each decision too. */
  readonly places: boolean;
  readonly today: Day;
  readonly draw: Draw;
}

/** One environment's ledger for people: a row for each decision, and below the table why, and where if asked. */
export function formatLedger(ledger: Ledger, environment: string, { places, today, draw }: Shown): string {
  const decisions = decisionsOf(ledger, environment);
  const overdue = overdueOn({ decisions }, today);
  const rows = decisions.map((decision, index) => {
    const counts = countsOf({ decisions: [decision] });
    return [decision.rule, String(counts.places), String(counts.findings), decision.owner, decision.reviewBy, `(${index + 1})`];
  });
  return [
    `${environment}: ${sayCounts(countsOf({ decisions }))}`,
    ...(rows.length === 0 ? [] : [draw(['rule', 'places', 'findings', 'owner', 'review by', 'why'], rows)]),
    ...decisions.flatMap((decision, index) => [sayReason(decision, index), ...(places ? decision.places.flatMap(sayPlace) : [])]),
    ...(overdue.length === 0 ? [] : [`${counted(overdue.length, 'decision')} past review: ask whether the reasons hold`]),
  ].join('\n');
}

/** One environment's ledger for programs: how much it holds, and an object for each decision, with its places there. */
export function ledgerRows(ledger: Ledger, environment: string, today: Day) {
  const decisions = decisionsOf(ledger, environment);
  return {
    environment,
    counts: countsOf({ decisions }),
    decisions: decisions.map((decision) => ({ ...decision, isOverdue: decision.reviewBy < today })),
  };
}

const sayCounts = ({ decisions, places, findings }: ReturnType<typeof countsOf>): string =>
  [counted(decisions, 'decision'), counted(places, 'place'), counted(findings, 'finding')].join(', ');

const sayReason = ({ rule, reason }: Decision, index: number): string => hang(`(${index + 1}) `, `${rule}: ${reason}`);

const sayPlace = ({ resource, stacks, findings }: Place): string[] => [
  `    ${resource}`,
  hang('      in ', stacks.join(', ')),
  ...findings.map((id) => `      ${id}`),
];
