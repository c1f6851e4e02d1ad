export { Kms } from './kms.ts';
export type { KmsParts } from './key-store.ts';
export type { NewKey } from './key.ts';
