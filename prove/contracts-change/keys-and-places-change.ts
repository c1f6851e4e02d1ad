import type { Claim } from '../claim.ts';
import { CHANGED_CLASS, CHANGED_EVENT_ID, CHANGED_KEY, CHANGED_TENANT } from './changes/keys-and-places.ts';
import { livedClaim } from './lived-claim.ts';

export const keysAndPlacesChange: Claim = livedClaim({
  id: 'keys-and-places-change',
  says: 'A changed event id, key, tenant or retention class loses no event and hides none, while two versions are at work and until what was stored before has expired.',
  changes: [CHANGED_EVENT_ID, CHANGED_KEY, CHANGED_CLASS, CHANGED_TENANT],
});
