import type { Condition } from '../permissions/statement.ts';
import { code } from './words.ts';

/** Values by what is demanded of them: an operator and a key. */
const demandsOf = (condition: Condition): ReadonlyMap<string, readonly string[]> =>
  new Map(
    Object.entries(condition).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => [`${operator} ${key}`, values]),
    ),
  );

const values = (all: readonly string[]): string => all.map(code).join(' or ');

/** What must hold, after what is allowed: nothing where it always is. */
export function conditionWords(condition: Condition): string {
  const demands = [...demandsOf(condition)].map(([demand, all]) => `${demand} ${values(all)}`);
  return demands.length === 0 ? '' : `, when ${demands.join(' and ')}`;
}

/** Only what differs: a condition may name twenty roles. */
export function conditionChange(before: Condition, after: Condition): string {
  const [old, now] = [demandsOf(before), demandsOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .flatMap((demand) => {
      const [was, is] = [old.get(demand), now.get(demand)];
      if (is === undefined) return [`no longer ${demand} ${values(was ?? [])}`];
      if (was === undefined) return [`now ${demand} ${values(is)}`];
      const [come, gone] = [is.filter((value) => !was.includes(value)), was.filter((value) => !is.includes(value))];
      return [
        ...(come.length === 0 ? [] : [`${demand} also ${values(come)}`]),
        ...(gone.length === 0 ? [] : [`${demand} no longer ${values(gone)}`]),
      ];
    })
    .join(' and ');
}
