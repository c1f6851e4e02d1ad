import { writtenOut, type Expression } from '../../aws/metric-math.ts';
import type { Properties } from '../../aws/template.ts';
import { wayOf, type Way } from './metric-math.ts';

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
  return returned === undefined || others.length > 0 ? undefined : writtenOut(returned[0], (id) => queries.get(id)?.Expression);
}
