import { ClaimFails, type Claim, type Scale } from '../claim.ts';
import { environmentsOf, lifeOf, statementsOf } from './evidence.ts';
import { findNeeds } from './need.ts';
import { planRuns } from './surface/plan-runs.ts';
import { runWithoutEach } from './surface/run-without-each.ts';
import type { Surfaced } from './surface/run-without.ts';

/** The loss of these is refused, and nobody is told: what they are for is what would tell. */
const QUIET = /(^|-)delivery WriteLog$/;

export const grantsSurface: Claim = {
  id: 'grants-surface',
  says: 'A platform whose template lacks a statement refuses it from end to end: an error or a log names role, action and resource, or, where Athena cannot find the bucket for its results, that bucket.',
  prove: async (scale: Scale) => {
    const seen = new Set<string>();
    const found: Surfaced[] = [];
    let count = 0;
    for (const environment of environmentsOf(scale)) {
      const { account, assembly, statements } = statementsOf(environment);
      const { accesses } = await lifeOf(environment);
      const unseen = statements.filter(({ kind }) => !seen.has(kind)); // a kind is alike in every environment that has it
      for (const { kind } of unseen) seen.add(kind);
      const planned = planRuns(findNeeds(account, unseen, accesses));
      for (const removed of scale === 'quick' ? fullest(planned) : planned) {
        const { surfaced, runs } = await runWithoutEach(environment, assembly, removed);
        found.push(...surfaced);
        count += runs;
      }
    }
    return judgeSurfaced(found, count);
  },
};

/** The run that loses most. */
const fullest = <T>(runs: readonly (readonly T[])[]): readonly (readonly T[])[] =>
  runs.toSorted((one, other) => other.length - one.length).slice(0, 1);

/**
 * @param runs How many it took
 * @returns What was counted
 * @throws ClaimFails for a statement whose loss nobody meets, or meets without a word
 */
export function judgeSurfaced(found: readonly Surfaced[], runs: number): string {
  const findings = found.flatMap(({ statement: { name, kind }, refused, told }) => {
    if (refused === undefined) return [`without '${name}' nothing is refused`];
    return told || QUIET.test(kind) ? [] : [`without '${name}' ${refused.action} is refused, and no error or log says so`];
  });
  if (found.length === 0) findings.push('no statement was removed');
  if (findings.length > 0) throw new ClaimFails(findings);
  const told = found.filter((surfaced) => surfaced.told).length;
  const silent = found.length - told;
  return `${found.length} kinds of statements removed in ${runs} runs: ${told} told by an error or a log, ${silent} refused in silence`;
}
