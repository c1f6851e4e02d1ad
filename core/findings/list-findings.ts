import { isOfAction, subjectOf, type Finding } from './finding.ts';
import { grouped } from '../grouped.ts';
import { withoutEnvironment, type Day, type Decision, type Place } from './ledger.ts';

/** Places for what is found: one for the same construct in each environment where it has the same findings. */
export function placesOf(findings: readonly Pick<Finding, 'id' | 'stack' | 'resource'>[]): Place[] {
  const bySubject = grouped(findings, ({ id, stack, resource }) => [stack, resource, subjectOf(id), isOfAction(id)]).map(
    (group) => ({ ...group[0], ids: group.map(({ id }) => id) }),
  );
  return grouped(bySubject, ({ resource, stack, ids }) => [resource, ids, withoutEnvironment(stack)]).map((group) => ({
    resource: group[0].resource,
    stacks: group.map(({ stack }) => stack),
    findings: group[0].ids,
  }));
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
