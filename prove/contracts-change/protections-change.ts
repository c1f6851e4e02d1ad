import type { Claim } from '../claim.ts';
import { CHANGED_PROTECTION, PROTECTION_IN_PLACE } from './changes/protections.ts';
import { livedClaim } from './lived-claim.ts';

export const protectionsChange: Claim = livedClaim({
  id: 'protections-change',
  says: 'A changed protection holds from the version that promises it: what that version judged is never shown in clear, and a token stands for one value before and after.',
  changes: [...PROTECTION_IN_PLACE, CHANGED_PROTECTION],
});
