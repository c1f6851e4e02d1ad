import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Alias,
  type Document,
  type ErrorCode,
  type Node,
  type YAMLError,
} from 'yaml';
import { ContractError, type DocumentPath, type Fault, type Position } from '../fault.ts';

/** Bytes of a contract at most, and how deep it may nest: a contract is written by people. */
const MOST_BYTES = 10 * 1024 * 1024;
const DEEPEST = 100;
/** Nodes that aliases may stand for, as a multiple of the nodes that are written: more is a bomb. */
const MOST_ALIASES = 100;

/** A document as data, and where its parts stand. */
export interface ContractText {
  readonly content: unknown;
  readonly locate: (fault: Fault) => Position;
}

/** Where a fault of a whole file stands. */
const START: Position = { line: 1, column: 1 };

/**
 * Reads YAML 1.2, or JSON where the source's name ends so.
 *
 * @throws {@link ContractError} `TooLarge`, `NotUtf8`, `InvalidYaml`, `DuplicateKey`, `TooDeep`
 */
export function readText(bytes: Uint8Array, source: string): ContractText {
  const refuse = (code: string, message: string, position?: Position) =>
    ContractError.in(source, [{ code, path: [], message }], () => position);
  if (bytes.length > MOST_BYTES)
    throw refuse(
      'TooLarge',
      `must be at most ${MOST_BYTES} bytes, got ${bytes.length}; divide the product into several contracts`,
      START,
    );
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refuse(
      'NotUtf8',
      'must be UTF-8 text, got bytes that are none here; save the file in that encoding',
      firstStrange(bytes),
    );
  }

  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false, // looked at below: the library compares each key with every other
    ...(source.endsWith('.json') ? { schema: 'json' as const } : {}),
  });
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const [problem] = [...document.errors, ...document.warnings]; // the first alone: what follows one is mostly its consequence
  if (problem !== undefined) {
    const { code, words } = inWords(problem, source.endsWith('.json') ? 'JSON' : 'YAML');
    throw refuse(code, words, at(offsetOfProblem(problem, document, text)));
  }
  const found = findInNodes(document);
  if (found.strayAlias !== undefined)
    throw refuse(
      'InvalidYaml',
      `holds the alias '*${found.strayAlias.source}' without its anchor; quote a text that begins with '*', or write out what is meant`,
      at(found.strayAlias.range?.[0] ?? 0),
    );
  if (found.deepAt !== undefined) throw refuse('TooDeep', `must nest at most ${DEEPEST} levels; flatten it`, at(found.deepAt));
  if (found.endlessAt !== undefined)
    throw refuse('InvalidYaml', 'holds an alias within what it stands for, which has no end; write it out', at(found.endlessAt));
  if (found.duplicates.length > 0) {
    const faults = found.duplicates.map(({ path }) => ({
      code: 'DuplicateKey',
      path,
      message: 'stands here a second time; keep one',
      atKey: true,
    }));
    const offsets = new Map(faults.map((fault, index) => [fault as Fault, found.duplicates[index]?.offset ?? 0]));
    throw ContractError.in(source, faults, (fault) => at(offsets.get(fault) ?? 0));
  }
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch {
    throw refuse('InvalidYaml', `holds aliases that stand for more than ${MOST_ALIASES} others; write them out`, START);
  }
  return {
    content,
    locate: ({ path, atKey = false }) => {
      const offset = offsetOf(document, path, atKey);
      return offset === undefined ? START : at(offset);
    },
  };
}

