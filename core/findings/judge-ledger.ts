import { claimsOf, type Day, type Ledger, type LedgerEntry } from './ledger.ts';
import { ruleOf, subjectOf } from './finding.ts';

/** Days after which a reason must be asked for again. */
const LONGEST_DAYS = 400;
const SHORTEST_REASON = 40;
const DAY_MS = 86_400_000;

/** A logical id, or a stack's name: nothing that could stand for more than one. */
const RESOURCE = /^[A-Za-z0-9]+$/;
const STACK = /^[A-Za-z][A-Za-z0-9-]*$/;
const RULE = /^[A-Za-z0-9.]+-[A-Za-z0-9]+$/;
/** An action is never excepted: it can always be written out. */
const ACTION = /\[Action::/i;

/** What makes a ledger dishonest, whatever the templates hold: each fault with its code. Nothing when it may be believed. */
export function judgeLedger(ledger: Ledger): string[] {
  const faults = ledger.entries.flatMap((entry) => judgeEntry(ledger.reviewedOn, entry).map((fault) => sayOf(entry, fault)));
  if (!isDay(ledger.reviewedOn))
    faults.unshift(`BadDate: 'reviewedOn' must be a day such as 2026-11-21, got '${ledger.reviewedOn}'`);
  const seen = new Set<string>();
  for (const { id, stack, resource, entry } of claimsOf(ledger)) {
    const claim = `${stack} ${resource} ${id}`;
    if (seen.has(claim))
      faults.push(sayOf(entry, `DuplicateEntry: '${id}' of ${stack} must stand once, got it again; delete one`));
    seen.add(claim);
  }
  return faults;
}

/** Entries whose rules no pack knows: `rules` are the ids of all rules of all packs. */
export function judgeRules(ledger: Ledger, rules: ReadonlySet<string>): string[] {
  return ledger.entries.flatMap((entry) =>
    entry.findings
      .filter((id) => !rules.has(ruleOf(id)))
      .map((id) => sayOf(entry, `UnknownRule: 'findings' must name rules of the packs, got '${ruleOf(id)}'; mend it`)),
  );
}

/** The entries whose review was due before a day. */
export const overdueOn = ({ entries }: Ledger, day: Day): LedgerEntry[] => entries.filter(({ reviewBy }) => reviewBy < day);

const sayOf = ({ resource, findings }: LedgerEntry, fault: string): string =>
  `${resource} (${findings[0] ?? 'no finding'}): ${fault}`;

function judgeEntry(reviewedOn: Day, entry: LedgerEntry): string[] {
  const { findings, resource, stacks, reason, owner, enteredOn, reviewBy } = entry;
  const dates = [enteredOn, reviewBy].filter((day) => !isDay(day));
  const rules: readonly (readonly [isHeld: boolean, fault: string])[] = [
    [RESOURCE.test(resource), `BroadResource: 'resource' must be one logical id, got '${resource}'; name the resource`],
    ...stacks.map(
      (stack) => [STACK.test(stack), `BroadStack: 'stacks' must be names of stacks, got '${stack}'; name each`] as const,
    ),
    ...findings.flatMap((id) => [
      [RULE.test(ruleOf(id)), `BroadFinding: 'findings' must be exact ids, got '${id}'; name the finding`] as const,
      [!ACTION.test(id), `WildcardAction: no action may be excepted, got '${id}'; write the actions out`] as const,
    ]),
    [
      findings.length > 0 && stacks.length > 0,
      "EmptyEntry: 'findings' and 'stacks' must name something, got nothing; delete the entry",
    ],
    [
      new Set(findings.map(subjectOf)).size <= 1,
      `MixedFindings: 'findings' must be of one rule, got ${[...new Set(findings.map(subjectOf))].join(' and ')}; give each its own reason`,
    ],
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
  ];
  return rules.filter(([isHeld]) => !isHeld).map(([, fault]) => fault);
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const moment = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text);
}

const daysBetween = (from: Day, to: Day): number => (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS;
