/**
 * Whether a text as a whole is what a pattern of `LIKE` says: `%` for any characters, `_` for one.
 *
 * What stands between two `%` is taken where it first fits, so that none is tried twice: a regular expression would go back for each `%`.
 */
export function likePattern(pattern: string): (text: string) => boolean {
  const [first = [], ...others] = pattern.split('%').map((piece) => Array.from(piece));
  const last = others.pop();
  return (text) => {
    const characters = Array.from(text);
    if (!fits(characters, first, 0)) return false;
    if (last === undefined) return characters.length === first.length;
    let at = first.length;
    for (const piece of others) {
      while (!fits(characters, piece, at)) if (++at + piece.length > characters.length) return false;
      at += piece.length;
    }
    const end = characters.length - last.length;
    return end >= at && fits(characters, last, end);
  };
}

const fits = (text: readonly string[], piece: readonly string[], at: number): boolean =>
  at + piece.length <= text.length && piece.every((character, index) => character === '_' || character === text[at + index]);
