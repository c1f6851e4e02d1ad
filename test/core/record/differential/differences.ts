import type { ErrorObject } from 'ajv';
import type { CompiledContract, CompiledType } from '../../../../core/record/compiled-contract.ts';
import type { Verdict } from '../../../../core/record/judge-event.ts';

/** An event on which the judge and ajv do not agree. */
export interface Disagreement {
  readonly text: string;
  readonly verdict: Verdict;
  /** What ajv has against it; nothing where it accepts. */
  readonly errors: readonly ErrorObject[];
  /** Types of the columns that the judge refused, and of all that lies within. */
  readonly types: readonly CompiledType[];
}

export function disagreement(
  contract: CompiledContract,
  text: string,
  verdict: Verdict,
  errors: readonly ErrorObject[],
): Disagreement {
  const refused = verdict.accepted ? [] : contract.columns.filter(({ name }) => verdict.columns.includes(name));
  return { text, verdict, errors, types: refused.flatMap(({ type }) => within(type)) };
}

function within(type: CompiledType): CompiledType[] {
  switch (type.kind) {
    case 'array':
      return [type, ...within(type.items)];
    case 'object':
      return [type, ...type.fields.flatMap((field) => within(field.type))];
    case 'map':
      return [type, ...within(type.values)];
    default:
      return [type];
  }
}

type Reason = Extract<Verdict, { accepted: false }>['reason'];

/** What ajv may say where the judge gives a reason; the others are said of an event as a whole. */
const KEYWORDS: Readonly<Partial<Record<Reason, readonly string[]>>> = {
  'missing-value': ['required', 'type', 'minLength'],
  'wrong-type': ['type'],
  'out-of-range': [
    ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'].flatMap((keyword) => [keyword, `instant-${keyword}`]),
    ...['formatMinimum', 'formatMaximum', 'formatExclusiveMinimum', 'formatExclusiveMaximum', 'multipleOf'],
    'type', // a number beyond every double
  ],
  'wrong-length': ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'],
  'pattern-mismatch': ['pattern'],
  'wrong-format': ['format'],
  'not-listed': ['enum'],
  'bad-time': ['format'],
  'too-old': ['instant-minimum'],
  'in-the-future': ['instant-maximum'],
  'duplicate-key': ['uniqueItems'],
  'ambiguous-key': ['pattern'],
};

/** Whether ajv has the same against the same column. */
export function agrees(verdict: Verdict, errors: readonly ErrorObject[]): boolean {
  if (verdict.accepted) return errors.length === 0;
  if (verdict.reason === 'not-an-object')
    return errors.some(({ keyword, instancePath }) => keyword === 'type' && instancePath === '');
  return (
    verdict.columns.every((column) =>
      errors.some(
        ({ keyword, instancePath, params }) =>
          KEYWORDS[verdict.reason]?.includes(keyword) === true &&
          (instancePath === `/${column}` ||
            instancePath.startsWith(`/${column}/`) ||
            (params as { missingProperty?: string }).missingProperty === column),
      ),
    ) && verdict.columns.length > 0
  );
}

const strings = (text: string): string[] =>
  [...text.matchAll(/"(?:[^"\\]|\\.)*"/g)].map(([literal]) => JSON.parse(literal) as string);
