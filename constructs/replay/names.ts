/** Names that the construct and the function's code share. */
export const REPLAY_ENVIRONMENT = {
  domain: 'HEADWATERS_DOMAIN',
  rawBucket: 'RAW_BUCKET',
  quarantineBucket: 'QUARANTINE_BUCKET',
} as const;

/** The variable that holds the name of a dataset's stream. */
export const streamVariable = (dataset: string): string => `STREAM_${dataset.toUpperCase()}`;

/** Compiled contracts by their datasets' names, where Lambda puts a layer's files. */
export const COMPILED_CONTRACTS = '/opt/contracts.json';
export const COMPILED_CONTRACTS_FILE = 'contracts.json';
