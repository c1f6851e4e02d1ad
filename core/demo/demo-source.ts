/** Events of one dataset that are put together. */
export interface DemoBatch {
  readonly domain: string;
  readonly dataset: string;
  /** Many events in a Kinesis record, or one in each. */
  readonly packed: boolean;
  /** Each event as JSON text, without newline. */
  readonly events: readonly string[];
}

/** What producers upload after a day has closed. */
export interface DemoDay {
  /** Milliseconds since the epoch at which the day's upload begins. */
  readonly uploadAt: number;
  readonly batches: readonly DemoBatch[];
}

/** Where the demo's events come from: the sample platform, or a generator over whatever contracts there are. The same options give the same events. */
export interface DemoSource {
  /** Milliseconds since the epoch of the first event: the demo's clock begins here. */
  readonly startsAt: number;
  days(): AsyncIterable<DemoDay>;
}

export interface DemoOptions {
  /** Events of the leading dataset. */
  readonly rows: number;
  readonly seed: number;
}