const keys = (text: string): string[] =>
  [...text.matchAll(/("(?:[^"\\]|\\.)*")\s*:/g)].map(([, literal]) => JSON.parse(literal ?? '""') as string);
const depth = (text: string): number => {
  let [deepest, open] = [0, 0];
  for (const character of text) {
    if (character === '{' || character === '[') deepest = Math.max(deepest, (open += 1));
    if (character === '}' || character === ']') open -= 1;
  }
  return deepest;
};
/** Numbers that a double does not hold to the last digit, or may not. */
const hasLongNumber = (text: string): boolean => /\d[\d.]{15,}/.test(text);

/** What the judge refuses and ajv does not see. */
const refused = (reason: Reason, holds: (at: Disagreement) => boolean) => (at: Disagreement) =>
  !at.verdict.accepted && at.verdict.reason === reason && at.errors.length === 0 && holds(at);
/** What the judge accepts and ajv refuses, for one kind of rule alone. */
const accepted = (keywords: readonly string[], holds: (at: Disagreement) => boolean) => (at: Disagreement) =>
  at.verdict.accepted && at.errors.every(({ keyword }) => [...keywords, 'anyOf', 'type'].includes(keyword)) && holds(at);
const badTime = (...patterns: RegExp[]) =>
  refused('bad-time', ({ text }) => strings(text).some((value) => patterns.some((pattern) => pattern.test(value))));
const format = (name: string, holds: (value: string) => boolean) =>
  accepted(
    ['format'],
    ({ text, errors }) =>
      errors.some((error) => (error.params as { format?: string }).format === name) && strings(text).some(holds),
  );

/** Every way in which the two may part, and nothing else: why it is right to, and how to tell. */
export const DIFFERENCES: Readonly<Record<string, (at: Disagreement) => boolean>> = {
  'a key twice: JSON.parse keeps the last': refused(
    'duplicate-key',
    ({ text, types }) => types.length === 0 && new Set(keys(text)).size < keys(text).length,
  ),
  'items alike once stored: ajv compares what was sent': refused('duplicate-key', ({ types }) =>
    types.some((type) => type.kind === 'array' && type.uniqueItems === true),
  ),
  'a key that a reader could take for another: names have no case for JSON Schema to fold': refused('ambiguous-key', ({ text }) =>
    keys(text).some((key) => key.includes('.') || /[A-Z]/.test(key)),
  ),
  'NUL or half a surrogate pair: no UTF-8 and no table holds it': refused('invalid-text', ({ text }) =>
    /\\ud800|\\u0000/.test(text),
  ),
  'nested deeper than 64': refused('too-deep', ({ text }) => depth(text) > 64),
  'an integer or a decimal with a fraction of zeros or an exponent: its type is in its spelling': refused(
    'wrong-type',
    ({ text, types }) => types.some(({ kind }) => kind === 'integer' || kind === 'decimal') && /\d(\.\d|[eE])/.test(text),
  ),
  'a number beyond 15 digits: ajv sees the nearest double (refused)': refused('out-of-range', ({ text }) => hasLongNumber(text)),
  'a number beyond 15 digits: ajv sees the nearest double (accepted)': accepted(
    ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'uniqueItems', 'enum'],
    ({ text }) => hasLongNumber(text),
  ),
  'a multiple: ajv divides doubles': (at) =>
    (at.errors.length === 0 ? refused('out-of-range', () => true)(at) : accepted(['multipleOf'], () => true)(at)) &&
    strings(at.text).length > 0 &&
    /\d(\.\d|e-?\d)/i.test(at.text),
  'a leap second: no table holds it': badTime(/:60/),
  'a year before 1583 or beyond what Parquet holds': badTime(/^(0|10|15|9)\d+-/),
  'lower case t or z in a time': badTime(/\dt\d|z$/),
  'a zone without colon or minutes, or beyond 18 hours': badTime(/[+-]\d\d(\d\d)?$/, /\+19:00$/),
  'a time of day with a zone': badTime(/^\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/),
  'more than nine decimals of a second': badTime(/\.\d{10,}/),
  'decimals of a second at a bound: ajv compares them as text': accepted(
    ['formatMinimum', 'formatMaximum', 'formatExclusiveMinimum', 'formatExclusiveMaximum'],
    ({ text }) => strings(text).some((value) => /^\d\d:\d\d:\d\d\.\d/.test(value)),
  ),
  'an e-mail: more than 64 characters before the @': refused('wrong-format', ({ text }) => /[^"@]{65}@/.test(text)),
  'an e-mail: dots and letters before the @ as people have them': format('email', (value) =>
    /^(.*\.\.|\.|[^@]*\.@|[^@]*[^\0-\x7f])/.test(value),
  ),
  'a hostname with a final dot': refused('wrong-format', ({ text }) => strings(text).some((value) => value.endsWith('.'))),
  'a uuid as a URN': refused('wrong-format', ({ text }) => text.includes('"urn:uuid:')),
  'a URI: the scheme and the absence of spaces are checked, no more': format('uri', (value) =>
    /^[A-Za-z][A-Za-z0-9+.-]*:\S/.test(value),
  ),
};
