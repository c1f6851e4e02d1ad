import { BadEventPattern, isObject, parseFilter } from './event-filters.ts';

export { BadEventPattern } from './event-filters.ts';

/** Whether an event is meant. */
export type Matches = (event: unknown) => boolean;

/**
 * Reads an event pattern: what it names must be there, what it lists are alternatives, and all that it says must hold.
 *
 * @throws BadEventPattern for what EventBridge does not take
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function parseEventPattern(pattern: unknown): Matches {
  if (!isObject(pattern)) throw new BadEventPattern('Filter is not an object');
  if (Object.keys(pattern).length === 0) throw new BadEventPattern('an event pattern must not be empty');
  return ofObject(pattern, '');
}

function ofObject(pattern: Readonly<Record<string, unknown>>, path: string): Matches {
  const all = Object.entries(pattern).map(([key, part]) => ofMember(key, part, path));
  return (event) => all.every((matches) => matches(event));
}

function ofMember(key: string, part: unknown, path: string): Matches {
  const place = path === '' ? key : `${path}.${key}`;
  if (key === '$or' && Array.isArray(part) && part.length > 1 && part.every(isObject)) {
    const any = part.map((one) => ofObject(one, path));
    return (event) => any.some((matches) => matches(event));
  }
  const dot = key.indexOf('.');
  if (dot > 0 && (isObject(part) || Array.isArray(part)))
    return ofMember(key.slice(0, dot), { [key.slice(dot + 1)]: part }, path);
  if (isObject(part)) {
    const within = ofObject(part, place);
    return (event) => {
      const values = [...valuesOf(event, key), ...joinedWith(event, key)];
      return values.length === 0 ? within(undefined) : values.some((value) => within(value));
    };
  }
  if (!Array.isArray(part)) throw new BadEventPattern(`"${key}" must be an object or an array`);
  if (part.length === 0) throw new BadEventPattern('Empty arrays are not allowed');
  const any = part.map((filter) => parseFilter(filter, place));
  return (event) => {
    const values = valuesOf(event, key).filter((value) => !isObject(value)); // filters are of leaves
    return values.length === 0
      ? any.some((matches) => matches(undefined))
      : values.some((value) => any.some((matches) => matches(value)));
  };
}

/** The values of a member; of a list each of its own. */
function valuesOf(event: unknown, key: string): readonly unknown[] {
  if (!isObject(event) || !Object.hasOwn(event, key)) return [];
  const value = event[key];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

/** The members whose keys begin with this one and a dot, as if they were within it: a dot says the same as a member within a member. */
function joinedWith(event: unknown, key: string): readonly unknown[] {
  if (!isObject(event)) return [];
  const members = Object.entries(event).filter(([name]) => name.startsWith(`${key}.`));
  return members.length === 0 ? [] : [Object.fromEntries(members.map(([name, value]) => [name.slice(key.length + 1), value]))];
}
