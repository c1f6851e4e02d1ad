import { ClaimFails, type Claim, type Scale } from '../claim.ts';
import { environmentsOf, lifeOf, statementsOf } from './evidence.ts';
import { findNeeds, type Grant } from './need.ts';
import { isListed, MOST_UNMET, UNMET, type Unmet } from './unmet.ts';

/** A grant of an environment. */
export interface StandingGrant extends Grant {
  readonly environment: string;
}

export const allowsNeeded: Claim = {
  id: 'allows-needed',
  says: 'Each Allow statement, each of its actions, resources and admitted values is needed by a named scenario, which ends in AccessDenied without it.',
  prove: async (scale: Scale) => {
    const grants: StandingGrant[] = [];
    const faults: string[] = [];
    for (const environment of environmentsOf(scale)) {
      const { account, statements } = statementsOf(environment);
      const life = await lifeOf(environment);
      faults.push(...life.faults);
      grants.push(...findNeeds(account, statements, life.accesses).map((grant) => ({ ...grant, environment })));
    }
    return judgeGrants(grants, UNMET, faults);
  },
};

/**
 * @param faults What a run and its templates decided differently
 * @returns What was counted
 * @throws ClaimFails for a grant that nobody needs and no list names, a list that is too long, and an entry that is met
 */
export function judgeGrants(grants: readonly StandingGrant[], unmet: readonly Unmet[], faults: readonly string[] = []): string {
  const wide = grants.filter(
    ({ environment, statement, part, need }) =>
      need === undefined && !unmet.some((entry) => isListed(entry, statement, part, environment)),
  );
  const stale = unmet.filter((entry) => {
    const named = grants.filter(({ environment, statement, part }) => isListed(entry, statement, part, environment));
    const isLooked =
      entry.environments === undefined || grants.some(({ environment }) => entry.environments?.includes(environment));
    return isLooked && (named.length === 0 || named.some(({ need }) => need !== undefined));
  });
  const findings = [
    ...faults,
    ...wide.map(
      ({ environment, statement: { name }, part }) =>
        `${environment}: no scenario needs ${part === undefined ? '' : `the ${part.of} ${part.name} of `}'${name}'`,
    ),
    ...stale.map(
      ({ statement, part }) => `'${[statement, part].filter(Boolean).join(' ')}' is listed as unmet, and is met or gone`,
    ),
    ...(unmet.length > MOST_UNMET ? [`${unmet.length} are listed as unmet: at most ${MOST_UNMET} may be`] : []),
    ...(grants.length === 0 ? ['there is no Allow statement to look at'] : []),
  ];
  if (findings.length > 0) throw new ClaimFails(findings);
  return counted(grants, unmet);
}

function counted(grants: readonly StandingGrant[], unmet: readonly Unmet[]): string {
  const statements = grants.filter(({ part }) => part === undefined);
  const by = (how: string): string => statements.filter(({ need }) => need?.how === how).length.toLocaleString('en-US');
  const environments = new Set(grants.map(({ environment }) => environment));
  return [
    `${[...environments].join(', ')}: ${statements.length.toLocaleString('en-US')} Allow statements`,
    `(${by('run')} needed by what ran, ${by('interpreted')} by a workflow's definition, ${by('declared')} by requests that AWS documents),`,
    `${(grants.length - statements.length).toLocaleString('en-US')} parts of them;`,
    `${unmet.length} kinds that nobody needs are listed with a reason`,
  ].join(' ');
}
