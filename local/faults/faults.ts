/** What can go wrong at each point where a service asks. */
export interface FaultKinds {
  /**
   * Once for each record that is put. `throttle`: its shard's rate counts as used up. `internalFailure`: it is not stored. `answerLost`: it is
   * stored and the caller is told `InternalFailure`, so that a producer who tries again makes a duplicate.
   */
  readonly 'kinesis:put': 'throttle' | 'internalFailure' | 'answerLost';
  /** Once for each read that finds records, a delivery's own included. `throttle`: nothing is read. `duplicate`: the last record comes twice. `reorder`: last first. */
  readonly 'kinesis:read': 'throttle' | 'duplicate' | 'reorder';
  /** Once for each call that puts records to a delivery stream. `unavailable`: ServiceUnavailableException. `partial`: its last record fails alone. */
  readonly 'firehose:put': 'unavailable' | 'partial';
  /** Once for each invocation of a transform. */
  readonly 'firehose:lambda': 'timeout' | 'error';
  /** Once for each object that a delivery writes. `unavailable`: S3 answers 503 SlowDown. */
  readonly 'firehose:s3': 'unavailable';
  /** Once for each request that S3 serves. `unavailable`: 503 SlowDown. `internalError`: 500. */
  readonly 's3:request': 'unavailable' | 'internalError';
  /** Once for each use of a customer's key, by whichever service. `disabled`: as though the key were. `throttle`: as though KMS had too many calls. */
  readonly 'kms:use': 'disabled' | 'throttle';
}
export type FaultPoint = keyof FaultKinds;

/** The kinds by their points, for those who read them from a file. */
export const FAULT_KINDS: { readonly [Point in FaultPoint]: readonly FaultKinds[Point][] } = {
  'kinesis:put': ['throttle', 'internalFailure', 'answerLost'],
  'kinesis:read': ['throttle', 'duplicate', 'reorder'],
  'firehose:put': ['unavailable', 'partial'],
  'firehose:lambda': ['timeout', 'error'],
  'firehose:s3': ['unavailable'],
  's3:request': ['unavailable', 'internalError'],
  'kms:use': ['disabled', 'throttle'],
};
export const FAULT_POINTS = Object.keys(FAULT_KINDS) as readonly FaultPoint[];

/** What the service is about to do. */
export interface FaultSubject {
  /** As IAM writes it: `kinesis:PutRecords`. */
  readonly operation: string;
  /** ARN of what it is done to. */
  readonly resource: string;
  /** Milliseconds since the epoch, simulated. */
  readonly time: number;
}

/**
 * Decides what goes wrong. A service that is given none asks nobody; one that is given a fault carries it out, so that whoever gives faults
 * can count them: none is absorbed.
 */
export interface Faults {
  /** The fault to carry out now; undefined where all goes well. */
  take<Point extends FaultPoint>(point: Point, about: FaultSubject): FaultKinds[Point] | undefined;
}

/** What has become of one rule of a plan. */
export interface FaultCount {
  readonly at: FaultPoint | 'clock';
  readonly fault: string;
  readonly where?: string;
  /** Line of the file that the rule stands in. */
  readonly line?: number;
  /** Occasions that the rule is meant for: none says that it names nothing that there is, or that its time has not come. */
  readonly met: number;
  /** Faults that were given, each of them carried out. */
  readonly taken: number;
}

/** Faults that are counted, by rule. */
export interface CountedFaults extends Faults {
  /** In the order of the rules. */
  counts(): readonly FaultCount[];
}
