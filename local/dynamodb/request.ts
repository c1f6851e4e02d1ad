import type { Members } from '../input.ts';
import { constraint } from './errors.ts';

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.NamingRules */
const NAME = /^[a-zA-Z0-9_.-]+$/;
const LENGTHS = [3, 255] as const;

/** Checks a name by the rules that tables and indexes have. @throws ServiceError ValidationException */
export function checkName(name: string | undefined, member: string): string {
  if (name === undefined) throw constraint(undefined, member, 'Member must not be null');
  if (!NAME.test(name)) throw constraint(name, member, 'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+');
  checkLength(name, member, LENGTHS[1], LENGTHS[0]);
  return name;
}

/** @throws ServiceError ValidationException for an empty text, and for one that is too long */
export function checkLength(value: string, member: string, most: number, least = 1): void {
  if (value.length < least) throw constraint(value, member, `Member must have length greater than or equal to ${least}`);
  if (value.length > most) throw constraint(value, member, `Member must have length less than or equal to ${most}`);
}

/** A member that is one of several words. @throws ServiceError ValidationException */
export function enumOf(input: Members, member: string, words: readonly string[]): string | undefined {
  const value = input.optionalText(member);
  if (value === undefined || words.includes(value)) return value;
  const name = `${member.charAt(0).toLowerCase()}${member.slice(1)}`;
  throw constraint(value, name, `Member must satisfy enum value set: [${words.join(', ')}]`);
}
