import { NativeError } from './json.ts';

/** A regular expression of Trino's, to run. */
export interface Pattern {
  /** Global, over code points. */
  readonly rule: RegExp;
  readonly groups: number;
  /** Whether what a group holds at the end hangs on how an engine repeats it. */
  readonly tangled: boolean;
  /** Whether a newline at the end of a text would matter to `$` or `^`. */
  readonly lines: boolean;
  /** Whether a repetition or a choice is repeated: of those there are some that never end. */
  readonly nested: boolean;
}

/** What Joni takes for a word's character, a digit and a blank, in Java's syntax: ASCII's, as Trino itself answered. */
const MEMBERS: Readonly<Record<string, string>> = {
  w: '[A-Za-z0-9_]',
  W: '[^A-Za-z0-9_]',
  d: '[0-9]',
  D: '[^0-9]',
  s: String.raw`[ \t\n\v\f\r]`,
  S: String.raw`[^ \t\n\v\f\r]`,
};
/** What it takes for one where a word begins or ends: Unicode's. */
const WORD = String.raw`[\p{L}\p{M}\p{Nd}\p{Pc}]`;
const START = String.raw`(?<![\s\S])`;
const END = String.raw`(?![\s\S])`;
/** The end, or before the newline that is last. */
const LAST = String.raw`(?=\n?(?![\s\S]))`;
const ANCHORS: Readonly<Record<string, string>> = {
  b: `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`,
  B: `(?:(?<=${WORD})(?=${WORD})|(?<!${WORD})(?!${WORD}))`,
  A: START,
  z: END,
  Z: LAST,
};
const CONTROLS = new Set(['n', 'r', 't', 'f']);
const CATEGORY = /^\{(?:[LMNPSZ][a-z]?|Script=\w+)\}/;

const refuse = (): never => {
  throw new NativeError('NOT_SUPPORTED: this regular expression is not one that headwaters local runs');
};

const known = new Map<string, Pattern>();
const KEPT = 100;

/** @throws NativeError NOT_SUPPORTED for an expression that Joni and this process could read differently */
export function compile(text: string): Pattern {
  const seen = known.get(text);
  if (seen !== undefined) return seen;
  const pattern = new Reader(text).read();
  if (known.size >= KEPT) known.clear();
  known.set(text, pattern);
  return pattern;
}

interface Group {
  readonly start: number;
  readonly before: number;
  readonly captures: boolean;
  readonly branchesBefore: number;
}

/** Writes Joni's Java syntax, as far as it has one meaning, in JavaScript's. */
class Reader {
  private readonly text: readonly string[];
  private at = 0;
  private out = '';
  private groups = 0;
  private tangled = false;
  private lines = false;
  private nested = false;
  /** Repetitions and choices so far. */
  private branches = 0;
  private readonly open: Group[] = [];
  private flags = '';

  constructor(text: string) {
    this.text = Array.from(text);
  }

  read(): Pattern {
    const flags = /^\(\?([ims]+)\)/.exec(this.text.join(''));
    if (flags !== null) {
      this.flags = flags[1] ?? '';
      this.at = flags[0].length;
    }
    while (this.at < this.text.length) this.one();
    try {
      const rule = new RegExp(this.out, this.flags.includes('i') ? 'giv' : 'gv');
      return { rule, groups: this.groups, tangled: this.tangled, lines: this.lines, nested: this.nested };
    } catch {
      return refuse();
    }
  }

  private one(): void {
    const next = this.take();
    switch (next) {
      case '\\':
        this.out += this.escape(false);
        return;
      case '.':
        this.out += this.flags.includes('s') ? String.raw`[\s\S]` : String.raw`[^\n]`;
        return;
      case '^':
        this.lines ||= this.flags.includes('m');
        this.out += this.flags.includes('m') ? String.raw`(?<![^\n])` : START;
        return;
      case '$':
        this.lines ||= this.flags.includes('m');
        this.out += this.flags.includes('m') ? String.raw`(?![^\n])` : LAST;
        return;
      case '(':
        this.begin();
        return;
      case ')':
        this.end();
        return;
      case '[':
        this.out += this.members();
        return;
      case '*':
      case '+':
      case '?':
      case '|':
        this.branches += 1;
        this.out += next;
        return;
      case '{':
        this.repeat();
        return;
      default:
        this.out += plain(next);
    }
  }

  /** A brace that begins no count stands for itself. */
  private repeat(): void {
    const [count] = /^\d+(?:,\d*)?\}/.exec(this.rest()) ?? [];
    if (count === undefined) {
      this.out += plain('{');
      return;
    }
    this.branches += 1;
    this.at += count.length;
    this.out += `{${count}`;
  }

  private take(): string {
    return this.text[this.at++] ?? refuse();
  }

  private rest(): string {
    return this.text.slice(this.at, this.at + 40).join('');
  }

  private begin(): void {
    const captures = this.text[this.at] !== '?';
    const kind = captures ? '' : (/^\?[:=!]/.exec(this.rest())?.[0] ?? refuse());
    this.at += kind.length;
    this.out += `(${kind}`;
    this.open.push({ start: this.out.length, before: this.groups, captures, branchesBefore: this.branches });
    if (captures) this.groups += 1;
  }

  private end(): void {
    const group = this.open.pop() ?? refuse();
    const body = this.out.slice(group.start);
    this.out += ')';
    const repeat = this.text[this.at];
    if (repeat === undefined || !'*+?{'.includes(repeat)) return;
    const inside = this.groups - group.before;
    if (repeat !== '?') this.nested ||= this.branches > group.branchesBefore;
    // engines part on a repetition that matches nothing, and on groups within one
    if (isEmptied(body)) {
      if (repeat !== '?') refuse();
      this.tangled ||= inside > 0;
    }
    if (repeat !== '?') this.tangled ||= inside > (group.captures ? 1 : 0);
  }

  /** What follows a backslash. */
  private escape(inside: boolean): string {
    const letter = this.take();
    const members = MEMBERS[letter];
    if (members !== undefined) return members;
    if (CONTROLS.has(letter)) return `\\${letter}`;
    if (letter === 'p' || letter === 'P') {
      const name = CATEGORY.exec(this.rest())?.[0] ?? refuse();
      this.at += name.length;
      return `\\${letter}${name}`;
    }
    const anchor = ANCHORS[letter];
    if (anchor !== undefined && !inside) return anchor;
    return /[A-Za-z0-9]/.test(letter) ? refuse() : plain(letter);
  }

  private members(): string {
    const negated = this.text[this.at] === '^';
    if (negated) this.at += 1;
    let members = '';
    for (let first = true; ; first = false) {
      const next = this.take();
      if (next === ']' && !first) return `[${negated ? '^' : ''}${members}]`;
      if (next === ']' || next === '[' || (next === '&' && this.text[this.at] === '&')) refuse();
      const low = next === '\\' ? this.escape(true) : plain(next);
      if (this.text[this.at] !== '-' || this.text[this.at + 1] === ']') {
        // a hyphen that stands neither first nor last nor in a range
        if (next === '-' && !first && this.text[this.at] !== ']') refuse();
        members += low;
        continue;
      }
      this.at += 1;
      const to = this.take();
      const high = to === '\\' ? this.escape(true) : to === '[' ? refuse() : plain(to);
      members += `${low}-${high}`;
    }
  }
}

/** A character that stands for itself. */
const plain = (character: string): string =>
  /[A-Za-z0-9]/.test(character) ? character : String.raw`\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

function isEmptied(body: string): boolean {
  try {
    return new RegExp(`^(?:${body})$`, 'v').test('');
  } catch {
    return refuse();
  }
}
