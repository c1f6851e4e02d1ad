import type { Place } from './place.ts';
import type { Document } from './read-environment.ts';

/** Whose something is: of the environment, of another environment just like it, of somebody in the account, of a stranger. */
export type Side = 'own' | 'twin' | 'account' | 'foreign';

/** What the key of an object says of it. */
export interface ObjectKey {
  /** The retention class, where the key begins with one. */
  readonly retention?: string;
  /** The rest, without names of a domain or a dataset. */
  readonly form: string;
}

/** Something to ask for. */
export interface Target {
  readonly kind: string;
  readonly arn: string;
  readonly side: Side;
  readonly place: Place;
  readonly label: string;
  readonly key?: ObjectKey;
  readonly policy?: Document;
  /** Nobody gets in unless the policy lets them. */
  readonly mustAllow: boolean;
}

/** A role as something to become: what its trust policy is about. */
export const TRUST = 'sts:role';

/** Types of resources into which only their own policy lets anybody. */
export const mustAllow = (kind: string): boolean => kind === 'kms:key' || kind === TRUST;
