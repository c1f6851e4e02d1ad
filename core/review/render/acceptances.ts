import { counted } from '../../counted.ts';
import { stringify } from 'yaml';
import type { Acceptance, Claim } from '../acceptance/acceptance.ts';
import { ACCEPTANCES } from '../acceptance/read-acceptances.ts';
import type { Review } from '../review.ts';
import { listing, type Said } from './listing.ts';
import { holdersOf, placesOf } from './places.ts';
import { code } from './words.ts';

/** What was accepted with the change, and why; then what accepts nothing. */
export function renderAccepted(review: Review): readonly string[] {
  const { stale, unmatched, spent } = review.acceptances;
  return [
    ...listing(
      [...placesOf(review), ...holdersOf(review)].flatMap(({ stack, id, head, dangers }) =>
        dangers.flatMap(({ code: name, says, accepted }): Said[] =>
          accepted === undefined
            ? []
            : [
                {
                  stack,
                  ...(id === undefined ? {} : { id }),
                  head,
                  below: [`  - ${code(name)}: ${says}`, `  - accepted by ${accepted.owner}: ${accepted.reason}`],
                },
              ],
        ),
      ),
    ),
    ...listing([
      ...stale.map((claim) =>
        ofClaim(claim, '**stale**', 'the change does no such thing, or another one; delete it, or accept what it does'),
      ),
      ...unmatched.map((claim) => ofClaim(claim, 'unused', 'the change does no such thing; it may have been for an earlier one')),
      ...spent.map((claim) => ofClaim(claim, 'spent', 'it stands in the base too, and was for an earlier change; delete it')),
    ]),
  ];
}

const ofClaim = ({ contract = '', stack = contract, resource, code: name, change }: Claim, word: string, says: string): Said => ({
  stack,
  ...(resource === undefined ? {} : { id: resource }),
  head: `${word} ${code(name)} (${change})`,
  below: [`  - ${says}`],
});

/** Entries that a comment can show; the JSON holds all. */
const MOST_DRAFTS = 20;

/** Entries to paste, folded away: whoever means a danger gives each a reason. */
export function renderDrafts(drafts: readonly Acceptance[]): readonly string[] {
  if (drafts.length === 0) return [];
  const shown = drafts.slice(0, MOST_DRAFTS);
  const more = drafts.length - shown.length;
  return [
    `Only what is meant: an entry under \`acceptances\` in \`${ACCEPTANCES}\`, with a reason and an owner, holds for this change and no other.`,
    '',
    '<details>',
    `<summary>${counted(drafts.length, 'entry', 'entries')}${more > 0 ? `, the first ${MOST_DRAFTS} of them` : ''}</summary>`,
    '',
    '```yaml',
    stringify({ acceptances: shown }, { lineWidth: 0, singleQuote: true }).trimEnd(),
    '```',
    '',
    '</details>',
  ];
}
