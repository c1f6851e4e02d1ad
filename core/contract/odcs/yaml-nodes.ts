import { isAlias, isMap, isNode, isScalar, isSeq, type Alias, type Document, type Node } from 'yaml';
import type { DocumentPath } from '../fault.ts';

/** How deep a contract may nest: people write it. */
export const DEEPEST = 100;
/** Nodes that aliases may add to those that are written: more is a bomb. */
export const MOST_STOOD_FOR = 100_000;

/** What an alias stands for. */
type Meanings = ReadonlyMap<Alias, Node>;

/** What cannot be used, and where it stands. */
export interface Found {
  readonly duplicates: { readonly path: DocumentPath; readonly offset: number }[];
  readonly meanings: Meanings;
  deepAt: number | undefined;
  endlessAt: number | undefined;
  strayAlias: Alias | undefined;
}

const startOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);

/** A key as text; what no scalar is has none. */
function nameOf(key: unknown, meanings: Meanings): string {
  const meant = isAlias(key) ? meanings.get(key) : key;
  const value: unknown = isScalar(meant) ? meant.value : undefined;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/**
 * Keys that stand twice in one map, the first node that lies too deep, and an alias that lies within what it stands for, or stands for nothing.
 * Nodes are looked at once each, in the order in which they stand, as an alias stands for the last anchor of its name before it.
 */
export function findInNodes(document: Document): Found {
  const meanings = new Map<Alias, Node>();
  const found: Found = { duplicates: [], meanings, deepAt: undefined, endlessAt: undefined, strayAlias: undefined };
  const anchored = new Map<string, Node>();
  const waiting: { readonly node: unknown; readonly path: DocumentPath; readonly among?: Set<string> }[] = [
    { node: document.contents, path: [] },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, path, among } = next;
    if (path.length > DEEPEST) {
      found.deepAt = startOf(node);
      return found;
    }
    if (isAlias(node)) {
      const meant = anchored.get(node.source);
      if (meant === undefined) found.strayAlias = node;
      else if (encloses(meant, node)) found.endlessAt = startOf(node);
      if (meant === undefined || found.endlessAt !== undefined) return found;
      meanings.set(node, meant);
    } else if (isNode(node) && 'anchor' in node && typeof node.anchor === 'string') anchored.set(node.anchor, node);
    if (among !== undefined) {
      const name = nameOf(node, meanings); // a key, whose value comes next
      const inside = [...path.slice(0, -1), name];
      if (among.has(name)) found.duplicates.push({ path: inside, offset: startOf(node) });
      among.add(name);
    }
    if (isSeq(node))
      for (let index = node.items.length - 1; index >= 0; index -= 1)
        waiting.push({ node: node.items[index], path: [...path, index] });
    if (!isMap(node)) continue;
    const names = new Set<string>();
    for (let index = node.items.length - 1; index >= 0; index -= 1) {
      const { key, value } = node.items[index] ?? {};
      const inside = [...path, nameOf(key, meanings)];
      waiting.push({ node: value, path: inside }, { node: key, path: inside, among: names });
    }
  }
  return found;
}

function encloses(outer: Node, inner: Node): boolean {
  const at = inner.range?.[0] ?? 0;
  return outer.range != null && outer.range[0] <= at && at < outer.range[1];
}

/** What a node comes to once its aliases are written out. */
interface Written {
  readonly value: unknown;
  readonly nodes: number;
  readonly depth: number;
}

/** An alias by which a document would become too large, or too deep. */
export class AliasTooMuch extends Error {
  constructor(
    readonly kind: 'large' | 'deep',
    readonly offset: number,
  ) {
    super(`an alias makes the document too ${kind}`);
  }
}

/** The document as data. What an anchor marks is made once, and shared by its aliases. @throws AliasTooMuch */
export function toData(document: Document, meanings: Meanings): unknown {
  const made = new Map<unknown, Written>();
  let stoodFor = 0;
  const write = (node: unknown, above: number): Written => {
    if (isAlias(node)) {
      const meant = made.get(meanings.get(node)) ?? { value: null, nodes: 1, depth: 0 };
      stoodFor += meant.nodes;
      if (stoodFor > MOST_STOOD_FOR) throw new AliasTooMuch('large', startOf(node));
      if (above + meant.depth > DEEPEST) throw new AliasTooMuch('deep', startOf(node));
      return meant;
    }
    let [value, nodes, depth]: [unknown, number, number] = [isScalar(node) ? node.value : null, 1, 0];
    const add = (inner: unknown): unknown => {
      const part = write(inner, above + 1);
      nodes += part.nodes;
      depth = Math.max(depth, part.depth + 1);
      return part.value;
    };
    if (isSeq(node)) value = node.items.map(add);
    if (isMap(node))
      value = Object.fromEntries(
        node.items.map(({ key, value: inner }) => {
          if (isNode(key) && 'anchor' in key) made.set(key, { value: isScalar(key) ? key.value : null, nodes: 1, depth: 0 });
          return [nameOf(key, meanings), add(inner)];
        }),
      );
    const written = { value, nodes, depth };
    if (isNode(node) && 'anchor' in node && node.anchor !== undefined) made.set(node, written);
    return written;
  };
  return write(document.contents, 0).value;
}

/** Where a path stands; for one that stands nowhere (something is missing), where its nearest parent does. */
export function offsetOf(document: Document, meanings: Meanings, path: DocumentPath, atKey: boolean): number | undefined {
  let node: unknown = document.contents;
  let offset = isNode(node) ? node.range?.[0] : undefined;
  for (const [index, part] of path.entries()) {
    if (isAlias(node)) node = meanings.get(node);
    let child: unknown;
    if (isSeq(node) && typeof part === 'number') child = node.items[part];
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => nameOf(key, meanings) === String(part));
      if (pair === undefined) return offset;
      const isLast = index === path.length - 1;
      if ((isLast && atKey) || pair.value === null) return isNode(pair.key) ? pair.key.range?.[0] : offset;
      child = pair.value;
    }
    if (!isNode(child) || child.range == null) return offset;
    node = child;
    offset = child.range[0];
  }
  return offset;
}
