import { ofType, type ServiceLimits } from '../limit.ts';

const SEE = 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html';

/** What EC2 takes. */
export const ec2: ServiceLimits = {
  resources: [],
  quotas: [{ what: 'VPCs', regional: true, byDefault: 5, count: ofType('AWS::EC2::VPC'), see: SEE }],
};
