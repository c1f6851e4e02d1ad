import { isRecord } from '../../input.ts';
import { invalid, invalidParameters, unreadable } from '../errors.ts';
import { setOf, TYPES, type AttributeType, type AttributeValue, type Item, type SetType } from './attribute-value.ts';
import { canonical } from './number.ts';

/** How deep lists and maps may lie in each other. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const DEEPEST = 32;

/** What the parser of AWS calls a value of the wrong kind. */
function kindOf(raw: unknown): string {
  if (typeof raw === 'boolean') return raw ? 'TRUE_VALUE' : 'FALSE_VALUE';
  return Number.isInteger(raw) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE';
}

function text(raw: unknown): string {
  if (typeof raw === 'string') return raw;
  if (Array.isArray(raw)) throw unreadable('Unrecognized collection type class java.lang.String');
  if (typeof raw === 'object') throw unreadable('Start of structure or map found where not expected');
  throw unreadable(`${kindOf(raw)} cannot be converted to String`);
}

function bytes(raw: unknown): string {
  if (typeof raw !== 'string') throw unreadable('only base-64-encoded strings are convertible to bytes');
  if (raw.length % 4 !== 0) throw unreadable(`Base64 encoded length is expected a multiple of 4 bytes but found: ${raw.length}`);
  if (Buffer.from(raw, 'base64').toString('base64') !== raw) throw unreadable('Invalid last non-pad Base64 character dectected');
  return raw;
}

function truth(raw: unknown): boolean {
  if (typeof raw === 'boolean') return raw;
  if (raw === 'true' || raw === 'false') return raw === 'true';
  throw unreadable('Unexpected token received from parser');
}

function list(raw: unknown): readonly unknown[] {
  if (Array.isArray(raw)) return raw as readonly unknown[];
  throw unreadable(isRecord(raw) ? 'Start of structure or map found where not expected' : 'Unexpected field type');
}

/** What DynamoDB says of a set that holds nothing, and of one that holds a thing twice. */
const SETS: Readonly<Record<SetType, { readonly empty: string; readonly twice: (members: readonly string[]) => string }>> = {
  SS: {
    empty: 'An string set  may not be empty',
    twice: (members) =>
      `One or more parameter values were invalid: Input collection [${members.join(', ')}] contains duplicates.`,
  },
  NS: { empty: 'An number set  may not be empty', twice: () => 'Input collection contains duplicates' },
  BS: {
    empty: 'Binary sets should not be empty',
    twice: (members) =>
      `One or more parameter values were invalid: Input collection [${members.join(', ')}]of type BS contains duplicates.`,
  },
};

function set(type: SetType, raw: unknown): AttributeValue {
  const read = { SS: text, NS: (each: unknown) => canonical(text(each)), BS: bytes }[type];
  const members = list(raw).map(read);
  if (members.length === 0) throw invalidParameters(SETS[type].empty);
  if (new Set(members).size < members.length) throw invalid(SETS[type].twice(members));
  return setOf(type, members);
}

function readAs(type: AttributeType, raw: unknown, depth: number): AttributeValue {
  switch (type) {
    case 'S':
      return { S: text(raw) };
    case 'N':
      return { N: canonical(text(raw)) };
    case 'B':
      return { B: bytes(raw) };
    case 'BOOL':
      return { BOOL: truth(raw) };
    case 'NULL':
      if (!truth(raw)) throw invalidParameters('Null attribute value types must have the value of true');
      return { NULL: true };
    case 'L':
      return { L: list(raw).map((each) => readValue(each, depth + 1)) };
    case 'M':
      return { M: readItem(raw, depth + 1) };
    default:
      return set(type, raw);
  }
}

/** Reads a value as a client has sent it. @throws ServiceError ValidationException, SerializationException */
export function readValue(raw: unknown, depth = 0): AttributeValue {
  if (!isRecord(raw)) throw unreadable('Unexpected value type in payload');
  if (depth > DEEPEST)
    throw invalid('Nesting Levels have exceeded supported limits: Attributes are nested beyond the limit of 32');
  const given = TYPES.filter((type) => raw[type] !== undefined && raw[type] !== null);
  const [type] = given;
  if (type === undefined) throw invalid('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  const value = readAs(type, raw[type], depth);
  if (given.length > 1)
    throw invalid('Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes');
  return value;
}

/** Bytes of a name. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-attributes */
const LONGEST_NAME = 65_535;

/** What is wrong with the name of an attribute. */
export function wrongName(name: string): string | undefined {
  if (name === '') return 'Empty attribute name';
  return Buffer.byteLength(name) > LONGEST_NAME
    ? `Attribute name is too large, must be less than ${LONGEST_NAME + 1} bytes`
    : undefined;
}

/** Reads attributes as a client has sent them. @throws ServiceError ValidationException, SerializationException */
export function readItem(raw: unknown, depth = 0): Item {
  if (!isRecord(raw)) throw unreadable('Unexpected field type');
  if (depth === 0)
    for (const name of Object.keys(raw)) {
      const wrong = wrongName(name);
      if (wrong !== undefined) throw invalidParameters(wrong);
    }
  return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, readValue(value, depth)]));
}
