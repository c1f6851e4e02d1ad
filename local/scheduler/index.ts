export { openScheduler } from './open-scheduler.ts';
export type { Scheduler } from './scheduler.ts';
export { SchedulerService } from './scheduler-service.ts';
export { universal } from './universal.ts';
