/**
 * Whether a text is as a pattern says, in which `*` stands for any characters, and a backslash before `*` or a backslash for the
 * second of the two: as EventBridge and Step Functions have it. The time it takes grows with the text alone.
 */
export function wildcards(pattern: string): (text: string) => boolean {
  const [first = '', ...between] = partsOf(pattern);
  const last = between.pop();
  return (text) => {
    if (last === undefined) return text === first;
    if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
    const end = text.length - last.length;
    let at = first.length;
    for (const part of between) {
      const found = text.indexOf(part, at);
      if (found < 0 || found + part.length > end) return false;
      at = found + part.length;
    }
    return true;
  };
}

/** What stands between the stars of a text; a backslash takes the meaning of one away. */
function partsOf(wanted: string): readonly string[] {
  const units = [...wanted.matchAll(/\\[\\*]|[^]/g)].map(([unit]) => unit);
  const stars = units.flatMap((unit, index) => (unit === '*' ? [index] : []));
  const ends = [...stars, units.length];
  return ends.map((end, index) =>
    units
      .slice(index === 0 ? 0 : (ends[index - 1] ?? 0) + 1, end)
      .map((unit) => unit.slice(-1))
      .join(''),
  );
}
