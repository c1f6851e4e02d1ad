import { ClaimFails, type Claim, type Scale } from '../claim.ts';
import { findDenials, type Denial } from './denial.ts';
import { environmentsOf, statementsOf } from './evidence.ts';
import { refusedAccesses } from './requests/refused.ts';

/** A denial of an environment. */
export interface StandingDenial extends Denial {
  readonly environment: string;
}

export const deniesNeeded: Claim = {
  id: 'denies-needed',
  says: 'Each Deny statement, each of its actions and resources refuses a named scenario that succeeds once it is removed, all else equal.',
  prove: async (scale: Scale) =>
    judgeDenials(
      environmentsOf(scale).flatMap((environment) => {
        const { account, statements, resources } = statementsOf(environment);
        const denials = findDenials(account, statements, refusedAccesses({ environment, resources }));
        return denials.map((denial) => ({ ...denial, environment }));
      }),
    ),
};

/**
 * @returns What was counted
 * @throws ClaimFails for a denial that refuses nothing, and where there is none
 */
export function judgeDenials(denials: readonly StandingDenial[]): string {
  const idle = denials.filter(({ scenario }) => scenario === undefined);
  const findings = [
    ...idle.map(
      ({ environment, statement: { name }, part }) =>
        `${environment}: nothing succeeds without ${part === undefined ? '' : `the ${part.of} ${part.name} of `}'${name}'`,
    ),
    ...(denials.length === 0 ? ['there is no Deny statement to look at'] : []),
  ];
  if (findings.length > 0) throw new ClaimFails(findings);
  const environments = new Set(denials.map(({ environment }) => environment));
  const statements = denials.filter(({ part }) => part === undefined).length;
  const scenarios = new Set(denials.map(({ scenario }) => scenario)).size;
  return `${[...environments].join(', ')}: ${statements} Deny statements, ${denials.length - statements} parts of them, by ${scenarios} scenarios`;
}
