/** Bytes of a state's JSON. @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html */
const LARGEST_STATE = 1024 * 1024;

/** A window as it is saved. */
export interface OpenWindow {
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly state: unknown;
}

/** Why a window's state goes out: the window is over, or the state has become too large to go on with. */
export type Closing = 'final' | 'early';

/**
 * The tumbling window of a shard: records belong to one by their arrival, and each invocation gets the state that the last one answered.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html
 */
export class TumblingWindow {
  /** How often in a row the window could not be closed, and until when that is not tried again. */
  failures = 0;
  notBefore = 0;
  private current: OpenWindow | undefined;
  private measured: { readonly window: OpenWindow | undefined; readonly bytes: number } | undefined;

  /** @param length Milliseconds */
  constructor(private readonly length: number) {}

  get open(): OpenWindow | undefined {
    return this.current;
  }

  /** When the open window is over; undefined where none is open. */
  get end(): number | undefined {
    return this.current === undefined ? undefined : this.current.start + this.length;
  }

  resume(open: OpenWindow | undefined): void {
    this.current = open;
  }

  startOf(arrival: number): number {
    return arrival - (arrival % this.length);
  }

  /** Opens the window of a record, where it is not open. */
  enter(arrival: number): void {
    this.current ??= { start: this.startOf(arrival), state: {} };
  }

  /** What must be done with the open window before a record that arrived then is processed. */
  closingBefore(arrival: number): Closing | undefined {
    if (this.isFull) return 'early';
    return this.current !== undefined && this.startOf(arrival) !== this.current.start ? 'final' : undefined;
  }

  /** Bytes of the state's JSON: measured once for each state, which may be large. */
  get stateBytes(): number {
    if (this.measured === undefined || this.measured.window !== this.current)
      this.measured = { window: this.current, bytes: Buffer.byteLength(JSON.stringify(this.current?.state ?? {})) };
    return this.measured.bytes;
  }

  /** Whether the state is too large to go on with. */
  get isFull(): boolean {
    return this.stateBytes > LARGEST_STATE;
  }

  /** Takes the state that an invocation answered. */
  keep(state: unknown): void {
    if (this.current !== undefined) this.current = { ...this.current, state };
  }

  /** After the state went out, or was given up: the window is no more, or goes on with a fresh one. */
  close(closing: Closing): void {
    this.failures = 0;
    this.notBefore = 0;
    this.current = closing === 'final' || this.current === undefined ? undefined : { ...this.current, state: {} };
  }

  /** What an event has beside its records. */
  frame(closing?: Closing): object {
    const { start, state } = this.current ?? { start: 0, state: {} };
    return {
      window: { start: wholeSeconds(start), end: wholeSeconds(start + this.length) },
      state,
      isFinalInvokeForWindow: closing === 'final',
      isWindowTerminatedEarly: closing === 'early',
    };
  }
}

/** `2020-12-09T07:04:00Z`. */
const wholeSeconds = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');
