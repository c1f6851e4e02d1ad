/**
 * Lines around what a replay of `raw` puts again, for it comes by `raw` once more and must not be replayed from there. They are white space, which no
 * handler takes for an event, and which nobody writes by chance; so an event keeps its bytes, by which it is known.
 */
export const COPIES = {
  begin: Buffer.from('\t\t\t\t \t\t  \t   \t    '),
  end: Buffer.from('    \t   \t  \t\t \t\t\t\t'),
} as const;

/** Tells of each line of `raw`, in their order, whether it is within what a replay has put there. */
export function copyFilter(): (line: Uint8Array) => boolean {
  let inCopies = false;
  return (line) => {
    if (COPIES.begin.equals(line)) inCopies = true;
    else if (COPIES.end.equals(line)) inCopies = false;
    return inCopies;
  };
}
