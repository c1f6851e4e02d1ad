import { counted } from '../../counted.ts';
import type { ResourceChange } from '../compare-resources.ts';
import type { StackChange } from '../compare-stacks.ts';
import { DANGER_KINDS, type Danger } from '../danger.ts';
import type { Review } from '../review.ts';
import { listing, type Said } from './listing.ts';
import { placesOf } from './places.ts';
import { code } from './words.ts';

const worst = ({ dangers }: { readonly dangers: readonly Danger[] }): number =>
  Math.min(...dangers.map(({ kind }) => DANGER_KINDS.indexOf(kind)));

const dangerLines = (dangers: readonly Danger[]): readonly string[] =>
  dangers.map(({ code: name, says }) => `  - ${code(name)}: ${says}`);

/** What a rule found dangerous, or does not know, and nobody accepted; the worst first. */
export const renderDangers = (review: Review): readonly string[] =>
  listing(
    placesOf(review)
      .map((place) => ({ ...place, dangers: place.dangers.filter(({ accepted }) => accepted === undefined) }))
      .filter(({ dangers }) => dangers.length > 0)
      .sort((one, other) => worst(one) - worst(other))
      .map(({ stack, id, head, dangers, hint }) => ({
        stack,
        ...(id === undefined ? {} : { id }),
        head,
        below: [...dangerLines(dangers), ...(hint === undefined ? [] : [`  - ${hint}`])],
      })),
  );

/** What no rule objects to: what holds data by its places, the rest by its type. */
export function renderOthers(stacks: readonly StackChange[], resources: readonly ResourceChange[]): readonly string[] {
  const quiet = resources.filter(({ dangers }) => dangers.length === 0);
  return [
    ...listing(
      stacks
        .filter(({ kind, dangers }) => kind === 'added' && dangers.length === 0)
        .map(({ stack }): Said => ({ stack, head: 'added stack', below: [] })),
    ),
    ...listing(
      quiet
        .filter(({ isStateful }) => isStateful)
        .map((change): Said => ({ stack: change.stack, id: change.id, head: headOf(change), below: [] })),
    ),
    ...counts(quiet.filter(({ isStateful }) => !isStateful)),
  ];
}

/** Properties that an entry names. */
const MOST_PROPERTIES = 6;

function headOf({ kind, type, properties, isCodeOnly }: ResourceChange): string {
  if (isCodeOnly) return `${kind} ${type}, code only:`;
  if (properties.length === 0) return `${kind} ${type}:`;
  const more = properties.length > MOST_PROPERTIES ? ` and ${properties.length - MOST_PROPERTIES} more` : '';
  return `${kind} ${type}, ${properties.slice(0, MOST_PROPERTIES).map(code).join(', ')}${more}:`;
}

function counts(changes: readonly ResourceChange[]): readonly string[] {
  const byWords = new Map<string, number>();
  for (const { kind, type, isCodeOnly } of changes) {
    const words = `${kind} ${type}${isCodeOnly ? ', code only' : ''}`;
    byWords.set(words, (byWords.get(words) ?? 0) + 1);
  }
  return [...byWords]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([words, count]) => `- ${words}: ${counted(count, 'resource')}`);
}
