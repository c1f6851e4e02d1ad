import { isRecord } from '../../input.ts';
import { invalid, unreadable } from '../errors.ts';
import type { AttributeValue } from '../values/attribute-value.ts';
import { readValue, wrongName } from '../values/read-value.ts';
import { ServiceError } from '../../service.ts';

/** The names and values of one request, and which of them its expressions have not used. */
export class Placeholders {
  private readonly names: ReadonlyMap<string, string>;
  private readonly values: ReadonlyMap<string, AttributeValue>;
  private readonly unusedNames: Set<string>;
  private readonly unusedValues: Set<string>;

  /** @param names `ExpressionAttributeNames` as a client has sent them @param values `ExpressionAttributeValues` @throws ServiceError ValidationException */
  constructor(names: unknown, values: unknown) {
    this.names = readNames(names);
    this.values = readValues(values);
    this.unusedNames = new Set(this.names.keys());
    this.unusedValues = new Set(this.values.keys());
  }

  name(placeholder: string): string | undefined {
    this.unusedNames.delete(placeholder);
    return this.names.get(placeholder);
  }

  value(placeholder: string): AttributeValue | undefined {
    this.unusedValues.delete(placeholder);
    return this.values.get(placeholder);
  }

  /** @throws ServiceError ValidationException for what no expression has used */
  checkUsed(): void {
    for (const [member, unused] of [
      ['ExpressionAttributeNames', this.unusedNames],
      ['ExpressionAttributeValues', this.unusedValues],
    ] as const)
      if (unused.size > 0) throw invalid(`Value provided in ${member} unused in expressions: keys: {${[...unused].join(', ')}}`);
  }
}

const empty = (member: string): ServiceError => invalid(`${member} must not be empty`);

function checkKey(member: string, key: string, mark: string): void {
  if (!new RegExp(`^${mark}\\w+$`).test(key)) throw invalid(`${member} contains invalid key: Syntax error; key: "${key}"`);
}

function readNames(raw: unknown): ReadonlyMap<string, string> {
  if (raw === undefined) return new Map();
  if (!isRecord(raw)) throw unreadable('Unexpected field type');
  const entries = Object.entries(raw);
  if (entries.length === 0) throw empty('ExpressionAttributeNames');
  return new Map(
    entries.map(([key, name]) => {
      checkKey('ExpressionAttributeNames', key, '#');
      if (typeof name !== 'string') throw unreadable('Unexpected field type');
      const wrong = wrongName(name);
      if (wrong !== undefined) throw invalid(`ExpressionAttributeNames contains invalid value: ${wrong} for key ${key}`);
      return [key, name];
    }),
  );
}

function readValues(raw: unknown): ReadonlyMap<string, AttributeValue> {
  if (raw === undefined) return new Map();
  if (!isRecord(raw)) throw unreadable('Unexpected field type');
  const entries = Object.entries(raw);
  if (entries.length === 0) throw empty('ExpressionAttributeValues');
  for (const [key] of entries) checkKey('ExpressionAttributeValues', key, ':');
  return new Map(entries.map(([key, value]) => [key, readNamed(key, value)]));
}

function readNamed(key: string, raw: unknown): AttributeValue {
  try {
    return readValue(raw);
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code !== 'ValidationException') throw error;
    throw invalid(`ExpressionAttributeValues contains invalid value: ${error.message} for key ${key}`);
  }
}
