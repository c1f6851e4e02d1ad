/** What AWS itself answered to a file of LocalStack's tests, recorded beside it: `kms/test_kms`. */
export const recorded = (test: string): string =>
  `https://github.com/localstack/localstack/blob/main/tests/aws/services/${test}.snapshot.json`;
