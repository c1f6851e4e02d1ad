/** The process of one claim: proves it, and tells its parent what came out. */
import { ClaimFails, type Scale } from './claim.ts';
import { loadClaim } from './claims.ts';

/** What came out of a claim's process. */
export type Outcome =
  | { readonly held: true; readonly says: string; readonly counted: string }
  | { readonly held: false; readonly says: string; readonly why: string };

const [id = '', scale = 'full'] = process.argv.slice(2);
const claim = await loadClaim(id);
const tell = (outcome: Outcome): void => {
  process.send?.(outcome, () => process.exit()); // what a claim left running must not keep its answer waiting
};
try {
  tell({ held: true, says: claim.says, counted: await claim.prove(scale as Scale) });
} catch (error) {
  const why =
    error instanceof ClaimFails ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  tell({ held: false, says: claim.says, why });
}
