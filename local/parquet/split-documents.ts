const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;

/**
 * Splits the text of one record into its JSON objects, which may follow each other with or without white space between them, as Firehose
 * allows where it converts formats. Whether each is JSON is judged later, by `checkDocument`.
 *
 * @returns undefined for anything else: an array or a scalar at the root, an object that does not end, no object at all
 */
export function splitDocuments(text: string): string[] | undefined {
  const documents: string[] = [];
  for (let at = skipSpace(text, 0); at < text.length; at = skipSpace(text, at)) {
    const end = text.charCodeAt(at) === OPEN ? endOfObject(text, at) : -1;
    if (end === -1) return undefined;
    documents.push(text.slice(at, end));
    at = end;
  }
  return documents.length === 0 ? undefined : documents;
}

/** Where the next character stands that is not JSON's white space. */
export function skipSpace(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code === 32 || code === 10 || code === 13 || code === 9; code = text.charCodeAt(at))
    at += 1;
  return at;
}

function endOfObject(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
      if (at === -1) return -1;
    } else if (code === OPEN) depth += 1;
    else if (code === CLOSE && (depth -= 1) === 0) return at + 1;
  }
  return -1;
}

/** Where the string's closing quote stands; -1 if it has none. */
export function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (text.charCodeAt(quote - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return quote;
  }
  return -1;
}
