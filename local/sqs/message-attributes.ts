import { createHash } from 'node:crypto';
import type { Members } from '../input.ts';
import { ServiceError } from '../service.ts';
import { invalidValue } from './errors.ts';

/** What a sender says of a message beside its body. */
export interface MessageAttribute {
  /** `String`, `Number` or `Binary`, with a label of the sender's behind a dot or without. */
  readonly dataType: string;
  readonly value: string | Buffer;
}
export type MessageAttributes = ReadonlyMap<string, MessageAttribute>;

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const MOST_ATTRIBUTES = 10;
/** Bytes, of names and of types. */
const LONGEST = 256;

const NAME = /^[\u00c0-\u017f\w.-]*$/;
const RESERVED = /^(aws\.|amazon\.|\.)|\.$/i;

/**
 * Reads attributes as a request has them: an object of objects.
 *
 * @throws ServiceError InvalidParameterValueException
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function readAttributes(input: Members | undefined, whose: 'user' | 'system' = 'user'): MessageAttributes {
  const names = input?.names() ?? [];
  if (names.length > MOST_ATTRIBUTES)
    throw invalidValue(`Number of message attributes [${names.length}] exceeds the allowed maximum [${MOST_ATTRIBUTES}].`);
  return new Map(
    names.map((name) => {
      checkName(name, whose);
      return [name, readAttribute(name, (input as Members).object(name), whose)] as const;
    }),
  );
}

function checkName(name: string, whose: string): void {
  if (name === '') throw invalidValue('The request must contain non-empty message attribute name.');
  if (Buffer.byteLength(name) > LONGEST)
    throw invalidValue(`Message (${whose}) attribute names must be shorter than ${LONGEST} Bytes`);
  if (!NAME.test(name))
    throw invalidValue(
      `Message (${whose}) attributes name can only contain upper and lower score characters, digits, periods, hyphens and underscores. `,
    );
  if (RESERVED.test(name))
    throw invalidValue(
      "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are reserved for internal use. Additionally, they cannot start or end with '.'.",
    );
}

function readAttribute(name: string, attribute: Members, whose: string): MessageAttribute {
  attribute.only(['DataType', 'StringValue', 'BinaryValue']); // lists of values are in the API, and not in the service
  const dataType = attribute.optionalText('DataType');
  if (dataType === undefined) throw invalidValue('Missing required parameter DataType');
  const kind = /^(String|Number|Binary)(\.|$)/.exec(dataType)?.[1];
  if (kind === undefined)
    throw invalidValue(
      `Type for parameter MessageAttributes.Attribute_name.DataType must be prefixed with "String", "Binary", or "Number", but was: ${dataType}`,
    );
  if (Buffer.byteLength(dataType) > LONGEST)
    throw invalidValue(`Message (${whose}) attribute types must be shorter than ${LONGEST} Bytes`);
  const given = attribute.optionalText(kind === 'Binary' ? 'BinaryValue' : 'StringValue') ?? '';
  if (given === '')
    throw invalidValue(`Message (${whose}) attribute '${name}' must contain a non-empty value of type '${kind}'.`);
  if (kind === 'Number' && !Number.isFinite(Number(given)))
    throw invalidValue(`Can't cast the value of message (${whose}) attribute '${name}' to a number.`);
  if (kind !== 'Binary' && UNLAWFUL.test(given))
    throw invalidValue(`Message (${whose}) attribute '${name}' holds invalid characters.`);
  return { dataType, value: kind === 'Binary' ? Buffer.from(given, 'base64') : given };
}

/** What XML 1.0 has no character for. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const UNLAWFUL = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

/** @throws ServiceError InvalidMessageContents */
export function checkCharacters(text: string): void {
  if (UNLAWFUL.test(text))
    throw new ServiceError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    );
}

/** Attributes as an answer has them. */
export const writeAttributes = (attributes: MessageAttributes): object =>
  Object.fromEntries(
    [...attributes].map(([name, { dataType, value }]) => [
      name,
      typeof value === 'string'
        ? { StringValue: value, DataType: dataType }
        : { BinaryValue: value.toString('base64'), DataType: dataType },
    ]),
  );

/** The attributes of which a receiver asks: by name, by what names begin with (`foo.*`), or all (`All`, `.*`, `*`). */
export function chosen(attributes: MessageAttributes, asked: readonly string[]): MessageAttributes {
  const isAsked = (name: string): boolean =>
    asked.some((one) => one === name || one === 'All' || (one.endsWith('*') && name.startsWith(one.replace(/\.?\*$/, ''))));
  return new Map([...attributes].filter(([name]) => isAsked(name)));
}

/** Bytes that count for the size of a message. */
export const bytesOf = (attributes: MessageAttributes): number =>
  [...attributes].reduce(
    (sum, [name, { dataType, value }]) => sum + Buffer.byteLength(name) + Buffer.byteLength(dataType) + Buffer.byteLength(value),
    0,
  );

/** The sum by which a client checks that attributes have arrived; undefined for none. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  if (attributes.size === 0) return undefined;
  const hash = createHash('md5');
  const add = (part: string | Buffer): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.byteLength(part));
    hash.update(length).update(part);
  };
  for (const [name, { dataType, value }] of [...attributes].sort(([one], [other]) => (one < other ? -1 : 1))) {
    add(name);
    add(dataType);
    hash.update(Buffer.of(typeof value === 'string' ? 1 : 2));
    add(value);
  }
  return hash.digest('hex');
}

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
