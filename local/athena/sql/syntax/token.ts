import { QueryError } from '../query-error.ts';

/** Where something stands in a statement, counted from one as Trino counts. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export type TokenKind =
  'word' | 'quoted' | 'backquoted' | 'string' | 'binary' | 'integer' | 'decimal' | 'double' | 'symbol' | 'end';

export interface Token extends Place {
  readonly kind: TokenKind;
  /** As written. */
  readonly text: string;
  /** What it stands for: escapes resolved, and names in lower case, for Trino folds them, quoted or not. */
  readonly value: string;
  /** Offsets into the statement. */
  readonly start: number;
  readonly end: number;
}

/** A failure at a place, in Trino's form. */
export const failAt = ({ line, column }: Place, code: string, words: string): QueryError =>
  new QueryError(`${code}: line ${line}:${column}: ${words}`);

const RULES: readonly (readonly [TokenKind | 'space' | 'unicode', RegExp])[] = [
  ['space', /\s+|--[^\n]*|\/\*[\s\S]*?\*\//y],
  ['unicode', /[uU]&'(?:[^']|'')*'(?:\s+[uU][eE][sS][cC][aA][pP][eE]\s+'(.)')?/y],
  ['binary', /[xX]'[^']*'/y],
  ['string', /'(?:[^']|'')*'/y],
  ['quoted', /"(?:[^"]|"")*"/y],
  ['backquoted', /`(?:[^`]|``)*`/y],
  ['double', /(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)[eE][+-]?\d+/y],
  ['decimal', /\d[\d_]*\.[\d_]*|\.\d[\d_]*/y],
  ['integer', /\d[\d_]*/y],
  ['word', /[\p{L}_][\p{L}\p{N}_@]*/uy],
  ['symbol', /<>|!=|<=|>=|\|\||->|=>|[-+*/%=<>()[\],.;?:{}]/y],
];

/** Splits a statement into its tokens; comments are left out. @throws QueryError SYNTAX_ERROR for a character that begins none */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const places = new Places(text);
  let at = 0;
  while (at < text.length) {
    const found = match(text, at);
    const place = places.at(at);
    if (found === undefined) throw failAt(place, 'SYNTAX_ERROR', `extraneous input '${text.charAt(at)}'`);
    const [rule, written, escape] = found;
    if (rule !== 'space') {
      const kind = rule === 'unicode' ? 'string' : rule;
      tokens.push({
        kind,
        text: written,
        value: valueOf(rule, written, escape, place),
        start: at,
        end: at + written.length,
        ...place,
      });
    }
    at += written.length;
  }
  return [...tokens, { kind: 'end', text: '<EOF>', value: '', start: at, end: at, ...places.at(at) }];
}

function match(text: string, at: number): readonly [TokenKind | 'space' | 'unicode', string, string | undefined] | undefined {
  for (const [kind, rule] of RULES) {
    rule.lastIndex = at;
    const found = rule.exec(text);
    if (found !== null) return [kind, found[0], found[1]];
  }
  return undefined;
}

function valueOf(rule: TokenKind | 'unicode' | 'space', text: string, escape: string | undefined, place: Place): string {
  switch (rule) {
    case 'word':
      return text.toLowerCase();
    case 'quoted':
      return text.slice(1, -1).replaceAll('""', '"').toLowerCase();
    case 'backquoted':
      return text.slice(1, -1).replaceAll('``', '`').toLowerCase();
    case 'string':
      return text.slice(1, -1).replaceAll("''", "'");
    case 'unicode':
      return unescape(/'((?:[^']|'')*)'/.exec(text)?.[1] ?? '', escape ?? '\\', place);
    case 'binary':
      return binary(text.slice(2, -1).replaceAll(/\s/g, ''), place);
    case 'integer':
    case 'decimal':
    case 'double':
      return text.replaceAll('_', '');
    default:
      return text;
  }
}

function unescape(text: string, escape: string, place: Place): string {
  const mark = escape.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
  const rule = new RegExp(`${mark}(?:(${mark})|\\+([0-9a-fA-F]{6})|([0-9a-fA-F]{4})|)`, 'g');
  return text.replaceAll("''", "'").replaceAll(rule, (_, itself?: string, long?: string, short?: string) => {
    if (itself !== undefined) return escape;
    const code = Number.parseInt(long ?? short ?? 'x', 16);
    if (Number.isNaN(code) || code > 0x10ffff)
      throw failAt(place, 'SYNTAX_ERROR', 'Incomplete or invalid Unicode escape sequence');
    return String.fromCodePoint(code);
  });
}

function binary(digits: string, place: Place): string {
  if (/[^0-9a-fA-F]/.test(digits)) throw failAt(place, 'SYNTAX_ERROR', 'Binary literal can only contain hexadecimal digits');
  if (digits.length % 2 === 1) throw failAt(place, 'SYNTAX_ERROR', 'Binary literal must contain an even number of digits');
  return digits.toLowerCase();
}

/** Lines and columns of offsets that only grow. */
class Places {
  private line = 1;
  private begun = 0;
  private seen = 0;

  constructor(private readonly text: string) {}

  at(offset: number): Place {
    for (; this.seen < offset; this.seen += 1) {
      if (this.text.charAt(this.seen) !== '\n') continue;
      this.line += 1;
      this.begun = this.seen + 1;
    }
    return { line: this.line, column: offset - this.begun + 1 };
  }
}
