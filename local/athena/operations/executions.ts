import type { Members } from '../../input.ts';
import type { Operation } from '../../service.ts';
import type { Athena, StartQuery } from '../athena.ts';
import { invalid } from '../invalid-request.ts';
import type { ResultEncryption, ResultSettings } from '../result-settings.ts';
import { lengthBroken, violations } from './constraints.ts';
import { each, page, pageIn, paging, request } from './request.ts';

/** Ids in one answer or batch, at most. @see https://docs.aws.amazon.com/athena/latest/APIReference/API_ListQueryExecutions.html */
const MOST_IDS = 50;
/** Rows that the model of GetQueryResults lets a request ask for; Athena itself gives fewer. */
const MOST_COUNT = 100_000;
/** Characters of a statement. @see https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html */
const MOST_SQL = 262_144;

export const executionOperations = (athena: Athena): Readonly<Record<string, Operation>> => ({
  StartQueryExecution: async (input, caller) => {
    const members = request(
      input, 'QueryString', 'ClientRequestToken', 'QueryExecutionContext', 'ResultConfiguration', 'WorkGroup', 'ExecutionParameters',
      'ResultReuseConfiguration',
    ); // prettier-ignore
    refuseReuse(members);
    const sql = members.text('QueryString');
    if (sql.length === 0 || sql.length > MOST_SQL) throw members.invalid('QueryString', `must have 1 to ${MOST_SQL} characters`);
    const token = tokenIn(members);
    const id = athena.start(caller, {
      sql,
      token,
      ...contextOf(members),
      workGroup: members.optionalText('WorkGroup'),
      results: settingsIn(members.optionalObject('ResultConfiguration')),
      parameters: members.has('ExecutionParameters') ? members.texts('ExecutionParameters') : undefined,
    });
    return { QueryExecutionId: id };
  },
  GetQueryExecution: async (input, caller) => ({
    QueryExecution: athena.describe(caller, request(input, 'QueryExecutionId').text('QueryExecutionId')),
  }),
  BatchGetQueryExecution: async (input, caller) => {
    const ids = request(input, 'QueryExecutionIds').texts('QueryExecutionIds');
    const { found, missing } = each(ids, MOST_IDS, (id) => athena.describe(caller, id, 'athena:BatchGetQueryExecution'));
    const unprocessed = missing.map(([QueryExecutionId, { message }]) => ({
      QueryExecutionId,
      ErrorCode: 'INVALID_INPUT',
      ErrorMessage: message,
    }));
    return { QueryExecutions: found, UnprocessedQueryExecutionIds: unprocessed };
  },
  ListQueryExecutions: async (input, caller) => {
    const members = request(input, 'MaxResults', 'NextToken', 'WorkGroup');
    const { items, next } = page(athena.list(caller, members.optionalText('WorkGroup')), paging(members, MOST_IDS));
    return { QueryExecutionIds: items, ...next };
  },
  GetQueryResults: async (input, caller) => {
    const members = request(input, 'QueryExecutionId', 'MaxResults', 'NextToken', 'QueryResultType');
    if ((members.optionalText('QueryResultType') ?? 'DATA_ROWS') !== 'DATA_ROWS')
      throw members.invalid('QueryResultType', 'must be DATA_ROWS in headwaters local');
    return athena.results(caller, members.text('QueryExecutionId'), pageIn(members, MOST_COUNT));
  },
  StopQueryExecution: async (input, caller) => {
    athena.stop(caller, request(input, 'QueryExecutionId').text('QueryExecutionId'));
    return {};
  },
});

/** SDKs make a token where their users give none. */
function tokenIn(members: Members): string {
  const token = members.optionalText('ClientRequestToken');
  if (token === undefined) throw invalid('clientRequestToken is null or empty');
  const unlike = lengthBroken('clientRequestToken', token, 32, 128);
  if (unlike !== undefined) throw violations(unlike);
  if (Buffer.byteLength(token) > 128) throw invalid('clientRequestToken exceeds maximum allowed length 128');
  return token;
}

/** An answer that an earlier query gave may be out of date: none is ever given here. */
function refuseReuse(members: Members): void {
  const reuse = members.optionalObject('ResultReuseConfiguration')?.only(['ResultReuseByAgeConfiguration']);
  const byAge = reuse?.optionalObject('ResultReuseByAgeConfiguration')?.only(['Enabled', 'MaxAgeInMinutes']);
  if (byAge?.optionalBoolean('Enabled') === true)
    throw invalid("'ResultReuseConfiguration.ResultReuseByAgeConfiguration.Enabled' must be false in headwaters local");
}

function contextOf(members: Members): Pick<StartQuery, 'catalog' | 'database'> {
  const context = members.optionalObject('QueryExecutionContext')?.only(['Catalog', 'Database']);
  return { catalog: context?.optionalText('Catalog'), database: context?.optionalText('Database') };
}

/** A client's `ResultConfiguration`. @throws ServiceError InvalidRequestException */
export function settingsIn(result: Members | undefined): ResultSettings {
  if (result === undefined) return {};
  result.only(['OutputLocation', 'EncryptionConfiguration', 'ExpectedBucketOwner', 'AclConfiguration']);
  const acl = result.optionalObject('AclConfiguration')?.only(['S3AclOption']).text('S3AclOption');
  if (acl !== undefined && acl !== 'BUCKET_OWNER_FULL_CONTROL')
    throw result.invalid('AclConfiguration.S3AclOption', 'must be BUCKET_OWNER_FULL_CONTROL');
  return {
    location: result.optionalText('OutputLocation'),
    encryption: encryptionIn(result.optionalObject('EncryptionConfiguration')),
    expectedOwner: result.optionalText('ExpectedBucketOwner'),
    ownerControl: acl === undefined ? undefined : true,
  };
}

function encryptionIn(encryption: Members | undefined): ResultEncryption | undefined {
  if (encryption === undefined) return undefined;
  const option = encryption.only(['EncryptionOption', 'KmsKey']).text('EncryptionOption');
  if (option !== 'SSE_S3' && option !== 'SSE_KMS')
    throw encryption.invalid('EncryptionOption', 'must be SSE_S3 or SSE_KMS in headwaters local');
  return { option, kmsKey: encryption.optionalText('KmsKey') };
}
