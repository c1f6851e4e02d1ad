/** What is wrong with a text that should be JSON, and where. */
export interface TextProblem {
  readonly offset: number;
  readonly words: string;
}

const NO_VALUE = 'holds what is no value of JSON (a text without quotes, a comment, True, NaN); mend it';
const CLOSER: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

export const neverClosed = (opener: string): string =>
  `holds a '${opener}' opened here, never closed; close it with '${CLOSER[opener] ?? ''}'`;

/** Whether a file is meant as JSON, whatever its name: YAML's own braces rarely begin with a quoted key. */
export const looksLikeJson = (text: string): boolean => /^\s*\{\s*"/.test(text);

/** The first thing that JSON does not allow; undefined for JSON. */
export function jsonProblem(text: string): TextProblem | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return new Scanner(text).firstProblem() ?? { offset: 0, words: NO_VALUE };
  }
}

/** What a place between two tokens waits for. */
type Awaited = 'value' | 'key' | 'colon' | 'comma';

class Scanner {
  private at = 0;
  /** Offsets of what is open. */
  private readonly opened: number[] = [];
  private lastComma: number | undefined;

  constructor(private readonly text: string) {}

  firstProblem(): TextProblem | undefined {
    let awaited: Awaited = 'value';
    for (;;) {
      this.take(/[ \t\r\n]*/y);
      const sign = this.text[this.at];
      const opener = this.opener();
      if (sign === undefined) return this.atEnd(awaited);
      if (opener === undefined && awaited === 'comma')
        return { offset: this.at, words: 'holds more after its end; take it away, or mend the brackets before it' };
      if (sign === '}' || sign === ']') {
        const problem = this.close(sign, awaited);
        if (problem !== undefined) return problem;
        awaited = 'comma';
        continue;
      }
      switch (awaited) {
        case 'comma':
          if (sign !== ',') return { offset: this.at, words: 'lacks a comma before this; add it' };
          this.lastComma = this.at;
          this.at += 1;
          awaited = opener === '{' ? 'key' : 'value';
          continue;
        case 'colon':
          if (sign !== ':') return { offset: this.at, words: "lacks a ':' before this; add it" };
          this.at += 1;
          awaited = 'value';
          continue;
        case 'key':
        case 'value': {
          this.lastComma = undefined;
          if (awaited === 'value' && (sign === '{' || sign === '[')) {
            this.opened.push(this.at);
            this.at += 1;
            awaited = sign === '{' ? 'key' : 'value';
            continue;
          }
          const problem = sign === '"' ? this.quoted() : this.plain(sign, awaited);
          if (problem !== undefined) return problem;
          awaited = awaited === 'key' ? 'colon' : 'comma';
        }
      }
    }
  }

  private opener(): string | undefined {
    const at = this.opened.at(-1);
    return at === undefined ? undefined : this.text[at];
  }

  private take(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.text)) return false;
    this.at = pattern.lastIndex;
    return true;
  }

  private atEnd(awaited: Awaited): TextProblem | undefined {
    const offset = this.opened.at(-1);
    if (offset !== undefined) return { offset, words: neverClosed(this.opener() ?? '') };
    return awaited === 'comma' ? undefined : { offset: 0, words: "holds nothing; begin it with '{'" };
  }

  private close(sign: string, awaited: Awaited): TextProblem | undefined {
    const opener = this.opener();
    const offset = this.opened.at(-1);
    if (opener === undefined || offset === undefined)
      return { offset: this.at, words: `holds a '${sign}' that closes nothing; take it away` };
    if (CLOSER[opener] !== sign) return { offset, words: neverClosed(opener) };
    if (this.lastComma !== undefined)
      return { offset: this.lastComma, words: `holds a comma before '${sign}', with nothing after it; take it away` };
    const isEmpty = /^\s*$/.test(this.text.slice(offset + 1, this.at));
    if (awaited !== 'comma' && !isEmpty) return { offset: this.at, words: `lacks a value before '${sign}'; add it` };
    this.opened.pop();
    this.at += 1;
    return undefined;
  }

  private quoted(): TextProblem | undefined {
    const offset = this.at;
    this.at += 1;
    // eslint-disable-next-line no-control-regex -- JSON has none of them within a text
    this.take(/(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y);
    const sign = this.text[this.at];
    if (sign === undefined || sign === '\n' || sign === '\r')
      return { offset, words: 'holds a quote that is never closed; close it' };
    if (sign === '\\') return { offset: this.at, words: 'holds an escape that JSON does not know; write a backslash twice' };
    if (sign !== '"') return { offset: this.at, words: "holds a tab or the like within a text; write it as '\\t'" };
    this.at += 1;
    return undefined;
  }

  private plain(sign: string, awaited: 'key' | 'value'): TextProblem | undefined {
    const offset = this.at;
    if (sign === "'") return { offset, words: 'holds a text in single quotes; put it in double quotes' };
    if (sign === ',' || sign === ':') return { offset, words: `lacks a ${awaited} before this; add it` };
    const isKnown =
      awaited === 'value' && this.take(/(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?=[\s,:\]}]|$)/y);
    return isKnown ? undefined : { offset, words: NO_VALUE };
  }
}
