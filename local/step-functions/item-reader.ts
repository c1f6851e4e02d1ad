import { parse } from 'csv-parse/sync';
import { isRecord, Members } from '../input.ts';
import { isTooDeep } from './depth.ts';
import type { CsvFormat, ItemReader } from './definition.ts';
import type { RunMapStorage } from './run-parts.ts';
import { StatesError } from './states-error.ts';

/**
 * Reads the items of a Map.
 *
 * @param asked What the reader's parameters say
 * @param most How many at most; 0 for all
 * @throws StatesError States.ItemReaderFailed
 */
export function readItems(
  { operation, format }: ItemReader,
  asked: unknown,
  most: number,
  storage: RunMapStorage,
): readonly unknown[] {
  if (most < 0) throw failed('field MaxItems must be positive');
  const input = new Members(isRecord(asked) ? asked : {}, failed);
  const items = operation === 'getObject' ? itemsIn(bodyOf(input, storage), format) : listed(input, storage);
  if (isTooDeep(items)) throw failed('the items are nested too deeply');
  return most === 0 ? items : items.slice(0, most);
}

const failed = (cause: string): StatesError => new StatesError('States.ItemReaderFailed', cause);

function bodyOf(input: Members, storage: RunMapStorage): string {
  input.only(['Bucket', 'Key', 'VersionId']);
  const versionId = input.optionalText('VersionId');
  const place = { bucket: input.text('Bucket'), key: input.text('Key'), ...(versionId !== undefined && { versionId }) };
  return storage
    .read(place)
    .toString()
    .replace(/^\uFEFF/, '');
}

const listed = (input: Members, storage: RunMapStorage): readonly unknown[] =>
  storage.list(input.only(['Bucket', 'Prefix']).text('Bucket'), input.optionalText('Prefix') ?? '');

function itemsIn(text: string, format: ItemReader['format']): readonly unknown[] {
  if (format === 'JSON') {
    const items = parsed(text, 'the object');
    if (Array.isArray(items)) return items as readonly unknown[];
    throw failed('Attempting to map over non-iterable node.');
  }
  if (format === 'JSONL') {
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
    return lines.map((line, index) => parsed(line, `line ${index + 1} of those that are not empty`));
  }
  return rowsOf(text, format);
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw failed(`${what} is no JSON`);
  }
}

/** Rows as objects: a field that a row lacks is empty, one that has no header is left out. */
function rowsOf(text: string, { delimiter, headers: given }: CsvFormat): readonly unknown[] {
  const rows = csv(text, delimiter);
  const headers = given ?? rows[0] ?? [];
  if (new Set(headers).size < headers.length) throw failed('CSV headers cannot contain duplicates.');
  return rows
    .slice(given === undefined ? 1 : 0)
    .map((row) => Object.fromEntries(headers.map((header, index) => [header, row[index] ?? ''])));
}

function csv(text: string, delimiter: string): string[][] {
  try {
    return parse(text, { delimiter, record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true, skip_empty_lines: true });
  } catch (error) {
    throw failed(`the object is no CSV: ${(error as { readonly code?: string }).code ?? 'it cannot be parsed'}`);
  }
}
