import { additive, breaking, type Change, type ChangeCode, type Party } from './change.ts';

/** Where a column stands, and who could meet it there. */
export interface Place {
  readonly path: string;
  /** Whether both versions store it: a column that is dropped is judged at the door and never seen again. */
  readonly stored: boolean;
  /** Whether it lies within another column. */
  readonly nested: boolean;
}

export const within = (place: Place, suffix: string): Place => ({ ...place, path: `${place.path}${suffix}`, nested: true });

/** A change of a column, which breaks those of the parties who can meet it; where there is none, it adds. */
export function judgedAt(
  place: Place,
  code: ChangeCode,
  parties: readonly Party[],
  reason: string,
  text: { readonly additive: string; readonly breaking: string },
): Change {
  const [first, ...rest] = parties.filter((party) => place.stored || party === 'producers' || party === 'privacy');
  return first === undefined
    ? additive(code, place.path, reason, text.additive)
    : breaking(code, place.path, [first, ...rest], reason, text.breaking);
}
