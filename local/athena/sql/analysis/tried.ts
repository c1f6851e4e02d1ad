import type { Expression } from '../syntax/ast.ts';
import { failAt } from '../syntax/token.ts';

/**
 * Refuses to try what the engine may fail at where Trino would not: an expression that becomes known only as the query runs may be lawful in
 * Java and not in the engine, and TRY would answer null for it.
 *
 * @throws QueryError NOT_SUPPORTED
 */
export function checkTried(tried: Expression): void {
  const found = calls(tried).find(({ name, args }) => name.startsWith('regexp_') && args[1]?.kind !== 'literal');
  if (found !== undefined)
    throw failAt(
      tried,
      'NOT_SUPPORTED',
      `TRY around '${found.name}' with a pattern that is no literal is not on the tested list of headwaters local`,
    );
}

type Call = Extract<Expression, { kind: 'call' }>;

function calls(node: unknown): readonly Call[] {
  if (Array.isArray(node)) return node.flatMap(calls);
  if (typeof node !== 'object' || node === null) return [];
  const inner = Object.values(node).flatMap(calls);
  return isCall(node) ? [node, ...inner] : inner;
}

const isCall = (node: object): node is Call => 'kind' in node && node.kind === 'call';
