import type { Caller } from '../service.ts';

/** A function as its template describes it. */
export interface FunctionSettings {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  /** `nodejs24.x`; what is no Node.js is kept and cannot be invoked. */
  readonly runtime: string;
  /** `index.handler`. */
  readonly handler: string;
  /** The folder of its code. */
  readonly code: string;
  /** The folders of its layers, in the order of the template. */
  readonly layers: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Seconds on the wall clock. @default 3 */
  readonly timeout?: number;
  /** MiB. @default 128 */
  readonly memory?: number;
  /** ARN of the topic that gets events which it failed on. @default - they are dropped */
  readonly deadLetter?: string;
  /** @default `/aws/lambda/<name>` */
  readonly logGroup?: string;
}

/** A session of a function's role: who it is, and what it signs with. */
export interface FunctionSession {
  readonly caller: Caller;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };
}
