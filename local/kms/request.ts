import type { RequestContext } from '../../core/aws/iam/index.ts';
import type { Members } from '../input.ts';
import { ServiceError } from '../service.ts';
import type { EncryptionContext } from './ciphertext.ts';

/** Members that would change what happens, or what comes back. */
const UNSUPPORTED = ['CustomKeyStoreId', 'DryRunModifiers', 'GranteeServicePrincipal', 'Recipient', 'RetiringServicePrincipal'];

/** Operations that leave nothing behind: tried out, they are done, and nothing of what they made is told. */
const TRIED_OUT = ['Decrypt', 'Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncrypt'];

export const isDryRun = (input: Members): boolean => input.optionalBoolean('DryRun') === true;

/** What an operation that would have succeeded is refused with where it is only tried out. */
export const dryRun = (): ServiceError =>
  new ServiceError('DryRunOperationException', 'The request would have succeeded, but the DryRun option is set.', 412);

/** Refuses what cannot be done as asked. @throws ServiceError NotImplemented, InvalidKeyUsageException */
export function checkSupported(operation: string, input: Members): void {
  const strange =
    UNSUPPORTED.find((name) => input.has(name)) ?? (isDryRun(input) && !TRIED_OUT.includes(operation) ? 'DryRun' : undefined);
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
  const rule =
    bytes.length === 0 ? 'greater than or equal to 1' : bytes.length > most ? `less than or equal to ${most}` : undefined;
  if (rule === undefined) return bytes;
  throw new ServiceError(
    'ValidationException',
    `1 validation error detected: Value at '${memberPath(name)}' failed to satisfy constraint: Member must have length ${rule}`,
  );
}

/** A whole number of a member, where there is one. @throws ServiceError ValidationException */
export function optionalWhole(
  input: Members,
  name: string,
  { least, most }: { readonly least: number; readonly most: number },
): number | undefined {
  const number = input.optionalNumber(name);
  if (number === undefined || (Number.isInteger(number) && number >= least && number <= most)) return number;
  if (!Number.isInteger(number)) throw input.invalid(name, 'must be a whole number');
  const rule = number < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`;
  throw new ServiceError(
    'ValidationException',
    `1 validation error detected: Value '${number}' at '${memberPath(name)}' failed to satisfy constraint: Member must have value ${rule}`,
  );
}

/** A member as messages name it. */
const memberPath = (name: string): string => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;

/** Condition keys of an encryption context. @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html */
export const contextKeys = (context: EncryptionContext): RequestContext => ({
  ...Object.fromEntries(Object.entries(context).map(([key, value]) => [`kms:EncryptionContext:${key}`, value])),
  ...(Object.keys(context).length === 0 ? {} : { 'kms:EncryptionContextKeys': Object.keys(context) }),
  'kms:EncryptionAlgorithm': ALGORITHM,
});

/** The name by which a request calls a key. */
export const aliasKey = (id: string | undefined): RequestContext =>
  id !== undefined && /(^|:)alias\//.test(id) ? { 'kms:RequestAlias': id.slice(id.indexOf('alias/')) } : {};
