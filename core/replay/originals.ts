import { createHash } from 'node:crypto';
import * as z from 'zod';
import { copyFilter } from './copies.ts';
import type { Source } from './request.ts';

/** An event as its producer sent it, and what it is known by. */
export interface Original {
  readonly bytes: Uint8Array;
  /** Present where copies in the same object are one: in quarantine, where a put is at least once. */
  readonly digest?: string;
}

const envelope = z.object({ original: z.base64() });

/** The original in a line: `blank` for one without any, `unreadable` for what is no envelope. Takes the lines of one object in their order. */
export type ReadOriginal = (line: Uint8Array | undefined) => Original | 'blank' | 'unreadable';

/** Reads the lines of one object: of `raw`, which holds events, or of quarantine, which holds envelopes. */
export const originalReader = (source: Source): ReadOriginal => (source === 'raw' ? rawReader() : readEnvelope);

const readEnvelope: ReadOriginal = (line) => {
  if (line === undefined) return 'unreadable';
  if (isBlank(line)) return 'blank';
  const parsed = envelope.safeParse(parseJson(line));
  if (!parsed.success) return 'unreadable';
  const bytes = Buffer.from(parsed.data.original, 'base64');
  return { bytes, digest: createHash('sha256').update(bytes).digest('base64') };
};

function rawReader(): ReadOriginal {
  const isCopy = copyFilter();
  return (line) => {
    if (line === undefined) return 'unreadable';
    return isCopy(line) || isBlank(line) ? 'blank' : { bytes: line };
  };
}

/** Spaces, tabs and carriage returns. */
const isBlank = (line: Uint8Array): boolean => line.every((byte) => byte === 32 || byte === 9 || byte === 13);

function parseJson(line: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(line).toString());
  } catch {
    return undefined;
  }
}
