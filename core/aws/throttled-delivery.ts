/**
 * Whether Firehose refused a whole call because a delivery's second has no room for it: nothing of it was taken, and it may be put again.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html#API_PutRecordBatch_Errors
 */
export const isThrottledDelivery = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ServiceUnavailableException';
