import type { AttributeValue } from '../values/attribute-value.ts';
import type { Path } from './path.ts';

/** What an attribute is set to. */
export type UpdateOperand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: AttributeValue }
  | { readonly kind: 'if_not_exists'; readonly path: Path; readonly otherwise: UpdateOperand }
  | { readonly kind: 'list_append'; readonly left: UpdateOperand; readonly right: UpdateOperand }
  | { readonly kind: 'sum'; readonly sign: 1 | -1; readonly left: UpdateOperand; readonly right: UpdateOperand };

/** One thing that an update does. */
export type Action =
  | { readonly kind: 'set'; readonly path: Path; readonly operand: UpdateOperand }
  | { readonly kind: 'remove'; readonly path: Path }
  | { readonly kind: 'add' | 'delete'; readonly path: Path; readonly value: AttributeValue };
