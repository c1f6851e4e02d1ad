import { KMSClient, EncryptCommand } from '@aws-sdk/client-kms';
import { Endpoint, Port } from '../../../local/endpoint/index.ts';
import { Sessions, Sts } from '../../../local/iam/index.ts';
import { lakeWith } from '../s3/lake.ts';
import { base64, DAY, keyArn, keyId, kms } from './rig.ts';

const Plaintext = base64('a secret');

test('what was encrypted in one run opens in the next, and what was done to a key is still done', async () => {
  const first = kms();
  const { CiphertextBlob } = await first.call('Encrypt', { Plaintext });
  await first.call('DisableKey');
  const second = kms({ values: first.values });
  expect(await second.outcome('Decrypt', { CiphertextBlob })).toMatch(/^DisabledException/);
  await second.call('EnableKey');
  expect(await second.call('Decrypt', { CiphertextBlob })).toMatchObject({ Plaintext });
});

test('a grant outlives the run, and its token retires it in the next', async () => {
  const first = kms();
  first.role('worker');
  const grant = { GranteePrincipal: 'arn:aws:iam::123456789012:role/worker', Operations: ['Decrypt'] };
  const { GrantToken, GrantId } = await first.call('CreateGrant', grant);
  const second = kms({ values: first.values });
  expect((await second.call('ListGrants')).Grants).toMatchObject([{ GrantId }]);
  await second.call('RetireGrant', { GrantToken, KeyId: undefined });
  expect((await second.call('ListGrants')).Grants).toEqual([]);
});

test('what an earlier release sealed opens: it wrote down no rotation', async () => {
  const { call } = kms({ rotationDays: 90 });
  const sealed = Buffer.from(String((await call('Encrypt', { Plaintext })).CiphertextBlob), 'base64');
  const header = 1 + keyId().length;
  const before = Buffer.concat([Buffer.of(1), sealed.subarray(1, header), sealed.subarray(header + 4)]);
  expect(await call('Decrypt', { CiphertextBlob: before.toString('base64') })).toMatchObject({ Plaintext });
});

test('a key that has gone answers nobody, services included', async () => {
  const { call, check, clock, user } = kms();
  const reader = user('reader', ['kms:Decrypt']);
  await call('ScheduleKeyDeletion', { PendingWindowInDays: 7 });
  await clock.advance(7 * DAY);
  expect(check(reader, 'kms:Decrypt', keyArn())).toBe(`NotFoundException: Key '${keyArn()}' does not exist`);
});

test.each([
  ['RetireGrant', { GrantId: 'none', DryRun: true }, "NotImplemented: NotImplemented: kms:RetireGrant with 'DryRun'"],
  ['GenerateRandom', { NumberOfBytes: 1, CustomKeyStoreId: 'cks-1' }, "kms:GenerateRandom with 'CustomKeyStoreId'"],
  ['Decrypt', { CiphertextBlob: Plaintext, Recipient: {} }, "NotImplemented: NotImplemented: kms:Decrypt with 'Recipient'"],
  ['Encrypt', { Plaintext, EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' }, 'InvalidKeyUsageException'],
  ['CreateGrant', { GranteePrincipal: 'arn:aws:iam::123456789012:role/nobody', Operations: ['Decrypt'] }, 'InvalidArnException'],
  ['CreateGrant', { GranteePrincipal: 'arn:aws:iam::123456789012:root', Operations: ['Sign'] }, 'ValidationException'],
  ['RevokeGrant', { GrantId: 'none' }, 'NotFoundException'],
  ['RetireGrant', { GrantToken: 'none' }, 'InvalidGrantTokenException'],
  ['GetKeyPolicy', { PolicyName: 'other' }, 'ValidationException'],
])('fails on %s with %j', async (operation, input, expected) => {
  expect(await kms().outcome(operation, input)).toContain(expected);
});

test.each([
  [keyArn().replace('us-east-1', 'eu-west-1'), 'NotFoundException: Invalid arn eu-west-1'],
  [keyArn().replace(':kms:', ':s3:'), 'NotFoundException: Invalid arn us-east-1'],
  [
    keyArn().replace('123456789012', '210987654321'),
    `NotFoundException: Key '${keyArn().replace('123456789012', '210987654321')}' does not exist`,
  ],
  [
    'arn:aws:kms:us-east-1:210987654321:alias/lake',
    'NotFoundException: Alias arn:aws:kms:us-east-1:210987654321:alias/lake is not found.',
  ],
  ['arn:aws:kms:eu-west-1:123456789012:alias/lake', 'NotFoundException: Invalid arn eu-west-1'],
])('fails on a key named %s', async (KeyId, expected) => {
  const { service, outcome } = kms();
  service.createAlias('alias/lake', keyId());
  expect(await outcome('Encrypt', { KeyId, Plaintext })).toContain(expected);
});

test('a key goes by the ARN of its own and of its name', async () => {
  const { service, call } = kms();
  service.createAlias('alias/lake', keyId());
  for (const KeyId of [keyArn(), 'arn:aws:kms:us-east-1:123456789012:alias/lake', 'alias/lake', keyId()])
    expect(await call('Encrypt', { KeyId, Plaintext })).toMatchObject({ KeyId: keyArn() });
});

test.each([
  ['alias/lake', 'AlreadyExistsException'],
  ['alias/aws/s3', 'InvalidAliasNameException'],
  ['alias/la ke', 'InvalidAliasNameException'],
  ['lake', 'ValidationException'],
])('fails on an alias named %s', (name, code) => {
  const { service } = kms();
  service.createAlias('alias/lake', keyId());
  expect(() => {
    service.createAlias(name, keyId());
  }).toThrow(expect.objectContaining({ code }) as Error);
});

test('the SDK’s client is served over the endpoint, and refused what is lacking', async () => {
  const { service, iam, operator } = kms();
  const lake = lakeWith();
  const sessions = new Sessions({ iam });
  const endpoint = new Endpoint({ services: [service.service], sts: new Sts(sessions), s3: lake.s3, sessions });
  const port = await Port.open();
  endpoint.serve(port);
  const { accessKeyId, secretAccessKey } = sessions.operator.credentials;
  const credentials = { accessKeyId, secretAccessKey };
  const client = new KMSClient({ region: 'us-east-1', endpoint: port.url, credentials, maxAttempts: 1 });
  try {
    const { KeyId, CiphertextBlob } = await client.send(
      new EncryptCommand({ KeyId: keyId(), Plaintext: Buffer.from('a secret'), EncryptionContext: { a: '1' } }),
    );
    expect(KeyId).toBe(keyArn());
    const opened = { CiphertextBlob: Buffer.from(CiphertextBlob ?? []).toString('base64'), EncryptionContext: { a: '1' } };
    expect(await service.service.operations.Decrypt?.(opened, operator)).toMatchObject({ Plaintext });
    await expect(client.send(new EncryptCommand({ KeyId: 'alias/none', Plaintext: Buffer.of(1) }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  } finally {
    client.destroy();
    await port.close();
    lake.remove();
  }
});
