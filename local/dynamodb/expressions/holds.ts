import { beginsWith, compare, contains, isEqual, lengthOf } from '../values/compare.ts';
import { typeOf, type AttributeValue, type Item } from '../values/attribute-value.ts';
import type { Call, Comparator, Condition, Operand } from './condition.ts';
import { valueAt } from './path.ts';

/** Whether an item meets a condition. What an item lacks meets none but `<>` and `attribute_not_exists`. */
export function holds(condition: Condition, item: Item): boolean {
  switch (condition.kind) {
    case 'and':
      return holds(condition.left, item) && holds(condition.right, item);
    case 'or':
      return holds(condition.left, item) || holds(condition.right, item);
    case 'not':
      return !holds(condition.of, item);
    case 'compare':
      return compares(condition.operator, valueOf(condition.left, item), valueOf(condition.right, item));
    case 'between': {
      const value = valueOf(condition.operand, item);
      return compares('>=', value, valueOf(condition.low, item)) && compares('<=', value, valueOf(condition.high, item));
    }
    case 'in': {
      const value = valueOf(condition.operand, item);
      return condition.list.some((each) => compares('=', value, valueOf(each, item)));
    }
    case 'call':
      return calls(condition, item);
  }
}

function compares(operator: Comparator, left: AttributeValue | undefined, right: AttributeValue | undefined): boolean {
  if (operator === '<>') return left === undefined || right === undefined || !isEqual(left, right);
  if (left === undefined || right === undefined) return false;
  if (operator === '=') return isEqual(left, right);
  const order = compare(left, right);
  if (order === undefined) return false;
  return { '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[operator];
}

function calls({ name, args: [first, second] }: Call, item: Item): boolean {
  const value = first === undefined ? undefined : valueOf(first, item);
  const other = second === undefined ? undefined : valueOf(second, item);
  if (name === 'attribute_not_exists') return value === undefined;
  if (value === undefined) return false;
  if (name === 'attribute_exists') return true;
  if (other === undefined) return false;
  if (name === 'attribute_type') return 'S' in other && other.S === typeOf(value);
  return name === 'begins_with' ? beginsWith(value, other) : contains(value, other);
}

function valueOf(operand: Operand, item: Item): AttributeValue | undefined {
  if (operand.kind === 'value') return operand.value;
  if (operand.kind === 'path') return valueAt(item, operand.path);
  const [of] = operand.args; // of `size`: no other function is an operand
  const value = of === undefined ? undefined : valueOf(of, item);
  const length = value === undefined ? undefined : lengthOf(value);
  return length === undefined ? undefined : { N: String(length) };
}
