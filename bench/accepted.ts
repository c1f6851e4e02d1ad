import { hash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { linesOf } from '../prove/nothing-lost/input/lines.ts';

const envelope = z.object({ sha256: z.string() });

/** Lines of JSON, each with its newline. */
export interface Lines {
  readonly count: number;
  readonly bytes: number;
}

const linesIn = (objects: readonly Buffer[]): Buffer[] => objects.flatMap((object) => linesOf(gunzipSync(object)));
const sized = (lines: readonly Buffer[]): Lines => ({
  count: lines.length,
  bytes: lines.reduce((sum, { length }) => sum + length + 1, 0),
});

/** What producers put, as `raw` keeps it, and what of it is not in quarantine: copies count as often as they were put. */
export function putAndAccepted(
  raw: readonly Buffer[],
  quarantine: readonly Buffer[],
): { readonly put: Lines; readonly accepted: Lines } {
  const refused = new Set(linesIn(quarantine).map((line) => envelope.parse(JSON.parse(line.toString())).sha256));
  const put = linesIn(raw);
  return { put: sized(put), accepted: sized(put.filter((line) => !refused.has(hash('sha256', line)))) };
}
