import { Help } from 'commander';

/** Columns that fit a terminal beside an editor, and a pull request. */
const COLUMNS = 120;

/** A text behind what it begins with, in lines that are no longer than a terminal is wide where its words allow it; all begin in one column. */
export const hang = (head: string, text: string): string =>
  `${head}${new Help().boxWrap(text, COLUMNS - head.length).replaceAll('\n', `\n${' '.repeat(head.length)}`)}`;
