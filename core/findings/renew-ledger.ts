import { parseDocument } from 'yaml';
import { pascalCase } from '../naming.ts';
import { subjectOf, type Finding } from './finding.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';
import { matchLedger } from './match-ledger.ts';
import { readLedger } from './read-ledger.ts';

/** A dataset that got another name: its resources are new, and what was said of them still holds. */
export interface Rename {
  readonly from: string;
  readonly to: string;
}

/**
 * A ledger's text for what is found now: entries follow a rename that somebody states, what is no longer found is dropped, and what
 * is found in addition stands at the end without a reason. No reason is ever written or lent: until a person gives one, the build fails.
 */
export function renewLedger(text: string, findings: readonly Finding[], rename?: Rename): string {
  const ledger = readLedger(text);
  const followed =
    rename === undefined ? ledger : { ...ledger, entries: ledger.entries.map((entry) => follow(entry, rename, findings)) };
  const kept = {
    ...followed,
    entries: followed.entries.flatMap((entry) => withoutStale({ ...ledger, entries: [entry] }, findings)),
  };
  const missing = matchLedger(kept, findings).missing.filter(({ isUnjudged }) => !isUnjudged);
  const document = parseDocument(text);
  document.set('entries', document.createNode([...kept.entries, ...unreasoned(missing, ledger.reviewedOn)]));
  return document.toString({ lineWidth: 0, singleQuote: true });
}

const withoutHash = (id: string): string => id.replace(/[0-9A-F]{8}$/, '');

/** Ids end in a hash of the construct's path: the new one is looked up among the resources with findings, and must be the only one. */
function follow(entry: LedgerEntry, { from, to }: Rename, findings: readonly Finding[]): LedgerEntry {
  const findingIds = entry.findings.map((id) => id.replaceAll(new RegExp(`(?<=/)${from}(?=/)`, 'g'), to));
  const wanted = withoutHash(entry.resource).replace(pascalCase(from), pascalCase(to));
  const named = new Set(
    findings
      .filter(({ stack, resource }) => entry.stacks.includes(stack) && withoutHash(resource) === wanted)
      .map(({ resource }) => resource),
  );
  const [resource] = named;
  return { ...entry, findings: findingIds, resource: named.size === 1 && resource !== undefined ? resource : entry.resource };
}

/** What of one entry is still found; the stacks of an entry have the same findings or part. */
function withoutStale(one: Ledger, findings: readonly Finding[]): LedgerEntry[] {
  return one.entries.flatMap((entry) => {
    const byStack = entry.stacks.map((stack) => {
      const { stale } = matchLedger({ ...one, entries: [{ ...entry, stacks: [stack] }] }, findings);
      return { stack, found: entry.findings.filter((id) => !stale.some((claim) => claim.id === id)) };
    });
    return grouped(
      byStack.filter(({ found }) => found.length > 0),
      ({ found }) => JSON.stringify(found),
    ).map((group) => ({
      ...entry,
      findings: group[0]?.found ?? [],
      stacks: group.map(({ stack }) => stack),
    }));
  });
}

function unreasoned(missing: readonly Finding[], day: string): LedgerEntry[] {
  const bySubject = grouped(missing, ({ id, stack, resource }) => JSON.stringify([stack, resource, subjectOf(id)])).map(
    (group) => ({ stack: group[0]?.stack ?? '', resource: group[0]?.resource ?? '', findings: group.map(({ id }) => id) }),
  );
  return grouped(bySubject, ({ resource, findings, stack }) =>
    JSON.stringify([resource, findings, stack.replace(/^Headwaters-[a-z0-9]+-/, '')]),
  ).map((group) => ({
    findings: group[0]?.findings ?? [],
    resource: group[0]?.resource ?? '',
    stacks: group.map(({ stack }) => stack),
    reason: '',
    owner: '',
    enteredOn: day,
    reviewBy: day,
  }));
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}
