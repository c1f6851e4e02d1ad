import { accountsIn } from '../accounts.ts';
import type { Holder } from './held.ts';
import { permissionDanger, type PermissionDanger } from './permission-danger.ts';
import type { Permission } from './statement.ts';

/** What puts bytes into a bucket. A bucket's ARN has no account: a literal name may be anybody's. */
const PUTS = ['s3:putobject', 's3:replicateobject'];

/** Whether an ARN refers to something of the platform, or may be of any name, which is told as a wildcard. */
const isReferred = (resource: string): boolean => resource.includes('${') || /^(?:\*|arn:[^:]*:s3:::[*?])/.test(resource);

/** What a role may do beyond the accounts that are known: events that it sees may leave by it, whatever its own account's policies say. */
export const reachingOut = (
  { kind }: Holder,
  allowed: readonly Permission[],
  known: ReadonlySet<string>,
): readonly PermissionDanger[] =>
  kind !== 'identity'
    ? []
    : allowed.flatMap((permission) => {
        const { action, resource } = permission;
        const accounts = accountsIn(resource);
        if (accounts.some((account) => !known.has(account)))
          return [permissionDanger('AccountNamed', permission, 'allowed on a resource of an account that nothing named before')];
        return PUTS.includes(action.toLowerCase()) && accounts.length === 0 && !isReferred(resource)
          ? [
              permissionDanger(
                'UnknownEffect',
                permission,
                "the bucket may be anybody's; refer to one of the platform, or look it up",
              ),
            ]
          : [];
      });
