export type { ClockStep, FaultPlan, FaultRule, Moment } from './fault-plan.ts';
export { SeededFaults } from './seeded-faults.ts';
