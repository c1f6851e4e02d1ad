import { ServiceError } from '../../service.ts';
import type { Mapping } from './any-mapping.ts';

/** Most that one call lists; it may ask for fewer. @see https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html */
const MOST_LISTED = 100;
const MOST_ASKED = 10_000;

/** What a call asks for, of which any part may be absent. */
export interface MappingQuery {
  /** ARN of the stream or the queue. */
  readonly sourceArn: string | undefined;
  readonly functionArn: string | undefined;
  readonly marker: string | undefined;
  readonly maxItems: string | undefined;
}

/** One page of mappings, with a marker of the next where there is one. @throws ServiceError InvalidParameterValueException */
export function listMappings(all: readonly Mapping[], query: MappingQuery): object {
  const { sourceArn, functionArn, marker = '0', maxItems = String(MOST_LISTED) } = query;
  const size = Number(maxItems);
  if (!Number.isInteger(size) || size < 1 || size > MOST_ASKED)
    throw invalid(`'MaxItems' must be a whole number from 1 to ${MOST_ASKED}, got ${maxItems}`);
  const from = Number(marker);
  if (!Number.isInteger(from) || from < 0) throw invalid("'Marker' must be the NextMarker of an earlier answer");
  const found = all.filter(
    ({ settings, sourceArn: own }) =>
      (sourceArn === undefined || own === sourceArn) && (functionArn === undefined || settings.functionArn === functionArn),
  );
  const end = from + Math.min(size, MOST_LISTED);
  return {
    EventSourceMappings: found.slice(from, end).map((mapping) => mapping.describe()),
    ...(end < found.length && { NextMarker: String(end) }),
  };
}

const invalid = (message: string): ServiceError => new ServiceError('InvalidParameterValueException', message);
