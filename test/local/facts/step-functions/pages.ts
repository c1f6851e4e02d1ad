import { recorded as recordedOnAws } from '../recorded.ts';

/** Pages of Step Functions' guide and reference. */
export const guide = (page: string): string => `https://docs.aws.amazon.com/step-functions/latest/dg/${page}.html`;
export const api = (operation: string): string =>
  `https://docs.aws.amazon.com/step-functions/latest/apireference/API_${operation}.html`;
export const recorded = (test: string): string => recordedOnAws(`stepfunctions/v2/${test}`);
