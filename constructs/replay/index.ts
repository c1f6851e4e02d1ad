export { Replay, type ReplayProps } from './replay.ts';
export type { Replayed } from './replay-function.ts';
