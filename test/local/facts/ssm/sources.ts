import { recorded } from '../recorded.ts';

/** A page of the API reference of Systems Manager. */
export const api = (operation: string): string =>
  `https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_${operation}.html`;
/** A page of its user guide. */
export const guide = (page: string): string => `https://docs.aws.amazon.com/systems-manager/latest/userguide/${page}.html`;
export const RECORDED = recorded('ssm/test_ssm');
export const issue = (repository: string, number: number): string => `https://github.com/${repository}/issues/${number}`;
