import { ServiceError } from '../service.ts';

/**
 * Default quotas, by the name that IAM's messages give them: characters, white space not counted, and attached policies.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const QUOTAS = { PolicySize: 6144, ACLSizePerRole: 2048, PoliciesPerRole: 10 } as const;

/** @throws ServiceError LimitExceeded */
export function checkQuota(quota: keyof typeof QUOTAS, size: number): void {
  if (size > QUOTAS[quota]) throw new ServiceError('LimitExceeded', `Cannot exceed quota for ${quota}: ${QUOTAS[quota]}`, 409);
}

/** Characters of all the policies that are a role's own, together. */
const INLINE = 10_240;

/** @throws ServiceError LimitExceeded */
export function checkInlineQuota(roleName: string, characters: number): void {
  if (characters > INLINE)
    throw new ServiceError('LimitExceeded', `Maximum policy size of ${INLINE} bytes exceeded for role ${roleName}`, 409);
}

/** What IAM counts of a document. */
export const charactersOf = (document: unknown): number => JSON.stringify(document).replace(/\s/g, '').length;
