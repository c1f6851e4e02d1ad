import type { Column, ColumnType, DatasetContract } from '../contract/model.ts';
import { noExamples, noIds } from './cannot-make-up.ts';
import { listedTexts, textsOfType, type Values } from './made-up-texts.ts';

/** Values of the columns that are an event's id together, as JSON by the columns' names: no two events have the same. */
export interface Ids {
  /** How many events can have one. */
  readonly size: number;
  at(serial: number): ReadonlyMap<string, string>;
}

/**
 * Ids of a dataset's events. Each column counts as a digit of the serial does, the first the fastest.
 *
 * @param wanted How many are asked for
 * @throws {@link CannotMakeUp} for a column that no value was found for
 */
export function idsOf(dataset: DatasetContract, wanted: number): Ids {
  const columns = dataset.eventIdFields.flatMap((name) => {
    const column = dataset.columns.find((other) => other.name === name);
    return column === undefined ? [] : [{ name, values: valuesOf(dataset, column, wanted) }];
  });
  return {
    size: columns.reduce((product, { values }) => product * values.size, 1),
    at: (serial) => {
      let left = serial;
      return new Map(
        columns.map(({ name, values }) => {
          const number = left % values.size;
          left = Math.floor(left / values.size);
          return [name, values.at(number)];
        }),
      );
    },
  };
}

function valuesOf(dataset: DatasetContract, column: Column, wanted: number): Values {
  const { type } = column;
  if (type.kind === 'integer') {
    const integers = integersOf(type, wanted);
    if (integers.size === 0) throw noIds(dataset, column);
    return integers;
  }
  if (type.kind !== 'string') throw new RangeError(`an id must be a string or an integer, got type ${type.kind}`);
  const made = column.validValues === undefined ? textsOfType(column, type, wanted) : listedTexts(column, type);
  const texts = made.size > 0 ? made : listedTexts(column, type);
  if (texts.size === 0) throw noExamples(dataset, column);
  return { size: texts.size, at: (number) => JSON.stringify(texts.at(number)) };
}

/** The integers of a type, upwards: from its minimum, from 1 on, or those that lie below its maximum. */
function integersOf(
  { bits, minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf = '1' }: Extract<ColumnType, { kind: 'integer' }>,
  wanted: number,
): Values {
  const bound = 2n ** BigInt(bits - 1);
  const step = wholeStep(multipleOf);
  const isLow = minimum !== undefined || exclusiveMinimum !== undefined;
  const low = greatest(
    -bound,
    minimum === undefined ? undefined : BigInt(Math.ceil(Number(minimum))),
    exclusiveMinimum === undefined ? undefined : BigInt(Math.floor(Number(exclusiveMinimum)) + 1),
  );
  const high = -greatest(
    1n - bound,
    maximum === undefined ? undefined : -BigInt(Math.floor(Number(maximum))),
    exclusiveMaximum === undefined ? undefined : 1n - BigInt(Math.ceil(Number(exclusiveMaximum))),
  );
  const asked = step * BigInt(wanted);
  const from = isLow ? low : high >= asked ? 1n : greatest(low, high - asked + 1n);
  const first = roundUp(from, step);
  const size = first > high ? 0 : Number((high - first) / step) + 1;
  return { size, at: (number) => String(first + step * BigInt(number)) };
}

const greatest = (first: bigint, ...others: readonly (bigint | undefined)[]): bigint =>
  others.reduce<bigint>((most, other) => (other !== undefined && other > most ? other : most), first);

const roundUp = (value: bigint, step: bigint): bigint => {
  const rest = ((value % step) + step) % step;
  return rest === 0n ? value : value + step - rest;
};

/** The least integer above 0 that is a multiple of a plain decimal: 5 of 2.5. */
function wholeStep(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  const unit = 10n ** BigInt(fraction.length);
  const step = BigInt(`${whole}${fraction}`);
  let [a, b] = [step, unit];
  while (b !== 0n) [a, b] = [b, a % b];
  return step / a;
}
