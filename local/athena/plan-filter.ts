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

/** Words beside names of functions: operators, types, and what makes a condition. */
const WORDS = new Set(
  (
    'and or not in is null between like distinct from true false as case when then else end optional ' +
    'varchar date timestamp time with zone integer bigint hugeint smallint tinyint double float decimal boolean'
  ).split(' '),
);

/** Words that a query begins with, or is told by. */
const QUERIES = new Set([
  'select',
  'from',
  'values',
  'table',
  'exists',
  'with',
  'unnest',
  'lateral',
  'copy',
  'query',
  'query_table',
]);

const TOKEN =
  /\s+|'(?:[^']|'')*'|hw\d+_\d+_|"?[a-z_][a-z0-9_]*"?(?=\()|[a-z_][a-z0-9_]*|\d+(?:\.\d+)?(?:e[+-]?\d+)?|::|<=|>=|!=|<>|\|\||~~|!~~|[()=<>,+\-*/%]/giy;

/**
 * Whether a filter may be asked of the engine as it stands: of columns, constants, functions of them and comparisons, and nothing that could
 * be a query or a second statement. A user's own texts are in it.
 */
export function isPlainFilter(filter: string): boolean {
  if (filter.includes('--') || filter.includes('/*')) return false;
  let before = '';
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < filter.length) {
    const [token] = TOKEN.exec(filter) ?? [];
    if (token === undefined) return false;
    const word = token.replaceAll('"', '').toLowerCase();
    if (/^[a-z_]/.test(word) && !isHarmless(word, before, filter.charAt(TOKEN.lastIndex) === '(')) return false;
    if (token.trim() !== '') before = word;
  }
  return true;
}

function isHarmless(word: string, before: string, isCalled: boolean): boolean {
  if (word === 'from') return before === 'distinct';
  if (/^hw\d+_\d+_$/.test(word) || WORDS.has(word)) return true;
  return isCalled && !QUERIES.has(word);
}
