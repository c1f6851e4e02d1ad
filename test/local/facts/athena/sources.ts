/** A page of Athena's user guide. */
export const guide = (page: string, anchor?: string): string =>
  `https://docs.aws.amazon.com/athena/latest/ug/${page}.html${anchor === undefined ? '' : `#${anchor}`}`;
/** A page of Athena's API reference. */
export const api = (operation: string): string => `https://docs.aws.amazon.com/athena/latest/APIReference/API_${operation}.html`;
