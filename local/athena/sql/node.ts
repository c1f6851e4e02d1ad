/** The translator's syntax tree is plain JSON: a node is an object with one key, its kind. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = Record<string, Json>;

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The kind and the content of a node. */
export function nodeOf(value: Json | undefined): { readonly kind: string; readonly data: Json } | undefined {
  if (!isObject(value)) return undefined;
  const [entry, ...more] = Object.entries(value);
  return entry !== undefined && more.length === 0 ? { kind: entry[0], data: entry[1] } : undefined;
}

/** The content of a node of this kind. */
export function contentOf(value: Json | undefined, kind: string): JsonObject | undefined {
  const node = nodeOf(value);
  return node?.kind === kind && isObject(node.data) ? node.data : undefined;
}

/** The name in an identifier; Trino folds names to lower case, quoted or not. */
export function nameIn(value: Json | undefined): string | undefined {
  const name = isObject(value) ? value['name'] : undefined;
  return typeof name === 'string' ? name.toLowerCase() : undefined;
}

export const identifierNode = (name: string): JsonObject => ({ name, quoted: true, trailing_comments: [] });

export const textNode = (value: string): Json => ({ literal: { literal_type: 'string', value } });

/** The value of a string literal. */
export function textIn(value: Json | undefined): string | undefined {
  const literal = contentOf(value, 'literal');
  return literal?.['literal_type'] === 'string' ? wordIn(literal['value']) : undefined;
}

/** A member that is a word; empty for anything else. */
export const wordIn = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** A call of a function that the translator does not know and so leaves alone. */
export const callNode = (name: string, ...args: Json[]): Json => ({
  function: { name, args, distinct: false, trailing_comments: [], use_bracket_syntax: false, no_parens: false, quoted: false },
});
