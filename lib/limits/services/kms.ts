import { ofType, type ServiceLimits } from '../limit.ts';
import { bytes } from '../measures.ts';

const SEE = 'https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html';

/** What KMS takes. */
export const kms: ServiceLimits = {
  resources: [
    {
      type: 'AWS::KMS::Key',
      what: 'bytes of a key policy',
      most: 32 * 1024,
      measure: ({ KeyPolicy }) => bytes(KeyPolicy),
      remedy: 'admit actors by their path, not by their names',
      see: SEE,
    },
  ],
  quotas: [{ what: 'keys', regional: true, byDefault: 100_000, count: ofType('AWS::KMS::Key'), see: SEE }],
};
