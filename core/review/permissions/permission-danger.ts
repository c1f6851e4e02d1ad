import { danger, type Danger, type DangerCode } from '../danger.ts';
import { nameOf, type Permission } from './statement.ts';

/** A danger that lies in one permission. */
export interface PermissionDanger extends Danger {
  /** Absent where a policy cannot be read. */
  readonly permission?: Permission;
  /** What it does, without the permission. */
  readonly does: string;
}

export function permissionDanger(code: DangerCode, permission: Permission, does: string): PermissionDanger {
  const who = permission.principal === '' ? '' : ` to '${permission.principal}'`;
  const when = permission.when === undefined ? '' : ` if ${permission.when.join(' and ')}`;
  return { ...danger(code, `${nameOf(permission)}${who}${when}: ${does}`), permission, does };
}
