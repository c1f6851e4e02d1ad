/** Variables that tell the keeper of removed files which folder it watches, and where it keeps them. */
export const KEEPING = { watched: 'HEADWATERS_WATCHED', kept: 'HEADWATERS_KEPT' } as const;
