import type { Outcome } from '../result-files.ts';
import { BOOLEAN, VARCHAR } from '../sql/analysis/type.ts';
import { QueryError } from '../sql/query-error.ts';
import type { Statement } from '../sql/statement.ts';
import { resultType } from '../value-text.ts';
import type { StatementContext } from './context.ts';

type Explain = Extract<Statement, { kind: 'explain' }>;

/** Checks a query as if it ran, and shows how this engine, which is not Athena's, would run it. */
export async function explain(context: StatementContext, { statement, type, format }: Explain): Promise<Outcome> {
  if (!('query' in statement)) throw new QueryError('NOT_SUPPORTED: EXPLAIN of that statement is not what headwaters local does');
  if (type === 'io' || format !== 'text')
    throw new QueryError('NOT_SUPPORTED: EXPLAIN gives text of type LOGICAL, DISTRIBUTED or VALIDATE in headwaters local');
  const lines = await context.runner.explain(context.request(statement.query));
  if (type === 'validate') return { kind: 'text', columns: [{ label: 'Valid', ...resultType(BOOLEAN) }], lines: ['true'] };
  const head = 'Plan of the engine of headwaters local; the plan of Athena differs';
  return { kind: 'text', columns: [{ label: 'Query Plan', ...resultType(VARCHAR) }], lines: [head, ...lines] };
}
