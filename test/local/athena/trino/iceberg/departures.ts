interface Departure {
  /** Of a script's name, a colon, and the statement as Trino was asked it. */
  readonly step: RegExp;
  readonly why: string;
}

/** Where this runtime answers otherwise than Trino, and why. */
export const DEPARTURES: readonly Departure[] = [];
