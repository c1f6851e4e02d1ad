/** A value as the API writes it: one member, named after its type. Numbers are in their one form, bytes in base64. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: Item };

/** Attributes by name. Never changed: another item takes its place. */
export type Item = Readonly<Record<string, AttributeValue>>;

export const TYPES = ['S', 'N', 'B', 'BOOL', 'NULL', 'SS', 'NS', 'BS', 'L', 'M'] as const;
export type AttributeType = (typeof TYPES)[number];
export type ScalarType = 'S' | 'N' | 'B';
export type SetType = 'SS' | 'NS' | 'BS';

export const typeOf = (value: AttributeValue): AttributeType => Object.keys(value)[0] as AttributeType;

/** An attribute of an item: names may be those that every object has. */
export const attribute = (item: Item, name: string): AttributeValue | undefined =>
  Object.hasOwn(item, name) ? item[name] : undefined;

/** The members of a set, and their type; undefined for another value. */
export function membersOf(value: AttributeValue): { readonly type: SetType; readonly members: readonly string[] } | undefined {
  if ('SS' in value) return { type: 'SS', members: value.SS };
  if ('NS' in value) return { type: 'NS', members: value.NS };
  return 'BS' in value ? { type: 'BS', members: value.BS } : undefined;
}

export const setOf = (type: SetType, members: readonly string[]): AttributeValue =>
  ({ [type]: members }) as unknown as AttributeValue;

/** The text by which a value of a scalar type is told; undefined for a value of another type. */
export function scalar(value: AttributeValue | undefined, type: ScalarType): string | undefined {
  if (value === undefined) return undefined;
  return Object.hasOwn(value, type) ? (value as Readonly<Record<string, string>>)[type] : undefined;
}

/** Some attributes of an item: those that are there. */
export const pick = (item: Item, names: readonly string[]): Item =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = attribute(item, name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
