export { Athena, type AthenaProps, type StartQuery } from './athena.ts';
export type { NewNamedQuery, NewWorkGroup } from './workgroup.ts';
