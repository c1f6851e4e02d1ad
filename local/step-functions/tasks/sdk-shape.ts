import { isRecord } from '../../input.ts';
import { parseIsoTime } from '../../iso-time.ts';
import { StatesError } from '../states-error.ts';
import { javaName } from './java-name.ts';
import type { SdkService } from './sdk-services.ts';

/** Members that are points in time, where they are no texts. */
const TIME = /(?:Date|[Tt]imestamps?|Time|ValidTo)$/;
/** Milliseconds, in SQS. */
const NO_TIME = 'StartedTimestamp';
export const isTime = (member: string): boolean => TIME.test(member) && member !== NO_TIME;

/** Members of requests that Java's SDK spells otherwise. */
const OWN_SPELLING = [
  'AWSAccountIds',
  'AWSKMSKeyARN',
  'HECAcknowledgmentTimeoutInSeconds',
  'HECEndpoint',
  'HECEndpointType',
  'HECToken',
  'KMSEncryptionConfig',
  'KMSMasterKeyId',
  'SSESpecification',
  'SSEType',
];
const BY_JAVA_NAME = new Map(OWN_SPELLING.map((member) => [javaName(member), member]));

/** A member of a request as the service's own API spells it, by Java's spelling. */
export const ownSpelling = (member: string): string => BY_JAVA_NAME.get(member) ?? member;

/** A point in time as Java prints it: no more of a second than there is. */
export const instant = (milliseconds: number): string => new Date(Math.round(milliseconds)).toISOString().replace(/\.000Z$/, 'Z');

type Members = Readonly<Record<string, unknown>>;

/** What a map within a map is called, which has no name. */
const IN_MAP = '*';

/** Under the names that whoever sent them gave. */
const mapped = (value: Members, each: (item: unknown) => unknown): Members =>
  Object.fromEntries(Object.entries(value).map(([name, item]) => [name, each(item)]));

const runtime = (reason: string): StatesError => new StatesError('States.Runtime', reason);

/**
 * What a task asks, as the service's own API spells it: blobs as base64, points in time as seconds since the epoch.
 *
 * @throws StatesError States.Runtime for a member in another spelling than the integration's, and a time that is none
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-parameters.html
 */
export function requestOf(service: SdkService, asked: unknown): Members {
  const { blobs = [], blobLists = [], maps = [], mapsOfMaps = [], json = [], small = false, spelled = {} } = service;
  const wireName = (member: string): string => {
    if (Object.hasOwn(spelled, member)) return spelled[member] ?? member;
    if (javaName(member) !== member) throw runtime(`The field "${member}" is not supported by Step Functions`);
    const own = ownSpelling(member);
    return small ? own.charAt(0).toLowerCase() + own.slice(1) : own;
  };
  const each = (member: string, value: unknown): unknown => {
    if (blobs.includes(member)) return base64Of(value);
    if (blobLists.includes(member) && Array.isArray(value)) return value.map(base64Of);
    if (json.includes(member)) return textOf(value);
    if (Array.isArray(value)) return value.map((item: unknown) => each(member, item));
    if (typeof value === 'string' && isTime(member)) return secondsOf(member, value);
    if (!isRecord(value)) return value;
    if (mapsOfMaps.includes(member)) return mapped(value, (item) => each(IN_MAP, item));
    return maps.includes(member) || member === IN_MAP ? mapped(value, (item) => each('', item)) : named(value);
  };
  const named = (value: Members): Members =>
    Object.fromEntries(
      Object.entries(value)
        .filter(([, member]) => member !== null)
        .map(([name, member]) => [wireName(name), each(wireName(name), member)]),
    );
  return named(isRecord(asked) ? asked : {});
}

const base64Of = (value: unknown): string => Buffer.from(textOf(value)).toString('base64');

/** JSON, but for what is a text already. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function secondsOf(member: string, text: string): number {
  const time = parseIsoTime(text);
  if (time === undefined) throw runtime(`The value of the field '${member}' must be a time of ISO 8601`);
  return time / 1000;
}

/**
 * What a service answered, as Java's SDK spells it.
 *
 * @param time Makes a point in time of milliseconds since the epoch
 * @throws StatesError States.Runtime for bytes that are no text
 */
export function answerOf(
  { blobs = [], blobLists = [], maps = [], mapsOfMaps = [], spelled = {} }: SdkService,
  answer: object,
  time: (milliseconds: number) => unknown = instant,
): unknown {
  const bytes = [...blobs, ...blobLists];
  const spelling = new Map(Object.entries(spelled).map(([java, own]) => [own, java]));
  const each = (member: string, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((item: unknown) => each(member, item));
    if (typeof value === 'string' && bytes.includes(member)) return utf8(member, value);
    if (typeof value === 'number' && isTime(member)) return time(value * 1000);
    if (!isRecord(value)) return value;
    if (mapsOfMaps.includes(member)) return mapped(value, (item) => each(IN_MAP, item));
    return maps.includes(member) || member === IN_MAP ? mapped(value, (item) => each('', item)) : named(value);
  };
  const named = (value: Members): Members =>
    Object.fromEntries(Object.entries(value).map(([name, member]) => [spelling.get(name) ?? javaName(name), each(name, member)]));
  return each('', JSON.parse(JSON.stringify(answer)));
}

function utf8(member: string, base64: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(base64, 'base64'));
  } catch {
    throw runtime(`not simulated: '${javaName(member)}' of an answer whose bytes are no text in UTF-8`);
  }
}
