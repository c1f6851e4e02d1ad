import { pascalCase } from '../naming.ts';
import { isOfAction, withoutHash, type Finding } from './finding.ts';
import { grouped } from '../grouped.ts';
import { homesOf, placesOf, themeOf, unreasoned } from './list-findings.ts';
import { withoutEnvironment, type Ledger, type Place } from './ledger.ts';
import { withDecisions } from './ledger-text.ts';
import { keyOf, matchLedger } from './match-ledger.ts';
import { readLedger } from './read-ledger.ts';

/** A dataset that got another name: its resources are new, and what was said of them still holds. */
export interface Rename {
  readonly from: string;
  readonly to: string;
}

/** What is known of the platform that was judged. */
export interface Renewal {
  /** Names of its datasets. */
  readonly datasets: readonly string[];
  /** @default - nothing was renamed */
  readonly rename?: Rename | undefined;
}

/** What a person is asked of a place that a renewal proposes. */
const CONFIRM = 'does this reason hold here too? if so, delete this line';

/**
 * A ledger's text for what is found now: places follow a rename that somebody states, what is no longer found is dropped, and what is found in
 * addition is listed. Where one decision, and no other, is about this rule on this kind of resource, it is listed there, with a question; elsewhere at
 * the end, without a reason. No reason is ever written or lent: until a person answers, the build fails.
 */
export function renewLedger(text: string, findings: readonly Finding[], { datasets, rename }: Renewal): string {
  const ledger = readLedger(text);
  const followed = rename === undefined ? ledger : mapPlaces(ledger, (place) => [follow(place, rename, findings)]);
  const kept = mapPlaces(followed, (place) => withoutStale(place, findings));
  const standing = kept.decisions
    .filter(({ places }) => places.length > 0)
    .map((decision) => ({ ...decision, places: joined(decision.places) }));
  const missing = matchLedger(kept, findings).missing.filter(({ isUnjudged }) => !isUnjudged);
  const homes = homesOf(standing, findings, datasets);
  const listed = placesOf(missing).map(({ place, of }) => ({
    place,
    of,
    home: isOfAction(of.id) ? undefined : homes.get(themeOf(of, datasets)),
  }));
  return withDecisions(text, [
    ...standing.map((decision) => ({
      ...decision,
      places: [
        ...decision.places,
        ...listed.filter(({ home }) => home === decision).map(({ place }) => ({ ...place, confirm: CONFIRM })),
      ],
    })),
    ...grouped(
      listed.filter(({ home }) => home === undefined),
      ({ of }) => themeOf(of, datasets),
    ).map((alike) =>
      unreasoned(
        alike.map(({ place }) => place),
        ledger.reviewedOn,
      ),
    ),
  ]);
}

const mapPlaces = (ledger: Ledger, change: (place: Place) => readonly Place[]): Ledger => ({
  ...ledger,
  decisions: ledger.decisions.map((decision) => ({ ...decision, places: decision.places.flatMap(change) })),
});

/** Ids end in a hash of the construct's path: the new one is looked up among the resources with findings, and must be the only one. */
function follow(place: Place, { from, to }: Rename, findings: readonly Finding[]): Place {
  const findingIds = place.findings.map((id) => id.replaceAll(new RegExp(`(?<=/)${from}(?=/)`, 'g'), to));
  const wanted = withoutHash(place.resource).replace(pascalCase(from), pascalCase(to));
  const named = new Set(
    findings
      .filter(({ stack, resource }) => place.stacks.includes(stack) && withoutHash(resource) === wanted)
      .map(({ resource }) => resource),
  );
  const [resource] = named;
  return { ...place, findings: findingIds, resource: named.size === 1 && resource !== undefined ? resource : place.resource };
}

/** What of a place is still found; the stacks of a place have the same findings or part. */
function withoutStale(place: Place, findings: readonly Finding[]): Place[] {
  const found = new Set(findings.filter(({ isUnjudged }) => !isUnjudged).map(keyOf));
  const byStack = place.stacks.map((stack) => ({
    stack,
    ids: place.findings.filter((id) => found.has(keyOf({ id, stack, resource: place.resource }))),
  }));
  return grouped(
    byStack.filter(({ ids }) => ids.length > 0),
    ({ ids }) => JSON.stringify(ids),
  ).map((group) => ({ ...place, findings: group[0].ids, stacks: group.map(({ stack }) => stack) }));
}

/** Places of one resource as one, where the same is found in several stacks of one construct, or several things in the same stacks. */
function joined(places: readonly Place[]): Place[] {
  const byStacks = grouped(places, ({ resource, stacks, confirm }) => JSON.stringify([resource, stacks, confirm])).map(
    (same) => ({
      ...same[0],
      findings: same.flatMap(({ findings }) => findings),
    }),
  );
  return grouped(byStacks, ({ resource, stacks, findings, confirm }) =>
    JSON.stringify([resource, [...new Set(stacks.map(withoutEnvironment))], findings, confirm]),
  ).map((same) => ({ ...same[0], stacks: same.flatMap(({ stacks }) => stacks) }));
}
