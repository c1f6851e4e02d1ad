/** Columns that fit a terminal beside an editor, and a pull request. */
const COLUMNS = 120;

/** A text in lines that are no longer than a terminal is wide, where its words allow it; each but the first begins with `indent`. */
export function wrap(text: string, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<=\S) +/)) {
    if (line !== '' && line.length + 1 + word.length > COLUMNS) {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}
