import { parseDocument, Scalar, type Document, type Node } from 'yaml';
import type { Decision, Place } from './ledger.ts';

/** Columns of a ledger's line, which are prettier's here. */
const WIDTH = 130;
/** Spaces before a key of a place. */
const INDENT = 8;

/** A ledger's text with other decisions: what stands above them stays as it is written. */
export function withDecisions(text: string, decisions: readonly Decision[]): string {
  const document = parseDocument(text);
  document.delete('entries'); // the earlier form's
  document.set('decisions', document.createNode(decisions.map((decision) => nodeOf(document, decision))));
  return document.toString({ lineWidth: WIDTH, singleQuote: true, flowCollectionPadding: false });
}

/** The head first, then where it holds: a place more is a few lines below a reason that stands. */
function nodeOf(document: Document, { rule, reason, owner, enteredOn, reviewBy, places }: Decision): Node {
  const folded = new Scalar(reason);
  if (reason.trim() !== '') folded.type = 'BLOCK_FOLDED';
  return document.createNode({
    rule,
    reason: folded,
    owner,
    enteredOn,
    reviewBy,
    places: places.map(({ resource, stacks, findings, confirm }: Place) => ({
      resource,
      stacks: listOf(document, 'stacks', stacks),
      findings: listOf(document, 'findings', findings),
      ...(confirm === undefined ? {} : { confirm }),
    })),
  });
}

/** Names in one line where they fit; what a policy allows has a line for each. */
function listOf(document: Document, key: string, items: readonly string[]) {
  const line = `${' '.repeat(INDENT)}${key}: [${items.join(', ')}]`;
  return document.createNode(items, { flow: line.length <= WIDTH && !items.some((item) => item.includes('[')) });
}
