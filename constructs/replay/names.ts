/** Names that the construct and the function's code share. */
export const REPLAY_ENVIRONMENT = {
  domain: 'HEADWATERS_DOMAIN',
  /** JSON: each dataset's stream. */
  streams: 'STREAMS',
  rawBucket: 'RAW_BUCKET',
  quarantineBucket: 'QUARANTINE_BUCKET',
} as const;

/** Compiled contracts by their datasets' names, where Lambda puts a layer's files. */
export const COMPILED_CONTRACTS = '/opt/contracts.json';
export const COMPILED_CONTRACTS_FILE = 'contracts.json';
