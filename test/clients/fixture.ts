import { fixture, type Template } from '../local/assembly/fixture.ts';

const lake = { 'Fn::ImportValue': 'lake' };
const joined = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });
const lakeArn = joined('arn:aws:s3:::', lake);
const arn = (service: string, resource: string) => ({
  'Fn::Sub': `arn:aws:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`,
});
const allow = (Action: readonly string[], Resource: unknown) => ({ Effect: 'Allow', Action, Resource });

export const WORK_GROUP = 'clients';
export const READER_ROLE = 'reader';
export const NAMED_QUERY = { name: 'how-many', sql: 'SELECT count(*) AS n FROM "fixture"."events"' } as const;

/** What a reader of the table may do: ask in one workgroup, and read what its answers were made from. */
const READER = [
  allow(
    [
      'athena:BatchGetNamedQuery',
      'athena:BatchGetQueryExecution',
      'athena:GetNamedQuery',
      'athena:GetPreparedStatement',
      'athena:GetQueryExecution',
      'athena:GetQueryResults',
      'athena:GetWorkGroup',
      'athena:ListNamedQueries',
      'athena:ListPreparedStatements',
      'athena:ListQueryExecutions',
      'athena:StartQueryExecution',
      'athena:StopQueryExecution',
    ],
    arn('athena', `workgroup/${WORK_GROUP}`),
  ),
  allow(
    ['glue:GetDatabase', 'glue:GetDatabases', 'glue:GetTable', 'glue:GetTables', 'glue:GetPartitions'],
    [arn('glue', 'catalog'), arn('glue', 'database/fixture'), arn('glue', 'table/fixture/*')],
  ),
  allow(['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], lakeArn),
  allow(['s3:GetObject'], [joined(lakeArn, '/data/*'), joined(lakeArn, '/results/*')]),
  allow(['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObject'], joined(lakeArn, '/results/*')),
];

/** The fixture with what clients need to ask: a table with a place, a workgroup, a reader's role, and queries that stand ready. */
export const queryable = (): string =>
  fixture((resources) => {
    place(resources);
    Object.assign(resources, {
      WorkGroup: {
        Type: 'AWS::Athena::WorkGroup',
        Properties: {
          Name: WORK_GROUP,
          WorkGroupConfiguration: { ResultConfiguration: { OutputLocation: joined('s3://', lake, '/results/') } },
        },
      },
      NamedQuery: {
        Type: 'AWS::Athena::NamedQuery',
        Properties: {
          Name: NAMED_QUERY.name,
          Database: 'fixture',
          QueryString: NAMED_QUERY.sql,
          WorkGroup: { Ref: 'WorkGroup' },
        },
      },
      Prepared: {
        Type: 'AWS::Athena::PreparedStatement',
        Properties: {
          StatementName: 'one',
          QueryStatement: 'SELECT id FROM "fixture"."events" WHERE id = ?',
          WorkGroup: { Ref: 'WorkGroup' },
        },
      },
      ReaderRole: {
        Type: 'AWS::IAM::Role',
        Properties: { ...(resources.ProducerRole?.Properties as object), RoleName: READER_ROLE },
      },
      ReaderPolicy: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { PolicyDocument: { Version: '2012-10-17', Statement: READER }, Roles: [{ Ref: 'ReaderRole' }] },
      },
    });
  });

/** Gives the table the place where the delivery writes, and partitions by day. */
function place(resources: Template['Resources']): void {
  const { TableInput } = resources.Table?.Properties as {
    TableInput: { Parameters?: object; StorageDescriptor: Record<string, unknown> };
  };
  TableInput.Parameters = {
    'projection.enabled': 'true',
    'projection.dt.type': 'date',
    'projection.dt.format': 'yyyy-MM-dd',
    'projection.dt.range': '2001-01-01,2001-12-31',
  };
  Object.assign(TableInput.StorageDescriptor, {
    Location: joined('s3://', lake, '/data/'),
    InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
    OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
    SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
  });
}
