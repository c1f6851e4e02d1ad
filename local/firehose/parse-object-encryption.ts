import type { Members } from '../input.ts';

/** @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_KMSEncryptionConfig.html */
const KEY_ARN = /^arn:[^:]+:kms:[a-zA-Z0-9-]+:\d{12}:(?:key|alias)\/[\w+=,.@/-]+$/;

/**
 * Reads an `EncryptionConfiguration`: the key of each object, undefined where the bucket's own encryption holds.
 *
 * @throws what `refuse` of the members makes
 */
export function parseObjectEncryption(input: Members | undefined): string | undefined {
  if (input === undefined) return undefined;
  input.only(['KMSEncryptionConfig', 'NoEncryptionConfig']);
  const none = input.optionalText('NoEncryptionConfig');
  if (none !== undefined && none !== 'NoEncryption') {
    throw input.invalid('NoEncryptionConfig', `must be NoEncryption, got '${none}'`);
  }
  const kms = input.optionalObject('KMSEncryptionConfig')?.only(['AWSKMSKeyARN']);
  if (kms === undefined) return undefined;
  if (none !== undefined) throw input.invalid('NoEncryptionConfig', 'must not stand beside KMSEncryptionConfig; leave one out');
  const keyArn = kms.text('AWSKMSKeyARN');
  if (!KEY_ARN.test(keyArn)) throw kms.invalid('AWSKMSKeyARN', `must be the ARN of a key or of an alias, got '${keyArn}'`);
  return keyArn;
}
