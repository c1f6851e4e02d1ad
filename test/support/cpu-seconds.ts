/** CPU seconds of some work, those of the garbage collector included. It is for telling linear time from quadratic, beside `quadraticSeconds`. */
export function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage().user;
  work();
  return (process.cpuUsage().user - before) / 1_000_000;
}

const MEASURED_LENGTH = 16_384;
let measured: number | undefined;

/**
 * CPU seconds that a quadratic search takes here and now: machines differ, and one machine from minute to minute. Work in linear time stays
 * far below it, the fault comes near it or far above.
 *
 * @param length Characters that are searched, each of them from the start of each match that fails
 */
export function quadraticSeconds(length: number): number {
  const text = '1'.repeat(MEASURED_LENGTH);
  measured ??= cpuSeconds(() => /\d+x/u.test(text));
  return measured * (length / MEASURED_LENGTH) ** 2;
}
