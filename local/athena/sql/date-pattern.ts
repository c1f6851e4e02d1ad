import { QueryError } from './query-error.ts';

/** MySQL's specifiers, as `date_format` and `date_parse` take them, in DuckDB's; one that is not here is refused. */
const MYSQL: Readonly<Record<string, string>> = {
  Y: '%Y', y: '%y', m: '%m', c: '%-m', d: '%d', e: '%-d', H: '%H', k: '%-H', h: '%I', I: '%I', l: '%-I', i: '%M', s: '%S', S: '%S',
  f: '%f', p: '%p', T: '%H:%M:%S', r: '%I:%M:%S %p', j: '%j', M: '%B', b: '%b', W: '%A', a: '%a', '%': '%%',
}; // prettier-ignore

/** Joda's, as `format_datetime` takes them. */
const JODA: Readonly<Record<string, string>> = {
  yyyy: '%Y', yy: '%y', MMMM: '%B', MMM: '%b', MM: '%m', M: '%-m', dd: '%d', d: '%-d', HH: '%H', H: '%-H', hh: '%I', mm: '%M', ss: '%S',
  SSS: '%g', a: '%p', EEEE: '%A', EEE: '%a', DDD: '%j',
}; // prettier-ignore

/** @throws QueryError for a specifier that has no tested counterpart */
export const fromMysql = (pattern: string): string =>
  pattern.replaceAll(/%(.?)/gs, (specifier: string, letter: string) => MYSQL[letter] ?? refuse(specifier));

/** @throws QueryError for a letter that has no tested counterpart */
export const fromJoda = (pattern: string): string =>
  pattern.replaceAll(/'((?:[^']|'')*)'|([A-Za-z])\2*|%/g, (part: string, quoted: string | undefined) => {
    if (quoted !== undefined) return quoted === '' ? "'" : quoted.replaceAll("''", "'").replaceAll('%', '%%');
    return part === '%' ? '%%' : (JODA[part] ?? refuse(part));
  });

function refuse(specifier: string): never {
  throw new QueryError(`NOT_SUPPORTED: date pattern '${specifier}' is not on the tested list of headwaters local`);
}
