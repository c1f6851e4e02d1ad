import { ADMINISTRATOR, arnOf, declared, ofType, sessionOf, textAt, type Declare } from './declared.ts';
import { PLACE } from '../statements/place.ts';

/** What the handlers of AWS::KMS::Key and AWS::KMS::Alias call. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html */
const BY_CLOUDFORMATION = [
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:DescribeKey',
  'kms:DisableKey',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
];
/** What a person calls to see who may use a key, and to take back what should not have been. */
const BY_PEOPLE = ['kms:CancelKeyDeletion', 'kms:ListGrants', 'kms:ListKeyPolicies', 'kms:RevokeGrant'];

/** Administrators, whom nothing but the key's own policy lets in. */
const administration: Declare = (standing) => {
  const keys = ofType(standing, 'AWS::KMS::Key').map(arnOf);
  const asked = (actions: readonly string[]) =>
    keys.flatMap((resource) => actions.map((action) => ({ principal: ADMINISTRATOR, action, resource })));
  return [
    ...declared('CloudFormation makes, changes and deletes a key and its alias', asked(BY_CLOUDFORMATION)),
    ...declared('an administrator looks after a key', asked(BY_PEOPLE)),
  ];
};

/**
 * A deployment makes a secret, whose value Secrets Manager encrypts with the caller's rights.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
const secrets: Declare = (standing) =>
  declared(
    'a deployment makes a secret',
    ofType(standing, 'AWS::SecretsManager::Secret').flatMap((secret) => {
      const resource = textAt(secret, 'KmsKeyId');
      const context = { 'kms:ViaService': `secretsmanager.${secret.region}.amazonaws.com` };
      const role = `arn:aws:iam::${PLACE.account}:role/cdk-hnb659fds-cfn-exec-role-${PLACE.account}-${secret.region}`;
      if (resource === undefined) return [];
      return ['kms:Decrypt', 'kms:GenerateDataKey'].map((action) => ({ principal: sessionOf(role), action, resource, context }));
    }),
  );

/**
 * CloudWatch Logs encrypts what a group holds, in its own name.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
const logGroups: Declare = (standing) =>
  declared(
    'CloudWatch Logs encrypts and decrypts a log group',
    ofType(standing, 'AWS::Logs::LogGroup').flatMap((group) => {
      const resource = textAt(group, 'KmsKeyId');
      if (resource === undefined) return [];
      const principal = { service: `logs.${group.region}.amazonaws.com` };
      const context = { 'kms:EncryptionContext:aws:logs:arn': arnOf(group).replace(/:\*$/, '') };
      const ciphers = [
        'Decrypt',
        'Encrypt',
        'GenerateDataKey',
        'GenerateDataKeyWithoutPlaintext',
        'ReEncryptFrom',
        'ReEncryptTo',
      ];
      return [
        ...ciphers.map((name) => ({ principal, action: `kms:${name}`, resource, context })),
        { principal, action: 'kms:DescribeKey', resource }, // an operation without an encryption context
      ];
    }),
  );

export const keys: Declare = (standing) => [...administration(standing), ...secrets(standing), ...logGroups(standing)];
