/** Pages of CloudWatch's guide, and of others that say what comes to it. */
export const guide = (page: string): string => `https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/${page}.html`;
export const cloudformation = (page: string): string =>
  `https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/${page}.html`;
