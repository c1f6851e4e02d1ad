import { isOfAction, kindOf, subjectOf, type Finding } from './finding.ts';
import { grouped } from '../grouped.ts';
import { claimsOf, withoutEnvironment, type Day, type Decision, type Place } from './ledger.ts';
import { keyOf } from './match-ledger.ts';

/** A rule on a kind of resource. */
export const themeOf = (finding: Finding, datasets: readonly string[]): string =>
  JSON.stringify([subjectOf(finding.id), kindOf(finding, datasets)]);

/** The one decision for each theme that has one; what is itself a question, or has no reason, is no precedent. */
export function homesOf(
  decisions: readonly Decision[],
  findings: readonly Finding[],
  datasets: readonly string[],
): ReadonlyMap<string, Decision> {
  const byKey = new Map(findings.map((finding) => [keyOf(finding), finding]));
  const precedents = claimsOf({ decisions }).filter(({ isConfirmed, decision }) => isConfirmed && decision.reason.trim() !== '');
  const homes = new Map<string, Set<Decision>>();
  for (const claim of precedents) {
    const finding = byKey.get(keyOf(claim));
    if (finding === undefined) continue;
    const theme = themeOf(finding, datasets);
    homes.set(theme, (homes.get(theme) ?? new Set()).add(claim.decision));
  }
  return new Map(
    [...homes].flatMap(([theme, [home, ...others]]) => (home === undefined || others.length > 0 ? [] : [[theme, home]])),
  );
}

/** Places for what is found: one for the same construct in each environment where it has the same findings. */
export function placesOf(findings: readonly Finding[]): { readonly place: Place; readonly of: Finding }[] {
  const bySubject = grouped(findings, ({ id, stack, resource }) =>
    JSON.stringify([stack, resource, subjectOf(id), isOfAction(id)]),
  ).map((group) => ({ of: group[0], ids: group.map(({ id }) => id) }));
  return grouped(bySubject, ({ of: { resource, stack }, ids }) => JSON.stringify([resource, ids, withoutEnvironment(stack)])).map(
    (group) => ({
      of: group[0].of,
      place: { resource: group[0].of.resource, stacks: group.map(({ of }) => of.stack), findings: group[0].ids },
    }),
  );
}

/** A decision that nobody has taken: what is found, and no reason. */
export const unreasoned = (places: readonly Place[], day: Day): Decision => ({
  rule: subjectOf(places[0]?.findings[0] ?? ''),
  reason: '',
  owner: '',
  enteredOn: day,
  reviewBy: day,
  places,
});
