import { ofType, type ServiceLimits } from '../limit.ts';

const SEE = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html';

/** What EventBridge takes. */
export const events: ServiceLimits = {
  resources: [],
  quotas: [{ what: 'event rules', regional: true, byDefault: 300, count: ofType('AWS::Events::Rule'), see: SEE }],
};
