import type { ServiceError } from '../../service.ts';
import { invalid } from '../invalid-request.ts';

const broken = (member: string, rule: string): string =>
  `Value at '${member}' failed to satisfy constraint: Member must have ${rule}`;

/** What is wrong with a text's length by the service's model. */
export function lengthBroken(member: string, value: string, least: number, most = Infinity): string | undefined {
  const { length } = value;
  if (length < least) return broken(member, `length greater than or equal to ${least}`);
  return length > most ? broken(member, `length less than or equal to ${most}`) : undefined;
}

/** What is wrong with a number by the service's model. */
export function valueBroken(member: string, value: number, least: number, most: number): string | undefined {
  if (value < least) return broken(member, `value greater than or equal to ${least}`);
  return value > most ? broken(member, `value less than or equal to ${most}`) : undefined;
}

/** The refusal of a request by the service's model, in which all that is wrong is told at once. */
export const violations = (...all: readonly string[]): ServiceError =>
  invalid(`${all.length} validation error${all.length === 1 ? '' : 's'} detected: ${all.join('; ')}`);
