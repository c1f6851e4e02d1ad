const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Control characters go as references, as S3 sends them; strict parsers refuse those, which is why listings can ask for URL encoding. */
const escape = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- keys may hold them
  text.replace(/[&<>"\u0000-\u001f]/g, (character) => ENTITIES[character] ?? `&#x${character.charCodeAt(0).toString(16)};`);

/** What an element can hold. */
type Content = string | number | boolean | undefined | object;

function element(name: string, content: Content, attributes = ''): string {
  if (content === undefined) return '';
  if (Array.isArray(content)) return content.map((item: Content) => element(name, item)).join('');
  const inner =
    typeof content === 'object'
      ? Object.entries(content)
          .map(([child, value]: [string, Content]) => element(child, value))
          .join('')
      : escape(String(content));
  return `<${name}${attributes}>${inner}</${name}>`;
}

/** A document of one root element; a list is written as one element for each of its items, and undefined as nothing. */
export const xml = (root: string, content: object | string, namespace?: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, content, namespace === undefined ? '' : ` xmlns="${namespace}"`)}`;
