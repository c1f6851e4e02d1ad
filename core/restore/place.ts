/** Where the workflow runs. */
export interface RestorePlace {
  readonly environment: string;
  readonly partition: string;
  /** Name of the bucket of `clean`. */
  readonly bucket: string;
  /** Where the outcome is told. */
  readonly topicArn: string;
}
