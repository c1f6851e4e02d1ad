import { isSeq, type Document, type Node, type YAMLMap } from 'yaml';

/** An item of a list in a text. */
export interface Slice {
  readonly node: YAMLMap;
  /** Lines of comments above it, which are about it. */
  readonly above: string;
  /** Its own lines. */
  readonly own: string;
  readonly begin: number;
}

/** A list with an item on lines of its own behind each dash. */
export interface ListSlices {
  readonly slices: readonly Slice[];
  /** Before each dash. */
  readonly indent: string;
  readonly end: number;
}

/**
 * Where the items of a list stand in a text, each with the comments above it: what is not changed can so be left exactly as it is written.
 *
 * @param end Where the last item ends at the latest: comments and blank lines before it are of no item
 * @returns Undefined where there is no such list
 */
export function listSlices(
  text: string,
  document: Document,
  path: readonly (string | number)[],
  end: number,
): ListSlices | undefined {
  const list = document.getIn(path, true);
  if (!isSeq(list) || list.flow === true || list.items.length === 0) return undefined;
  const nodes = list.items as YAMLMap[];
  const dashes = nodes.map((node) => lineStart(text, startOf(node)));
  const indent = /^ */.exec(text.slice(dashes[0]))?.[0] ?? '';
  const begins = dashes.map((dash) => aboveComments(text, dash, indent.length));
  const last = beforeRest(text, end, indent.length);
  return {
    slices: nodes.map((node, index) => {
      const [begin = 0, dash = 0] = [begins[index], dashes[index]];
      return { node, begin, above: text.slice(begin, dash), own: text.slice(dash, begins[index + 1] ?? last) };
    }),
    indent,
    end: last,
  };
}

const startOf = (node: Node): number => node.range?.[0] ?? 0;

const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

/** Comments that stand no deeper than the dash are of the item below them. */
const aboveComments = (text: string, dash: number, indent: number): number => above(text, dash, new RegExp(`^ {0,${indent}}#`));

const beforeRest = (text: string, end: number, indent: number): number => above(text, end, new RegExp(`^ {0,${indent}}#|^\\s*$`));

/** Where the lines begin that stand directly above another and are of one form. */
function above(text: string, offset: number, form: RegExp): number {
  if (offset === 0) return 0;
  const before = lineStart(text, offset - 1);
  return form.test(text.slice(before, offset)) ? above(text, before, form) : offset;
}
