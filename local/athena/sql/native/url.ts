import { NativeError } from './json.ts';

/** RFC 2396, which Java's URI reads by. */
const URI =
  /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/(?:[^@/?#]*@)?(\[[^\]]*\]|[^:/?#]*)(?::(\d*))?)?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
/** Characters that no URI has unescaped. */
const UNLAWFUL = /[\s<>"{}|\\^`]|%(?![0-9A-Fa-f]{2})/;

type Part = 'protocol' | 'host' | 'port' | 'path' | 'query' | 'fragment';
const PLACES: Readonly<Record<Part, number>> = { protocol: 1, host: 2, port: 3, path: 4, query: 5, fragment: 6 };

/** A part of a URL, decoded: a part that it has not is empty, and a port undefined, as everything is where the text is no URL. */
export function urlPart(url: string, part: string): string | undefined {
  if (UNLAWFUL.test(url)) return undefined;
  const found = URI.exec(url)?.[PLACES[part as Part]] ?? '';
  if (found === '') return part === 'port' ? undefined : '';
  return part === 'host' || part === 'port' || part === 'protocol' ? found : (decoded(found) ?? found);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The first parameter of that name; one without `=` is empty. */
export function urlParameter(url: string, name: string): string | undefined {
  if (UNLAWFUL.test(url)) return undefined;
  for (const pair of (URI.exec(url)?.[5] ?? '').split('&')) {
    const at = pair.indexOf('=');
    const key = at < 0 ? pair : pair.slice(0, at);
    if (key === name && pair !== '') return at < 0 ? '' : (decoded(pair.slice(at + 1).replaceAll('+', ' ')) ?? '');
  }
  return undefined;
}

export const urlEncode = (text: string): string =>
  encodeURIComponent(text)
    .replaceAll('%20', '+')
    .replaceAll(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

export function urlDecode(text: string): string {
  const found = decoded(text.replaceAll('+', ' '));
  if (found === undefined) throw new NativeError('INVALID_FUNCTION_ARGUMENT: Illegal hex characters in escape (%) pattern');
  return found;
}
