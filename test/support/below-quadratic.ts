const MEASURED_LENGTH = 16_384;

/** Times that work is given: what else goes on in the process (the collector, the compiler) lies now and then in a time that is measured. */
const TRIALS = 5;

/**
 * Fails where some work takes as long as a quadratic search does, here and now: machines differ, and one machine from minute to minute. Both are
 * measured side by side, and anew where the work is not below: work in linear time is far below it, and below it at once or soon; quadratic
 * work never is.
 *
 * @param length Characters that are searched, each of them from the start of each match that fails
 * @param work Done once, and again where it seemed to take too long
 */
export function expectBelowQuadratic(length: number, work: () => void): void {
  const shares: number[] = [];
  while (shares.length < TRIALS && !shares.some((share) => share < 1)) shares.push(cpuSeconds(work) / quadraticSeconds(length));
  expect(Math.min(...shares)).toBeLessThan(1);
}

/** CPU seconds of some work, those of the garbage collector included. */
function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage().user;
  work();
  return (process.cpuUsage().user - before) / 1_000_000;
}

function quadraticSeconds(length: number): number {
  const text = '1'.repeat(MEASURED_LENGTH);
  return cpuSeconds(() => /\d+x/u.test(text)) * (length / MEASURED_LENGTH) ** 2;
}
