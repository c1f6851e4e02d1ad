import { fieldsOf } from '../fields-of.ts';
import type { Column, ColumnType, QualityRule } from '../model.ts';
import { sameSet } from './canonical.ts';
import type { LibraryRule } from './quality-demand.ts';

/** Whether the rule is what a column says as its closed list: what becomes of the values is told once, with the column. */
export function isListOfColumn(rule: QualityRule, columns: readonly Column[]): rule is LibraryRule {
  if (rule.kind !== 'library' || rule.metric !== 'invalidValues' || rule.column === undefined) return false;
  const list = listAt(columns, rule.column.split('.'));
  return list !== undefined && sameSet(list, rule.values);
}

function listAt(columns: readonly Column[], [head = '', ...rest]: readonly string[]): readonly string[] | undefined {
  const [name, ...brackets] = head.split('[]');
  const column = columns.find((one) => one.name === name);
  if (column === undefined) return undefined;
  if (rest.length > 0) return listAt(fieldsOf(column.type), rest);
  return brackets.length === 0 ? column.validValues : listOf(column.type, brackets.length);
}

/** The closed list of the items of a list, or of the lists within it. */
function listOf(type: ColumnType, depth: number): readonly string[] | undefined {
  if (type.kind !== 'array') return undefined;
  return depth === 1 ? type.validValues : listOf(type.items, depth - 1);
}
