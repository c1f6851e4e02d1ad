import { digestOf, type Danger } from '../danger.ts';
import { claimsOf, subjectKey, type Acceptance, type Claim, type Subject } from './acceptance.ts';

/** Where dangers were found. */
export interface Place {
  /** Absent where it is a contract. */
  readonly stacks?: readonly string[];
  /** `<domain>/<product>`. */
  readonly contract?: string;
  /** Logical id; absent for the stack or the contract itself. */
  readonly resource?: string;
}

/** Dangers, each with the place in which it was found. */
export type Found = readonly (readonly [place: Place, danger: Danger])[];

/** What became of the acceptances that a change brings. */
export interface Accepted {
  /** Who accepted a danger, by the danger. */
  readonly by: ReadonlyMap<Danger, Claim>;
  /** New, and of nothing that the change does. */
  readonly stale: readonly Claim[];
  /** Of nothing that the change does, where nobody can say whether they are new. */
  readonly unmatched: readonly Claim[];
  /** They stand in the base too, and so were for an earlier change. */
  readonly spent: readonly Claim[];
  /** What would accept the rest, without a reason. */
  readonly drafts: readonly Acceptance[];
}

/**
 * Holds dangers against what is accepted. An acceptance is for one change: it must come with it, and so not stand in the base, and its digest
 * must be that of the values which change. Nothing depends on a day.
 *
 * @param before Undefined where the base has no project: whether an acceptance is new cannot be told, and its digest decides alone
 */
export function accept(found: Found, before: readonly Acceptance[] | undefined, after: readonly Acceptance[]): Accepted {
  const old = new Set(claimsOf(before ?? []).map((claim) => JSON.stringify([keyOf(claim), claim.reason, claim.owner])));
  const isSpent = (claim: Claim): boolean => old.has(JSON.stringify([keyOf(claim), claim.reason, claim.owner]));
  const claims = claimsOf(after);
  const fresh = new Map(claims.filter((claim) => !isSpent(claim)).map((claim) => [keyOf(claim), claim]));
  const units = unitsOf(found);
  const matched = units.map((unit) => ({
    unit,
    claims: claimsOf([{ ...unit.subject, ...stacksOf(unit.place), ...UNSAID }]).map((claim) => fresh.get(keyOf(claim))),
  }));
  const by = new Map(
    matched.flatMap(({ unit, claims: [first, ...others] }) =>
      first === undefined || others.includes(undefined) ? [] : unit.dangers.map((danger) => [danger, first] as const),
    ),
  );
  const used = new Set(matched.flatMap((one) => one.claims));
  const unmatched = [...fresh.values()].filter((claim) => !used.has(claim));
  return {
    by,
    stale: before === undefined ? [] : unmatched,
    unmatched: before === undefined ? unmatched : [],
    spent: claims.filter(isSpent),
    drafts: draftsOf(units.filter(({ dangers }) => !dangers.every((danger) => by.has(danger)))),
  };
}

const keyOf = (claim: Claim): string => `${claim.stack ?? ''} ${subjectKey(claim)}`;
const stacksOf = ({ stacks }: Place): Pick<Place, 'stacks'> => (stacks === undefined ? {} : { stacks });
/** What a person adds to an entry. */
const UNSAID = { reason: '', owner: '' } as const;

/** Dangers of one code at one place: one more of them is another change. */
interface Unit {
  readonly place: Place;
  readonly subject: Subject;
  readonly dangers: readonly Danger[];
}

function unitsOf(found: Found): readonly Unit[] {
  const groups = new Map<string, { readonly place: Place; readonly first: Danger; readonly dangers: readonly Danger[] }>();
  for (const [place, danger] of found) {
    const key = JSON.stringify([place, danger.code, danger.property ?? null]);
    const group = groups.get(key);
    groups.set(key, { place, first: danger, ...group, dangers: [...(group?.dangers ?? []), danger] });
  }
  return [...groups.values()].map(({ place, first: { code, property, change = '' }, dangers }) => {
    const changes = [...new Set(dangers.map((danger) => danger.change))].sort();
    const { contract, resource } = place;
    const subject = {
      code,
      ...(contract === undefined ? {} : { contract }),
      ...(resource === undefined ? {} : { resource }),
      ...(property === undefined ? {} : { property }),
      change: changes.length === 1 ? change : digestOf(changes),
    };
    return { place, subject, dangers };
  });
}

/** The same change in several stacks is one entry. */
function draftsOf(units: readonly Unit[]): readonly Acceptance[] {
  const drafts = new Map<string, Acceptance>();
  for (const { place, subject } of units) {
    const key = subjectKey(subject);
    const stacks = place.stacks && [...(drafts.get(key)?.stacks ?? []), ...place.stacks];
    drafts.set(key, { ...subject, ...(stacks === undefined ? {} : { stacks }), ...UNSAID });
  }
  return [...drafts.values()];
}
