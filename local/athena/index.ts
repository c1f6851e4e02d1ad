export { Athena, type AthenaProps, type StartQuery } from './athena.ts';
export type { NewNamedQuery } from './named-queries.ts';
export type { NewWorkGroup } from './workgroup.ts';
