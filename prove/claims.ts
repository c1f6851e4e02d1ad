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
    title: 'What the proofs stand on',
    folder: 'groundwork',
    claims: {
      'judge-agrees': async () => (await import('./groundwork/judge-agrees.ts')).judgeAgrees,
      'state-survives-kills': async () => (await import('./groundwork/state-survives-kills.ts')).stateSurvivesKills,
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
