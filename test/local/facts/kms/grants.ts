import { because, document, roleArn, ROOT } from '../../iam/account.ts';
import { base64, kms } from '../../kms/rig.ts';
import type { FactTable } from '../fact.ts';

const GUIDE = 'https://docs.aws.amazon.com/kms/latest/developerguide';
const GRANTS = `${GUIDE}/grants.html`;
const CONSTRAINTS = `${GUIDE}/create-grant-overview.html#grant-constraints`;
const Plaintext = base64('a secret');
const administered = { Principal: { AWS: ROOT }, Action: ['kms:PutKeyPolicy', 'kms:DescribeKey'], Resource: '*' };

/** Permissions beside policies. */
export const kmsGrants: FactTable = {
  service: 'KMS',
  facts: [
    {
      says: 'a grant lets its grantee do its operations and no others, with no policy beside it, until it is revoked',
      basis: 'documented',
      source: GRANTS,
      holds: async () => {
        const { call, outcome, role } = kms({ policy: document(administered) });
        const worker = role('worker');
        const { CiphertextBlob } = await call('Encrypt', { Plaintext });
        expect(await outcome('Decrypt', { CiphertextBlob }, worker)).toMatch(/^AccessDeniedException/);
        const { GrantId } = await call('CreateGrant', { GranteePrincipal: roleArn('worker'), Operations: ['Decrypt'] });
        expect(await outcome('Decrypt', { CiphertextBlob }, worker)).toBe('allowed');
        expect(await outcome('Encrypt', { Plaintext }, worker)).toMatch(/^AccessDeniedException/);
        await call('RevokeGrant', { GrantId });
        expect(await outcome('Decrypt', { CiphertextBlob }, worker)).toMatch(/^AccessDeniedException/);
      },
    },
    {
      says: 'a grant never outweighs an explicit denial',
      basis: 'documented',
      source: `${GUIDE}/policy-evaluation.html`,
      holds: async () => {
        const { call, outcome, role } = kms();
        const worker = role('worker', { allows: [{ Effect: 'Deny', Action: 'kms:Encrypt', Resource: '*' }] });
        await call('CreateGrant', { GranteePrincipal: roleArn('worker'), Operations: ['Encrypt'] });
        expect(because(await outcome('Encrypt', { Plaintext }, worker))).toMatch(/^with an explicit deny/);
      },
    },
    {
      says: 'EncryptionContextEquals wants just its pairs, EncryptionContextSubset lets others stand beside them',
      basis: 'documented',
      source: CONSTRAINTS,
      holds: async () => {
        const { call, outcome, role } = kms();
        const [exact, subset] = [role('exact'), role('subset')];
        const grant = (name: string, kind: string) =>
          call('CreateGrant', {
            GranteePrincipal: roleArn(name),
            Operations: ['Encrypt'],
            Constraints: { [kind]: { team: 'it' } },
          });
        await grant('exact', 'EncryptionContextEquals');
        await grant('subset', 'EncryptionContextSubset');
        const more = { Plaintext, EncryptionContext: { team: 'it', purpose: 'test' } };
        const just = { Plaintext, EncryptionContext: { team: 'it' } };
        expect([await outcome('Encrypt', just, exact), await outcome('Encrypt', more, subset)]).toEqual(['allowed', 'allowed']);
        expect(await outcome('Encrypt', more, exact)).toMatch(/^AccessDeniedException/);
        expect(await outcome('Encrypt', { Plaintext }, subset)).toMatch(/^AccessDeniedException/);
      },
    },
    {
      says: 'a grant asked for again under its name is the same grant; without a name it is another',
      basis: 'documented',
      source: `${GUIDE}/create-grant-overview.html#grant-create`,
      holds: async () => {
        const { call, role } = kms();
        role('worker');
        const wanted = { GranteePrincipal: roleArn('worker'), Operations: ['Decrypt'] };
        const [first, again] = [
          await call('CreateGrant', { ...wanted, Name: 'n' }),
          await call('CreateGrant', { ...wanted, Name: 'n' }),
        ];
        expect(again.GrantId).toBe(first.GrantId);
        await call('CreateGrant', wanted);
        await call('CreateGrant', wanted);
        expect((await call('ListGrants')).Grants).toHaveLength(3);
      },
    },
    {
      says: 'a grant is retired by its retiring principal, or by its grantee where it allows RetireGrant, and by no other role',
      basis: 'documented',
      source: `${GUIDE}/grants.html#terms-retire-grant`,
      holds: async () => {
        const { call, outcome, role } = kms();
        const [worker, keeper] = [role('worker'), role('keeper')];
        const grant = async (rest: object) =>
          (await call('CreateGrant', { GranteePrincipal: roleArn('worker'), Operations: ['Decrypt'], ...rest })).GrantToken;
        const plain = await grant({});
        expect(await outcome('RetireGrant', { GrantToken: plain, KeyId: undefined }, worker)).toMatch(/^AccessDeniedException/);
        const kept = await grant({ RetiringPrincipal: roleArn('keeper') });
        expect(await outcome('RetireGrant', { GrantToken: kept, KeyId: undefined }, keeper)).toBe('allowed');
        const own = await grant({ Operations: ['Decrypt', 'RetireGrant'] });
        expect(await outcome('RetireGrant', { GrantToken: own, KeyId: undefined }, worker)).toBe('allowed');
      },
    },
  ],
};
