import os from 'node:os';

/** What measured: a figure without its machine and its Node says nothing. */
export const machine = (): string => `${os.cpus().length} x ${os.cpus()[0]?.model ?? ''}, Node ${process.version}`;

/** A table whose first column is text and whose others are figures, followed by a blank line. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const align = head.map((_, index) => (index === 0 ? '---' : '---:'));
  return [line(head), line(align), ...rows.map(line), ''].join('\n');
}
