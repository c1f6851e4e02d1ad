import { invalidInput } from './glue-error.ts';

/** A partition's value in a form that has the order of its type. */
export type PartitionValue = string | number | bigint;

const INTEGERS = new Set(['int', 'integer', 'bigint', 'long', 'tinyint', 'smallint']);

/**
 * Reads a value, of a partition or of a filter, as the key's type orders it.
 *
 * @throws ServiceError InvalidInputException for a text that is none of the type
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html
 */
export function readPartitionValue(type: string, text: string): PartitionValue {
  if (/^(?:string|varchar|char)/.test(type)) return text;
  if (INTEGERS.has(type)) {
    if (/^[+-]?\d+$/.test(text)) return BigInt(text);
    throw invalidInput('the value compared is not an integer');
  }
  if (type.startsWith('decimal')) {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value)) return value;
    throw invalidInput('the value compared is not a decimal');
  }
  if (type === 'date' || type === 'timestamp') {
    const form = type === 'date' ? /^\d{4}-\d{2}-\d{2}$/ : /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d{1,9})?$/;
    if (form.test(text)) return text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''); // such texts order as their times do
    throw invalidInput(`the value compared is not a ${type}`);
  }
  throw invalidInput(`Unknown type : '${type}'`);
}
