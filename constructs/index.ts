/** What `headwaters` offers to other CDK apps: docs/api.md is made of it. It loads neither an AWS SDK nor an engine (test/package). */
export * from './catalog/index.ts';
export * from './domain/index.ts';
export * from './ingestion/index.ts';
export * from './network/index.ts';
export * from './operations/index.ts';
export * from './orchestration/index.ts';
export * from './replay/index.ts';
export * from './security/index.ts';
export * from './serving/index.ts';
export * from './storage/index.ts';
export * from './transformation/index.ts';
export { InvalidProps } from './invalid-props.ts';

// contracts
export { readContractFile, readContracts } from '../core/contract/read-file.ts';
export { contractFromObject } from '../core/contract/from-object.ts';
export { ContractError, type Fault, type SourcedFault } from '../core/contract/fault.ts';
export type {
  /** A column, or a field of an object. */
  Column,
  /** What values a column takes, and within which bounds. */
  ColumnType,
  DataContract,
  DatasetContract,
  StorageNeed,
} from '../core/contract/model.ts';

// names that people query by, and what policies of other stacks admit
export {
  databaseName,
  /** The IAM path of every role of one actor: what the policies of keys and buckets admit. */
  rolePath,
  tableName,
  viewName,
  /** Whom a role is made for: a segment of its path. */
  type Actor,
} from '../core/naming.ts';
export { withReleases, type DatasetWithReleases } from '../core/storage/dataset-past.ts';
export { datasetPrefix } from '../core/storage/layout.ts';

// questions that stand ready in a workgroup
export {
  parseNamedQuery,
  resolveSources,
  /** A question that cannot be asked: says which, and what to mend. The code is stable. */
  NamedQueryError,
  type NamedQuery,
} from '../core/query/named-query.ts';
