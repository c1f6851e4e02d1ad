import type { Outcome } from '../result-files.ts';
import { BOOLEAN, type Type } from '../sql/analysis/type.ts';
import { QueryError } from '../sql/query-error.ts';
import type { Statement } from '../sql/statement.ts';
import { resultType } from '../value-text.ts';
import type { StatementContext } from './context.ts';

type Explain = Extract<Statement, { kind: 'explain' }>;

/** A text under its head, and a line feed after it, line by line. */
const answer = (label: string, type: Type, text: string): Outcome => ({
  kind: 'text',
  by: 'engine',
  columns: [{ label, ...resultType(type) }],
  lines: [label, ...`${text}\n`.split('\n')],
});

/** Checks a query as if it ran, and shows how this engine, which is not Athena's, would run it. */
export async function explain(context: StatementContext, { statement, type, format }: Explain): Promise<Outcome> {
  if (!('query' in statement)) throw new QueryError('NOT_SUPPORTED: EXPLAIN of that statement is not what headwaters local does');
  if (type === 'io' || format !== 'text')
    throw new QueryError('NOT_SUPPORTED: EXPLAIN gives text of type LOGICAL, DISTRIBUTED or VALIDATE in headwaters local');
  const lines = await context.runner.explain(context.request(statement.query));
  if (type === 'validate') return answer('Valid', BOOLEAN, 'true');
  const head = 'Plan of the engine of headwaters local; the plan of Athena differs';
  const plan = `${[head, ...lines].join('\n').trimEnd()}\n\n`;
  return answer('Query Plan', { kind: 'varchar', length: plan.length }, plan);
}
