/**
 * CPU seconds of some work, those of the garbage collector included. It is for telling linear time from quadratic or worse: the bound stands
 * far above what the work takes on a slow machine, and far below what the fault would.
 */
export function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage().user;
  work();
  return (process.cpuUsage().user - before) / 1_000_000;
}
