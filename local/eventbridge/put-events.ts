import { randomUUID } from 'node:crypto';
import type { Members } from '../input.ts';
import { isRecord } from '../input.ts';
import { ServiceError, type Access, type Caller } from '../service.ts';
import { DEFAULT_BUS, type Buses } from './buses.ts';

/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const MOST_ENTRIES = 10;
const MOST_BYTES = 1024 * 1024;
/** What a time counts of them. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html */
const BYTES_OF_TIME = 14;
/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html */
const LONGEST_DETAIL_TYPE = 128;
const ENTRY = ['Detail', 'DetailType', 'EventBusName', 'Resources', 'Source', 'Time', 'TraceHeader'];
/** Seconds from the epoch to the last, and to the first, time that there is a date for. */
const FURTHEST = 8.64e12;
/** How sources begin that speak for AWS. */
const RESERVED = 'aws.';

export interface PutEventsParts {
  readonly accountId: string;
  readonly region: string;
  readonly now: () => number;
  readonly access: Access;
  readonly buses: Buses;
  readonly bus: {
    readonly put: (event: object, place: { readonly bus: string | undefined; readonly isRelayed?: boolean }) => void;
  };
}

interface Entry {
  readonly source: string | undefined;
  readonly detailType: string | undefined;
  readonly detail: string | undefined;
  readonly resources: readonly string[];
  /** Seconds since the epoch. */
  readonly time: number | undefined;
  readonly bus: string;
}

/** Why an entry fails. */
interface Failure {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

/**
 * Takes events for the buses that they name. Entries fail one by one, under an answer that says HTTP 200; one that may not be put refuses all.
 *
 * @throws ServiceError ValidationException, AccessDeniedException
 */
export function putEvents(input: Members, caller: Caller, parts: PutEventsParts): object {
  if (input.has('EndpointId')) throw new ServiceError('NotImplemented', "'EndpointId' is not simulated by headwaters", 501);
  const entries = readEntries(input.only(['Entries']));
  for (const { bus, source = '', detailType = '' } of entries)
    checkPut(caller, parts, { busArn: parts.buses.arnOf(bus), source, detailType, isRelayed: false });
  const Entries = entries.map((entry) => put(entry, parts));
  return { FailedEntryCount: Entries.filter((answer) => 'ErrorCode' in answer).length, Entries };
}

/** @throws ServiceError AccessDeniedException */
export function checkPut(
  caller: Caller,
  { access }: Pick<PutEventsParts, 'access'>,
  { busArn, source, detailType, isRelayed }: { busArn: string; source: string; detailType: string; isRelayed: boolean },
): void {
  access.check(caller, 'events:PutEvents', busArn, {
    'events:source': source,
    'events:detail-type': detailType,
    'events:eventBusInvocation': String(isRelayed),
  });
}

function readEntries(input: Members): readonly Entry[] {
  const entries = input.objects('Entries');
  if (entries.length === 0) throw unlawful('Member must have length greater than or equal to 1');
  if (entries.length > MOST_ENTRIES) throw unlawful(`Member must have length less than or equal to ${MOST_ENTRIES}`);
  const read = entries.map((entry) => readEntry(entry.only(ENTRY)));
  if (read.reduce((sum, entry) => sum + bytesOf(entry), 0) >= MOST_BYTES)
    throw new ServiceError('ValidationException', 'Total size of the entries in the request is over the limit.');
  return read;
}

const unlawful = (constraint: string): ServiceError =>
  new ServiceError(
    'ValidationException',
    `1 validation error detected: Value at 'entries' failed to satisfy constraint: ${constraint}`,
  );

const readEntry = (entry: Members): Entry => ({
  source: entry.optionalText('Source'),
  detailType: entry.optionalText('DetailType'),
  detail: entry.optionalText('Detail'),
  resources: entry.texts('Resources'),
  time: entry.optionalNumber('Time'),
  bus: entry.optionalText('EventBusName') ?? DEFAULT_BUS,
});

function bytesOf({ source = '', detailType = '', detail = '', resources, time }: Entry): number {
  const texts = [source, detailType, detail, ...resources];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), time === undefined ? 0 : BYTES_OF_TIME);
}

function put(entry: Entry, { accountId, region, now, buses, bus }: PutEventsParts): Failure | { readonly EventId: string } {
  const detail = entry.detail === undefined ? undefined : objectOf(entry.detail);
  const failure = failureOf(entry, detail);
  if (failure !== undefined) return failure;
  const id = randomUUID();
  const event = {
    version: '0',
    id,
    'detail-type': entry.detailType,
    source: entry.source,
    account: accountId,
    time: new Date(entry.time === undefined ? now() : entry.time * 1000).toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: entry.resources,
    detail,
  };
  if (buses.has(entry.bus)) bus.put(event, { bus: nameOf(entry.bus, buses) }); // what a bus is told that is not there is taken, too
  return { EventId: id };
}

/** The name of a bus as rules have it. */
export function nameOf(nameOrArn: string, buses: Buses): string | undefined {
  const name = buses.nameOf(nameOrArn);
  return name === DEFAULT_BUS ? undefined : name;
}

function failureOf({ source = '', detailType = '', detail, time = 0 }: Entry, read: object | undefined): Failure | undefined {
  if (source === '') return required('Source');
  if (detailType === '') return required('DetailType');
  if (detail === undefined) return required('Detail');
  if (detailType.length > LONGEST_DETAIL_TYPE)
    return invalid('DetailType', `it must have ${LONGEST_DETAIL_TYPE} characters at most`);
  if (Math.abs(time) > FURTHEST) return invalid('Time', 'there is no such time.');
  if (source.startsWith(RESERVED))
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  return read === undefined ? { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' } : undefined;
}

const invalid = (parameter: string, reason: string): Failure => ({
  ErrorCode: 'InvalidArgument',
  ErrorMessage: `Parameter ${parameter} is not valid. Reason: ${reason}`,
});
const required = (parameter: string): Failure => invalid(parameter, `${parameter} is a required argument.`);

/** @returns undefined for what is no JSON object */
export function objectOf(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
