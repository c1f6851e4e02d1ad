import { randomUUID } from 'node:crypto';
import type { Members } from '../input.ts';
import type { CsvFormat, ItemBatcher, ItemReader, Machine, MapState, ResultWriter } from './definition.ts';
import { NotSimulated, type Language } from './language.ts';
import { present } from './present.ts';

const LONGEST_LABEL = 40;
const LABEL = /^[^\s?*<>{}[\]:;,\\|^~$#%&`"\p{Cc}]+$/u;
const READS = /^arn:[^:]+:states:::s3:(getObject|listObjectsV2)$/;
const CSV_FIELDS = ['CSVDelimiter', 'CSVHeaderLocation', 'CSVHeaders'];
const WRITES = /^arn:[^:]+:states:::s3:putObject$/;
const DELIMITERS: Readonly<Record<string, string>> = { COMMA: ',', PIPE: '|', SEMICOLON: ';', SPACE: ' ', TAB: '\t' };

/**
 * Reads what a Map has beside what every state has.
 *
 * @param machine Reads the states of its items
 * @throws NotSimulated
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
export function mapFields(
  state: Members,
  language: Language,
  machine: (input: Members) => Machine,
): Omit<MapState, 'type' | 'given' | 'next' | 'leave' | 'retriers' | 'catchers'> {
  if (state.has('Iterator') && state.has('ItemProcessor')) throw state.invalid('Iterator', 'must not stand beside ItemProcessor');
  const processor = state.object(state.has('Iterator') ? 'Iterator' : 'ItemProcessor');
  processor.only(['ProcessorConfig', 'StartAt', 'States', 'Comment']);
  const config = processor.optionalObject('ProcessorConfig')?.only(['Mode', 'ExecutionType']);
  const mode = config?.optionalText('Mode') ?? 'INLINE';
  if (mode !== 'INLINE' && mode !== 'DISTRIBUTED')
    throw processor.invalid('ProcessorConfig.Mode', `must be INLINE or DISTRIBUTED, got '${mode}'`);
  const distributed = mode === 'DISTRIBUTED';
  const type = config?.optionalText('ExecutionType');
  if (distributed && type !== 'STANDARD' && type !== 'EXPRESS')
    throw processor.invalid('ProcessorConfig.ExecutionType', 'must be STANDARD or EXPRESS');
  for (const field of ['ItemReader', 'ItemBatcher', 'ResultWriter'])
    if (state.has(field) && !distributed) throw state.invalid(field, 'must stand in a Map whose Mode is DISTRIBUTED');
  return {
    items: language.items(state),
    processor: machine(processor),
    distributed,
    express: type === 'EXPRESS',
    label: labelOf(state) ?? randomUUID(),
    ...present({
      reader: readerOf(state, language),
      batcher: batcherOf(state, language),
      writer: writerOf(state, language),
      itemSelector: language.itemSelector(state),
      maxConcurrency: language.count(state, 'MaxConcurrency'),
      toleratedPercentage: language.percentage(state),
      toleratedCount: language.count(state, 'ToleratedFailureCount'),
    }),
  };
}

function readerOf(state: Members, language: Language): ItemReader | undefined {
  const reader = state.optionalObject('ItemReader');
  if (reader === undefined) return undefined;
  reader.only(['Resource', 'ReaderConfig', language.argumentsField]);
  const [, operation] = READS.exec(reader.text('Resource')) ?? [];
  if (operation !== 'getObject' && operation !== 'listObjectsV2')
    throw new NotSimulated(
      `the Resource '${reader.text('Resource')}' of an ItemReader; simulated: s3:getObject, s3:listObjectsV2`,
    );
  const config = operation === 'getObject' ? reader.object('ReaderConfig') : reader.optionalObject('ReaderConfig');
  const format = operation === 'getObject' && config !== undefined ? formatOf(config) : 'JSON';
  const known = ['InputType', 'MaxItems', ...language.itemCounts.reader, ...(typeof format === 'object' ? CSV_FIELDS : [])];
  const lacking = config?.names().find((name) => !known.includes(name));
  if (lacking !== undefined) throw new NotSimulated(`'${lacking}' of an ItemReader's ReaderConfig`);
  return {
    operation,
    parameters: language.arguments(reader),
    format,
    ...present({ maxItems: config && language.count(config, 'MaxItems') }),
  };
}

function formatOf(config: Members): ItemReader['format'] {
  const type = config.text('InputType');
  if (type === 'JSON' || type === 'JSONL') return type;
  if (type === 'CSV') return csvFormatOf(config);
  throw new NotSimulated(`the InputType '${type}' of an ItemReader; simulated: CSV, JSON, JSONL`);
}

function csvFormatOf(config: Members): CsvFormat {
  const location = config.text('CSVHeaderLocation');
  if (location !== 'FIRST_ROW' && location !== 'GIVEN')
    throw config.invalid('CSVHeaderLocation', `must be FIRST_ROW or GIVEN, got '${location}'`);
  if ((location === 'GIVEN') !== config.has('CSVHeaders'))
    throw config.invalid('CSVHeaders', 'must be there where CSVHeaderLocation is GIVEN, and only there');
  const named = config.optionalText('CSVDelimiter') ?? 'COMMA';
  const delimiter = Object.hasOwn(DELIMITERS, named) ? DELIMITERS[named] : undefined;
  if (delimiter === undefined) throw config.invalid('CSVDelimiter', `must be one of ${Object.keys(DELIMITERS).join(', ')}`);
  return { delimiter, ...(location === 'GIVEN' && { headers: config.texts('CSVHeaders') }) };
}

function batcherOf(state: Members, language: Language): ItemBatcher | undefined {
  const batcher = state.optionalObject('ItemBatcher');
  if (batcher === undefined) return undefined;
  batcher.only(['MaxItemsPerBatch', 'MaxInputBytesPerBatch', 'BatchInput', ...language.itemCounts.batcher]);
  const maxItems = language.count(batcher, 'MaxItemsPerBatch');
  const maxBytes = language.count(batcher, 'MaxInputBytesPerBatch');
  if (maxItems === undefined && maxBytes === undefined)
    throw batcher.invalid('MaxItemsPerBatch', 'or MaxInputBytesPerBatch must be there');
  return present({ maxItems, maxBytes, input: language.filled(batcher, 'BatchInput') });
}

function writerOf(state: Members, language: Language): ResultWriter | undefined {
  const writer = state.optionalObject('ResultWriter');
  if (writer === undefined) return undefined;
  writer.only(['Resource', 'WriterConfig', language.argumentsField]);
  const config = writer.optionalObject('WriterConfig')?.only(['OutputType', 'Transformation']);
  const isWritten = writer.has('Resource');
  if (isWritten !== writer.has(language.argumentsField) || (!isWritten && config === undefined))
    throw writer.invalid('Resource', `and ${language.argumentsField} must be there, or WriterConfig, or all three`);
  if (isWritten && !WRITES.test(writer.text('Resource')))
    throw writer.invalid('Resource', 'must be arn:aws:states:::s3:putObject');
  const transformation = config?.optionalText('Transformation') ?? (isWritten ? 'NONE' : 'COMPACT');
  if (transformation !== 'NONE' && transformation !== 'COMPACT' && transformation !== 'FLATTEN')
    throw writer.invalid('WriterConfig.Transformation', `must be NONE, COMPACT or FLATTEN, got '${transformation}'`);
  const type = config?.optionalText('OutputType') ?? 'JSON';
  if (type !== 'JSON' && type !== 'JSONL')
    throw writer.invalid('WriterConfig.OutputType', `must be JSON or JSONL, got '${type}'`);
  return { transformation, lines: type === 'JSONL', ...(isWritten && { parameters: language.arguments(writer) }) };
}

function labelOf(state: Members): string | undefined {
  const label = state.optionalText('Label');
  if (label === undefined || (label.length <= LONGEST_LABEL && LABEL.test(label))) return label;
  throw state.invalid(
    'Label',
    `must have 1 to ${LONGEST_LABEL} characters, and neither white space, wildcards, brackets nor controls`,
  );
}
