import { base64, keyArn, keyId, kms } from '../../kms/rig.ts';
import type { FactTable } from '../fact.ts';
import { recorded } from '../recorded.ts';

const GUIDE = 'https://docs.aws.amazon.com/kms/latest/developerguide';
const API = 'https://docs.aws.amazon.com/kms/latest/APIReference';
const CONTEXT = `${GUIDE}/encrypt_context.html`;
const Plaintext = base64('a secret');

/** What keys make and open. */
export const kmsCiphers: FactTable = {
  service: 'KMS',
  facts: [
    {
      says: 'a ciphertext opens only under the encryption context it was made under, whatever the order of its pairs',
      basis: 'documented',
      source: CONTEXT,
      holds: async () => {
        const { call, outcome } = kms();
        const { CiphertextBlob } = await call('Encrypt', { Plaintext, EncryptionContext: { a: '1', b: '2' } });
        const opened = await call('Decrypt', { CiphertextBlob, EncryptionContext: { b: '2', a: '1' } });
        expect(opened).toMatchObject({ Plaintext, KeyId: keyArn(), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
        for (const EncryptionContext of [{}, { a: '1' }, { a: '1', b: '3' }, { A: '1', b: '2' }]) {
          expect(await outcome('Decrypt', { CiphertextBlob, EncryptionContext })).toMatch(/^InvalidCiphertextException/);
        }
      },
    },
    {
      says: 'Decrypt finds the key in the ciphertext, and refuses another that is named with IncorrectKeyException',
      basis: 'documented',
      source: `${API}/API_Decrypt.html`,
      holds: async () => {
        const { call, outcome, create } = kms();
        create(2);
        const { CiphertextBlob } = await call('Encrypt', { Plaintext });
        expect(await outcome('Decrypt', { CiphertextBlob, KeyId: undefined })).toBe('allowed');
        expect(await outcome('Decrypt', { CiphertextBlob, KeyId: keyId(2) })).toMatch(/^IncorrectKeyException/);
      },
    },
    {
      says: 'changed bytes are an InvalidCiphertextException, as a wrong context is',
      basis: 'documented',
      source: `${API}/API_Decrypt.html`,
      holds: async () => {
        const { call, outcome } = kms();
        const bytes = Buffer.from(String((await call('Encrypt', { Plaintext })).CiphertextBlob), 'base64');
        bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
        expect(await outcome('Decrypt', { CiphertextBlob: bytes.toString('base64') })).toMatch(/^InvalidCiphertextException/);
        expect(await outcome('Decrypt', { CiphertextBlob: base64('no ciphertext') })).toMatch(/^InvalidCiphertextException/);
      },
    },
    {
      says: 'a ciphertext of a key that is not there is answered as one that the caller may not use',
      basis: 'observed',
      source: 'https://repost.aws/knowledge-center/kms-iam-ciphertext-error',
      holds: async () => {
        const { call } = kms();
        const { CiphertextBlob } = await call('Encrypt', { Plaintext });
        const elsewhere = kms({ values: new Map() });
        const blob = Buffer.from(String(CiphertextBlob), 'base64');
        blob.write(keyId(9), 1);
        expect(await elsewhere.outcome('Decrypt', { CiphertextBlob: blob.toString('base64'), KeyId: undefined })).toMatch(
          /^AccessDeniedException: The ciphertext refers to a customer master key that does not exist/,
        );
      },
    },
    {
      says: 'Encrypt takes 1 to 4,096 bytes',
      basis: 'documented',
      source: `${API}/API_Encrypt.html`,
      holds: async () => {
        const { outcome } = kms();
        expect(await outcome('Encrypt', { Plaintext: base64('x'.repeat(4096)) })).toBe('allowed');
        expect(await outcome('Encrypt', { Plaintext: base64('x'.repeat(4097)) })).toMatch(/^ValidationException/);
        expect(await outcome('Encrypt', { Plaintext: '' })).toMatch(/^ValidationException/);
      },
    },
    {
      says: 'a data key is asked for by its kind or by 1 to 1,024 bytes, never by both or neither',
      basis: 'documented',
      source: `${API}/API_GenerateDataKey.html`,
      holds: async () => {
        const { call, outcome } = kms();
        const { Plaintext: key, CiphertextBlob } = await call('GenerateDataKey', { KeySpec: 'AES_256' });
        expect(Buffer.from(String(key), 'base64')).toHaveLength(32);
        expect(await call('Decrypt', { CiphertextBlob })).toMatchObject({ Plaintext: key });
        expect(Object.keys(await call('GenerateDataKeyWithoutPlaintext', { NumberOfBytes: 64 })).sort()).toEqual([
          'CiphertextBlob',
          'KeyId',
          'KeyMaterialId',
        ]);
        for (const wrong of [{}, { KeySpec: 'AES_256', NumberOfBytes: 32 }, { NumberOfBytes: 1025 }])
          expect(await outcome('GenerateDataKey', wrong)).toMatch(/^ValidationException/);
      },
    },
    {
      says: 'GenerateRandom gives 1 to 1,024 bytes, and names the value and the bound of a number that is none of these',
      basis: 'observed',
      source: recorded('kms/test_kms'),
      holds: async () => {
        const { call, outcome, user } = kms();
        const bound = (value: number, rule: string) =>
          `ValidationException: 1 validation error detected: Value '${value}' at 'numberOfBytes' failed to satisfy constraint: Member must have value ${rule}`;
        const { Plaintext: random } = await call('GenerateRandom', { NumberOfBytes: 1024 });
        expect(Buffer.from(String(random), 'base64')).toHaveLength(1024);
        expect(await outcome('GenerateRandom')).toBe('ValidationException: NumberOfBytes is required.');
        expect(await outcome('GenerateRandom', { NumberOfBytes: 0 })).toBe(bound(0, 'greater than or equal to 1'));
        expect(await outcome('GenerateRandom', { NumberOfBytes: 1025 })).toBe(bound(1025, 'less than or equal to 1024'));
        expect(await outcome('GenerateRandom', { NumberOfBytes: 1 }, user('writer', ['kms:Encrypt']))).toContain(
          'kms:GenerateRandom',
        );
      },
    },
    {
      says: 'a call that is tried out with DryRun is refused as it would be, or with DryRunOperationException where it would succeed',
      basis: 'observed',
      source: recorded('kms/test_kms'),
      holds: async () => {
        const { outcome, user } = kms();
        const wanted = { KeySpec: 'AES_256', DryRun: true };
        expect(await outcome('GenerateDataKey', wanted)).toBe(
          'DryRunOperationException: The request would have succeeded, but the DryRun option is set.',
        );
        expect(await outcome('GenerateDataKey', wanted, user('reader', ['kms:Decrypt']))).toContain('kms:GenerateDataKey');
      },
    },
    {
      says: 'ReEncrypt moves a ciphertext under another key and context, with a permission on each',
      basis: 'documented',
      source: `${API}/API_ReEncrypt.html`,
      holds: async () => {
        const { call, create, outcome, user } = kms();
        create(2);
        const { CiphertextBlob } = await call('Encrypt', { Plaintext, EncryptionContext: { a: '1' } });
        const move = { CiphertextBlob, SourceEncryptionContext: { a: '1' }, DestinationKeyId: keyId(2) };
        const moved = await call('ReEncrypt', { ...move, DestinationEncryptionContext: { b: '2' } });
        expect(moved).toMatchObject({ SourceKeyId: keyArn(), KeyId: keyArn(2) });
        const opened = { CiphertextBlob: moved.CiphertextBlob, KeyId: keyId(2), EncryptionContext: { b: '2' } };
        expect(await call('Decrypt', opened)).toMatchObject({ Plaintext });
        expect(await outcome('ReEncrypt', move, user('from', ['kms:ReEncryptFrom']))).toContain('kms:ReEncryptTo');
        expect(await outcome('ReEncrypt', move, user('to', ['kms:ReEncryptTo']))).toContain('kms:ReEncryptFrom');
      },
    },
  ],
};
