import type { CompiledColumn, CompiledContract } from './compiled-contract.ts';
import { isAmbiguous } from './judge/containers.ts';
import type { ValueJudge } from './judge/verdict.ts';
import type { EventJudge } from './judge-event.ts';
import { valueJudge } from './judge-value.ts';
import { parseEvent } from './parse-json.ts';
import type { Protector } from './protect.ts';
import type { Reason } from './reasons.ts';
import { eventIdOf, whenIsWrong, type RowEnd } from './row-end.ts';

interface ColumnJudge {
  readonly column: CompiledColumn;
  readonly key: string;
  readonly isId: boolean;
  readonly judge: ValueJudge;
  readonly protect: Protector | undefined;
}

/** Compiles a contract to the judge of any text: the verdict of this one is the verdict. It parses without loss, and gives every reason. */
export function exactJudge(contract: CompiledContract, protectors: ReadonlyMap<string, Protector>, rowEnd: RowEnd): EventJudge {
  let unknownFields = false;
  const sawUnknown = () => {
    unknownFields = true;
  };
  const columns = contract.columns.map((column): ColumnJudge => ({
    column,
    key: JSON.stringify(column.name),
    isId: contract.eventIdFields.includes(column.name),
    judge: valueJudge(column.type, column, sawUnknown),
    protect: protectors.get(column.name),
  }));
  const known = new Set(contract.columns.map(({ name }) => name));

  return (text, arrival) => {
    const parsed = parseEvent(text);
    if ('reason' in parsed) return { accepted: false, reason: parsed.reason, columns: [] };
    unknownFields = false;
    for (const key of parsed.event.keys()) {
      if (known.has(key)) continue;
      if (isAmbiguous(key, known)) return { accepted: false, reason: 'ambiguous-key', columns: [] };
      sawUnknown();
    }

    const parts = ['{'];
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
      parts.push(key, ':', protect === undefined ? verdict.json : JSON.stringify(stored), ',');
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
    const wrong = whenIsWrong(contract, eventTime, arrival);
    if (wrong !== undefined) return { accepted: false, reason: wrong, columns: [contract.eventTimeField] };
    const eventId = eventIdOf(contract.eventIdFields.map((name) => ids.get(name) ?? ''));
    return {
      accepted: true,
      row: rowEnd(parts.join(''), JSON.stringify(eventId), arrival),
      late: eventTime < arrival - contract.allowedLatenessMs,
      unknownFields,
    };
  };
}
