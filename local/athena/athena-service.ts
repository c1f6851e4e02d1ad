import type { JsonService } from '../service.ts';
import type { Athena } from './athena.ts';
import { catalogOperations } from './operations/catalogs.ts';
import { executionOperations } from './operations/executions.ts';
import { namedQueryOperations, preparedOperations } from './operations/queries.ts';
import { workGroupOperations } from './operations/workgroups.ts';

/** Athena over the wire. */
export const athenaService = (athena: Athena): JsonService => ({
  name: 'athena',
  targetPrefix: 'AmazonAthena',
  version: '1.1',
  errorMessage: 'Message',
  operations: {
    ...executionOperations(athena),
    ...namedQueryOperations(athena),
    ...preparedOperations(athena),
    ...catalogOperations(athena),
    ...workGroupOperations(athena),
  },
});
