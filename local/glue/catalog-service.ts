import { ServiceError, type JsonService } from '../service.ts';
import type { GlueCatalog } from './catalog.ts';

/** Entries in one answer, where the caller asks for no fewer; `GetTables` allows no more. */
const PAGE = 100;

/** The catalog over the wire: reads only, since tables come from the template. */
export const catalogService = (catalog: GlueCatalog): JsonService => ({
  name: 'glue',
  targetPrefix: 'AWSGlue',
  version: '1.1',
  operations: {
    GetDatabase: async (input, caller) => ({ Database: catalog.databaseFor(caller, text(input, 'Name')) }),
    GetDatabases: async (input, caller) => {
      const { items, next } = page(catalog.databasesFor(caller), input);
      return { DatabaseList: items, ...next };
    },
    GetTable: async (input, caller) => ({ Table: catalog.tableFor(caller, text(input, 'DatabaseName'), text(input, 'Name')) }),
    GetTables: async (input, caller) => {
      const pattern = typeof input['Expression'] === 'string' ? matcher(input['Expression']) : undefined;
      const tables = catalog.tablesFor(caller, text(input, 'DatabaseName')).filter(({ Name }) => pattern?.test(Name) ?? true);
      const { items, next } = page(tables, input);
      return { TableList: items, ...next };
    },
  },
});

function text(input: Readonly<Record<string, unknown>>, name: string): string {
  const value = input[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new ServiceError('InvalidInputException', `1 validation error detected: '${name}' must be a text that is not empty`);
}

/** A pattern over whole names; one that is no regular expression is the caller's mistake. */
function matcher(expression: string): RegExp {
  try {
    return new RegExp(`^(?:${expression})$`);
  } catch {
    throw new ServiceError('InvalidInputException', "'Expression' must be a regular expression");
  }
}

function page<T>(
  all: readonly T[],
  input: Readonly<Record<string, unknown>>,
): { items: readonly T[]; next: { NextToken?: string } } {
  const asked = input['MaxResults'];
  const most = typeof asked === 'number' && asked >= 1 ? Math.min(asked, PAGE) : PAGE;
  const token = input['NextToken'];
  const start = token === undefined ? 0 : Number(token);
  if (!Number.isSafeInteger(start) || start < 0)
    throw new ServiceError('InvalidInputException', "'NextToken' must come from an earlier answer");
  const end = start + most;
  return { items: all.slice(start, end), next: end < all.length ? { NextToken: String(end) } : {} };
}
