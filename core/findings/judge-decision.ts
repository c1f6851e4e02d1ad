import { isDay } from '../aws/is-day.ts';
import type { Day, Decision, Place } from './ledger.ts';
import { isOfAction, ruleOf, subjectOf } from './finding.ts';

/** Days after which a reason must be asked for again. */
const LONGEST_DAYS = 400;
/** Characters of a reason that says something. */
export const SHORTEST_REASON = 40;
const DAY_MS = 86_400_000;

/** A logical id, a stack's name, or a rule's: nothing that could stand for more than one. */
const RESOURCE = /^[A-Za-z0-9]+$/;
const STACK = /^[A-Za-z][A-Za-z0-9-]*$/;
const SUBJECT = /^[A-Za-z0-9]+$/;
const RULE = /^[A-Za-z0-9.]+-[A-Za-z0-9]+$/;

type Rule = readonly [isHeld: boolean, fault: string];
const broken = (rules: readonly Rule[]): string[] => rules.filter(([isHeld]) => !isHeld).map(([, fault]) => fault);

/** What is wrong with a decision, wherever it holds. */
export function judgeDecision(reviewedOn: Day, { rule, reason, owner, enteredOn, reviewBy, places }: Decision): string[] {
  const dates = [enteredOn, reviewBy].filter((day) => !isDay(day));
  return broken([
    [SUBJECT.test(rule), `BroadRule: 'rule' must be what one rule asks, such as LambdaDLQ, got '${rule}'; name the rule`],
    [places.length > 0, "EmptyDecision: 'places' must name where it holds, got nothing; delete the decision"],
    [
      reason.trim().length >= SHORTEST_REASON,
      `ThinReason: 'reason' must be at least ${SHORTEST_REASON} characters, got ${reason.trim().length}; say why this is right here`,
    ],
    [owner.trim() !== '', "NoOwner: 'owner' must be who answers for it, got nothing; name a team"],
    [dates.length === 0, `BadDate: 'enteredOn' and 'reviewBy' must be days such as 2026-11-21, got '${dates.join("', '")}'`],
    [
      dates.length > 0 || enteredOn <= reviewedOn,
      `BadDate: 'enteredOn' must not be after 'reviewedOn' (${reviewedOn}), got ${enteredOn}; set the ledger's date when you change it`,
    ],
    [
      dates.length > 0 || reviewBy > reviewedOn,
      `ReviewOverdue: 'reviewBy' must be after 'reviewedOn' (${reviewedOn}), got ${reviewBy}; ask whether the reason holds, and set a new date`,
    ],
    [
      dates.length > 0 || daysBetween(enteredOn, reviewBy) <= LONGEST_DAYS,
      `ReviewTooFar: 'reviewBy' must be within ${LONGEST_DAYS} days of 'enteredOn', got ${daysBetween(enteredOn, reviewBy)}; choose an earlier day`,
    ],
  ]);
}

/** What is wrong with one of a decision's places. */
export function judgePlace({ rule }: Decision, { resource, stacks, findings }: Place): string[] {
  const exact = findings.filter((id) => RULE.test(ruleOf(id)));
  const others = [...new Set(exact.map(subjectOf))].filter((subject) => subject !== rule);
  return broken([
    [RESOURCE.test(resource), `BroadResource: 'resource' must be one logical id, got '${resource}'; name the resource`],
    ...stacks.map((stack): Rule => [
      STACK.test(stack),
      `BroadStack: 'stacks' must be names of stacks, got '${stack}'; name each`,
    ]),
    ...findings.flatMap((id): Rule[] => [
      [RULE.test(ruleOf(id)), `BroadFinding: 'findings' must be exact ids, got '${id}'; name the finding`],
      [!isOfAction(id), `WildcardAction: no action may be excepted, got '${id}'; write the actions out`],
    ]),
    [
      findings.length > 0 && stacks.length > 0,
      "EmptyPlace: 'findings' and 'stacks' must name something, got nothing; delete the place",
    ],
    [
      others.length === 0,
      `MixedFindings: 'findings' must be of the decision's rule '${rule}', got ${others.join(' and ')}; give each rule its own reason`,
    ],
  ]);
}

const daysBetween = (from: Day, to: Day): number => (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS;
