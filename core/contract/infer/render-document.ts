import { Document, isMap, isNode, isPair, isScalar, isSeq, visit, type Node } from 'yaml';
import type { Remark } from './odcs-parts.ts';
import { onOneLine } from './words.ts';

/** Lists that stand on one line. */
const ON_ONE_LINE = new Set(['tags', 'value', 'validValues']);
const WIDTH = 130;

/** Writes a document as YAML, with remarks as comments above what they are about. */
export function renderDocument(content: unknown, remarks: readonly Remark[], heading: readonly string[]): string {
  const document = new Document(content);
  visit(document, {
    Pair: (_, { key, value }) => {
      if (isScalar(key) && ON_ONE_LINE.has(String(key.value)) && isSeq(value)) value.flow = true;
    },
  });
  document.commentBefore = heading.map(oneLine).join('\n');
  for (const { path, text, confirm } of remarks) {
    const node = commented(document, path);
    if (node === undefined) continue;
    const line = oneLine(`${confirm ? 'confirm: ' : ''}${text}`);
    node.commentBefore = node.commentBefore == null ? line : `${node.commentBefore}\n${line}`;
  }
  return document.toString({ lineWidth: WIDTH, flowCollectionPadding: false });
}

/** A comment ends with its line, and what is remarked may quote a name of the sample. */
const oneLine = (text: string): string => ` ${onOneLine(text)}`;

/** The node above which a comment stands: the item of a list itself, and of a pair its key. */
function commented(document: Document, path: readonly (string | number)[]): Node | undefined {
  const key = path.at(-1);
  const parent: unknown = document.getIn(path.slice(0, -1), true);
  if (isSeq(parent) && typeof key === 'number') {
    const item = parent.items[key];
    return isNode(item) ? item : undefined;
  }
  const pair = isMap(parent)
    ? parent.items.find((candidate) => isPair(candidate) && isScalar(candidate.key) && candidate.key.value === key)
    : undefined;
  return isScalar(pair?.key) ? pair.key : undefined;
}
