import { Members } from '../../input.ts';
import { invalidInput } from '../glue-error.ts';

/** A request's members; one that nobody here reads could change what happens, and is refused by name. */
export const request = (input: Readonly<Record<string, unknown>>, ...known: readonly string[]): Members =>
  new Members(input, invalidInput).only(['CatalogId', ...known]);

/** @throws ServiceError InvalidInputException */
export function name(members: Members, member: string): string {
  const value = members.text(member);
  if (value !== '' && value.length <= 255) return value;
  throw members.invalid(member, 'must have 1 to 255 characters');
}

/** @throws ServiceError InvalidInputException for more than `most` */
export function atMost<T>(items: readonly T[], member: string, most: number): readonly T[] {
  if (items.length <= most) return items;
  throw invalidInput(
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${most}`,
  );
}
