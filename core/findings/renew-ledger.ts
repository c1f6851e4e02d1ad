import { parseDocument, type YAMLMap } from 'yaml';
import type { Decision, Place } from './ledger.ts';
import { inFormOfToday, namesNode, textOfPlace } from './ledger-text.ts';
import { listSlices, type ListSlices, type Slice } from './list-slices.ts';
import type { DecisionRenewal, Renewal } from './plan-renewal.ts';
import { LedgerError, readLedger } from './read-ledger.ts';

/**
 * A ledger's text with the places of a renewal. All else stays as it is written: reasons, owners, days, order and comments; what is said above a
 * place or a decision that goes, goes with it.
 *
 * @throws {@link LedgerError} where the text is written so that its places cannot be told apart
 */
export function renewLedger(written: string, { decisions }: Pick<Renewal, 'decisions'>): string {
  if (decisions.every(isUnchanged)) return written;
  const text = inFormOfToday(written).replace(/\n*$/, '\n');
  const document = parseDocument(text);
  const all = listSlices(text, document, ['decisions'], text.length);
  const renewed =
    all === undefined
      ? text
      : replaced(
          text,
          all,
          all.slices.map((slice, index) => {
            const renewal = decisions[index];
            if (renewal === undefined || isUnchanged(renewal)) return slice.above + slice.own;
            if (renewal.places.length === 0) return '';
            const end = all.slices[index + 1]?.begin ?? all.end;
            const places = listSlices(text, document, ['decisions', index, 'places'], end);
            if (places === undefined) return slice.above + slice.own;
            return replaced(text.slice(0, end), places, placeTexts(places, renewal)).slice(slice.begin);
          }),
        );
  refuseUnlike(renewed, decisions);
  return renewed;
}

const isUnchanged = ({ added, gone }: DecisionRenewal): boolean => added.length + gone.length === 0;

/** The text with its list made of other items. */
const replaced = (text: string, { slices, end }: ListSlices, items: readonly string[]): string =>
  text.slice(0, slices[0]?.begin) + items.join('') + text.slice(end);

/** Of a place that comes in parts, the first keeps what was said of it. */
function placeTexts({ slices, indent }: ListSlices, { decision, places }: DecisionRenewal): string[] {
  const used = new Set<number>();
  return places.map(({ from, ...place }) => {
    const [slice, before] = from === undefined || used.has(from) ? [] : [slices[from], decision.places[from]];
    if (from === undefined || slice === undefined || before === undefined) return indented(textOfPlace(place), indent);
    used.add(from);
    return slice.above + (isSame(before, place) ? slice.own : indented(textOfPlace(changed(slice, before, place)), indent));
  });
}

function changed({ node }: Slice, before: Place, now: Place): YAMLMap {
  node.commentBefore = null; // stands above, as it was written
  for (const key of ['stacks', 'findings'] as const) if (!isSame(before[key], now[key])) node.set(key, namesNode(key, now[key]));
  return node;
}

const indented = (text: string, indent: string): string => text.replaceAll(/^(?=.)/gm, indent);

const isSame = (before: unknown, now: unknown): boolean => JSON.stringify(before) === JSON.stringify(now);

/** Whatever a YAML file may look like: what was to be written is what will be read, or nothing is written. */
function refuseUnlike(text: string, decisions: readonly DecisionRenewal[]): void {
  const wanted = decisions
    .filter(({ places }) => places.length > 0)
    .map(({ decision, places }) => contentOf({ ...decision, places }));
  const read = readLedger(text).decisions.map(contentOf);
  const index = wanted.findIndex((content, at) => content !== read[at]);
  if (index !== -1 || read.length !== wanted.length)
    throw new LedgerError([
      `'decisions.${index === -1 ? wanted.length : index}': must list its places with a dash on a line of its own for each, got another form; write it so`,
    ]);
}

const contentOf = ({ rule, reason, owner, enteredOn, reviewBy, places }: Decision): string =>
  JSON.stringify([
    [rule, reason, owner, enteredOn, reviewBy],
    places.map(({ resource, stacks, findings }) => [resource, stacks, findings]),
  ]);
