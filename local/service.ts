/** Who calls: the identity whose policies are evaluated, and what its calls carry. */
export interface Caller {
  /** As AWS names it in messages: `arn:aws:sts::<account>:assumed-role/<role>/<session>`, or a user's ARN. */
  readonly arn: string;
  readonly accountId: string;
  /** The role behind a session, with its path; absent for the operator, who is nobody's role and may do anything an account's administrator may. */
  readonly roleArn?: string;
  /** Services that call on the caller's behalf, as `aws:CalledVia` lists them: `['athena.amazonaws.com']`. */
  readonly calledVia?: readonly string[];
}

/** A service in its own name, and for which of its resources it calls. */
export interface CallingService {
  /** `sns.amazonaws.com`. */
  readonly service: string;
  readonly sourceArn: string;
  readonly accountId: string;
}

/** What a service answers when it refuses: its own code and its own words. */
export class ServiceError extends Error {
  /**
   * @param code The service's error code, without namespace: `AccessDeniedException`, `NoSuchKey`.
   * @param members What a JSON service says of the error besides code and message.
   * @param documents What it says in objects and lists.
   */
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
    readonly members: Readonly<Record<string, string>> = {},
    readonly documents: Readonly<Record<string, object>> = {},
  ) {
    super(message);
    this.name = code;
  }
}

/** One operation of a service over a JSON protocol: blobs are base64 text, timestamps are seconds since the epoch. */
export type Operation = (input: Readonly<Record<string, unknown>>, caller: Caller) => Promise<object>;

/** What CBOR's clients need that JSON does not say: its values have types. */
export interface CborNames {
  /** The service in `/service/<Service>/operation/<Operation>`: `GraniteServiceVersion20100801`. */
  readonly service: string;
  /** Whether a member, or each item of its list, is a point in time: an operation gives seconds since the epoch. */
  readonly isTimestamp: (member: string) => boolean;
  /** Whether a member, or each item of its list, is of floating point even where it has no fraction. */
  readonly isDouble: (member: string) => boolean;
}

/** What CBOR in the place of JSON has types for. */
export interface AmzCborNames {
  /** Members that are points in time: an operation gives seconds since the epoch. */
  readonly timestamps: readonly string[];
  /** Members that are bytes: an operation gives base64 text. */
  readonly blobs: readonly string[];
}

/** A service that speaks AWS JSON: `X-Amz-Target: <targetPrefix>.<operation>`. */
export interface JsonService {
  /** The name that signatures carry: `kinesis`. */
  readonly name: string;
  /** The name that signatures carry where that is another service's. @default - `name` */
  readonly signs?: string;
  /** `Kinesis_20131202`. */
  readonly targetPrefix: string;
  readonly version: '1.0' | '1.1';
  readonly operations: Readonly<Record<string, Operation>>;
  /** @default - the service does not speak Smithy's RPC v2 in CBOR */
  readonly cbor?: CborNames;
  /** @default - the service does not take CBOR in the place of JSON */
  readonly amzCbor?: AmzCborNames;
  /**
   * The code that an error had over forms, of a service that is `awsQueryCompatible`.
   *
   * @default - the service is not, and its errors have one code
   */
  readonly queryCode?: (code: string) => string;
  /**
   * For how many seconds an operation holds a request back that says nothing of it.
   *
   * @default - not at all
   */
  readonly ownWait?: (operation: string, input: Readonly<Record<string, unknown>>) => number;
  /** What the service's errors call their message, by its API. @default 'message' */
  readonly errorMessage?: 'Message';
}

/** One operation over forms: the form's fields by name, and what stands in `<ActionResult>`. */
export type QueryOperation = (fields: ReadonlyMap<string, string>, caller: Caller) => object;

/** One that may take time, or answer nothing: the result is then lacking. @param path Of the request, decoded: a queue is asked at its URL */
export type FormOperation = (
  fields: ReadonlyMap<string, string>,
  caller: Caller,
  path: string,
) => object | undefined | Promise<object | undefined>;

/** A service that takes forms and answers XML. */
export interface QueryService {
  /** The name that signatures carry: `sts`. */
  readonly name: string;
  /** Of the answers. */
  readonly xmlNamespace: string;
  readonly operations: Readonly<Record<string, FormOperation>>;
  /** Refuses an action that there is not, of a service all of whose actions are served. @default - it is lacking here */
  readonly unknown?: (action: string) => ServiceError;
  /** Whether its errors have an element for details, which is empty. @default false */
  readonly tellsDetail?: boolean;
  /** The error as the service's forms word it. @default - as it is */
  readonly wordError?: (error: ServiceError) => ServiceError;
}

/** Decides, by the synthesized policies, whether a caller may do a thing. */
export interface Access {
  /**
   * @param context Condition keys as requests carry them: `{ 's3:prefix': 'a/', 'kms:ViaService': 's3.us-east-1.amazonaws.com' }`.
   * @throws ServiceError with the service's own code and words, naming caller, action and resource
   */
  check(caller: Caller, action: string, resource: string, context?: Readonly<Record<string, string | readonly string[]>>): void;
}

/** Keys, as services see them that encrypt under a customer's. */
export interface Keys {
  /** The ARN of the key that an id, an ARN or an alias names. @throws ServiceError NotFoundException */
  arnOf(name: string): string;
  /** Asks what a key's state allows, and nobody's policies. @throws ServiceError NotFoundException, DisabledException, KMSInvalidStateException */
  checkState(name: string, action: string): void;
}

/** A line that a resource wrote to its log group, or a topic sent. */
export interface LogEvent {
  /** Milliseconds since the epoch, simulated. */
  readonly time: number;
  readonly logGroup: string;
  /** A notice is for people: what a topic would send to those who subscribe. */
  readonly level: 'error' | 'warn' | 'notice' | 'info';
  readonly message: string;
}
export type Log = (event: LogEvent) => void;
