import { Document, parseDocument, Scalar, stringify, type YAMLMap } from 'yaml';
import type { Decision, Place } from './ledger.ts';
import { readLedger } from './read-ledger.ts';

/** Columns of a ledger's line, which are prettier's here. */
const WIDTH = 130;
/** Spaces before a key of a place. */
const INDENT = 8;
const FORM = { lineWidth: WIDTH, singleQuote: true, flowCollectionPadding: false } as const;

/** Decisions as a ledger lists them. */
export const textOfDecisions = (decisions: readonly Decision[]): string => stringify(decisions.map(decisionNode), FORM);

/** A place as a ledger lists it: its names are never broken. */
export const textOfPlace = (place: Place | YAMLMap): string =>
  stringify([isNode(place) ? place : placeNode(place)], { ...FORM, lineWidth: 0 });

/** Names in one line where they fit; what a policy allows has a line for each. */
export function namesNode(key: string, names: readonly string[]) {
  const line = `${' '.repeat(INDENT)}${key}: [${names.join(', ')}]`;
  return new Document().createNode(names, { flow: line.length <= WIDTH && !names.some((name) => name.includes('[')) });
}

/** A ledger of the earlier form in that of today; one of today as it is. */
export function inFormOfToday(text: string): string {
  const document = parseDocument(text);
  if (!document.has('entries')) return text;
  const { decisions } = readLedger(text);
  document.delete('entries');
  document.set('decisions', decisions.map(decisionNode));
  return document.toString(FORM);
}

const isNode = (place: Place | YAMLMap): place is YAMLMap => 'items' in place;

/** The head first, then where it holds: a place more is a few lines below a reason that stands. */
function decisionNode({ rule, reason, owner, enteredOn, reviewBy, places }: Decision) {
  const folded = new Scalar(reason);
  if (reason.trim() !== '') folded.type = 'BLOCK_FOLDED';
  return new Document().createNode({ rule, reason: folded, owner, enteredOn, reviewBy, places: places.map(placeNode) });
}

const placeNode = ({ resource, stacks, findings }: Place) =>
  new Document().createNode({
    resource,
    stacks: namesNode('stacks', stacks),
    findings: namesNode('findings', findings),
  });
