import type { Expression, Query } from './syntax/ast.ts';

/** Literals as Athena answers them itself. */
const LITERALS: readonly string[] = ['boolean', 'integer', 'decimal', 'double', 'string'];

/** Whether a query selects literals, signs before them and all, and does nothing besides: Athena answers it without its engine. */
export function isLiteralQuery({ with: names, body, orderBy, offset, limit }: Query, text: string): boolean {
  if (body.kind !== 'select' || text.startsWith('(')) return false;
  const { distinct, items, from, where, grouped, having, windows } = body;
  const plain = [offset, limit, where, having].every((part) => part === undefined) && windows.size === 0 && !distinct && !grouped;
  if (!plain || names.length + orderBy.length + from.length > 0) return false;
  return items.every((item) => item.kind === 'expression' && isLiteral(item.value));
}

const isLiteral = (value: Expression): boolean =>
  value.kind === 'negate' ? isLiteral(value.value) : value.kind === 'literal' && LITERALS.includes(value.type);
