/** Simulated milliseconds: no page says how Lambda's pauses grow. @see https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html */
const FIRST = 1_000;
const LONGEST = 300_000;

/** How long to wait after so many failures in a row. */
export const pauseAfter = (failures: number): number => Math.min(FIRST * 2 ** (failures - 1), LONGEST);
