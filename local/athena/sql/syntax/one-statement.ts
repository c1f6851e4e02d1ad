import { Malformed } from '../query-error.ts';

/** What a semicolon may stand in without ending a statement, and the semicolon that does. */
const PARTS = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|(;)/g;

/** Spaces that Athena takes off a statement. */
const trim = (text: string): string => text.replace(/^[ \t\r\n]+/, '').replace(/[ \t\r\n]+$/, '');

/** The one statement of a text, without the semicolons around it; a comment counts as one. @throws Malformed for none and for several */
export function oneStatement(text: string): string {
  const ends = [...text.matchAll(PARTS)].flatMap(({ 1: semicolon, index }) => (semicolon === undefined ? [] : [index]));
  const pieces = [...ends, text.length].map((end, place) => trim(text.slice(place === 0 ? 0 : (ends[place - 1] ?? 0) + 1, end)));
  const [only = '', ...more] = pieces.filter((piece) => piece !== '');
  const sent = text.replace(/[ \t\r\n]+$/, '');
  if (more.length > 0) throw new Malformed(`Only one sql statement is allowed. Got: ${sent}`);
  if (only === '' && ends.length > 0) throw new Malformed(`Empty sql statement: ${sent}`);
  return only;
}
