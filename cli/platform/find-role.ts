import { didYouMean, nameOneOf } from '../../core/suggest.ts';
import { CommandError } from '../command-error.ts';
import type { Deployment } from './deployment.ts';
import { nameInIam, roleNames } from './role-names.ts';

/** The ARN of a role that is named by its ARN, by the name to type or by IAM's. @throws {@link CommandError} `UnknownRole` */
export function roleArnOf(deployment: Deployment, role: string): string {
  if (role.startsWith('arn:')) return role;
  const names = roleNames(deployment);
  const arn = names.get(role) ?? deployment.roles.map((one) => one.arn).find((one) => nameInIam(one) === role);
  if (arn !== undefined) return arn;
  const known = [...names.keys()];
  const remedy =
    known.length === 0
      ? '; no role of the templates trusts the account: let one, or leave it out for the rights of the operator'
      : didYouMean(role, known) || `; ${nameOneOf(known)}`;
  throw new CommandError('UnknownRole', `'--as' must be a role's ARN or its name, got '${role}'${remedy}`);
}

/** Roles by the names to type, for a message. */
export function namesOf(deployment: Deployment, arns: readonly string[]): string {
  const names = new Map([...roleNames(deployment)].map(([name, arn]) => [arn, name]));
  return arns.map((arn) => names.get(arn) ?? arn).join(', ');
}
