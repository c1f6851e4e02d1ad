import { QueryError } from '../query-error.ts';
import { failAt, tokenize, type Place, type Token } from './token.ts';

/** Words that cannot be names unless they are quoted. @see https://trino.io/docs/current/language/reserved.html */
const RESERVED = new Set(
  (
    'alter and as between by case cast constraint create cross cube current_date current_path current_role current_time current_timestamp ' +
    'current_user deallocate delete describe distinct drop else end escape except execute exists extract false for from full group grouping ' +
    'having in inner insert intersect into is join json_array json_exists json_object json_query json_table json_value left like listagg ' +
    'localtime localtimestamp natural normalize not null on or order outer prepare recursive right rollup select skip table then trim true ' +
    'uescape union unnest using values when where with'
  ).split(' '),
);

/** Goes through a statement's tokens, and remembers what it was asked for where it stopped, for Trino tells what it expected. */
export class Cursor {
  private position = 0;
  private expected = new Set<string>();
  private readonly tokens: readonly Token[];
  private parameter = 0;

  /** @param parameters What each `?` stands for, as written; without them a `?` is refused. */
  constructor(
    readonly text: string,
    readonly parameters: readonly string[] = [],
  ) {
    this.tokens = tokenize(text);
  }

  get token(): Token {
    return this.ahead(0);
  }

  ahead(count: number): Token {
    const token = this.tokens[Math.min(this.position + count, this.tokens.length - 1)];
    if (token === undefined) throw new QueryError('SYNTAX_ERROR: line 1:1: the statement is empty');
    return token;
  }

  get place(): Place {
    const { line, column } = this.token;
    return { line, column };
  }

  /** Offset at which the first token begins. */
  get begin(): number {
    return this.tokens[0]?.start ?? 0;
  }

  /** Offset at which the next token begins. */
  get offset(): number {
    return this.token.start;
  }

  /** What was written from an offset up to the token that comes next. */
  writtenSince(offset: number): string {
    const last = this.tokens[this.position - 1];
    return this.text.slice(offset, last?.end ?? offset);
  }

  next(): Token {
    const { token } = this;
    if (token.kind !== 'end') this.position += 1;
    this.expected = new Set();
    return token;
  }

  /** Whether these words come next, in any case. */
  sees(...words: readonly string[]): boolean {
    if (words.length > 0) this.expected.add(`'${words.map((word) => word.toUpperCase()).join(' ')}'`);
    return words.every((word, index) => isWord(this.ahead(index), word));
  }

  seesSymbol(symbol: string): boolean {
    this.expected.add(`'${symbol}'`);
    return this.token.kind === 'symbol' && this.token.text === symbol;
  }

  take(...words: readonly string[]): boolean {
    if (!this.sees(...words)) return false;
    for (let left = words.length; left > 0; left -= 1) this.next();
    return true;
  }

  takeSymbol(symbol: string): boolean {
    if (!this.seesSymbol(symbol)) return false;
    this.next();
    return true;
  }

  /** The one of these words that comes next. */
  takeOne<W extends string>(...words: readonly W[]): W | undefined {
    return words.find((word) => this.take(word));
  }

  expect(...words: readonly string[]): void {
    if (!this.take(...words)) throw this.mismatch();
  }

  expectSymbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) throw this.mismatch();
  }

  /** The name just read as it was written, without its quotes. */
  get written(): string {
    const { kind = 'end', text = '' } = this.tokens[this.position - 1] ?? {};
    return kind === 'quoted' ? text.slice(1, -1).replaceAll('""', '"') : text;
  }

  /** A name, in lower case. */
  name(): string {
    if (!this.seesName()) throw this.mismatch('<identifier>');
    return this.next().value;
  }

  seesName(at = 0): boolean {
    if (at === 0) this.expected.add('<identifier>');
    const token = this.ahead(at);
    if (token.kind === 'backquoted') {
      throw failAt(token, 'SYNTAX_ERROR', 'backquoted identifiers are not supported; use double quotes to quote identifiers');
    }
    return token.kind === 'quoted' || (token.kind === 'word' && !RESERVED.has(token.value));
  }

  string(): string {
    if (this.token.kind !== 'string') throw this.mismatch('<string>');
    return this.next().value;
  }

  /** Items with a comma between them, at least one. */
  list<T>(item: () => T): readonly T[] {
    const items = [item()];
    while (this.takeSymbol(',')) items.push(item());
    return items;
  }

  /** Items in parentheses with a comma between them, at least one. */
  group<T>(item: () => T): readonly T[] {
    this.expectSymbol('(');
    const items = this.list(item);
    this.expectSymbol(')');
    return items;
  }

  /** Whether `attempt` succeeds; if it does not, nothing was read. */
  attempt<T>(attempt: () => T): T | undefined {
    const { position, parameter } = this;
    try {
      return attempt();
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      this.position = position;
      this.parameter = parameter;
      return undefined;
    }
  }

  /** The text that the `?` just read stands for. */
  nextParameter(place: Place): string {
    const text = this.parameters[this.parameter];
    this.parameter += 1;
    if (text === undefined)
      throw failAt(
        place,
        'INVALID_PARAMETER_USAGE',
        `Incorrect number of parameters: expected ${this.parameter} but found ${this.parameters.length}`,
      );
    return text;
  }

  /** The statement must end here; one semicolon is allowed. */
  end(): void {
    if (this.takeSymbol(';') && this.token.kind !== 'end')
      throw failAt(this.token, 'SYNTAX_ERROR', 'Only one sql statement is allowed');
    if (this.token.kind !== 'end') throw this.mismatch();
    if (this.parameter < this.parameters.length) {
      throw new QueryError(
        `INVALID_PARAMETER_USAGE: line 1:1: Incorrect number of parameters: expected ${this.parameter} but found ${this.parameters.length}`,
      );
    }
  }

  mismatch(what?: string): QueryError {
    if (what !== undefined) this.expected.add(what);
    const expecting = [...this.expected].sort().join(', ');
    return failAt(this.token, 'SYNTAX_ERROR', `mismatched input '${this.token.text}'. Expecting: ${expecting}`);
  }
}

const isWord = (token: Token, word: string): boolean => token.kind === 'word' && token.value === word;
