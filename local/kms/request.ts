import type { RequestContext } from '../../core/aws/iam/index.ts';
import type { Members } from '../input.ts';
import { ServiceError } from '../service.ts';
import type { EncryptionContext } from './ciphertext.ts';

/** Members that would change what happens, or what comes back. */
const UNSUPPORTED = ['DryRunModifiers', 'GranteeServicePrincipal', 'Recipient', 'RetiringServicePrincipal'];

/** Refuses what cannot be done as asked. @throws ServiceError NotImplemented, InvalidKeyUsageException */
export function checkSupported(operation: string, input: Members): void {
  const strange =
    UNSUPPORTED.find((name) => input.has(name)) ?? (input.optionalBoolean('DryRun') === true ? 'DryRun' : undefined);
  if (strange !== undefined)
    throw new ServiceError(
      'NotImplemented',
      `NotImplemented: kms:${operation} with '${strange}' is not simulated by headwaters`,
      501,
    );
  for (const name of ['EncryptionAlgorithm', 'SourceEncryptionAlgorithm', 'DestinationEncryptionAlgorithm']) {
    const algorithm = input.optionalText(name) ?? ALGORITHM;
    if (algorithm !== ALGORITHM)
      throw new ServiceError('InvalidKeyUsageException', `Algorithm ${algorithm} is incompatible with key spec ${ALGORITHM}.`);
  }
}

export const ALGORITHM = 'SYMMETRIC_DEFAULT';

/** Bytes of a member. @throws ServiceError ValidationException for none, or more than `most` */
export function blob(input: Members, name: string, most: number): Buffer {
  const bytes = Buffer.from(input.text(name), 'base64');
  const path = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  const rule =
    bytes.length === 0 ? 'greater than or equal to 1' : bytes.length > most ? `less than or equal to ${most}` : undefined;
  if (rule === undefined) return bytes;
  throw new ServiceError(
    'ValidationException',
    `1 validation error detected: Value at '${path}' failed to satisfy constraint: Member must have length ${rule}`,
  );
}

/** Condition keys of an encryption context. @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html */
export const contextKeys = (context: EncryptionContext): RequestContext => ({
  ...Object.fromEntries(Object.entries(context).map(([key, value]) => [`kms:EncryptionContext:${key}`, value])),
  ...(Object.keys(context).length === 0 ? {} : { 'kms:EncryptionContextKeys': Object.keys(context) }),
  'kms:EncryptionAlgorithm': ALGORITHM,
});

/** The name by which a request calls a key. */
export const aliasKey = (id: string | undefined): RequestContext =>
  id !== undefined && /(^|:)alias\//.test(id) ? { 'kms:RequestAlias': id.slice(id.indexOf('alias/')) } : {};
