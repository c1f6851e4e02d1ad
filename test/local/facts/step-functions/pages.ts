/** Pages of Step Functions' guide and reference. */
export const guide = (page: string): string => `https://docs.aws.amazon.com/step-functions/latest/dg/${page}.html`;
export const api = (operation: string): string =>
  `https://docs.aws.amazon.com/step-functions/latest/apireference/API_${operation}.html`;
/** What AWS answered the tests of LocalStack, recorded beside them. */
export const recorded = (test: string): string =>
  `https://github.com/localstack/localstack/blob/main/tests/aws/services/stepfunctions/v2/${test}.snapshot.json`;
