import type { Column, DatasetContract } from '../../../core/contract/model.ts';
import { GeneratedSource } from '../../../core/demo/generated-source.ts';
import { textsMatching } from './known-value.ts';

/** An event as JSON texts by column. */
export type EventFields = ReadonlyMap<string, string>;

/** When the events happen: from here on, for three days. */
export const EVENTS_FROM = Date.UTC(2026, 0, 1);
/** When they are put: not too old, and none in the future. */
export const EVENTS_UNTIL = Date.UTC(2026, 0, 4, 1);
/** Texts that a pattern allows, of which columns that are no ids take theirs. */
const CHOICE = 20;

const hasPattern = ({ type }: Column): boolean => type.kind === 'string' && type.pattern !== undefined;

/** Lawful events of a dataset: what the demo makes up where it knows how, and of patterns what matches them. */
export async function baseEvents(dataset: DatasetContract, count: number): Promise<readonly EventFields[]> {
  const ids = new Map(
    dataset.columns
      .filter((column) => hasPattern(column) && dataset.eventIdFields.includes(column.name))
      .map((column) => [column.name, idsMatching(column, dataset, count)] as const),
  );
  const source = new GeneratedSource(
    [{ ...dataset, columns: dataset.columns.map(withoutPattern) }],
    { rows: count, seed: 1 },
    EVENTS_FROM,
  );
  const events: EventFields[] = [];
  for await (const { batches } of source.days()) {
    for (const text of batches.flatMap((batch) => batch.events)) {
      const fields = new Map(Object.entries(JSON.parse(text) as object).map(([name, value]) => [name, JSON.stringify(value)]));
      for (const [name, values] of ids) fields.set(name, JSON.stringify(values[events.length]));
      events.push(fields);
    }
  }
  return events;
}

/** @throws RangeError where the pattern has not so many texts at hand */
function idsMatching({ name, type }: Column, dataset: DatasetContract, count: number): readonly string[] {
  const ids = type.kind === 'string' ? [...new Set(textsMatching(type, `${dataset.name}.${name}`, 4 * count))] : [];
  if (ids.length < count)
    throw new RangeError(
      `'${dataset.domain}.${dataset.name}.${name}' is an id whose pattern gave ${ids.length} texts of ${count}`,
    );
  return ids;
}

/** A column of which the demo can make values up. */
function withoutPattern(column: Column): Column {
  const { type } = column;
  if (type.kind !== 'string' || type.pattern === undefined) return column;
  const { minLength, maxLength, format } = type;
  const bounds = { ...(minLength !== undefined && { minLength }), ...(maxLength !== undefined && { maxLength }) };
  const isChosen = column.validValues !== undefined || column.examples.length > 0;
  return {
    ...column,
    type: { kind: 'string', ...bounds, ...(format !== undefined && { format }) },
    examples: isChosen ? column.examples : textsMatching(type, column.name, CHOICE),
  };
}
