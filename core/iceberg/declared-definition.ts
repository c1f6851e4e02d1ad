import { IcebergError } from './iceberg-error.ts';
import { readDefinition, type IcebergTableDefinition } from './table-definition.ts';

/**
 * A table's definition as a template has it, whose text may hold what only a deployment knows: that stands there as itself, so that it differs
 * where that does. Undefined for one that cannot be read.
 */
export function declaredDefinition(value: unknown): IcebergTableDefinition | undefined {
  try {
    return readDefinition(textOf(value));
  } catch (error) {
    if (error instanceof IcebergError) return undefined;
    throw error;
  }
}

/** What a text is joined of; none for a text that is not. */
export function joinedParts(value: unknown): readonly unknown[] {
  const [, parts] = joinOf(value);
  return Array.isArray(parts) ? parts : [];
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const [separator] = joinOf(value);
  return joinedParts(value)
    .map((part) => (typeof part === 'string' ? part : escaped(JSON.stringify(part).replaceAll('/', ' '))))
    .join(typeof separator === 'string' ? separator : '');
}

function joinOf(value: unknown): readonly unknown[] {
  const joined = (Object(value) as Readonly<Record<string, unknown>>)['Fn::Join'];
  return Array.isArray(joined) ? joined : [];
}

/** A text as it stands within a text of JSON. */
const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);
