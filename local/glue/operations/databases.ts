import type { Operation } from '../../service.ts';
import type { GlueCatalog } from '../catalog.ts';
import { readDatabaseInput } from '../input.ts';
import { pageOf } from '../page.ts';
import { name, request } from './request.ts';

/** Databases in one answer, at most. @see https://docs.aws.amazon.com/glue/latest/webapi/API_GetDatabases.html */
const PAGE = 100;

export const databaseOperations = ({ databases }: GlueCatalog): Readonly<Record<string, Operation>> => ({
  CreateDatabase: async (input, caller) => {
    databases.create(caller, readDatabaseInput(request(input, 'DatabaseInput').raw('DatabaseInput')));
    return {};
  },
  GetDatabase: async (input, caller) => ({ Database: databases.get(caller, name(request(input, 'Name'), 'Name')) }),
  GetDatabases: async (input, caller) => {
    request(input, 'MaxResults', 'NextToken');
    const { items, next } = pageOf(databases.list(caller), ({ Name }) => Name, input, { operation: 'GetDatabases', most: PAGE });
    return { DatabaseList: items, ...next };
  },
  UpdateDatabase: async (input, caller) => {
    const members = request(input, 'Name', 'DatabaseInput');
    databases.update(caller, name(members, 'Name'), readDatabaseInput(members.raw('DatabaseInput')));
    return {};
  },
  DeleteDatabase: async (input, caller) => {
    databases.delete(caller, name(request(input, 'Name'), 'Name'));
    return {};
  },
});
