import { malformedXml } from '../s3/index.ts';

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const TOKEN = /<\?[^>]*\?>|<!--[\s\S]*?-->|<(\/?)([\w.-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;

function decode(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));|&/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    const character = name === undefined ? undefined : ENTITIES[name];
    if (character === undefined) throw malformedXml();
    return whole === '' ? '' : character;
  });
}

/** An element of a request's document: its own text, or elements. Attributes and namespaces say nothing that S3 heeds. */
export class XmlElement {
  readonly children: XmlElement[] = [];
  content = '';

  constructor(readonly name: string) {}

  /** The elements of a name. */
  all(name: string): readonly XmlElement[] {
    return this.children.filter((child) => child.name === name);
  }

  /** The one element of a name; undefined where there is none. @throws S3Error MalformedXML for several */
  child(name: string): XmlElement | undefined {
    const [only, ...rest] = this.all(name);
    if (rest.length > 0) throw malformedXml();
    return only;
  }

  /** The text of an element that may be missing. */
  text(name: string): string | undefined {
    return this.child(name)?.content;
  }

  /** @throws S3Error MalformedXML where it is missing */
  required(name: string): string {
    const text = this.text(name);
    if (text === undefined) throw malformedXml();
    return text;
  }

  /** @throws S3Error MalformedXML for an element that is not in `known`: one that nobody reads could change what happens */
  only(...known: readonly string[]): this {
    if (this.children.some(({ name }) => !known.includes(name))) throw malformedXml();
    return this;
  }
}

/**
 * Reads the document of a request; document types are refused.
 *
 * @throws S3Error MalformedXML for anything but one well-formed element named `root`
 */
export function parseXml(bytes: Buffer, root: string): XmlElement {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const top = new XmlElement('');
  const open = [top];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text);
    if (token === null) throw malformedXml();
    const [, closing, name, , empty, characters] = token;
    const current = open.at(-1) ?? top;
    if (characters !== undefined) current.content += decode(characters);
    else if (name !== undefined && closing === '/') {
      if (open.pop()?.name !== name || open.length === 0) throw malformedXml();
    } else if (name !== undefined) {
      const element = new XmlElement(name);
      current.children.push(element);
      if (empty !== '/') open.push(element);
    }
  }
  const [document, ...rest] = top.children;
  if (open.length !== 1 || document?.name !== root || rest.length > 0 || top.content.trim() !== '') throw malformedXml();
  return document;
}
