/** Names that the constructs and the function's code share. */
export const ENVIRONMENT_KEYS = {
  environment: 'HEADWATERS_ENVIRONMENT',
  quarantineStream: 'QUARANTINE_STREAM',
  protectionSecret: 'PROTECTION_SECRET_ARN',
} as const;

/** Where Lambda puts a layer's files: one compiled contract, or several by keys that their reader knows. */
export const COMPILED_CONTRACT = '/opt/contract.json';
export const COMPILED_CONTRACT_FILE = 'contract.json';
export const COMPILED_CONTRACTS = '/opt/contracts.json';
export const COMPILED_CONTRACTS_FILE = 'contracts.json';
