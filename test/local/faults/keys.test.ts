import { SimulatedClock } from '../../../local/clock.ts';
import type { FaultKinds, FaultSubject } from '../../../local/faults/faults.ts';
import { Kms } from '../../../local/kms/index.ts';
import { Secrets } from '../../../local/secrets/secrets.ts';
import type { Caller } from '../../../local/service.ts';
import { ACCOUNT, account, document, ROOT } from '../iam/account.ts';

const DAY = 86_400_000;
const KeyId = '00000000-0000-4000-8000-000000000001';
const keyArn = `arn:aws:kms:us-east-1:${ACCOUNT}:key/${KeyId}`;
const Plaintext = Buffer.from('a').toString('base64');

/** A key and a secret under it; `fault` meets each use of the key. */
function keyed(fault?: FaultKinds['kms:use']) {
  const { iam, operator, role } = account();
  const clock = new SimulatedClock(Date.UTC(2026, 0, 1));
  const asked: FaultSubject[] = [];
  const faults = {
    take: (_point: string, about: FaultSubject) => {
      asked.push(about);
      return fault as never;
    },
  };
  const parts = { clock, iam, access: iam, region: 'us-east-1', accountId: ACCOUNT, faults };
  const kms = new Kms(parts);
  const policy = document({ Principal: { AWS: ROOT }, Action: 'kms:*', Resource: '*' });
  kms.createKey({ id: KeyId, arn: keyArn, description: '', enabled: true, policy });
  const secrets = new Secrets(parts);
  const SecretId = secrets.createSecret({ name: 'token', keyArn }, () => 'value');
  const call = async (operation: string, input: object = {}) =>
    kms.service.operations[operation]?.({ KeyId, ...input }, operator);
  const secret = async (caller: Caller = operator) => secrets.service.operations.GetSecretValue?.({ SecretId }, caller);
  return { clock, role, asked, call, secret };
}

test.each([
  ['disabled', 'DisabledException', `${keyArn} is disabled.`],
  ['throttle', 'ThrottlingException', expect.stringContaining('rate') as string],
] as const)('a use that meets %s fails with %s, and a look at the key does not', async (fault, code, message) => {
  const { call, asked } = keyed(fault);
  await expect(call('Encrypt', { Plaintext })).rejects.toMatchObject({ code, message, status: 400 });
  await call('DescribeKey');
  expect(asked).toEqual([{ operation: 'kms:Encrypt', resource: keyArn, time: Date.UTC(2026, 0, 1) }]);
});

test('a use that is refused anyway meets no fault: none would be carried out', async () => {
  const { call, asked } = keyed('throttle');
  await call('DisableKey');
  await expect(call('Encrypt', { Plaintext })).rejects.toMatchObject({ code: 'DisabledException' });
  expect(asked).toEqual([]);
});

const DECRYPTION_FAILURE = { code: 'DecryptionFailure', status: 400 };

test('a secret whose key is disabled, goes, or is gone cannot be decrypted', async () => {
  const { call, secret, clock } = keyed();
  await expect(secret()).resolves.toMatchObject({ SecretString: 'value' });
  await call('DisableKey');
  await expect(secret()).rejects.toMatchObject(DECRYPTION_FAILURE);
  await call('ScheduleKeyDeletion', { PendingWindowInDays: 7 });
  await expect(secret()).rejects.toMatchObject(DECRYPTION_FAILURE);
  await clock.advance(8 * DAY);
  await expect(secret()).rejects.toMatchObject(DECRYPTION_FAILURE);
});

test('a secret meets the faults of its key', async () => {
  await expect(keyed('disabled').secret()).rejects.toMatchObject(DECRYPTION_FAILURE);
  await expect(keyed('throttle').secret()).rejects.toMatchObject({ code: 'ThrottlingException' });
});

test('fails with AccessDeniedException where the key is well and the caller may not use it', async () => {
  const { secret, role } = keyed();
  const reader = role('reader', { allows: [{ Action: 'secretsmanager:GetSecretValue', Resource: '*' }] });
  await expect(secret(reader)).rejects.toMatchObject({ code: 'AccessDeniedException' });
});
