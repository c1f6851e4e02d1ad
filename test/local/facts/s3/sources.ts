/** A page of S3's API reference. */
export const api = (operation: string): string => `https://docs.aws.amazon.com/AmazonS3/latest/API/API_${operation}.html`;
/** A page of S3's user guide. */
export const guide = (page: string): string => `https://docs.aws.amazon.com/AmazonS3/latest/userguide/${page}.html`;
/** Answers that LocalStack's tests recorded on AWS. */
export const recorded = (file: string): string =>
  `https://github.com/localstack/localstack/blob/main/tests/aws/services/s3/${file}.snapshot.json`;
