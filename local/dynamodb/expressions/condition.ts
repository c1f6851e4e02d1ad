import type { AttributeValue } from '../values/attribute-value.ts';
import type { Path } from './path.ts';

/** A function of conditions, and what it is called with. */
export interface Call {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Operand[];
}

export type Operand =
  { readonly kind: 'path'; readonly path: Path } | { readonly kind: 'value'; readonly value: AttributeValue } | Call;

export const COMPARATORS = ['=', '<>', '<', '<=', '>', '>='] as const;
export type Comparator = (typeof COMPARATORS)[number];

/** What an expression asks of an item. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'compare'; readonly operator: Comparator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'between'; readonly operand: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: 'in'; readonly operand: Operand; readonly list: readonly Operand[] }
  | Call;

/** Whether what has been read is an operand: a function may be either. */
export const isOperand = (node: Condition | Operand): node is Operand =>
  node.kind === 'path' || node.kind === 'value' || node.kind === 'call';

/** Every path in a condition. */
export function pathsIn(condition: Condition | Operand): readonly Path[] {
  switch (condition.kind) {
    case 'path':
      return [condition.path];
    case 'value':
      return [];
    case 'call':
      return condition.args.flatMap(pathsIn);
    case 'not':
      return pathsIn(condition.of);
    case 'between':
      return [condition.operand, condition.low, condition.high].flatMap(pathsIn);
    case 'in':
      return [condition.operand, ...condition.list].flatMap(pathsIn);
    default:
      return [condition.left, condition.right].flatMap(pathsIn);
  }
}
