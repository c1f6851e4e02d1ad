/** What `headwaters` offers to other CDK apps. */
export * from './catalog/index.ts';
export * from './ingestion/index.ts';
export * from './security/index.ts';
export * from './serving/index.ts';
export * from './storage/index.ts';
export { InvalidProps } from './invalid-props.ts';
export { readContractFile, readContracts } from '../core/contract/read-file.ts';
export { ContractError, type Fault } from '../core/contract/fault.ts';
export { contractFromObject } from '../core/contract/from-object.ts';
export type { Column, ColumnType, DataContract, DatasetContract, StorageNeed } from '../core/contract/model.ts';
