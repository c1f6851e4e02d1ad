import type { Outcome } from '../result-files.ts';
import { ServiceError } from '../../service.ts';
import { QueryError } from '../sql/query-error.ts';
import type { StatementContext } from './context.ts';
import { done } from './text.ts';

/** Keeps a statement under a name in the workgroup. */
export function prepare({ prepared, direct, workGroup }: StatementContext, name: string, statement: string): Outcome {
  return asked(() => {
    prepared.create(direct, { name, workGroup, statement });
  });
}

export function deallocate({ prepared, direct, workGroup }: StatementContext, name: string): Outcome {
  return asked(() => {
    prepared.delete(direct, workGroup, name);
  });
}

function asked(run: () => void): Outcome {
  try {
    run();
    return done;
  } catch (error) {
    if (error instanceof ServiceError && !error.code.startsWith('AccessDenied'))
      throw new QueryError(`INVALID_PREPARED_STATEMENT: ${error.message}`);
    throw error;
  }
}
