import type { Operation } from '../../service.ts';
import type { Athena } from '../athena.ts';
import { namedQueryView } from '../named-queries.ts';
import { preparedView } from '../prepared-statements.ts';
import { PRIMARY } from '../workgroup.ts';
import { each, page, paging, request } from './request.ts';

/** In one answer or batch, at most. @see https://docs.aws.amazon.com/athena/latest/APIReference/API_ListNamedQueries.html */
const MOST = 50;
/** Names of one batch. @see https://docs.aws.amazon.com/athena/latest/APIReference/API_BatchGetPreparedStatement.html */
const MOST_PREPARED = 256;

/** Named queries. */
export const namedQueryOperations = ({ namedQueries }: Athena): Readonly<Record<string, Operation>> => ({
  CreateNamedQuery: async (input, caller) => {
    const members = request(input, 'Name', 'Description', 'Database', 'QueryString', 'ClientRequestToken', 'WorkGroup');
    const query = {
      name: members.text('Name'),
      description: members.optionalText('Description'),
      database: members.text('Database'),
      queryString: members.text('QueryString'),
      workGroup: members.optionalText('WorkGroup') ?? PRIMARY,
    };
    return { NamedQueryId: namedQueries.create(caller, query, members.optionalText('ClientRequestToken')) };
  },
  GetNamedQuery: async (input, caller) => ({
    NamedQuery: namedQueryView(namedQueries.get(caller, request(input, 'NamedQueryId').text('NamedQueryId'))),
  }),
  UpdateNamedQuery: async (input, caller) => {
    const members = request(input, 'NamedQueryId', 'Name', 'Description', 'QueryString');
    namedQueries.update(caller, members.text('NamedQueryId'), {
      name: members.text('Name'),
      queryString: members.text('QueryString'),
      description: members.optionalText('Description'),
    });
    return {};
  },
  DeleteNamedQuery: async (input, caller) => {
    namedQueries.delete(caller, request(input, 'NamedQueryId').text('NamedQueryId'));
    return {};
  },
  ListNamedQueries: async (input, caller) => {
    const members = request(input, 'MaxResults', 'NextToken', 'WorkGroup');
    const ids = namedQueries.list(caller, members.optionalText('WorkGroup') ?? PRIMARY);
    const { items, next } = page(ids, paging(members, MOST));
    return { NamedQueryIds: items, ...next };
  },
  BatchGetNamedQuery: async (input, caller) => {
    const ids = request(input, 'NamedQueryIds').texts('NamedQueryIds');
    const { found, missing } = each(ids, MOST, (id) => namedQueries.get(caller, id, 'athena:BatchGetNamedQuery'));
    const unprocessed = missing.map(([NamedQueryId, { message }]) => ({
      NamedQueryId,
      ErrorCode: 'INVALID_INPUT',
      ErrorMessage: message,
    }));
    return { NamedQueries: found.map(namedQueryView), UnprocessedNamedQueryIds: unprocessed };
  },
});

/** Prepared statements. */
export const preparedOperations = ({ preparedStatements }: Athena): Readonly<Record<string, Operation>> => {
  const written = (input: Readonly<Record<string, unknown>>) => {
    const members = request(input, 'StatementName', 'WorkGroup', 'QueryStatement', 'Description');
    return {
      name: members.text('StatementName'),
      workGroup: members.text('WorkGroup'),
      statement: members.text('QueryStatement'),
      description: members.optionalText('Description'),
    };
  };
  return {
    CreatePreparedStatement: async (input, caller) => {
      preparedStatements.create(caller, written(input));
      return {};
    },
    UpdatePreparedStatement: async (input, caller) => {
      preparedStatements.update(caller, written(input));
      return {};
    },
    GetPreparedStatement: async (input, caller) => {
      const members = request(input, 'StatementName', 'WorkGroup');
      const found = preparedStatements.get(caller, members.text('WorkGroup'), members.text('StatementName'));
      return { PreparedStatement: preparedView(found) };
    },
    DeletePreparedStatement: async (input, caller) => {
      const members = request(input, 'StatementName', 'WorkGroup');
      preparedStatements.delete(caller, members.text('WorkGroup'), members.text('StatementName'));
      return {};
    },
    ListPreparedStatements: async (input, caller) => {
      const members = request(input, 'WorkGroup', 'MaxResults', 'NextToken');
      const { items, next } = page(preparedStatements.list(caller, members.text('WorkGroup')), paging(members, MOST));
      const summary = items.map(({ name, modified }) => ({ StatementName: name, LastModifiedTime: modified / 1000 }));
      return { PreparedStatements: summary, ...next };
    },
    BatchGetPreparedStatement: async (input, caller) => {
      const members = request(input, 'PreparedStatementNames', 'WorkGroup');
      const group = members.text('WorkGroup');
      const { found, missing } = each(members.texts('PreparedStatementNames'), MOST_PREPARED, (name) =>
        preparedStatements.get(caller, group, name, 'athena:BatchGetPreparedStatement'),
      );
      const unprocessed = missing.map(([StatementName, { message }]) => ({
        StatementName,
        ErrorCode: 'STATEMENT_NOT_FOUND',
        ErrorMessage: message,
      }));
      return { PreparedStatements: found.map(preparedView), UnprocessedPreparedStatementNames: unprocessed };
    },
  };
};
