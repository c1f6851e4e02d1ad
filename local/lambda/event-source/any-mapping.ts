/** A mapping as the registry holds it, whatever its source is. */
export interface Mapping {
  readonly settings: { readonly uuid: string; readonly arn: string; readonly functionArn: string };
  readonly sourceArn: string;
  readonly sourceName: string;
  /** What an enabled mapping has yet to process. */
  readonly pending: number;
  /** What its source kept no longer than until it was processed. */
  readonly lost: number;
  /** Whether something failed, and is tried again. */
  readonly blocked: boolean;
  /** As Lambda describes it. */
  describe(): object;
}
