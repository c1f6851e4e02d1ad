import type { JsonService, Operation } from '../service.ts';
import type { GlueCatalog } from './catalog.ts';
import { invalidInput } from './glue-error.ts';
import { databaseOperations } from './operations/databases.ts';
import { partitionOperations } from './operations/partitions.ts';
import { tableOperations } from './operations/tables.ts';
import { versionOperations } from './operations/versions.ts';

/** The Data Catalog over the wire. */
export const catalogService = (catalog: GlueCatalog, account: string): JsonService => ({
  name: 'glue',
  targetPrefix: 'AWSGlue',
  version: '1.1',
  errorMessage: 'Message',
  operations: Object.fromEntries(
    Object.entries({
      ...databaseOperations(catalog),
      ...tableOperations(catalog),
      ...versionOperations(catalog),
      ...partitionOperations(catalog),
    }).map(([name, run]) => [name, ofAccount(account, run)]),
  ),
});

/** There is one catalog, the account's own. */
const ofAccount =
  (account: string, run: Operation): Operation =>
  async (input, caller) => {
    const { CatalogId: id = account } = input;
    if (id !== account) throw invalidInput(`'CatalogId' must be the account's own catalog here, '${account}'`);
    return run(input, caller);
  };
