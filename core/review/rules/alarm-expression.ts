import type { Properties } from '../../aws/template.ts';
import { parseExpression, wayOf, type Expression, type Way } from './metric-math.ts';

/** What an alarm computes, by the ids of its queries. */
export type Queries = ReadonlyMap<string, Properties>;

/** Which way the value that an alarm looks at goes, all expressions together; none of them by itself says it. */
export function wayOfAlarm(before: Queries, after: Queries): Way {
  const [old, now] = [computedBy(before), computedBy(after)];
  return old === undefined || now === undefined ? 'unknown' : wayOf(old, now);
}

/** Whether something is computed of all metrics, whatever their ids are. */
export const takesAllMetrics = (queries: Queries): boolean =>
  [...queries.values()].some(({ Expression: text }) => typeof text === 'string' && /\bMETRICS\s*\(/i.test(text));

/** What the one query that is looked at comes to, of metrics alone; undefined where nobody can say. */
function computedBy(queries: Queries): Expression | undefined {
  const [returned, ...others] = [...queries].filter(([, { ReturnData }]) => ReturnData !== false && ReturnData !== 'false');
  return returned === undefined || others.length > 0 ? undefined : follow({ kind: 'name', name: returned[0] }, queries, []);
}

/** An expression with each id of another one written out. @param within Ids that are being followed: one of them within itself has no value */
function follow(expression: Expression, queries: Queries, within: readonly string[]): Expression | undefined {
  switch (expression.kind) {
    case 'number':
      return expression;
    case 'name': {
      const { name } = expression;
      const text = queries.get(name)?.Expression;
      if (text === undefined) return expression;
      const other = typeof text === 'string' && !within.includes(name) ? parseExpression(text) : undefined;
      return other === undefined ? undefined : follow(other, queries, [...within, name]);
    }
    case 'operation': {
      const [left, right] = [expression.left, expression.right].map((part) => follow(part, queries, within));
      return left === undefined || right === undefined ? undefined : { ...expression, left, right };
    }
    case 'call': {
      const parts = expression.parts.map((part) => follow(part, queries, within));
      return parts.every((part) => part !== undefined) ? { ...expression, parts } : undefined;
    }
  }
}
