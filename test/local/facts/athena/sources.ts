/** A page of Athena's user guide. */
export const guide = (page: string, anchor?: string): string =>
  `https://docs.aws.amazon.com/athena/latest/ug/${page}.html${anchor === undefined ? '' : `#${anchor}`}`;
/** A page of Athena's API reference. */
export const api = (operation: string): string => `https://docs.aws.amazon.com/athena/latest/APIReference/API_${operation}.html`;
/** What AWS itself answered, by a page of notes that athena-local's makers keep of their measurements: `errors`. */
export const measured = (page: string): string =>
  `https://github.com/aoyagikouhei/athena-local/blob/main/docs/dev/measurements/${page}.md`;
