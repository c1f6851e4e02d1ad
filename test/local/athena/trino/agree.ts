import type { Answered } from '../sql/engine.ts';
import type { Asked, TrinoAnswer } from './answers.ts';

/** What this runtime makes of a query. */
export type Ours = Pick<Answered, 'types' | 'rows'> | { readonly error: string };

export type Verdict = 'agrees' | 'refused' | 'differs';

/** What is not on the list of this runtime is refused, and says so. */
const REFUSED = /^NOT_SUPPORTED: |on the tested list|headwaters local/;

/** Whether an answer of ours is Trino's: the types, the values, or the name of the error. */
export function verdict(ours: Ours, trino: TrinoAnswer): Verdict {
  if ('error' in ours) {
    if ('error' in trino && nameOf(ours.error) === nameOf(trino.error)) return 'agrees';
    return REFUSED.test(ours.error) ? 'refused' : 'differs';
  }
  if ('error' in trino || ours.rows.length !== trino.rows.length) return 'differs';
  if (JSON.stringify(ours.types) !== JSON.stringify(trino.types)) return 'differs';
  const alike = ours.rows.every((row, at) =>
    trino.types.every((type, column) => sameText(row[column] ?? null, trino.rows[at]?.[column] ?? null, type)),
  );
  return alike ? 'agrees' : 'differs';
}

const nameOf = (error: string): string => error.split(':')[0] ?? '';

/** Whether two texts tell one value of a type. */
export function sameText(ours: string | null, trino: string | null, type: string): boolean {
  if (ours === null || trino === null) return ours === trino;
  if (type.startsWith('map(')) return inOrder(ours) === inOrder(trino);
  const tolerance = type.includes('real') ? 2e-7 : type.includes('double') ? 1e-14 : 0;
  const theirs = /time(?:stamp)?\([0-2]\)/.test(type) ? withMilliseconds(trino) : trino;
  return ours === theirs || (tolerance > 0 && sameNumbers(ours, theirs, tolerance));
}

/** A map has no order. */
const inOrder = (map: string): string => map.slice(1, -1).split(', ').sort().join(', ');

/** Athena writes three digits of a second at least. */
const withMilliseconds = (text: string): string =>
  text.replaceAll(
    /(\d\d:\d\d:\d\d)(?:\.(\d{1,2}))?(?![.\d:])/g,
    (_, clock: string, digits = '') => `${clock}.${String(digits).padEnd(3, '0')}`,
  );

const NUMBER = /-?\d+\.\d+(?:E-?\d+)?/g;

/** The last digit of a sine hangs on the machine, and how many digits tell a float on the version of Java. */
function sameNumbers(ours: string, trino: string, tolerance: number): boolean {
  const [a, b] = [ours, trino].map((text) => text.match(NUMBER)?.map(Number) ?? []);
  return (
    ours.replaceAll(NUMBER, '#') === trino.replaceAll(NUMBER, '#') &&
    (a ?? []).every((value, at) => {
      const other = b?.[at] ?? Number.NaN;
      return Object.is(value, other) || Math.abs(value - other) <= tolerance * Math.max(Math.abs(value), Math.abs(other));
    })
  );
}

export const shown = (asked: Asked, ours: Ours): string => {
  const text = (answer: Ours | TrinoAnswer): string =>
    'error' in answer ? answer.error : `${JSON.stringify(answer.rows)} ${answer.types.join(', ')}`;
  return `${asked.sql}\n  ours:  ${text(ours)}\n  Trino: ${text(asked)}`;
};
