/** How the bodies of requests and answers are written. */
export interface Codec {
  readonly contentType: string;
  readonly read: (body: Buffer) => unknown;
  readonly write: (value: object) => string | Buffer;
}
