/** What AWS itself answered to a file of LocalStack's tests, recorded beside it: `kms/test_kms`. */
export const recorded = (test: string): string =>
  `https://github.com/localstack/localstack/blob/main/tests/aws/services/${test}.snapshot.json`;

/** What AWS answered to the makers of stackd, who keep it beside their tests and tell of it: `docs/eventbridge.md`. */
export const captured = (file: string): string =>
  `https://github.com/radkawar/stackd/blob/9dc356f5e5cc49d2d334178a09c1398dd1c62617/${file}`;
