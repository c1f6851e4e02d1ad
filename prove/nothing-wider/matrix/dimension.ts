import type { RequestContext } from '../../../core/aws/iam/index.ts';
import { FOREIGN } from './accounts.ts';
import type { RawStatement } from './statement.ts';

/** One way in which a condition key can be answered. */
export interface Answer {
  /** A value of the policies as they write it; `other` for any that none of them has, `absent` for none at all. */
  readonly token: string;
  readonly context: RequestContext;
}

/** A condition key that whoever asks can answer in several ways. */
export interface Dimension {
  readonly key: string;
  readonly answers: readonly Answer[];
}

export const OTHER = 'other';
export const ABSENT = 'absent';

/** What transport a request comes by: two keys say it together. */
const TRANSPORT: Dimension = {
  key: 'transport',
  answers: [
    { token: 'TLS 1.2', context: { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.2' } },
    { token: 'TLS 1.1', context: { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.1' } },
    { token: 'plain HTTP', context: { 'aws:SecureTransport': 'false' } },
  ],
};
const OF_TRANSPORT = ['aws:securetransport', 's3:tlsversion'];

interface Line {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

const linesOf = ({ Condition = {} }: RawStatement): readonly Line[] =>
  Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key, values: [values].flat().map(String) })),
  );

/**
 * Every way in which some statements' conditions can be answered, but those that who asks and what is asked for decide.
 *
 * @param decided Keys that are no choice, in lower case
 * @throws Error for an operator whose values it cannot choose
 */
export function dimensionsOf(statements: readonly RawStatement[], decided: ReadonlySet<string>): readonly Dimension[] {
  const byKey = new Map<string, Line[]>();
  for (const line of statements.flatMap(linesOf)) {
    const key = line.key.toLowerCase();
    if (!decided.has(key)) byKey.set(key, [...(byKey.get(key) ?? []), line]);
  }
  const free = [...byKey].filter(([key]) => !OF_TRANSPORT.includes(key)).map(([, lines]) => dimensionOf(lines));
  return [...(free.length < byKey.size ? [TRANSPORT] : []), ...free].sort((one, other) => (one.key < other.key ? -1 : 1));
}

function dimensionOf(lines: readonly Line[]): Dimension {
  const key = lines[0]?.key ?? '';
  const isSet = lines.some(({ operator }) => operator.startsWith('For'));
  const answer = (token: string, value: string): Answer => ({ token, context: { [key]: isSet ? [value] : value } });
  const named = new Map(lines.flatMap((line) => answersTo(line)));
  return {
    key,
    answers: [
      ...[...named].sort(([one], [other]) => (one < other ? -1 : 1)).map(([token, value]) => answer(token, value)),
      ...(lines.some(({ operator }) => /Bool/.test(operator)) ? [] : [answer(OTHER, otherThan(lines))]),
      { token: ABSENT, context: {} },
    ],
  };
}

/** Values that a line tells apart, by what they are called. */
function answersTo({ operator, values }: Line): readonly (readonly [string, string])[] {
  const base = operator.replace(/^For\w+:/, '').replace(/IfExists$/, '');
  if (base === 'Null') return [];
  if (base === 'Bool')
    return [
      ['true', 'true'],
      ['false', 'false'],
    ];
  if (/^(String|Arn)/.test(base)) return values.map((value) => [value, instanceOf(value)]);
  if (/^Numeric/.test(base))
    return values.flatMap((value) =>
      [-1, 0, 1].map((step) => [String(Number(value) + step), String(Number(value) + step)] as const),
    );
  throw new Error(`the matrix cannot choose values for the condition operator '${operator}'; teach it`);
}

/** Something that a pattern matches. */
export const instanceOf = (pattern: string): string => pattern.replaceAll('*', 'x').replaceAll('?', 'x');

/** Something that no policy names, in the form that the operator takes. */
function otherThan(lines: readonly Line[]): string {
  if (lines.some(({ operator }) => operator.includes('Numeric'))) return '-999999';
  if (lines.some(({ operator }) => operator.includes('Arn'))) return `arn:aws:other:other-1:${FOREIGN}:other`;
  return lines.some(({ values }) => values.some((value) => /^\d{12}$/.test(value))) ? FOREIGN : 'anything-else';
}
