export { Ssm } from './ssm.ts';
