import { ssm } from './rig.ts';

test.each(['alias/aws/ssm', 'arn:aws:kms:us-east-1:123456789012:alias/aws/ssm'])('%s encrypts for anybody', async (KeyId) => {
  const { outcome } = ssm();
  expect(await outcome('PutParameter', { Name: 'a', Value: 'v', Type: 'SecureString', KeyId })).toBe('allowed');
});

test.each([
  'alias/aws/s3',
  'alias/aws/nothing',
  'arn:aws:kms:us-east-1:210987654321:alias/aws/ssm',
  'arn:aws:kms:us-east-1:123456789012:key/gone:alias/aws/',
])('fails for %s, which is no key of Parameter Store', async (KeyId) => {
  const { outcome } = ssm();
  expect(await outcome('PutParameter', { Name: 'a', Value: 'v', Type: 'SecureString', KeyId })).toMatch(/^InvalidKeyId: /);
});
