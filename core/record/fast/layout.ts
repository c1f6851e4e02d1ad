import type { CompiledContract } from '../compiled-contract.ts';
import type { Accepted } from '../judge-event.ts';
import { eventIdOf, whenIsWrong, type RowEnd } from '../row-end.ts';
import { eventPattern, type Order } from './event-pattern.ts';
import type { Field } from './field.ts';

/** Accepts an event, or declines to judge it. */
export type Accept = (text: string, arrival: number) => Accepted | undefined;

/**
 * Compiles one order of keys to the judge of the events that have it. One search finds that the text is JSON, and where each value is; the
 * fields' own rules do the rest.
 *
 * @param fields In the order of the row
 * @param seen What the fields tell beside their values
 */
export function layout(
  contract: CompiledContract,
  fields: readonly Field[],
  order: Order,
  seen: { unknownFields: boolean },
  rowEnd: RowEnd,
): Accept {
  const { pattern, pieces } = eventPattern(fields, order);
  const noIds = contract.eventIdFields.map(() => '');

  return (text, arrival) => {
    const groups = pattern.exec(text);
    if (groups === null) return undefined;
    seen.unknownFields = false;
    const ids = [...noIds];
    let idSeen = false;
    let eventTime = 0;
    const parts = ['{'];
    for (const { copied, before, after, values } of pieces) {
      for (const { field, group } of values) {
        const captured = groups[group];
        if (captured === undefined) continue; // absent or null, where the pattern allows it
        const moment = field.isEventTime ? field.moment?.(captured) : undefined;
        if (moment !== undefined) eventTime = moment.time;
        let stored = moment === undefined ? field.store(captured) : moment.stored;
        if (stored === undefined) return undefined;
        idSeen ||= field.idAt !== -1 && stored !== '';
        if (field.isDropped) continue;
        if (field.protect !== undefined) stored = field.protect(stored);
        if (field.idAt !== -1) ids[field.idAt] = stored;
        if (copied === undefined) parts.push(before, stored, after);
      }
      if (copied !== undefined) parts.push(groups[copied] ?? '', after);
    }
    if (!idSeen || whenIsWrong(contract, eventTime, arrival) !== undefined) return undefined;
    return {
      accepted: true,
      row: rowEnd(parts.join(''), `"${eventIdOf(ids)}"`, arrival),
      late: eventTime < arrival - contract.allowedLatenessMs,
      unknownFields: seen.unknownFields,
    };
  };
}
