import { RegExpSyntaxError } from '@eslint-community/regexpp';

/** What to write instead of what other languages' expressions know: the first whose reason and text fit. */
const REMEDIES: readonly (readonly [reason: RegExp, text: RegExp, remedy: string])[] = [
  [/group$/, /\(\?P</, "write a named group as '(?<name>…)', without the P"],
  [/group$/, /\(\?>/, "write '(?:' for '(?>'"],
  [/escape$/, /\\[AzZ]/, "write '^' for '\\A' and '$' for '\\z' or '\\Z'"],
  [/escape$/, /\\[^\w\s]/, 'take the backslash from before a sign that needs none'],
  [/escape$/, /\\[1-9]/, 'take the reference back out, as patterns here have none'],
  [/escape$|end of pattern$/, /\\$/, 'write a backslash twice to mean the sign'],
  [/repeat$/, /[*+?}]\+/, "take the second '+' away"],
  [/repeat$/, /./, 'write what is to be repeated before it, or a backslash to mean the sign'],
  [/brackets$/, /\[:\w+:\]/, "write a class of POSIX out, as 'a-z' for '[:lower:]'"],
  [/brackets$|Incomplete quantifier$/, /[[\]{}]/, 'write a backslash before a bracket or brace to mean the sign'],
  [/terminated.*class$/, /./, "close it with ']'"],
  [/terminated group$/, /./, "close it with ')'"],
  [/Unmatched/, /./, 'take it away, or write a backslash before it'],
  [/out of order/, /./, 'turn the two around'],
];

/** Why a text is no pattern, and what to do about it, as the engine and the parser say it. */
export function explainInvalid(pattern: string, fault: unknown): { readonly reason: string; readonly remedy: string } {
  const message = fault instanceof Error ? fault.message : '';
  const said = message.replace(/^Invalid regular expression: \/.*\/[a-z]*: /s, '');
  const reason = /^[A-Z][a-z]/.test(said) ? `${said.charAt(0).toLowerCase()}${said.slice(1)}` : said;
  const place = fault instanceof RegExpSyntaxError ? ` at character ${Math.min(fault.index + 1, pattern.length)}` : '';
  const remedy = /group$/.test(said) ? (withoutFlags(pattern) ?? remedyOf(said, pattern)) : remedyOf(said, pattern);
  return { reason: `${reason}${place}`, remedy };
}

const remedyOf = (said: string, pattern: string): string =>
  REMEDIES.find(([reason, text]) => reason.test(said) && text.test(pattern))?.[2] ?? 'mend it';

/** Flags within a pattern are of other languages; of letters alone, what ignores their case can be written out. */
function withoutFlags(pattern: string): string | undefined {
  const flagged = /\(\?([a-zA-Z]*(?:-[a-zA-Z]+)?)(\)|:)/.exec(pattern);
  if (flagged === null || flagged[1] === '') return undefined;
  const letters = /^\^?\(\?i\)\^?([A-Za-z]{1,20})\$?$/.exec(pattern)?.[1];
  if (letters === undefined)
    return flagged[1] === 'i' ? 'take the flag out, and write both cases of a letter as [Aa]' : 'take the flags out';
  const both = Array.from(letters, (letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`).join('');
  return `write ${pattern.replace('(?i)', '').replace(letters, both)}`;
}