/** Where the first bytes stand that are no UTF-8. */
function firstStrange(bytes: Uint8Array): Position {
  const before = new TextDecoder().decode(bytes).split('\uFFFD', 1)[0] ?? '';
  const lines = before.split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

/** Where a complaint is best shown: a quote that stays open at its beginning, a line at its first character. */
function offsetOfProblem({ message, pos }: YAMLError, document: Document, text: string): number {
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

/** What the parser's complaints mean to who wrote the file: the first that its message begins with. */
const COMPLAINTS: readonly (readonly [code: ErrorCode, begins: string, words: string])[] = [
  ['TAB_AS_INDENT', '', 'must be indented by spaces, got a tab; replace it'],
  ['BAD_INDENT', 'Flow', 'holds a bracket or brace that is not closed, or closed by another; close it'],
  ['BAD_INDENT', '', "must stand under what it belongs to, got a line with another indent; align it with its neighbours'"],
  ['MISSING_CHAR', 'Missing closing', 'holds a quote that is never closed; close it'],
  ['MISSING_CHAR', 'Flow', 'holds a bracket or brace that is never closed; close it'],
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
  [
    'TAG_RESOLVE_FAILED',
    'Unresolved plain',
    'holds what is no value of JSON (a text without quotes, a comment, True, NaN); mend it',
  ],
  ['TAG_RESOLVE_FAILED', '', 'holds a tag (!) that YAML itself does not know; leave it out'],
  [
    'UNEXPECTED_TOKEN',
    'Unexpected scalar at node end',
    'holds a text that goes on after its closing quote; within single quotes write an apostrophe twice',
  ],
  ['UNEXPECTED_TOKEN', '', 'holds a sign where none can stand; quote the text, or mend what stands before it'],
];

function inWords({ code, message }: YAMLError, language: 'YAML' | 'JSON'): { readonly code: string; readonly words: string } {
  if (code === 'RESOURCE_EXHAUSTION') return { code: 'TooDeep', words: `must nest at most ${DEEPEST} levels; flatten it` };
  const found = COMPLAINTS.find(([known, begins]) => known === code && message.startsWith(begins));
  const words = found?.[2] ?? `it breaks the rule ${code.toLowerCase().replaceAll('_', ' ')}; mend it`;
  return { code: 'InvalidYaml', words: `is not ${language}: ${words}` };
}

interface Found {
  readonly duplicates: { readonly path: DocumentPath; readonly offset: number }[];
  deepAt: number | undefined;
  endlessAt: number | undefined;
  strayAlias: Alias | undefined;
}

/** Keys that stand twice in one map, the first node that lies too deep, and an alias that lies within what it stands for, or stands for nothing. */
function findInNodes(document: Document): Found {
  const found: Found = { duplicates: [], deepAt: undefined, endlessAt: undefined, strayAlias: undefined };
  const waiting: { readonly node: unknown; readonly path: DocumentPath }[] = [{ node: document.contents, path: [] }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, path } = next;
    if (path.length > DEEPEST) {
      found.deepAt = isNode(node) ? node.range?.[0] : 0;
      return found;
    }
    if (isAlias(node)) {
      const meant = node.resolve(document);
      if (meant === undefined) found.strayAlias = node;
      else if (encloses(meant, node)) found.endlessAt = node.range?.[0];
      else continue;
      return found;
    }
    if (isSeq(node)) node.items.forEach((item, index) => waiting.push({ node: item, path: [...path, index] }));
    if (!isMap(node)) continue;
    const seen = new Set<string>();
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.value) : '';
      const inside = [...path, name];
      if (seen.has(name)) found.duplicates.push({ path: inside, offset: isNode(key) ? (key.range?.[0] ?? 0) : 0 });
      seen.add(name);
      waiting.push({ node: value, path: inside });
    }
  }
  return found;
}

function encloses(outer: Node, inner: Node): boolean {
  const at = inner.range?.[0] ?? 0;
  return outer.range != null && outer.range[0] <= at && at < outer.range[1];
}

/** Where a path stands; for one that stands nowhere (something is missing), where its nearest parent does. */
function offsetOf(document: Document, path: DocumentPath, atKey: boolean): number | undefined {
  let node: unknown = document.contents;
  let offset = isNode(node) ? node.range?.[0] : undefined;
  for (const [index, part] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    let child: unknown;
    if (isSeq(node) && typeof part === 'number') child = node.items[part];
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
      if (pair === undefined) return offset;
      const isLast = index === path.length - 1;
      if ((isLast && atKey) || pair.value === null) return isNode(pair.key) ? pair.key.range?.[0] : offset;
      child = pair.value;
    }
    if (!isNode(child) || child.range == null) return offset;
    node = child;
    offset = child.range[0];
  }
  return offset;
}
