export { importLake, type Lake, type LakeZone } from './lake.ts';
export { LakeStorage, type LakeStorageProps } from './lake-storage.ts';
export { ReplicaStorage, type ReplicaStorageProps } from './replica-storage.ts';
