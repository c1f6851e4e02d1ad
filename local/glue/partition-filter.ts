import { invalidInput } from './glue-error.ts';
import { readPartitionValue, type PartitionValue } from './partition-value.ts';
import { likePattern } from './like-pattern.ts';
import type { GlueColumn } from './table.ts';

/** Whether a partition, by its values in the order of the keys, is one that was asked for. */
export type PartitionFilter = (values: readonly string[]) => boolean;

const TOKEN = /\s*(?:('(?:[^']|'')*')|("[^"]*")|(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)|([a-z_][\w$]*)|(<=|>=|<>|!=|[=<>(),]))/giy;

/**
 * Reads the `Expression` of `GetPartitions`: comparisons of partition keys with literals, `IN`, `BETWEEN`, `LIKE`, `IS NULL`, joined by `AND`,
 * `OR` and `NOT`.
 *
 * @throws ServiceError InvalidInputException
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html
 */
export function parsePartitionFilter(expression: string, keys: readonly GlueColumn[]): PartitionFilter {
  const parser = new Parser(tokens(expression), keys);
  const filter = parser.or();
  parser.end();
  return filter;
}

const invalid = (): Error => invalidInput('Invalid partition expression!');

function tokens(expression: string): readonly string[] {
  const found: string[] = [];
  const rest = expression.trimEnd();
  for (let at = 0; at < rest.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(rest)?.[0].trim();
    if (token === undefined) throw invalid();
    found.push(token);
  }
  return found;
}

type Order = 'lower' | 'equal' | 'higher';
const HOLDS: Readonly<Record<string, readonly Order[]>> = {
  '=': ['equal'],
  '<>': ['lower', 'higher'],
  '!=': ['lower', 'higher'],
  '<': ['lower'],
  '<=': ['lower', 'equal'],
  '>': ['higher'],
  '>=': ['higher', 'equal'],
};

class Parser {
  private at = 0;

  constructor(
    private readonly found: readonly string[],
    private readonly keys: readonly GlueColumn[],
  ) {}

  or(): PartitionFilter {
    let left = this.and();
    while (this.word('or')) left = either(left, this.and());
    return left;
  }

  end(): void {
    if (this.at !== this.found.length) throw invalid();
  }

  private and(): PartitionFilter {
    let left = this.not();
    while (this.word('and')) left = both(left, this.not());
    return left;
  }

  private not(): PartitionFilter {
    if (!this.word('not')) return this.term();
    const inner = this.not();
    return (values) => !inner(values);
  }

  private term(): PartitionFilter {
    if (!this.symbol('(')) return this.comparison();
    const inner = this.or();
    this.expect(')');
    return inner;
  }

  private comparison(): PartitionFilter {
    const name = this.next().replaceAll('"', '').toLowerCase();
    const place = this.keys.findIndex((key) => key.Name.toLowerCase() === name);
    const key = this.keys[place];
    if (key === undefined) throw invalid();
    const type = (key.Type ?? 'string').toLowerCase();
    const valueOf = (values: readonly string[]): PartitionValue => readPartitionValue(type, values[place] ?? '');
    if (this.word('is')) {
      const not = this.word('not');
      this.expect('null');
      return () => not; // a registered partition has a value for each key
    }
    const negated = this.word('not');
    const test = this.test(type);
    return (values) => test(valueOf(values)) !== negated;
  }

  private test(type: string): (value: PartitionValue) => boolean {
    if (this.word('in')) {
      this.expect('(');
      const items = [this.literal(type)];
      while (this.symbol(',')) items.push(this.literal(type));
      this.expect(')');
      return (value) => items.some((item) => orderOf(value, item) === 'equal');
    }
    if (this.word('between')) {
      const low = this.literal(type);
      if (!this.word('and')) throw invalid();
      const high = this.literal(type);
      return (value) => orderOf(value, low) !== 'lower' && orderOf(value, high) !== 'higher';
    }
    if (this.word('like')) {
      if (!isText(type)) throw invalidInput(`${familyOf(type)} data type doesn't support operation 'LIKE'`);
      const pattern = likePattern(this.text());
      return (value) => pattern(String(value));
    }
    const holds = HOLDS[this.next()];
    if (holds === undefined) throw invalid();
    const wanted = this.literal(type);
    return (value) => holds.includes(orderOf(value, wanted));
  }

  private literal(type: string): PartitionValue {
    return readPartitionValue(type, this.text());
  }

  /** What a literal says, without its quotes. */
  private text(): string {
    const token = this.next();
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (/^-?\d/.test(token)) return token;
    throw invalid();
  }

  private word(word: string): boolean {
    return this.symbol(word);
  }

  private symbol(symbol: string): boolean {
    if (this.found[this.at]?.toLowerCase() !== symbol) return false;
    this.at += 1;
    return true;
  }

  private expect(symbol: string): void {
    if (!this.symbol(symbol)) throw invalid();
  }

  private next(): string {
    const token = this.found[this.at++];
    if (token === undefined) throw invalid();
    return token;
  }
}

const either =
  (a: PartitionFilter, b: PartitionFilter): PartitionFilter =>
  (values) =>
    a(values) || b(values);
const both =
  (a: PartitionFilter, b: PartitionFilter): PartitionFilter =>
  (values) =>
    a(values) && b(values);

function orderOf(value: PartitionValue, other: PartitionValue): Order {
  if (value === other) return 'equal';
  return value < other ? 'lower' : 'higher';
}

const isText = (type: string): boolean => /^(?:string|varchar|char)/.test(type);
const familyOf = (type: string): string =>
  type.startsWith('decimal') ? 'Decimal' : /^(?:date|timestamp)/.test(type) ? 'Date' : 'Integral';
