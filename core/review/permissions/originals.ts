import type { Templates } from '../../aws/template.ts';
import { closedPlacesOf, type ClosedPlace, type ClosedPlaces } from './closed-places.ts';
import { patternCovers } from './covers.ts';
import { masked } from './environment-masked.ts';
import { holderKey, type Held, type HeldByStack, type Holder } from './held.ts';
import { permissionDanger, type PermissionDanger } from './permission-danger.ts';
import type { Condition, Permission } from './statement.ts';

/** What gives out what a place holds, by the service: of a key, what opens it and what hands that on. Listing tells no content. */
export const READS: Readonly<Record<ClosedPlace['service'], readonly string[]>> = {
  s3: [
    's3:GetObject',
    's3:GetObjectAnnotation',
    's3:GetObjectTorrent',
    's3:GetObjectVersion',
    's3:GetObjectVersionAnnotation',
    's3:GetObjectVersionAnnotationForReplication',
    's3:GetObjectVersionForReplication',
    's3:GetObjectVersionTorrent',
  ],
  kms: ['kms:Decrypt', 'kms:ReEncryptFrom', 'kms:CreateGrant'],
  kinesis: ['kinesis:GetRecords', 'kinesis:SubscribeToShard'],
  secretsmanager: ['secretsmanager:GetSecretValue', 'secretsmanager:BatchGetSecretValue'],
};

const ALL_HELD = 'originals, rejects, streams or secrets';

/** Something that a permission lets be read. */
interface Reading {
  readonly action: string;
  readonly holds: string;
  /** How much of it: the pattern of its keys, without what one dataset calls itself. */
  readonly scope: string;
}

/** What everybody could read so far, and where it lies now. */
export interface Readers {
  readonly places: ClosedPlaces;
  /** Undefined where the old version closes nothing: all that is new is new with it. */
  readonly known: ReadonlySet<string> | undefined;
}

/** Who read what before. An actor of one environment is the same in another, and so is a place. */
export function readersOf(before: Templates, heldBefore: HeldByStack, after: Templates): Readers {
  const old = closedPlacesOf(before);
  const known = [...heldBefore].flatMap(([stack, held]) =>
    [...held.values()].flatMap(({ holder, permissions }) => {
      const identity = held.get(holderKey(stack, { ...holder, kind: 'identity' }));
      return permissions.flatMap((permission) => knownAs(holder, permission, identity, old));
    }),
  );
  return { places: closedPlacesOf(after), known: old.isEmpty ? undefined : new Set(known) };
}

/** What is allowed anew to read events as they came, or to undo their protection, to somebody who could not. */
export function originalsOpened(
  holder: Holder,
  allowed: readonly Permission[],
  identity: Held | undefined,
  { places, known }: Readers,
): readonly PermissionDanger[] {
  if (known === undefined) return [];
  return allowed.flatMap((permission) => {
    const names = knownAs(holder, permission, identity, places);
    if (names.every((name) => known.has(name))) return [];
    const held = [...new Set(readingsOf(holder, permission, places).map(({ holds }) => holds))].join(', ');
    return [permissionDanger('OriginalsOpened', permission, sayOpened(holder, held))];
  });
}

function sayOpened({ kind, path }: Holder, held: string): string {
  if (kind === 'trust') return 'allowed to become a role that reads events as they came, or what undoes their protection';
  if (kind === 'resource') return `opens ${held} to somebody who could not read them`;
  return `opens ${held}, which ${hasPath(path) ? `no role under ${path} could read` : 'it could not read'}`;
}

/** A path that says what a role is for; the root is everybody's. */
const hasPath = (path: string | undefined): path is string => path !== undefined && path !== '/';

/** A reading as it is remembered: for whom, of what, how much. */
function knownAs(holder: Holder, permission: Permission, identity: Held | undefined, places: ClosedPlaces): readonly string[] {
  const { stack, kind, id, path } = holder;
  if (permission.effect !== 'Allow' || kind === 'endpoint') return [];
  const mask = (value: string) => masked(value, stack);
  const who = mask(hasPath(path) ? path : `${stack}/${id}`);
  const { principal, condition } = permission;
  if (kind === 'trust') {
    const readsAny = identity?.permissions.some(
      (other) => other.effect === 'Allow' && readingsOf({ ...holder, kind: 'identity' }, other, places).length > 0,
    );
    return readsAny === true ? [JSON.stringify([kind, who, mask(principal), permission.action])] : [];
  }
  const readings = readingsOf(holder, permission, places);
  return kind === 'identity'
    ? readings.map((reading) => JSON.stringify([kind, who, reading]))
    : readings.flatMap((reading) =>
        callersOf(condition).map((caller) => JSON.stringify([kind, reading, mask(principal), mask(caller)])),
      );
}

/** Whom a condition names: one more of them is one more reader. */
const callersOf = (condition: Condition): readonly string[] => {
  const callers = Object.values(condition).flatMap((keys) => keys['aws:principalarn'] ?? []);
  return callers.length === 0 ? [JSON.stringify(condition)] : callers;
};

function readingsOf({ stack, kind, id }: Holder, permission: Permission, places: ClosedPlaces): readonly Reading[] {
  const own = kind === 'resource' ? places.of(stack, id) : undefined;
  const { resource } = permission;
  const named = kind === 'resource' ? (own === undefined ? places.in(stack, id) : [own]) : places.in(stack, resource);
  const closed = named.filter(({ prefix }) => prefix === undefined || reaches(keysOf(resource), prefix));
  const isAny = kind === 'identity' && named.length === 0 && isAnyName(resource);
  const services = isAny ? (Object.keys(READS) as (keyof typeof READS)[]) : closed.map(({ service }) => service);
  return services.flatMap((service, index) =>
    READS[service]
      .filter((read) => patternCovers(permission.action.toLowerCase(), read.toLowerCase()))
      .map((action) => ({
        action,
        holds: closed[index]?.holds.join(' and ') ?? ALL_HELD,
        scope: kind === 'identity' ? scopeOf(isAny ? resource : keysOf(resource)) : '',
      })),
  );
}

/** Keys of objects, after the bucket; a wildcard at the end of its name is one of them too. */
function keysOf(resource: string): string {
  if (resource.includes('/')) return resource.slice(resource.indexOf('/') + 1);
  return resource.endsWith('*') ? '*' : '';
}

/** Whether a pattern of keys matches something under a prefix. */
function reaches(keys: string, prefix: string): boolean {
  const [literal = ''] = keys.split(/[*?]/);
  return literal.startsWith(prefix) || (literal !== keys && prefix.startsWith(literal));
}

/** What Secrets Manager adds to a name. @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_iam-permissions.html */
const SECRET_SUFFIX = /-\?{6}$/;

/** Whether a wildcard stands where the name of a bucket, key, stream or secret does: it may be a closed one. */
const isAnyName = (resource: string): boolean => {
  if (resource.startsWith('all but ')) return true;
  const text = resource.replaceAll(/\$\{[^}]*\}/g, 'x').replace(SECRET_SUFFIX, '');
  const [, , service, , , ...name] = text.split(':');
  const isOfKeys = service === undefined || service === 's3';
  return /[*?]/.test(isOfKeys ? (text.split('/')[0] ?? '') : name.join(':'));
};

/** `keep30/sales/orders/*` as `x/x/x/*`: how deep it goes, and where it takes all. */
const scopeOf = (keys: string): string =>
  keys
    .split('/')
    .map((segment) => (/[*?]/.test(segment) ? '*' : segment === '' ? '' : 'x'))
    .join('/');
