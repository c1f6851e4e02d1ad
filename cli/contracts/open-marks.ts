import { readFileSync } from 'node:fs';

/** What `contracts init` guessed and nobody has settled: the comments that begin with 'confirm'. */
export interface OpenMarks {
  readonly count: number;
  /** Line of the first, from 1. */
  readonly firstLine: number;
}

export function openMarks(file: string): OpenMarks | undefined {
  const lines = readFileSync(file, 'utf8').split('\n');
  const marked = lines.flatMap((line, index) => (/^\s*#\s*confirm:/.test(line) ? [index + 1] : []));
  const [firstLine] = marked;
  return firstLine === undefined ? undefined : { count: marked.length, firstLine };
}
