import { createHash } from 'node:crypto';
import type { CompiledColumn, CompiledContract } from './compiled-contract.ts';
import { isAmbiguous } from './judge/containers.ts';
import type { ValueJudge } from './judge/verdict.ts';
import { valueJudge } from './judge-value.ts';
import { parseEvent } from './parse-json.ts';
import { protector, type Protector } from './protect.ts';
import type { Reason } from './reasons.ts';
import { formatTimestamp } from './time.ts';

/** An accepted event as one JSON document for the table, or the reason and the columns that failed. Never a value. */
export type Verdict =
  | { readonly accepted: true; readonly row: string; readonly late: boolean; readonly unknownFields: boolean }
  | { readonly accepted: false; readonly reason: Reason; readonly columns: readonly string[] };

/** @param arrival Milliseconds since the epoch at which Kinesis took the record */
export type EventJudge = (text: string, arrival: number) => Verdict;

/** How far ahead of its arrival an event may claim to be: clocks of producers differ. */
const FUTURE_MS = 48 * 3_600_000;

interface ColumnJudge {
  readonly column: CompiledColumn;
  readonly key: string;
  readonly isId: boolean;
  readonly judge: ValueJudge;
  readonly protect?: Protector;
}

/**
 * Compiles a contract to the judge of its events.
 *
 * @param secret The domain's secret for hashes and tokens; may be empty where the contract needs none
 */
export function eventJudge(contract: CompiledContract, secret: string): EventJudge {
  let unknownFields = false;
  const sawUnknown = () => {
    unknownFields = true;
  };
  const columns = contract.columns.map((column): ColumnJudge => {
    const { protection } = column;
    const judge = valueJudge(column.type, column, sawUnknown);
    const isId = contract.eventIdFields.includes(column.name);
    const common = { column, key: JSON.stringify(column.name), isId, judge };
    return protection === undefined || protection === 'drop' ? common : { ...common, protect: protector(protection, secret) };
  });
  const known = new Set(contract.columns.map(({ name }) => name));
  const version = JSON.stringify(contract.version);

  return (text, arrival) => {
    const parsed = parseEvent(text);
    if ('reason' in parsed) return { accepted: false, reason: parsed.reason, columns: [] };
    unknownFields = false;
    for (const key of parsed.event.keys()) {
      if (known.has(key)) continue;
      if (isAmbiguous(key, known)) return { accepted: false, reason: 'ambiguous-key', columns: [] };
      sawUnknown();
    }

    const parts: string[] = [];
    const failed: { reason: Reason; column: string }[] = [];
    const ids = new Map<string, string>();
    let idSeen = false;
    let eventTime = 0;
    for (const { column, key, isId, judge, protect } of columns) {
      const value = parsed.event.get(column.name);
      if (value === undefined || value === null) {
        if (column.required) failed.push({ reason: 'missing-value', column: column.name });
        continue;
      }
      const verdict = judge(value);
      if ('reason' in verdict) {
        failed.push({ reason: verdict.reason, column: column.name });
        continue;
      }
      idSeen ||= isId && verdict.text !== '';
      if (column.name === contract.eventTimeField) eventTime = verdict.time ?? 0;
      if (column.protection === 'drop') continue;
      const stored = protect === undefined ? verdict.text : protect(verdict.text ?? '');
      if (stored !== undefined && isId) ids.set(column.name, stored);
      parts.push(`${key}:${protect === undefined ? verdict.json : JSON.stringify(stored)}`);
    }
    const first = failed[0];
    if (first !== undefined) {
      return {
        accepted: false,
        reason: first.reason,
        columns: failed.filter(({ reason }) => reason === first.reason).map((fault) => fault.column),
      };
    }
    if (!idSeen) return { accepted: false, reason: 'missing-value', columns: contract.eventIdFields }; // all its events would be one
    if (eventTime > arrival + FUTURE_MS) return { accepted: false, reason: 'in-the-future', columns: [contract.eventTimeField] };
    if (eventTime < arrival - contract.oldestMs)
      return { accepted: false, reason: 'too-old', columns: [contract.eventTimeField] };

    const eventId = JSON.stringify(eventIdOf(contract.eventIdFields.map((name) => ids.get(name) ?? '')));
    parts.push(`"_event_id":${eventId}`, `"_ingested_at":"${formatTimestamp(arrival)}"`, `"_contract_version":${version}`);
    return { accepted: true, row: `{${parts.join(',')}}`, late: eventTime < arrival - contract.allowedLatenessMs, unknownFields };
  };
}

/** One id field is the id, as stored; several are hashed together, so that no two lists of values can meet. */
function eventIdOf(values: readonly string[]): string {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : createHash('sha256').update(JSON.stringify(values)).digest('hex');
}
