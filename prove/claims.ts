import type { Claim } from './claim.ts';

/** Claims that belong together: a heading of the report. */
export interface Part {
  readonly title: string;
  /** Where its claims stand: `prove/<folder>/<id>.ts`. */
  readonly folder: string;
  /** By id, loaded when it is proved: each is a program of its own. */
  readonly claims: Readonly<Record<string, () => Promise<Claim>>>;
}

/** Every claim that `npm run prove` proves, in the order of its report. */
export const PARTS: readonly Part[] = [
  {
    title: 'Nothing lost',
    folder: 'nothing-lost',
    claims: {
      'random-schedules': async () => (await import('./nothing-lost/random-schedules.ts')).randomSchedules,
      'bad-inputs-meet-faults': async () => (await import('./nothing-lost/bad-inputs-meet-faults.ts')).badInputsMeetFaults,
      'order-does-not-matter': async () => (await import('./nothing-lost/order-does-not-matter.ts')).orderDoesNotMatter,
      'replayed-is-unchanged': async () => (await import('./nothing-lost/replayed-is-unchanged.ts')).replayedIsUnchanged,
      'fresh-again-after-faults': async () => (await import('./nothing-lost/fresh-again-after-faults.ts')).freshAgainAfterFaults,
    },
  },
  {
    title: 'Nothing leaked',
    folder: 'nothing-leaked',
    claims: {
      'search-finds-planted': async () => (await import('./nothing-leaked/search-finds-planted.ts')).searchFindsPlanted,
      'personal-values-stay-closed': async () =>
        (await import('./nothing-leaked/personal-values-stay-closed.ts')).personalValuesStayClosed,
      'raw-and-quarantine-are-closed': async () =>
        (await import('./nothing-leaked/raw-and-quarantine-are-closed.ts')).rawAndQuarantineAreClosed,
    },
  },
  {
    title: 'Nothing wider than it needs to be',
    folder: 'nothing-wider',
    claims: {
      'allows-needed': async () => (await import('./nothing-wider/allows-needed.ts')).allowsNeeded,
      'denies-needed': async () => (await import('./nothing-wider/denies-needed.ts')).deniesNeeded,
      'grants-surface': async () => (await import('./nothing-wider/grants-surface.ts')).grantsSurface,
      'matrix-golden': async () => (await import('./nothing-wider/matrix-golden.ts')).matrixGolden,
      'mutants-caught': async () => (await import('./nothing-wider/mutants-caught.ts')).mutantsCaught,
    },
  },
  {
    title: 'Told when something is wrong',
    folder: 'alarms',
    claims: {
      'alarms-go-off': async () => (await import('./alarms/alarms-go-off.ts')).alarmsGoOff,
    },
  },
  {
    title: 'Contracts change',
    folder: 'contracts-change',
    claims: {
      'columns-change': async () => (await import('./contracts-change/columns-change.ts')).columnsChange,
      'keys-and-places-change': async () => (await import('./contracts-change/keys-and-places-change.ts')).keysAndPlacesChange,
      'protections-change': async () => (await import('./contracts-change/protections-change.ts')).protectionsChange,
    },
  },
  {
    title: 'At what cost',
    folder: 'cost',
    claims: {
      'published-totals': async () => (await import('./cost/published-totals.ts')).publishedTotals,
      'every-type-priced': async () => (await import('./cost/every-type-priced.ts')).everyTypePriced,
    },
  },
  {
    title: 'What the proofs stand on',
    folder: 'groundwork',
    claims: {
      'judge-agrees': async () => (await import('./groundwork/judge-agrees.ts')).judgeAgrees,
      'evaluator-agrees': async () => (await import('./groundwork/evaluator-agrees.ts')).evaluatorAgrees,
      'state-survives-kills': async () => (await import('./groundwork/state-survives-kills.ts')).stateSurvivesKills,
      'wrong-templates-are-told': async () => (await import('./groundwork/wrong-templates-are-told.ts')).wrongTemplatesAreTold,
      'knows-no-dataset': async () => (await import('./groundwork/knows-no-dataset.ts')).knowsNoDataset,
    },
  },
];

/** @throws RangeError for an id that no claim has */
export async function loadClaim(id: string): Promise<Claim> {
  const load = PARTS.map(({ claims }) => claims[id]).find((found) => found !== undefined);
  if (load === undefined) throw new RangeError(`no claim has the id '${id}'`);
  return load();
}

export const CLAIM_IDS: readonly string[] = PARTS.flatMap(({ claims }) => Object.keys(claims));
