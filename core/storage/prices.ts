/**
 * List prices in USD for us-east-1 that the planners and the demo use. Each line says where the figure is from and of when it is;
 * they decide between plans, and are no offer.
 */
export const PRICES_AS_OF = '2024-07-01';

/** USD for a GB (2^30 bytes) and month. Public price list as of PRICES_AS_OF; Glacier Instant Retrieval as of 2025. */
export const STORAGE_PER_GB_MONTH = {
  STANDARD: 0.023,
  STANDARD_IA: 0.0125,
  GLACIER_IR: 0.004,
  GLACIER: 0.0036,
  DEEP_ARCHIVE: 0.00099,
} as const;

/** USD for 1,000 objects moved into the class. Public price list as of PRICES_AS_OF; Glacier Instant Retrieval as of 2025. */
export const TRANSITION_PER_1000 = {
  STANDARD: 0,
  STANDARD_IA: 0.01,
  GLACIER_IR: 0.02,
  GLACIER: 0.03,
  DEEP_ARCHIVE: 0.05,
} as const;
