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

/** How a specifier's part of a text looks; the engine would skip blanks around it. */
const SHAPES: Readonly<Record<string, string>> = {
  Y: '[0-9]{1,4}', m: '[0-9]{1,2}', d: '[0-9]{1,2}', H: '[0-9]{1,2}', I: '[0-9]{1,2}', M: '[0-9]{1,2}', S: '[0-9]{1,2}', f: '[0-9]{1,6}', g: '[0-9]{3}',
  p: '[AaPp][Mm]', B: '[A-Za-z]+', b: '[A-Za-z]{3}', '%': '%',
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

/**
 * The same pattern for reading. Joda and the engine differ on years of two digits, on the year where none is read, and on hours of half a day
 * without a word for the half.
 *
 * @throws QueryError for a specifier that can only be printed, and for those differences
 */
export function forReading(pattern: string): string {
  const printed = PRINTED_ONLY.exec(pattern)?.[0];
  if (printed !== undefined) refuse(printed);
  const specifiers = new Set(Array.from(pattern.matchAll(/%-?(.)/gs), ([, letter]) => letter));
  if (specifiers.has('y')) refuse('%y');
  if (!specifiers.has('Y')) refuse(`${pattern} (without a year of four digits)`);
  if (specifiers.has('p') !== specifiers.has('I') || (specifiers.has('I') && specifiers.has('H')))
    refuse(`${pattern} (hours without AM or PM, or the other way around)`);
  return pattern;
}

/** What a text must look like, from end to end, to be read by a pattern: a regular expression of the engine's. */
export const shapeOf = (pattern: string): string =>
  pattern.replaceAll(/%-?(.)|[^A-Za-z0-9]/gs, (part: string, letter?: string) =>
    letter === undefined ? `[${/[\^\]\\]/.test(part) ? `\\${part}` : part}]` : (SHAPES[letter] ?? refuse(part)),
  );

function refuse(specifier: string): never {
  throw new QueryError(`NOT_SUPPORTED: date pattern '${specifier}' is not on the tested list of headwaters local`);
}
