/** What was found must not be merged unseen. */
export const FAILS = 1;
/** Nothing could be compared. */
export const UNUSABLE = 2;
