import { ASSUMED } from '../assumed.ts';
import { TB } from '../prices.ts';

/** TB that some queries bill: 10 MB at least for each. @see https://aws.amazon.com/athena/pricing/ */
export const scannedTb = (bytes: number, queries: number): number => Math.max(bytes, queries * ASSUMED.leastScannedBytes) / TB;
