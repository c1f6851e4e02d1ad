import { CfnOutput, RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import * as kms from 'aws-cdk-lib/aws-kms';
import { ProtectionSecret } from '../../../constructs/security/index.ts';
import { keyArn } from '../../support/lake.ts';
import { resourcesOf, synth, theResource } from '../../support/synth.ts';

const secret = (stack: Stack, encryptionKey: kms.IKey, removalPolicy: RemovalPolicy = RemovalPolicy.RETAIN): ProtectionSecret =>
  new ProtectionSecret(stack, 'Protection', { domain: 'energy', encryptionKey, removalPolicy });
const imported = (stack: Stack): kms.IKey => kms.Key.fromKeyArn(stack, 'Closed', keyArn('closed'));

test('is drawn by AWS, of 64 letters and digits, and encrypted with the key that it is given', () => {
  const template = synth((stack) => secret(stack, imported(stack)));
  expect(Object.keys(resourcesOf(template))).toHaveLength(1);
  expect(theResource(template, 'AWS::SecretsManager::Secret').Properties).toEqual({
    Description: 'Hashes and tokens of energy; a new value changes every token',
    GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true },
    KmsKeyId: keyArn('closed'),
  });
});

test.each([
  [RemovalPolicy.RETAIN, 'Retain'],
  [RemovalPolicy.DESTROY, 'Delete'],
])('does what a removal policy of %s says', (removalPolicy, expected) => {
  const template = synth((stack) => secret(stack, imported(stack), removalPolicy));
  expect(theResource(template, 'AWS::SecretsManager::Secret')).toMatchObject({
    DeletionPolicy: expected,
    UpdateReplacePolicy: expected,
  });
});

test('leaves the policy of a key of the same app as it is', () => {
  const policies = (build: (stack: Stack, key: kms.Key) => void) =>
    theResource(
      synth((stack) => {
        build(stack, new kms.Key(stack, 'Own'));
      }),
      'AWS::KMS::Key',
    ).Properties.KeyPolicy;
  const alone = policies(() => undefined);
  expect(alone).toMatchObject({ Statement: [{ Action: 'kms:*' }] });
  expect(policies((stack, key) => secret(stack, key))).toEqual(alone);
});

test("takes a key's own ARN, and needs no id of its own in the template", () => {
  const template = synth((stack) => {
    const made = secret(stack, new kms.Key(stack, 'Own'));
    new CfnOutput(stack, 'Arn', { value: made.secret.secretArn });
  });
  const { id, Properties } = theResource(template, 'AWS::SecretsManager::Secret');
  expect(id).toMatch(/^Protection[0-9A-F]{8}$/);
  expect(Properties.KmsKeyId).toEqual({ 'Fn::GetAtt': [theResource(template, 'AWS::KMS::Key').id, 'Arn'] });
});
