import type { Members } from '../input.ts';
import type { Deaggregation } from './deaggregate.ts';
import { parsePartitionQuery, type PartitionQuery } from './partition-query.ts';
import type { LambdaStep } from './settings.ts';

/** @see https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html */
const LAMBDA = { smallest: 0.2, largest: 3, size: 1, seconds: 60, longest: 900, retries: 3, mostRetries: 300 } as const;
const MEBIBYTE = 1024 * 1024;

export interface Processors {
  readonly lambda?: LambdaStep;
  readonly query?: PartitionQuery;
  readonly deaggregation?: Deaggregation;
  readonly appendDelimiter: boolean;
}

/** Reads `ProcessingConfiguration`. @throws for a processor or a parameter that AWS refuses or the runtime does not know */
export function parseProcessors(processing: Members | undefined): Processors {
  let found: Processors = { appendDelimiter: false };
  if (processing === undefined) return found;
  processing.only(['Enabled', 'Processors']);
  if (processing.optionalBoolean('Enabled') === false) return found;
  for (const processor of processing.objects('Processors')) {
    processor.only(['Type', 'Parameters']);
    const type = processor.text('Type');
    const parameters = readParameters(processor);
    if (type === 'Lambda') found = { ...found, lambda: parseLambda(processor, parameters) };
    else if (type === 'MetadataExtraction') found = { ...found, query: parseQuery(processor, parameters) };
    else if (type === 'RecordDeAggregation') found = { ...found, deaggregation: parseDeaggregation(processor, parameters) };
    else if (type === 'AppendDelimiterToRecord') found = { ...found, appendDelimiter: true };
    else
      throw processor.invalid(
        'Type',
        `must be Lambda, MetadataExtraction, RecordDeAggregation or AppendDelimiterToRecord here, got '${type}'`,
      );
  }
  return found;
}

function readParameters(processor: Members): Map<string, string> {
  return new Map(
    processor.objects('Parameters').map((parameter) => {
      parameter.only(['ParameterName', 'ParameterValue']);
      const value = parameter.raw('ParameterValue');
      return [parameter.text('ParameterName'), typeof value === 'number' ? String(value) : parameter.text('ParameterValue')];
    }),
  );
}

function parseLambda(processor: Members, parameters: ReadonlyMap<string, string>): LambdaStep {
  only(processor, parameters, ['LambdaArn', 'NumberOfRetries', 'RoleArn', 'BufferSizeInMBs', 'BufferIntervalInSeconds']);
  const arn = parameters.get('LambdaArn');
  if (arn === undefined) throw processor.invalid('Parameters', 'must hold LambdaArn');
  const size = numeric(processor, parameters, 'BufferSizeInMBs', LAMBDA.smallest, LAMBDA.largest);
  const seconds = numeric(processor, parameters, 'BufferIntervalInSeconds', 0, LAMBDA.longest);
  if ((size === undefined) !== (seconds === undefined)) {
    throw processor.invalid('Parameters', 'must hold both BufferSizeInMBs and BufferIntervalInSeconds, or neither');
  }
  return {
    arn: arn.replace(/:\$LATEST$/, ''),
    buffering: { bytes: (size ?? LAMBDA.size) * MEBIBYTE, milliseconds: (seconds ?? LAMBDA.seconds) * 1000 },
    retries: numeric(processor, parameters, 'NumberOfRetries', 0, LAMBDA.mostRetries) ?? LAMBDA.retries,
  };
}

function parseQuery(processor: Members, parameters: ReadonlyMap<string, string>): PartitionQuery {
  only(processor, parameters, ['MetadataExtractionQuery', 'JsonParsingEngine']);
  if (parameters.get('JsonParsingEngine') !== 'JQ-1.6')
    throw processor.invalid('Parameters', "must hold JsonParsingEngine 'JQ-1.6'");
  try {
    return parsePartitionQuery(parameters.get('MetadataExtractionQuery') ?? '');
  } catch (error) {
    if (error instanceof RangeError) throw processor.invalid('MetadataExtractionQuery', error.message);
    throw error;
  }
}

/** @see https://docs.aws.amazon.com/firehose/latest/dev/dynamic-partitioning-multirecord-deaggergation.html */
function parseDeaggregation(processor: Members, parameters: ReadonlyMap<string, string>): Deaggregation {
  only(processor, parameters, ['SubRecordType', 'Delimiter']);
  const type = parameters.get('SubRecordType');
  const delimiter = Buffer.from(parameters.get('Delimiter') ?? '', 'base64');
  if (type === 'JSON' && delimiter.length === 0) return { kind: 'json' };
  if (type === 'DELIMITED' && delimiter.length > 0) return { kind: 'delimited', delimiter };
  throw processor.invalid('Parameters', 'must hold SubRecordType JSON, or DELIMITED with a Delimiter in base64');
}

function numeric(
  processor: Members,
  parameters: ReadonlyMap<string, string>,
  name: string,
  least: number,
  most: number,
): number | undefined {
  const text = parameters.get(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value >= least && value <= most)) throw processor.invalid(name, `must be ${least} to ${most}, got '${text}'`);
  return value;
}

function only(processor: Members, parameters: ReadonlyMap<string, string>, known: readonly string[]): void {
  const stranger = [...parameters.keys()].find((name) => !known.includes(name));
  if (stranger !== undefined)
    throw processor.invalid('Parameters', `holds '${stranger}', which is not known here; known: ${known.join(', ')}`);
}
