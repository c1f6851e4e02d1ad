/** Pages of Step Functions' guide and reference. */
export const guide = (page: string): string => `https://docs.aws.amazon.com/step-functions/latest/dg/${page}.html`;
export const api = (operation: string): string =>
  `https://docs.aws.amazon.com/step-functions/latest/apireference/API_${operation}.html`;
