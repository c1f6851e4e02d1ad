import { ofType, type ServiceLimits } from '../limit.ts';
import { bytes, length } from '../measures.ts';

const SEE = {
  quotas: 'https://docs.aws.amazon.com/athena/latest/ug/service-limits.html',
  query: 'https://docs.aws.amazon.com/athena/latest/APIReference/API_NamedQuery.html',
  statement: 'https://docs.aws.amazon.com/athena/latest/APIReference/API_CreatePreparedStatement.html',
  workGroup: 'https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateWorkGroup.html',
} as const;

/** What Athena takes. */
export const athena: ServiceLimits = {
  resources: [
    {
      type: 'AWS::Athena::NamedQuery',
      what: 'bytes of a query',
      most: 262_144,
      measure: ({ QueryString }) => bytes(QueryString),
      remedy: 'divide the question',
      see: SEE.quotas,
    },
    {
      type: 'AWS::Athena::NamedQuery',
      what: "characters of a named query's name",
      most: 128,
      measure: ({ Name }) => length(Name),
      remedy: 'shorten the name of the question',
      see: SEE.query,
    },
    {
      type: 'AWS::Athena::NamedQuery',
      what: "characters of a named query's description",
      most: 1024,
      measure: ({ Description }) => length(Description),
      remedy: 'shorten the description of the question',
      see: SEE.query,
    },
    {
      type: 'AWS::Athena::PreparedStatement',
      what: "characters of a prepared statement's description",
      most: 1024,
      measure: ({ Description }) => length(Description),
      remedy: 'shorten the description of the question',
      see: SEE.statement,
    },
    {
      type: 'AWS::Athena::PreparedStatement',
      what: 'bytes of a prepared statement',
      most: 262_144,
      measure: ({ QueryStatement }) => bytes(QueryStatement),
      remedy: 'divide the question',
      see: SEE.quotas,
    },
    {
      type: 'AWS::Athena::WorkGroup',
      what: "characters of a workgroup's name",
      most: 128,
      measure: ({ Name }) => length(Name),
      remedy: 'shorten the name of the group',
      see: SEE.workGroup,
    },
  ],
  quotas: [{ what: 'workgroups', regional: true, byDefault: 1000, count: ofType('AWS::Athena::WorkGroup'), see: SEE.quotas }],
};
