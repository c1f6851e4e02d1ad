import { attribute, type AttributeValue, type Item } from '../values/attribute-value.ts';

/** Where a value lies in an item: `['address', 'lines', 0]`. */
export type Path = readonly [string, ...(string | number)[]];

/** As DynamoDB tells it: `[address, lines, [0]]`. */
export const pathText = (path: Path): string =>
  `[${path.map((part) => (typeof part === 'number' ? `[${part}]` : part)).join(', ')}]`;

/** The value at a path; undefined where there is none. */
export function valueAt(item: Item, path: Path): AttributeValue | undefined {
  const [first, ...rest] = path;
  return rest.reduce<AttributeValue | undefined>(
    (value, part) => {
      if (value === undefined) return undefined;
      if (typeof part === 'number') return 'L' in value ? value.L[part] : undefined;
      return 'M' in value ? attribute(value.M, part) : undefined;
    },
    attribute(item, first),
  );
}

/** How two paths of one expression cannot stand beside each other. */
export function clash(one: Path, other: Path): 'overlap' | 'conflict' | undefined {
  for (let place = 0; place < Math.min(one.length, other.length); place++) {
    if (typeof one[place] !== typeof other[place]) return 'conflict';
    if (one[place] !== other[place]) return undefined;
  }
  return 'overlap';
}

/** What DynamoDB says of paths that cannot stand beside each other. */
export const clashText = (kind: 'overlap' | 'conflict', one: Path, other: Path): string =>
  `Two document paths ${kind} with each other; must remove or rewrite one of these paths; path one: ${pathText(one)}, path two: ${pathText(other)}`;
