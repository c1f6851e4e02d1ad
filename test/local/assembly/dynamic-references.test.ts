import { deployments, parameter } from '../ssm/deploy.ts';

const Secret = { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'word', SecretString: 'opensesame' } };

test('a resource that refuses a secret quotes none of it', async () => {
  const refused = { ...parameter('/a', 'v', { Type: '{{resolve:secretsmanager:word}}' }), DependsOn: 'Secret' };
  const told = await deployments().failure({ App: { template: { Resources: { Secret, Refused: refused } } } });
  expect(told).toMatch("App.Refused (AWS::SSM::Parameter): 1 validation error detected: Value '***' at 'type'");
});
