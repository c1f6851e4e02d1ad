import { createHash, randomBytes } from 'node:crypto';
import type { Members } from '../input.ts';
import { ServiceError, type Caller } from '../service.ts';
import { GRANT_OPERATIONS, isPrincipal, type Grant } from './grant.ts';
import type { KmsKey } from './key.ts';
import type { KeyStore, KmsParts } from './key-store.ts';
import { page } from './page.ts';
import { aliasKey } from './request.ts';

const hex = (bytes: Buffer): string => bytes.toString('hex');

/** Permissions beside policies. They count at once here; on AWS it takes up to five minutes without the grant's token. */
export class GrantOperations {
  constructor(
    private readonly parts: KmsParts,
    private readonly store: KeyStore,
  ) {}

  createGrant(input: Members, caller: Caller): object {
    const id = input.text('KeyId');
    const key = this.store.findById(id);
    const wanted = this.read(input, caller);
    const types = [...(wanted.equals ? ['EncryptionContextEquals'] : []), ...(wanted.subset ? ['EncryptionContextSubset'] : [])];
    this.parts.iam.check(caller, 'kms:CreateGrant', key.settings.arn, {
      ...aliasKey(id),
      'kms:GrantIsForAWSResource': 'false',
      'kms:GrantOperations': wanted.operations,
      'kms:GranteePrincipal': wanted.grantee,
      ...(types[0] === undefined ? {} : { 'kms:GrantConstraintType': types[0] }),
      ...(wanted.retiring === undefined ? {} : { 'kms:RetiringPrincipal': wanted.retiring }),
    });
    const token = randomBytes(96).toString('base64');
    const before = wanted.name === undefined ? undefined : key.grants.find((grant) => isSame(grant, wanted));
    const grant = before ?? { ...wanted, id: hex(randomBytes(32)), tokens: [], created: this.parts.clock.now() };
    this.keep(key, [...key.grants.filter((other) => other !== before), { ...grant, tokens: [...grant.tokens, digest(token)] }]);
    return { GrantId: grant.id, GrantToken: token };
  }

  listGrants(input: Members, caller: Caller): object {
    const id = input.text('KeyId');
    const key = this.store.findById(id);
    this.parts.iam.check(caller, 'kms:ListGrants', key.settings.arn, aliasKey(id));
    const grantId = input.optionalText('GrantId');
    const grantee = input.optionalText('GranteePrincipal');
    const found = key.grants.filter(
      (grant) => (grantId ?? grant.id) === grant.id && (grantee ?? grant.grantee) === grant.grantee,
    );
    const { items, rest } = page(found, input, { usual: 50 });
    return { Grants: items.map((grant) => view(grant, key)), ...rest };
  }

  /** Undone by one whom the grant names, or its account; others need a policy of that account. */
  retireGrant(input: Members, caller: Caller): object {
    const { key, grant } = this.retired(input);
    const named =
      (grant.retiring !== undefined && isPrincipal(caller, grant.retiring)) ||
      (grant.operations.includes('RetireGrant') && isPrincipal(caller, grant.grantee));
    if (!named) this.parts.iam.check(caller, 'kms:RetireGrant', key.settings.arn);
    this.remove(key, grant);
    return {};
  }

  revokeGrant(input: Members, caller: Caller): object {
    const id = input.text('KeyId');
    const key = this.store.findById(id);
    this.parts.iam.check(caller, 'kms:RevokeGrant', key.settings.arn, aliasKey(id));
    this.remove(key, grantOf(key, input.text('GrantId')));
    return {};
  }

  private retired(input: Members): { key: KmsKey; grant: Grant } {
    const token = input.optionalText('GrantToken');
    if (token === undefined) {
      const key = this.store.findById(input.text('KeyId'));
      return { key, grant: grantOf(key, input.text('GrantId')) };
    }
    for (const key of this.store.all()) {
      const grant = key.grants.find(({ tokens }) => tokens.includes(digest(token)));
      if (grant !== undefined) return { key, grant };
    }
    throw new ServiceError('InvalidGrantTokenException', 'The grant token is not valid.');
  }

  private read(input: Members, caller: Caller): Omit<Grant, 'id' | 'tokens' | 'created'> {
    const operations = input.texts('Operations');
    const strange = operations.find((operation) => !GRANT_OPERATIONS.includes(operation));
    if (operations.length === 0 || strange !== undefined)
      throw input.invalid('Operations', `must be of ${GRANT_OPERATIONS.join(', ')}, got '${strange ?? ''}'`);
    const grantee = this.principal(input.text('GranteePrincipal'));
    const retiring = input.optionalText('RetiringPrincipal');
    const name = input.optionalText('Name');
    const constraints = input.optionalObject('Constraints')?.only(['EncryptionContextEquals', 'EncryptionContextSubset']);
    return {
      grantee,
      operations,
      issuer: `arn:aws:iam::${caller.accountId}:root`,
      ...(name !== undefined && { name }),
      ...(retiring !== undefined && { retiring: this.principal(retiring) }),
      ...(constraints?.has('EncryptionContextEquals') === true && { equals: constraints.textMap('EncryptionContextEquals') }),
      ...(constraints?.has('EncryptionContextSubset') === true && { subset: constraints.textMap('EncryptionContextSubset') }),
    };
  }

  /** @throws ServiceError InvalidArnException for what names nobody */
  private principal(arn: string): string {
    const isRole = arn.startsWith(`arn:aws:iam::${this.parts.accountId}:role/`);
    if (/^arn:[\w-]+:(iam|sts)::\d{12}:[^*]+$/.test(arn) && (!isRole || this.parts.iam.role(arn) !== undefined)) return arn;
    throw new ServiceError('InvalidArnException', `ARN does not refer to a valid principal: ${arn}`);
  }

  private remove(key: KmsKey, grant: Grant): void {
    this.keep(
      key,
      key.grants.filter((other) => other !== grant),
    );
  }

  private keep(key: KmsKey, grants: readonly Grant[]): void {
    key.grants = grants;
    this.store.save(key);
  }
}

/** A token is a secret of who was given it: what is kept does not give it back. */
const digest = (token: string): string => hex(createHash('sha256').update(token).digest());

function grantOf(key: KmsKey, id: string): Grant {
  const grant = key.grants.find((other) => other.id === id);
  if (grant === undefined) throw new ServiceError('NotFoundException', `Grant ID ${id} not found`);
  return grant;
}

/** The same grant asked for twice, as a client does that tries again. */
const isSame = (grant: Grant, { ...wanted }: Omit<Grant, 'id' | 'tokens' | 'created'>): boolean =>
  grant.name === wanted.name &&
  JSON.stringify([grant.grantee, grant.retiring, grant.operations, grant.equals, grant.subset]) ===
    JSON.stringify([wanted.grantee, wanted.retiring, wanted.operations, wanted.equals, wanted.subset]);

const view = (grant: Grant, { settings }: KmsKey): object => ({
  KeyId: settings.arn,
  GrantId: grant.id,
  ...(grant.name !== undefined && { Name: grant.name }),
  CreationDate: grant.created / 1000,
  GranteePrincipal: grant.grantee,
  ...(grant.retiring !== undefined && { RetiringPrincipal: grant.retiring }),
  IssuingAccount: grant.issuer,
  Operations: grant.operations,
  ...((grant.equals ?? grant.subset) !== undefined && {
    Constraints: {
      ...(grant.equals && { EncryptionContextEquals: grant.equals }),
      ...(grant.subset && { EncryptionContextSubset: grant.subset }),
    },
  }),
});
