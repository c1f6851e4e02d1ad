export { StateMachines, type StateMachineSettings, type StatesParts } from './state-machines.ts';
export { callFunction, invokeFunction } from './tasks/lambda.ts';
export { mapStorage, type MapStorage } from './tasks/map-storage.ts';
export { listObjectsV2, restoreObject } from './tasks/s3.ts';
export { publish } from './tasks/sns.ts';
export type { Task } from './tasks/task.ts';
