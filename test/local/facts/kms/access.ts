import { because, document, roleArn, ROOT } from '../../iam/account.ts';
import { refused } from '../../iam/refused.ts';
import { base64, keyArn, keyId, kms } from '../../kms/rig.ts';
import type { FactTable } from '../fact.ts';

const GUIDE = 'https://docs.aws.amazon.com/kms/latest/developerguide';
const DEFAULT_POLICY = `${GUIDE}/key-policy-default.html`;
const CONDITIONS = `${GUIDE}/conditions-kms.html`;
const Plaintext = base64('a secret');
const byRole = (name: string, Action: string | string[]) => ({ Principal: { AWS: roleArn(name) }, Action, Resource: '*' });
const administered = { Principal: { AWS: ROOT }, Action: ['kms:PutKeyPolicy', 'kms:DescribeKey'], Resource: '*' };

/** Who may use a key. */
export const kmsAccess: FactTable = {
  service: 'KMS',
  facts: [
    {
      says: 'an IAM policy is of no effect where the key policy does not leave the account to decide',
      basis: 'documented',
      source: DEFAULT_POLICY,
      holds: async () => {
        const { outcome, user } = kms({ policy: document(administered) });
        expect(because(await outcome('Encrypt', { Plaintext }, user('writer', ['kms:Encrypt'])))).toBe(
          'because no resource-based policy allows the kms:Encrypt action',
        );
      },
    },
    {
      says: 'a key policy that names the account gives nobody a permission: their IAM policies must',
      basis: 'documented',
      source: DEFAULT_POLICY,
      holds: async () => {
        const { outcome, user } = kms();
        expect(await outcome('Encrypt', { Plaintext }, user('writer', ['kms:Encrypt']))).toBe('allowed');
        expect(because(await outcome('Encrypt', { Plaintext }, user('reader', ['kms:Decrypt'])))).toBe(
          'because no identity-based policy allows the kms:Encrypt action',
        );
      },
    },
    {
      says: 'a key policy that names a role needs no IAM policy',
      basis: 'documented',
      source: `${GUIDE}/key-policies.html`,
      holds: async () => {
        const { create, outcome, role } = kms();
        const writer = role('writer');
        create(2, document(administered, byRole('writer', 'kms:Encrypt')));
        expect(await outcome('Encrypt', { Plaintext, KeyId: keyId(2) }, writer)).toBe('allowed');
      },
    },
    {
      says: 'a key policy that names a role that does not exist is refused with MalformedPolicyDocumentException',
      basis: 'documented',
      source: 'https://repost.aws/knowledge-center/kms-policy-error-invalid-principals',
      holds: () => {
        const { create } = kms();
        expect(
          refused(() => {
            create(2, document(byRole('nobody', 'kms:*')));
          }),
        ).toMatchObject({
          code: 'MalformedPolicyDocumentException',
          message: 'Policy contains a statement with one or more invalid principals.',
        });
      },
    },
    {
      says: 'a key policy over 32,768 bytes is refused',
      basis: 'documented',
      source: `${GUIDE}/resource-limits.html#key-policy-limit`,
      holds: () => {
        const { create } = kms();
        const sized = (bytes: number) => {
          const of = (id: string) => document({ Principal: { AWS: ROOT }, Action: 'kms:*', Resource: '*', Sid: id });
          return of('x'.repeat(bytes - JSON.stringify(of('')).length));
        };
        create(2, sized(32_768));
        expect(
          refused(() => {
            create(3, sized(32_769));
          }),
        ).toMatchObject({ code: 'LimitExceededException' });
      },
    },
    {
      says: 'kms:EncryptionContext:<key> and kms:EncryptionContextKeys hold what the request passes',
      basis: 'documented',
      source: `${CONDITIONS}#conditions-kms-encryption-context`,
      holds: async () => {
        const { outcome, role } = kms();
        const Condition = {
          StringEquals: { 'kms:EncryptionContext:team': 'sales' },
          'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['team'] },
        };
        const writer = role('writer', { allows: [{ Action: 'kms:Encrypt', Resource: keyArn(), Condition }] });
        expect(await outcome('Encrypt', { Plaintext, EncryptionContext: { team: 'sales' } }, writer)).toBe('allowed');
        for (const EncryptionContext of [{}, { team: 'ops' }, { team: 'sales', day: '1' }])
          expect(await outcome('Encrypt', { Plaintext, EncryptionContext }, writer)).toMatch(/^AccessDeniedException/);
      },
    },
    {
      says: 'kms:ViaService is there only where a service asks for somebody: a direct call does not meet it',
      basis: 'documented',
      source: `${CONDITIONS}#conditions-kms-via-service`,
      holds: async () => {
        const { check, outcome, role } = kms();
        const Condition = { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } };
        const writer = role('writer', { allows: [{ Action: 'kms:Encrypt', Resource: keyArn(), Condition }] });
        expect(await outcome('Encrypt', { Plaintext }, writer)).toMatch(/^AccessDeniedException/);
        expect(check(writer, 'kms:Encrypt', keyArn(), { 'kms:ViaService': 's3.us-east-1.amazonaws.com' })).toBe('allowed');
      },
    },
    {
      says: 'kms:RequestAlias is the alias by which a request calls the key, kms:ResourceAliases all that the key has',
      basis: 'documented',
      source: `${CONDITIONS}#conditions-kms-request-alias`,
      holds: async () => {
        const { outcome, role, service } = kms();
        service.createAlias('alias/lake', keyId());
        const allow = (Condition: object) => [{ Action: 'kms:Encrypt', Resource: keyArn(), Condition }];
        const asked = role('asked', { allows: allow({ StringEquals: { 'kms:RequestAlias': 'alias/lake' } }) });
        const named = role('named', {
          allows: allow({ 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/lake' } }),
        });
        expect(await outcome('Encrypt', { Plaintext, KeyId: 'alias/lake' }, asked)).toBe('allowed');
        expect(await outcome('Encrypt', { Plaintext }, asked)).toMatch(/^AccessDeniedException/);
        expect(await outcome('Encrypt', { Plaintext }, named)).toBe('allowed');
      },
    },
  ],
};
