import type { CompiledColumn, CompiledContract, CompiledType } from '../compiled-contract.ts';
import type { Protector } from '../protect.ts';
import { plainColumn, type PlainColumn } from './plain-column.ts';

/** A column of the contract, wherever an event holds it. */
export interface Field extends PlainColumn {
  readonly name: string;
  readonly required: boolean;
  /** Whether the row holds it as the event does: no rule changes, protects or drops it. */
  readonly isVerbatim: boolean;
  readonly isDropped: boolean;
  readonly isEventTime: boolean;
  /** Place among the fields that make the id; -1 for a field that does not. */
  readonly idAt: number;
  readonly protect: Protector | undefined;
}

/** The fields of a contract in its order; undefined for a contract that the fast path does not know how to judge. */
export function fieldsOf(
  contract: CompiledContract,
  protectors: ReadonlyMap<string, Protector>,
  unknownField: () => void,
): readonly Field[] | undefined {
  const { columns, eventIdFields } = contract;
  if (!areDistinct(columns.map(({ name }) => name)) || !areDistinct(eventIdFields)) return undefined;
  if (!columns.every((column) => isOrdinary(column, eventIdFields.includes(column.name)))) return undefined;
  return columns.map((column) => {
    const plain = plainColumn(column, unknownField);
    const isVerbatim = plain.isVerbatim && column.protection === undefined;
    const idAt = eventIdFields.indexOf(column.name);
    return {
      ...plain,
      name: column.name,
      required: column.required,
      isVerbatim,
      isSettled: plain.isSettled && idAt === -1,
      isDropped: column.protection === 'drop',
      isEventTime: column.name === contract.eventTimeField,
      idAt,
      protect: protectors.get(column.name),
    };
  });
}

const areDistinct = (names: readonly string[]): boolean => new Set(names).size === names.length;

const ORDINARY_NAME = /^\w+$/;
/** Types whose values are texts, as an id is. */
const TEXT_KINDS: readonly CompiledType['kind'][] = ['string', 'integer', 'date', 'time', 'timestamp'];

/** A contract's parser makes no others: a name needs no escape, what is protected is a string, and what makes an id has a text. */
function isOrdinary({ name, type, validValues, protection }: CompiledColumn, isId: boolean): boolean {
  const isString = type.kind === 'string';
  return (
    ORDINARY_NAME.test(name) &&
    (isString || protection === undefined || protection === 'drop') &&
    (!isId || isString || (TEXT_KINDS.includes(type.kind) && validValues === undefined))
  );
}
