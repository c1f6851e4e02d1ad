export { importLake, type Lake, type LakeZone } from './lake.ts';
export { LakeStorage, type LakeStorageProps } from './lake-storage.ts';
