import type { DatasetContract } from '../../../core/contract/model.ts';
import { compileContract } from '../../../core/record/compiled-contract.ts';
import { eventJudge } from '../../../core/record/judge-event.ts';
import { NO_SECRET } from '../../../core/record/protect.ts';
import { readNdjson } from './read-ndjson.ts';
import type { SampleFile } from './sample-file.ts';

/** What the platform would make of a sample under the contract that was inferred from it. */
export interface SampleVerdict {
  readonly events: number;
  readonly accepted: number;
  /** Refused events by their reason and the columns that failed. */
  readonly refused: Readonly<Record<string, number>>;
}

/** A sample arrives whenever its contract is written: how old its events are says nothing of their shape. */
const ARRIVAL = Date.UTC(2262, 0, 1);

/** Judges the same events again, as the platform will: what is said of a contract is tried on it. */
export async function judgeSamples(dataset: DatasetContract, files: readonly SampleFile[], rows: number): Promise<SampleVerdict> {
  const judge = eventJudge({ ...compileContract(dataset), oldestMs: Infinity }, NO_SECRET);
  const refused = new Map<string, number>();
  let events = 0;
  let accepted = 0;
  for (const file of files) {
    for await (const { text } of readNdjson(file)) {
      if (events === rows) break;
      events += 1;
      const verdict = judge(text, ARRIVAL);
      if (verdict.accepted) accepted += 1;
      else {
        const reason = [verdict.reason, ...verdict.columns].join(' ');
        refused.set(reason, (refused.get(reason) ?? 0) + 1);
      }
    }
  }
  return { events, accepted, refused: Object.fromEntries(refused) };
}
