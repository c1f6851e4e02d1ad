import { ofType, type ServiceLimits } from '../limit.ts';

const SEE = 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html';

/** What Secrets Manager takes. */
export const secretsManager: ServiceLimits = {
  resources: [],
  quotas: [{ what: 'secrets', regional: true, byDefault: 500_000, count: ofType('AWS::SecretsManager::Secret'), see: SEE }],
};
