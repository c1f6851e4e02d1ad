/** Where LocalStack keeps what AWS itself answered to its tests of a service. */
export const recorded = (service: string, file = service): string =>
  `https://github.com/localstack/localstack/blob/main/tests/aws/services/${service}/test_${file}.snapshot.json`;
