import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

/**
 * Functions that call each other without waiting, and themselves: what a request carries of how long the chain is that led to it. SDKs pass the
 * header on that a function's environment holds.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
 */
const LINEAGE = /(?:^|;)\s*Lineage=\d+:[0-9a-f]+:(\d+)/;
export const TRACE_HEADER = 'x-amzn-trace-id';
/** Times that one chain may invoke a function: about so many on AWS. */
export const LONGEST_CHAIN = 16;

/** What runs belongs to: how many events led to it, and the trace that its request carried. */
interface Traced {
  readonly length: number;
  readonly header?: string | undefined;
}
const traced = new AsyncLocalStorage<Traced>();

/** How many events a trace says that led to what carries it. */
export const lengthOf = (header: string | undefined): number => Number(LINEAGE.exec(header ?? '')?.[1] ?? 0);

/** How many events without anybody who waits have led to what runs now. */
export const chainLength = (): number => traced.getStore()?.length ?? 0;

/** What a message carries on of the trace that leads to it; undefined where none does. */
export function traceHeader(): string | undefined {
  const { length = 0, header } = traced.getStore() ?? {};
  return header ?? (length > 0 ? traceOf(length) : undefined);
}

/** Runs what belongs to a chain. */
export const withChain = <Result>(length: number, run: () => Result): Result => traced.run({ length }, run);

/** Runs what a request asks for, which may carry a trace. */
export const withTrace = <Result>(header: string | undefined, run: () => Result): Result =>
  traced.run({ length: lengthOf(header), header }, run);

/** What a function's `_X_AMZN_TRACE_ID` holds. */
export const traceOf = (length: number): string =>
  `Root=1-${randomBytes(4).toString('hex')}-${randomBytes(12).toString('hex')};Parent=${randomBytes(8).toString('hex')};Sampled=0;Lineage=1:${randomBytes(4).toString('hex')}:${length}`;
