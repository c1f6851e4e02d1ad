/**
 * Filters of the engine's plan, one for each. The plan parts them where a line ends, and so it does within a text that has lines: what lies
 * between is put together again, and what never closes is left out.
 */
export function filtersIn(pieces: readonly string[]): readonly string[] {
  const filters: string[] = [];
  let open: string | undefined;
  for (const piece of pieces) {
    open = open === undefined ? piece : `${open}\n${piece}`;
    if (quotesIn(open) % 2 !== 0) continue;
    filters.push(open);
    open = undefined;
  }
  return filters;
}

const quotesIn = (text: string): number => text.split("'").length - 1;

/** Words that say nothing but what is compared with what. */
const WORDS = new Set(
  (
    'and or not in is null between like distinct from true false cast try_cast as case when then else end ' +
    'varchar date timestamp time with zone integer bigint hugeint smallint tinyint double float decimal boolean ' +
    'prefix suffix contains starts_with lower upper length year month day hour date_trunc date_part strftime strptime concat left right substring substr coalesce optional'
  ).split(' '),
);

const TOKEN =
  /\s+|'(?:[^']|'')*'|hw\d+_\d+_|"[a-z_]+"(?=\()|[a-z_][a-z0-9_]*|\d+(?:\.\d+)?(?:e[+-]?\d+)?|::|<=|>=|!=|<>|\|\||~~|!~~|[()=<>,+\-*/%]/giy;

/**
 * Whether a filter may be asked of the engine as it stands: of columns, constants and comparisons, and nothing that could be a query or a
 * second statement. A user's own texts are in it.
 */
export function isPlainFilter(filter: string): boolean {
  if (filter.includes('--') || filter.includes('/*')) return false;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < filter.length) {
    const [token] = TOKEN.exec(filter) ?? [];
    if (token === undefined) return false;
    const word = token.replace(/^"(.*)"$/, '$1').toLowerCase();
    if (/^[a-z_]/.test(word) && !/^hw\d+_\d+_$/.test(word) && !WORDS.has(word)) return false;
  }
  return true;
}
