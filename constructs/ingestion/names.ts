/** Names that the constructs and the function's code share. */
export const ENVIRONMENT_KEYS = {
  environment: 'HEADWATERS_ENVIRONMENT',
  quarantineStream: 'QUARANTINE_STREAM',
  protectionSecret: 'PROTECTION_SECRET_ARN',
} as const;

/** Where Lambda puts a layer's files. */
export const COMPILED_CONTRACT = '/opt/contract.json';
export const COMPILED_CONTRACT_FILE = 'contract.json';
