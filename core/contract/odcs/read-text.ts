import { LineCounter, parseDocument } from 'yaml';
import { ContractError, type Fault, type Position } from '../fault.ts';
import { jsonProblem } from './json-problem.ts';
import { AliasTooMuch, DEEPEST, findInNodes, MOST_STOOD_FOR, offsetOf, toData } from './yaml-nodes.ts';
import { mergeConflict, yamlProblem } from './yaml-problem.ts';

/** Bytes of a contract at most: people write it. */
const MOST_BYTES = 10 * 1024 * 1024;

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

  const isJson = source.endsWith('.json');
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false, // looked at below: the library compares each key with every other
    ...(isJson ? { schema: 'json' as const } : {}),
  });
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const conflict = mergeConflict(text);
  if (conflict !== undefined) throw refuse('InvalidYaml', conflict.words, at(conflict.offset));
  const unlikeJson = isJson ? jsonProblem(text) : undefined;
  if (unlikeJson !== undefined) throw refuse('InvalidYaml', `is not JSON: ${unlikeJson.words}`, at(unlikeJson.offset));
  const problems = [...document.errors, ...document.warnings]; // the first alone is said: what follows one is mostly its consequence
  if (problems[0]?.code === 'RESOURCE_EXHAUSTION')
    throw refuse('TooDeep', `must nest at most ${DEEPEST} levels; flatten it`, at(problems[0].pos[0]));
  if (problems.length > 0) {
    const { words, offset } = yamlProblem(problems, document, text);
    throw refuse('InvalidYaml', words, at(offset));
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
  return {
    content: data(),
    locate: ({ path, atKey = false }) => {
      const offset = offsetOf(document, found.meanings, path, atKey);
      return offset === undefined ? START : at(offset);
    },
  };

  function data(): unknown {
    try {
      return toData(document, found.meanings);
    } catch (error) {
      if (!(error instanceof AliasTooMuch)) throw error;
      throw error.kind === 'deep'
        ? refuse('TooDeep', `must nest at most ${DEEPEST} levels once aliases are written out; flatten it`, at(error.offset))
        : refuse(
            'InvalidYaml',
            `holds aliases that stand for more than ${MOST_STOOD_FOR} values; write them out`,
            at(error.offset),
          );
    }
  }
}

/** Where the first bytes stand that are no UTF-8. */
function firstStrange(bytes: Uint8Array): Position {
  const before = new TextDecoder().decode(bytes).split('\uFFFD', 1)[0] ?? '';
  const lines = before.split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
