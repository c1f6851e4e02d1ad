import * as z from 'zod';
import { list } from './statement.ts';

/** A user, or the session of a role. */
export interface Identity {
  /** The ARN of the user, or of the role behind a session, with its path. */
  readonly arn: string;
  readonly accountId: string;
  /** The ARN of a role's session; absent for a user. */
  readonly sessionArn?: string;
}

/** Who asks: an identity of some account, or an AWS service in its own name. */
export type Principal = Identity | { readonly service: string };

/** How a resource's policy names a principal; what it grants depends on it. */
export type Reach = 'direct' | 'role' | 'account';

/** A `Principal` or `NotPrincipal` element. Federated and canonical users are read and never matched: nobody here is one. */
export interface Principals {
  readonly negated: boolean;
  /** `"Principal": "*"`; of what denies, any AWS principal too: a service is not spared by being none. */
  readonly everyone: boolean;
  readonly aws: readonly string[];
  readonly services: readonly string[];
}

const aws = list(
  z.string().regex(/^(\*|\d{12}|arn:[\w-]+:(iam|sts)::\d{12}:[^*?]+)$/, "must be '*', an account or an ARN without wildcards"),
);
const element = z.union([
  z.literal('*'),
  z.strictObject({
    AWS: aws.optional(),
    Service: list(z.string().regex(/^[a-z0-9.-]+$/, 'must be a service principal')).optional(),
    Federated: list(z.string()).optional(),
    CanonicalUser: list(z.string()).optional(),
  }),
]);

export const principalElements = { Principal: element.optional(), NotPrincipal: element.optional() };

interface Elements {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: z.infer<typeof element> | undefined;
  readonly NotPrincipal?: z.infer<typeof element> | undefined;
}

/** @throws Error for none or both of the elements */
export function readPrincipals({ Effect, Principal: yes, NotPrincipal: no }: Elements): Principals {
  const named = yes ?? no;
  if (named === undefined || (yes !== undefined && no !== undefined))
    throw new Error("a statement takes exactly one of 'Principal' and 'NotPrincipal'");
  const { AWS = [], Service = [] } = named === '*' ? {} : named;
  const everyone = named === '*' || (Effect === 'Deny' && AWS.includes('*'));
  return { negated: yes === undefined, everyone, aws: AWS, services: Service };
}

/**
 * How a statement names a principal, by the narrowest name that it uses; undefined where it does not.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function reachOf(principals: Principals, principal: Principal): Reach | undefined {
  if (principals.negated) return isExempt(principals, principal) ? undefined : 'direct';
  if (principals.everyone) return 'direct';
  if ('service' in principal) return principals.services.includes(principal.service) ? 'direct' : undefined;
  const { arn, sessionArn } = principal;
  if (['*', sessionArn ?? arn].some((name) => principals.aws.includes(name))) return 'direct';
  if (principals.aws.includes(arn)) return 'role';
  return namesAccount(principals, principal) ? 'account' : undefined;
}

/**
 * A session is a role of an account: what denies to all but some denies to it unless all three are among them.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function isExempt(principals: Principals, principal: Principal): boolean {
  if (principals.everyone || principals.aws.includes('*')) return true;
  if ('service' in principal) return principals.services.includes(principal.service);
  const names = [principal.arn, principal.sessionArn].filter((name) => name !== undefined);
  return namesAccount(principals, principal) && names.every((name) => principals.aws.includes(name));
}

const namesAccount = ({ aws: names }: Principals, { accountId }: Identity): boolean =>
  names.some((name) => name === accountId || (name.startsWith('arn:') && name.endsWith(`:iam::${accountId}:root`)));
