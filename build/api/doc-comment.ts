import ts from 'typescript';

/** What a doc comment says, each part in one line. */
export interface Said {
  readonly summary: string;
  /** The text after `@default`. */
  readonly byDefault?: string;
  readonly throws: readonly string[];
  readonly see: readonly string[];
}

/** Read from the comment's text: TypeScript takes a link after `@throws` for a type, and an address after `@see` for a name. */
export function said(node: ts.Node): Said {
  const comment = ts.getJSDocCommentsAndTags(node).findLast((part) => ts.isJSDoc(part));
  const text = (comment?.getText() ?? '')
    .replaceAll(/^\/\*\*|\*\/$/g, '')
    .replaceAll(/^[ \t]*\*/gm, '')
    .replaceAll(/\{@link ([^}]+)\}/g, '`$1`');
  const [summary = '', ...tags] = text.split(/(?<=^|\s)@(?=[a-z])/);
  const tagged = (name: string) =>
    tags.filter((tag) => tag.split(/\s/, 1)[0] === name).map((tag) => oneLine(tag.slice(name.length)));
  const [byDefault] = tagged('default');
  return {
    summary: oneLine(summary),
    ...(byDefault === undefined ? {} : { byDefault }),
    throws: tagged('throws'),
    see: tagged('see'),
  };
}

export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
