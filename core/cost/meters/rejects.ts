import { ASSUMED } from '../assumed.ts';

/** Bytes of what is rejected: each event in base64, in its envelope. */
export const rejectedBytes = ({
  rejects,
  bytes,
  events,
}: {
  readonly rejects: number;
  readonly bytes: number;
  readonly events: number;
}): number => (rejects === 0 ? 0 : rejects * (ASSUMED.envelopeBytes + ((bytes / events) * 4) / 3));
