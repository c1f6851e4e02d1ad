import { createHash } from 'node:crypto';
import type { Caller } from '../service.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Bytes as AWS's ids spell them: one character of base 32 for each byte. */
export const idFrom = (prefix: string, bytes: Uint8Array): string =>
  prefix + Array.from(bytes, (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');

/** A role's unique id. On AWS it changes when a role is made anew; here one ARN has one id, so that runs are alike. */
export const roleId = (roleArn: string): string => idFrom('AROA', createHash('sha256').update(roleArn).digest().subarray(0, 17));

/** A user's unique id, made in the same way. */
export const userId = (userArn: string): string => idFrom('AIDA', createHash('sha256').update(userArn).digest().subarray(0, 17));

/** The unique id of who calls, as GetCallerIdentity tells it: a role's with the name of its session. */
export const callerId = ({ arn, roleArn }: Caller): string =>
  roleArn === undefined ? userId(arn) : `${roleId(roleArn)}:${arn.slice(arn.lastIndexOf('/') + 1)}`;
