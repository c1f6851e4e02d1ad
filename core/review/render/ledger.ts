import type { Accepted, LedgerChanges, NewlyAccepted } from '../compare-ledgers.ts';
import { grouped } from '../../grouped.ts';
import { listing, type Said } from './listing.ts';
import { code } from './words.ts';

/** Findings that are accepted anew, no longer, or in other words; several packs say the same of one resource. */
export const renderLedger = ({ added, removed, reworded }: LedgerChanges): readonly string[] =>
  listing([
    ...byReason(added).map((all) => said(comingOf(all[0]), all, [`  - ${all[0].reason || 'no reason is given'}`])),
    ...byReason(reworded).map((all) => said(`other ${all[0].changed.join(', ')} of`, all, [`  - ${all[0].reason}`])),
    ...byReason(removed).map((all) => said('no longer', all, [])),
  ]);

/** How it comes that something is accepted which was not. */
const comingOf = ({ isNewDecision }: NewlyAccepted): string =>
  isNewDecision ? 'new decision on' : 'new place under an old decision on';

const byReason = <T extends Accepted>(all: readonly T[]): readonly (readonly [T, ...T[]])[] =>
  grouped(all, (one) => ({ ...one, id: undefined }));

function said(what: string, all: readonly [Accepted, ...Accepted[]], below: readonly string[]): Said {
  const [{ stack, resource, owner, reviewBy }] = all;
  const until = below.length === 0 ? '' : `, ${owner || 'of nobody'}, until ${reviewBy}`;
  return { stack, id: resource, head: `${what} ${all.map(({ id }) => code(id)).join(', ')}${until}:`, below };
}
