import { Problem } from './problem.ts';

/** `name` is an attribute's or a keyword; `#name` and `:value` are placeholders; `mark` is punctuation. */
export interface Token {
  readonly kind: 'name' | 'placeholder' | 'value' | 'number' | 'mark' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN = /[ \t\r\n]*(?:([A-Za-z]\w*)|(#\w+)|(:\w+)|(\d+)|(<>|<=|>=|[^ \t\r\n]))/y;
const KINDS = ['name', 'placeholder', 'value', 'number', 'mark'] as const;

/** Of an expression, read from its beginning. */
export class Tokens {
  private readonly all: readonly Token[];
  private position = 0;

  constructor(private readonly source: string) {
    this.all = tokensOf(source);
  }

  /** The token that is next, or that many further on. */
  peek(further = 0): Token {
    return (this.all[this.position + further] ?? this.all.at(-1)) as Token;
  }

  next(): Token {
    const token = this.peek();
    this.position = Math.min(this.position + 1, this.all.length - 1);
    return token;
  }

  /** Takes the next token if it is this mark. */
  takes(mark: string): boolean {
    const isIt = this.isMark(mark);
    if (isIt) this.next();
    return isIt;
  }

  /** Takes the next token if it is this keyword, however it is written. */
  takesWord(word: string): boolean {
    const isIt = this.isWord(word);
    if (isIt) this.next();
    return isIt;
  }

  isMark(mark: string, further = 0): boolean {
    const { kind, text } = this.peek(further);
    return kind === 'mark' && text === mark;
  }

  isWord(word: string): boolean {
    const { kind, text } = this.peek();
    return kind === 'name' && text.toUpperCase() === word;
  }

  /** @throws Problem unless the next token is this mark */
  expect(mark: string): void {
    if (!this.takes(mark)) throw this.unexpected();
  }

  /** The next token has no place where it stands; it is told with its neighbours. */
  unexpected(): Problem {
    const { kind, text } = this.peek();
    const first = this.all[Math.max(0, this.position - 1)] as Token;
    const last = this.peek(1);
    const near = this.source.slice(first.start, last.end);
    return new Problem(`Syntax error; token: "${kind === 'end' ? '<EOF>' : text}", near: "${near}"`);
  }
}

/** Bytes of one expression. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters */
const LARGEST = 4096;

/** Parentheses in each other: more have no operators left to stand between them. */
const DEEPEST = 600;

function checkDepth(tokens: readonly Token[]): void {
  let depth = 0;
  for (const { kind, text } of tokens) {
    if (kind === 'mark' && text === '(') depth += 1;
    if (kind === 'mark' && text === ')') depth -= 1;
    if (depth > DEEPEST) throw new Problem('The expression has redundant parentheses;');
  }
}

function tokensOf(source: string): readonly Token[] {
  const size = Buffer.byteLength(source);
  if (size > LARGEST) throw new Problem(`Expression size has exceeded the maximum allowed size; expression size: ${size}`);
  if (source.trim() === '') throw new Problem('The expression can not be empty;');
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  for (let found = pattern.exec(source); found !== null; found = pattern.exec(source)) {
    const groups: readonly (string | undefined)[] = found.slice(1);
    const index = groups.findIndex((group) => group !== undefined);
    const text = groups[index] ?? '';
    tokens.push({ kind: KINDS[index] as Token['kind'], text, start: pattern.lastIndex - text.length, end: pattern.lastIndex });
  }
  checkDepth(tokens);
  return [...tokens, { kind: 'end', text: '', start: source.length, end: source.length }];
}
