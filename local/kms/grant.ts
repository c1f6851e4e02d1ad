import * as z from 'zod';
import type { RequestContext } from '../../core/aws/iam/index.ts';
import type { Caller } from '../service.ts';
import { texts } from '../texts.ts';
import type { EncryptionContext } from './ciphertext.ts';

/** A permission on one key, given to one principal. */
export const grantShape = z.object({
  id: z.string(),
  /** Tokens that CreateGrant gave out for it. */
  tokens: z.array(z.string()),
  name: z.string().optional(),
  grantee: z.string(),
  retiring: z.string().optional(),
  /** The account that made it. */
  issuer: z.string(),
  operations: z.array(z.string()),
  equals: texts.optional(),
  subset: texts.optional(),
  /** Milliseconds since the epoch, simulated. */
  created: z.number(),
});
export type Grant = z.infer<typeof grantShape>;

/** Operations that a grant of a symmetric key may allow. @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#terms-grant-operations */
export const GRANT_OPERATIONS = [
  'CreateGrant',
  'Decrypt',
  'DescribeKey',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
  'RetireGrant',
];

/** Operations without an encryption context: constraints say nothing of them. */
const UNCONSTRAINED = ['DescribeKey', 'RetireGrant'];

/** Whether a caller is the principal, or belongs to it: a session to its role, everyone to their account. */
export const isPrincipal = ({ arn, roleArn, accountId }: Caller, principal: string): boolean =>
  [arn, roleArn, accountId, `arn:aws:iam::${accountId}:root`].includes(principal);

const PAIR = 'kms:EncryptionContext:';

function pairsOf(context: RequestContext): EncryptionContext {
  return Object.fromEntries(
    Object.entries(context).flatMap(([key, value]) =>
      key.startsWith(PAIR) && typeof value === 'string' ? [[key.slice(PAIR.length), value]] : [],
    ),
  );
}

const holdsAll = (wanted: EncryptionContext, got: EncryptionContext): boolean =>
  Object.entries(wanted).every(([key, value]) => got[key] === value);

/** Whether a grant lets a caller do what it asks, in the encryption context that it names. */
export function permits(grant: Grant, caller: Caller, action: string, context: RequestContext): boolean {
  const operation = action.slice(action.indexOf(':') + 1);
  if (!grant.operations.includes(operation) || !isPrincipal(caller, grant.grantee)) return false;
  if (UNCONSTRAINED.includes(operation)) return true;
  const got = pairsOf(context);
  const { equals, subset = {} } = grant;
  return holdsAll(subset, got) && (equals === undefined || (holdsAll(equals, got) && holdsAll(got, equals)));
}
