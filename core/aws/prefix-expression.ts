/** Which of the two prefixes of an S3 destination a text is. */
export type PrefixKind = 'prefix' | 'errorPrefix';

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'timestamp'; readonly pattern: readonly TimePart[] }
  | { readonly kind: 'random' }
  | { readonly kind: 'errorType' }
  | { readonly kind: 'key'; readonly source: KeySource; readonly key: string };

type TimePart = { readonly field: keyof typeof TIME_FIELDS } | { readonly text: string };
type KeySource = 'partitionKeyFromQuery' | 'partitionKeyFromLambda';

/** A prefix that Firehose would take, ready to be rendered. */
export interface ParsedPrefix {
  readonly kind: PrefixKind;
  readonly parts: readonly Part[];
  /** Keys of dynamic partitions in order of their first use; an error prefix has none. */
  readonly partitionKeys: readonly { readonly source: KeySource; readonly key: string }[];
}

/** What an object's prefix is made of. */
export interface PrefixValues {
  /** Arrival of the oldest record in the object: milliseconds since the epoch. */
  readonly time: number;
  /** `processing-failed`, `format-conversion-failed`…; needed by an error prefix. */
  readonly errorType?: string;
  /** Values of the dynamic partition's keys. */
  readonly keys?: Readonly<Record<string, string>>;
  /** Eleven characters for `!{firehose:random-string}`; by default drawn anew for each use. */
  readonly random?: () => string;
}

/** A prefix expression that Firehose refuses. */
export class InvalidPrefix extends Error {
  constructor(
    readonly kind: PrefixKind,
    problem: string,
  ) {
    super(`'${kind === 'prefix' ? 'Prefix' : 'ErrorOutputPrefix'}' ${problem}`);
    this.name = 'InvalidPrefix';
  }
}

const TIME_FIELDS = {
  yyyy: (at: Date) => String(at.getUTCFullYear()).padStart(4, '0'),
  MM: (at: Date) => twoDigits(at.getUTCMonth() + 1),
  dd: (at: Date) => twoDigits(at.getUTCDate()),
  HH: (at: Date) => twoDigits(at.getUTCHours()),
  mm: (at: Date) => twoDigits(at.getUTCMinutes()),
  ss: (at: Date) => twoDigits(at.getUTCSeconds()),
} as const;

const DEFAULT_TIME: readonly Part[] = [{ kind: 'timestamp', pattern: parsePattern('yyyy/MM/dd/HH/', 'prefix') }];

/**
 * Reads the expressions of a Firehose S3 prefix; all times are UTC. A `Prefix` without any expression gets `yyyy/MM/dd/HH/` appended as it
 * is, without a slash between.
 *
 * @throws {@link InvalidPrefix} for what Firehose refuses, and for a pattern letter outside yyyy, MM, dd, HH, mm, ss
 * @see https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html
 */
export function parsePrefix(text: string, kind: PrefixKind): ParsedPrefix {
  const parts: Part[] = [];
  let from = 0;
  for (let open = text.indexOf('!{', from); open !== -1; open = text.indexOf('!{', from)) {
    const close = text.indexOf('}', open);
    if (close === -1) throw new InvalidPrefix(kind, `has an expression without its closing brace, got '${text}'`);
    if (open > from) parts.push({ kind: 'text', text: text.slice(from, open) });
    parts.push(parseExpression(text.slice(open + 2, close), kind));
    from = close + 1;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
  const hasExpression = parts.some((part) => part.kind !== 'text');
  if (kind === 'errorPrefix' && !parts.some((part) => part.kind === 'errorType')) {
    throw new InvalidPrefix(kind, `must hold '!{firehose:error-output-type}', got '${text}'`);
  }
  if (kind === 'prefix' && !hasExpression) parts.push(...DEFAULT_TIME);
  const keys = parts.filter((part) => part.kind === 'key');
  return {
    kind,
    parts,
    partitionKeys: keys.filter(
      (part, index) => keys.findIndex((other) => other.source === part.source && other.key === part.key) === index,
    ),
  };
}

/**
 * Writes the prefix of one object.
 *
 * @throws RangeError when a value that the expression names is not given
 */
export function renderPrefix(parsed: ParsedPrefix, { time, errorType, keys = {}, random = randomString }: PrefixValues): string {
  const at = new Date(time);
  return parsed.parts
    .map((part) => {
      switch (part.kind) {
        case 'text':
          return part.text;
        case 'timestamp':
          return part.pattern.map((piece) => ('field' in piece ? TIME_FIELDS[piece.field](at) : piece.text)).join('');
        case 'random':
          return random();
        case 'errorType':
          return given(errorType, 'firehose:error-output-type');
        case 'key':
          return given(keys[part.key], `${part.source}:${part.key}`);
      }
    })
    .join('');
}

function parseExpression(expression: string, kind: PrefixKind): Part {
  const colon = expression.indexOf(':');
  const namespace = colon === -1 ? expression : expression.slice(0, colon);
  const value = colon === -1 ? '' : expression.slice(colon + 1);
  if (value === '') throw new InvalidPrefix(kind, `has '!{${expression}}'; an expression is written '!{namespace:value}'`);
  switch (namespace) {
    case 'timestamp':
      return { kind: 'timestamp', pattern: parsePattern(value, kind) };
    case 'firehose':
      if (value === 'random-string') return { kind: 'random' };
      if (value !== 'error-output-type') {
        throw new InvalidPrefix(kind, `knows 'random-string' and 'error-output-type' in namespace 'firehose', got '${value}'`);
      }
      if (kind === 'prefix')
        throw new InvalidPrefix(kind, "must not hold '!{firehose:error-output-type}'; it belongs in ErrorOutputPrefix");
      return { kind: 'errorType' };
    case 'partitionKeyFromQuery':
    case 'partitionKeyFromLambda':
      if (kind === 'errorPrefix') {
        throw new InvalidPrefix(
          kind,
          `must not hold keys of dynamic partitions, got '!{${expression}}'; a failed record has none`,
        );
      }
      return { kind: 'key', source: namespace, key: value };
    default:
      throw new InvalidPrefix(
        kind,
        `has an unknown namespace '${namespace}'; use timestamp, firehose, partitionKeyFromQuery or partitionKeyFromLambda`,
      );
  }
}

/** Java's DateTimeFormatter, as far as partitions of a lake need it: letters are fields, quotes hold text, all else stands for itself. */
function parsePattern(pattern: string, kind: PrefixKind): TimePart[] {
  const pieces = pattern.match(/'[^']*'|([A-Za-z])\1*|[^A-Za-z']+|'/g) ?? [];
  return pieces.map((piece) => {
    if (piece === "'") throw new InvalidPrefix(kind, `has an open quote in the time pattern '${pattern}'`);
    if (piece.startsWith("'")) return { text: piece === "''" ? "'" : piece.slice(1, -1) };
    if (!/^[A-Za-z]/.test(piece)) return { text: piece };
    if (!isTimeField(piece))
      throw new InvalidPrefix(kind, `has '${piece}' in a time pattern; use ${Object.keys(TIME_FIELDS).join(', ')}`);
    return { field: piece };
  });
}

function isTimeField(text: string): text is keyof typeof TIME_FIELDS {
  return Object.hasOwn(TIME_FIELDS, text);
}

function given(value: string | undefined, name: string): string {
  if (value === undefined) throw new RangeError(`'${name}' has no value for this object`);
  return value;
}

function randomString(): string {
  return Array.from({ length: 11 }, () => Math.floor(Math.random() * 36).toString(36)).join('');
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
