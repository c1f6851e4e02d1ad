import type { OdcsTypeOptions } from '../odcs/odcs-shape.ts';
import { didYouMean } from '../../suggest.ts';

/** Says what is wrong with an option of a type. */
export type AddFault = (code: string, key: string, message: string) => void;

export const BOUNDS = [
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
] as const satisfies readonly (keyof OdcsTypeOptions)[];

/** Refuses a range that nothing lies in. */
export function checkRange(
  least: string | number | undefined,
  most: string | number | undefined,
  leastKey: string,
  mostKey: string,
  fault: AddFault,
): void {
  if (least !== undefined && most !== undefined && Number(least) > Number(most))
    fault(
      'EmptyRange',
      mostKey,
      `must not be less than '${leastKey}' (${least}), got ${most}: no event would pass; turn them around`,
    );
}

export function checkFormat(format: string | undefined, held: readonly string[], fault: AddFault): void {
  if (format === undefined || held.includes(format)) return;
  fault(
    'UnknownFormat',
    'format',
    `must be one of ${held.join(', ')}, got '${format}'${didYouMean(format, held) || '; leave it out, or hold it by a pattern or bounds'}`,
  );
}
