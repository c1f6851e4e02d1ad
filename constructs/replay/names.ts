/** Names that the construct and the function's code share. */
export const REPLAY_ENVIRONMENT = {
  domain: 'HEADWATERS_DOMAIN',
  rawBucket: 'RAW_BUCKET',
  quarantineBucket: 'QUARANTINE_BUCKET',
} as const;

/** The variable that holds the name of a dataset's stream. */
export const streamVariable = (dataset: string): string => `STREAM_${dataset.toUpperCase()}`;

/** The variable that holds the name of a dataset's delivery, where it has no stream. */
export const deliveryVariable = (dataset: string): string => `DELIVERY_${dataset.toUpperCase()}`;
