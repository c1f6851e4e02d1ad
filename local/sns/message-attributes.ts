import { ServiceError } from '../service.ts';

/** What is told of a message beside it. */
export interface MessageAttribute {
  /** `String`, `String.Array`, `Number` or `Binary`, or one of these with a name of one's own behind a dot. */
  readonly type: string;
  /** Of what is binary, in base64. */
  readonly value: string;
}

/** By their names. */
export type MessageAttributes = ReadonlyMap<string, MessageAttribute>;

/** An attribute as a client gives it. */
export interface GivenAttribute {
  readonly name: string;
  readonly type: string | undefined;
  readonly text: string | undefined;
  /** In base64. */
  readonly binary: string | undefined;
}

const LONGEST_NAME = 256;
const TYPE = /^(String|Number|Binary)(?:\.(?=.).*)?$/;

const invalid = (message: string): ServiceError => new ServiceError('InvalidParameterValueException', message);

/**
 * Reads attributes as Publish takes them.
 *
 * @param place How messages name the map: `messageAttributes`
 * @throws ServiceError InvalidParameterValueException, ValidationError
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
 */
export function readAttributes(given: readonly GivenAttribute[], place: string): MessageAttributes {
  return new Map(given.map((attribute) => [attribute.name, readAttribute(attribute, place)]));
}

function readAttribute({ name, type, text, binary }: GivenAttribute, place: string): MessageAttribute {
  checkName(name);
  if (type === undefined)
    throw new ServiceError(
      'ValidationError',
      `1 validation error detected: Value null at '${place}.${name}.member.dataType' failed to satisfy constraint: Member must not be null`,
    );
  const [, kind] = TYPE.exec(type) ?? [];
  if (kind === undefined)
    throw invalid(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  const [own, other] = kind === 'Binary' ? [binary, text] : [text, binary];
  if ((own ?? '') === '' && (other ?? '') !== '')
    throw invalid(
      `The message attribute '${name}' with type '${type}' must use field '${kind === 'Binary' ? 'Binary' : 'String'}'.`,
    );
  if (own === undefined || own === '')
    throw invalid(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${type}'.`,
    );
  if (kind === 'Number' && (own.trim() === '' || !Number.isFinite(Number(own))))
    throw invalid(`Could not cast message attribute '${name}' value to number.`);
  return { type, value: own };
}

function checkName(name: string): void {
  if (name === '') throw invalid('The request must contain non-empty message attribute name.');
  if (Buffer.byteLength(name) > LONGEST_NAME)
    throw invalid(`Length of message attribute name must be less than ${LONGEST_NAME} bytes.`);
  const [strange] = /[^\w.-]/u.exec(name) ?? [];
  if (strange !== undefined)
    throw invalid(
      `Invalid non-alphanumeric character '#x${(strange.codePointAt(0) ?? 0).toString(16).toUpperCase()}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`,
    );
  if (name.startsWith('.')) throw invalid("Invalid message attribute name starting with character '.' was found.");
  if (name.endsWith('.')) throw invalid("Invalid message attribute name ending with character '.' was found.");
  if (name.includes('..')) throw invalid("Message attribute name can not have successive '.' character.");
  if (/^(aws|amazon)\./i.test(name)) throw invalid("Message attribute names beginning with 'AWS.' or 'Amazon.' are reserved.");
}

/** What attributes count of a message's length, in bytes: names, types and values. */
export function bytesOf(attributes: MessageAttributes): number {
  const each = [...attributes].map(([name, { type, value }]) => {
    const bytes = type.startsWith('Binary') ? Buffer.from(value, 'base64').length : Buffer.byteLength(value);
    return Buffer.byteLength(name) + Buffer.byteLength(type) + bytes;
  });
  return each.reduce((sum, bytes) => sum + bytes, 0);
}
