import { QueryError } from './query-error.ts';

/** MySQL's specifiers, as `date_format` and `date_parse` take them, in DuckDB's; one that is not here is refused. */
const MYSQL: Readonly<Record<string, string>> = {
  Y: '%Y', y: '%y', m: '%m', c: '%-m', d: '%d', e: '%-d', H: '%H', k: '%-H', h: '%I', I: '%I', l: '%-I', i: '%M', s: '%S', S: '%S',
  f: '%f', p: '%p', T: '%H:%M:%S', r: '%I:%M:%S %p', j: '%j', M: '%B', b: '%b', W: '%A', a: '%a', '%': '%%', v: '%V', x: '%G',
}; // prettier-ignore

/** Joda's, as `format_datetime` and `parse_datetime` take them. */
const JODA: Readonly<Record<string, string>> = {
  yyyy: '%Y', YYYY: '%Y', y: '%Y', yy: '%y', MMMM: '%B', MMM: '%b', MM: '%m', M: '%-m', dd: '%d', d: '%-d', HH: '%H', H: '%-H', hh: '%I', h: '%-I',
  mm: '%M', m: '%-M', ss: '%S', s: '%-S', SSS: '%g', SSSSSS: '%f', a: '%p', EEEE: '%A', EEE: '%a', E: '%a', e: '%u', DDD: '%j', xxxx: '%G', ww: '%V',
}; // prettier-ignore

/** Specifiers that print a thing but that the engine cannot read back. */
const PRINTED_ONLY = /%[AajuVG]|%-j/;

/** @throws QueryError for a specifier that has no tested counterpart */
export const fromMysql = (pattern: string): string =>
  pattern.replaceAll(/%(.?)/gs, (specifier: string, letter: string) => MYSQL[letter] ?? refuse(specifier));

/** @throws QueryError for a letter that has no tested counterpart */
export const fromJoda = (pattern: string): string =>
  pattern.replaceAll(/'((?:[^']|'')*)'|([A-Za-z])\2*|%/g, (part: string, quoted: string | undefined) => {
    if (quoted !== undefined) return quoted === '' ? "'" : quoted.replaceAll("''", "'").replaceAll('%', '%%');
    return part === '%' ? '%%' : (JODA[part] ?? refuse(part));
  });

/** The same pattern for reading. @throws QueryError for a specifier that can only be printed */
export function forReading(pattern: string): string {
  const printed = PRINTED_ONLY.exec(pattern)?.[0];
  return printed === undefined ? pattern : refuse(printed);
}

function refuse(specifier: string): never {
  throw new QueryError(`NOT_SUPPORTED: date pattern '${specifier}' is not on the tested list of headwaters local`);
}
