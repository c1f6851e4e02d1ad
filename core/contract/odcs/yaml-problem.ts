import { isCollection, visit, type Document, type ErrorCode, type YAMLError } from 'yaml';
import { looksLikeJson, jsonProblem, neverClosed, type TextProblem } from './json-problem.ts';

/** What the parser's complaints mean to who wrote the file: the first that its message begins with. */
const COMPLAINTS: readonly (readonly [code: ErrorCode, begins: string, words: string])[] = [
  ['TAB_AS_INDENT', '', 'must be indented by spaces, got a tab; replace it'],
  ['BAD_INDENT', '', "must stand under what it belongs to, got a line with another indent; align it with its neighbours'"],
  ['MISSING_CHAR', 'Missing closing', 'holds a quote that is never closed; close it'],
  ['MISSING_CHAR', 'Missing , ', 'lacks a comma before this; add it'],
  [
    'MISSING_CHAR',
    'Sequence item',
    "stands at the indent of a list without its '-'; align it with its neighbours, or begin it with '- '",
  ],
  ['MISSING_CHAR', '', "lacks a ':' or a space at this place; add it"],
  ['MULTIPLE_DOCS', '', "must be one document, got a second after '---'; give each contract a file"],
  ['BAD_ALIAS', '', "holds an alias (*) that is none; quote a text that begins with '*'"],
  ['BLOCK_AS_IMPLICIT_KEY', 'A block', "holds a '-' at an indent where no list is; align it with its neighbours'"],
  ['BLOCK_AS_IMPLICIT_KEY', '', "holds a text with ': ' that is not quoted, or a key within a key; quote it"],
  ['MULTILINE_IMPLICIT_KEY', '', "holds a key of several lines: a ':' is missing, or the space after it; add it"],
  ['BAD_SCALAR_START', '', "holds a text that begins with a sign of YAML's own (@, `, %); quote it"],
  ['BAD_DQ_ESCAPE', '', 'holds an escape that a double-quoted text does not know; use single quotes'],
  ['TAG_RESOLVE_FAILED', '', 'holds a tag (!) that YAML itself does not know; leave it out'],
  ['UNEXPECTED_TOKEN', 'Unexpected flow-', 'holds a bracket or brace that closes nothing; take it away, or open it before'],
  [
    'UNEXPECTED_TOKEN',
    'Unexpected scalar at node end',
    'holds a text that goes on after its closing quote; within single quotes write an apostrophe twice',
  ],
  ['UNEXPECTED_TOKEN', '', 'holds a sign where none can stand; quote the text, or mend what stands before it'],
];

/** What the parser's first complaint means, as a clause after a path, and where it is best shown. */
export function yamlProblem(problems: readonly YAMLError[], document: Document, text: string): TextProblem {
  const [first] = problems;
  if (first === undefined) throw new TypeError('there is no problem to explain');
  const asJson = looksLikeJson(text) ? jsonProblem(text) : undefined;
  if (asJson !== undefined) return { ...asJson, words: `is not JSON: ${asJson.words}` };
  const { offset, words } = unclosedBracket(first, document, text) ??
    keyTooDeep(problems, text) ?? { offset: offsetOf(first, document, text), words: inWords(first) };
  return { offset, words: `is not YAML: ${words}` };
}

const CONFLICT = /^(<{7}|\|{7}|={7}|>{7})(?=[ \r\n]|$)/m;

/** The first mark that a merge of two branches has left; it is nowhere lawful at the beginning of a contract's line. */
export function mergeConflict(text: string): TextProblem | undefined {
  const found = CONFLICT.exec(text);
  return found === null ? undefined : { offset: found.index, words: `holds a merge conflict (${found[1] ?? ''}); settle it` };
}

function inWords({ code, message }: YAMLError): string {
  const found = COMPLAINTS.find(([known, begins]) => known === code && message.startsWith(begins));
  return found?.[2] ?? `it breaks the rule ${code.toLowerCase().replaceAll('_', ' ')}; mend it`;
}

/** Where a complaint is best shown: a quote that stays open at its beginning, a line at its first character. */
function offsetOf({ message, pos }: YAMLError, document: Document, text: string): number {
  if (/^Missing closing .quote/.test(message)) {
    let opened = pos[0];
    visit(document, {
      Scalar: (_, { type, range }) => {
        if (type?.startsWith('QUOTE') === true && range != null) opened = range[0];
      },
    });
    return opened;
  }
  const [indent = ''] = /^ */.exec(text.slice(pos[0])) ?? [];
  return pos[0] + indent.length;
}

/** The bracket or brace that a complaint says is not closed: the innermost that ends where the complaint is. */
function unclosedBracket({ code, message, pos }: YAMLError, document: Document, text: string): TextProblem | undefined {
  if (!message.startsWith('Flow ') || (code !== 'BAD_INDENT' && code !== 'MISSING_CHAR')) return undefined;
  let offset: number | undefined;
  visit(document, {
    Collection: (_, node) => {
      if (isCollection(node) && node.flow === true && node.range?.[1] === pos[0]) offset = node.range[0];
    },
  });
  return offset === undefined ? undefined : { offset, words: neverClosed(text[offset] ?? '') };
}

/** A line that gives a key its value: its indent and dashes, and the key. */
const GIVEN = /^([ ]*(?:- +)*)(["']?[\w$.-]+["']?):[ \t]+[^\s#]/;
/** A line that begins with a key, or with an item of a list that does. */
const KEYED = /^([ ]*)(- +)?["']?[\w$.-]+["']?:(?:\s|$)/;

/** A key indented under one whose value is already given: the parser takes both lines for one key, or stops after them. */
function keyTooDeep(problems: readonly YAMLError[], text: string): TextProblem | undefined {
  const [first] = problems;
  if (first === undefined) return undefined;
  const spansLines = problems.some(({ code, pos }) => code === 'MULTILINE_IMPLICIT_KEY' && pos[0] === first.pos[0]);
  const isOneKey = first.code === 'BLOCK_AS_IMPLICIT_KEY' && first.message.startsWith('Nested') && spansLines;
  const isAtLine = first.code === 'BAD_INDENT' && first.message.startsWith('All mapping');
  if (!isOneKey && !isAtLine) return undefined;
  const lines = linesAround(text, first.pos[0]);
  const above = isOneKey ? lines.here : lines.before;
  const below = isOneKey ? lines.after : lines.here;
  const given = GIVEN.exec(above?.line ?? '');
  const keyed = KEYED.exec(below?.line ?? '');
  if (given === null || keyed === null || below === undefined) return undefined;
  const indent = (keyed[1] ?? '').length;
  if (indent <= (given[1] ?? '').length) return undefined;
  const remedy = keyed[2] === undefined ? `align it with '${given[2] ?? ''}'` : "align it with the list's other '-'";
  return {
    offset: below.start + indent,
    words: `is indented deeper than the line above, whose value is already given; ${remedy}`,
  };
}

interface Line {
  readonly start: number;
  readonly line: string;
}

/** The line of a place, and those beside it that hold more than a comment. */
function linesAround(text: string, offset: number): { readonly before?: Line; readonly here?: Line; readonly after?: Line } {
  let start = 0;
  let before: Line | undefined;
  let here: Line | undefined;
  for (const line of text.split('\n')) {
    const end = start + line.length;
    if (!/^\s*(#|$)/.test(line)) {
      if (here !== undefined) return { ...(before === undefined ? {} : { before }), here, after: { start, line } };
      if (offset <= end) here = { start, line };
      else before = { start, line };
    }
    start = end + 1;
  }
  return { ...(before === undefined ? {} : { before }), ...(here === undefined ? {} : { here }) };
}
