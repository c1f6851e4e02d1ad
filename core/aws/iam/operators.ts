import { dateValue } from './date-value.ts';
import { ipRange } from './ip-range.ts';
import { arnComponents, expand, literal, matches, parsePattern, type Expanded, type Lookup } from './pattern.ts';

/** Whether a value of a request meets one value of a policy, whose variables the request fills. */
export type Matcher = (got: string, lookup: Lookup) => boolean;

interface Reading {
  /** Whether the policy's version knows variables. */
  readonly variables: boolean;
}

/** What a condition operator does with the values of a policy. */
export interface Operator {
  /** Holds where no value matches, and where the request lacks the key. */
  readonly negated: boolean;
  /** Reads one value of a policy. @throws Error for a value that the operator does not take */
  readonly read: (text: string, reading: Reading) => Matcher;
}

type Read = Operator['read'];

/** Compares with what stands in the policy once its variables are filled; with a variable that has no value, nothing matches. */
const filled =
  (test: (wanted: Expanded, got: string) => boolean): Read =>
  (text, reading) => {
    const pattern = parsePattern(text, reading);
    return (got, lookup) => {
      const wanted = expand(pattern, lookup);
      return wanted !== undefined && test(wanted, got);
    };
  };

const equals = filled((wanted, got) => literal(wanted) === got);
const equalsIgnoreCase = filled((wanted, got) => literal(wanted).toLowerCase() === got.toLowerCase());

/** ArnEquals and ArnLike are the same: component by component, so that no wildcard reaches across a colon but in the last. */
const arn = filled((wanted, got) => {
  if (literal(wanted) === '*') return true;
  const components = arnComponents(wanted);
  const parts = arnComponents(Array.from(got));
  if (components === undefined || parts === undefined) return false;
  return components.every((component, index) => matches(component, literal(parts[index] ?? [])));
});

/** Operators of numbers and dates; AWS fills no variables in their values. */
const ordered =
  (valueOf: (text: string) => number) =>
  (compare: (got: number, wanted: number) => boolean): Read =>
  (text) => {
    const wanted = valueOf(text);
    return (got) => compare(valueOf(got), wanted);
  };

function numberValue(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new Error('a numeric condition operator met a value that is no number');
  return value;
}

const bool: Read = (text) => {
  if (!/^(true|false)$/i.test(text)) throw new Error('condition operator Bool takes true or false');
  return (got) => got.toLowerCase() === text.toLowerCase();
};

/** Both sides are base 64 here: that is how a request's bytes are put in a context of texts. */
const binary: Read = (text) => {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text))
    throw new Error('condition operator BinaryEquals takes base 64');
  return (got) => got === text;
};

const numeric = ordered(numberValue);
const date = ordered(dateValue);
const same = (got: number, wanted: number): boolean => got === wanted;
const less = (got: number, wanted: number): boolean => got < wanted;
const lessOrSame = (got: number, wanted: number): boolean => got <= wanted;
const more = (got: number, wanted: number): boolean => got > wanted;
const moreOrSame = (got: number, wanted: number): boolean => got >= wanted;

const holds = (read: Read): Operator => ({ negated: false, read });
const holdsNot = (read: Read): Operator => ({ negated: true, read });

/**
 * Every condition operator that AWS documents but `Null`, which takes no values of a request.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: holds(equals),
  StringNotEquals: holdsNot(equals),
  StringEqualsIgnoreCase: holds(equalsIgnoreCase),
  StringNotEqualsIgnoreCase: holdsNot(equalsIgnoreCase),
  StringLike: holds(filled(matches)),
  StringNotLike: holdsNot(filled(matches)),
  ArnEquals: holds(arn),
  ArnLike: holds(arn),
  ArnNotEquals: holdsNot(arn),
  ArnNotLike: holdsNot(arn),
  Bool: holds(bool),
  BinaryEquals: holds(binary),
  IpAddress: holds(ipRange),
  NotIpAddress: holdsNot(ipRange),
  NumericEquals: holds(numeric(same)),
  NumericNotEquals: holdsNot(numeric(same)),
  NumericLessThan: holds(numeric(less)),
  NumericLessThanEquals: holds(numeric(lessOrSame)),
  NumericGreaterThan: holds(numeric(more)),
  NumericGreaterThanEquals: holds(numeric(moreOrSame)),
  DateEquals: holds(date(same)),
  DateNotEquals: holdsNot(date(same)),
  DateLessThan: holds(date(less)),
  DateLessThanEquals: holds(date(lessOrSame)),
  DateGreaterThan: holds(date(more)),
  DateGreaterThanEquals: holds(date(moreOrSame)),
};
