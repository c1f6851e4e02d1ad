const MOST_SHOWN = 5;

/** Names in a message, of many the first and how many more. */
export const fewOf = (names: readonly string[]): string =>
  [...names.slice(0, MOST_SHOWN), ...(names.length > MOST_SHOWN ? [`${names.length - MOST_SHOWN} more`] : [])].join(', ');
