export { StateMachines, type StateMachineSettings, type StatesParts } from './state-machines.ts';
export { athenaIntegrations } from './tasks/athena.ts';
export type { Integration } from './tasks/integration.ts';
export { callFunction, invokeFunction } from './tasks/lambda.ts';
export { mapStorage, type MapStorage } from './tasks/map-storage.ts';
export { nestedIntegrations } from './tasks/nested.ts';
export { ownIntegrations } from './tasks/own-integrations.ts';
export { publish } from './tasks/sns.ts';
export type { Task } from './tasks/task.ts';
