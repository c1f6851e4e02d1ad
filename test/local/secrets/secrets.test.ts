import { SimulatedClock } from '../../../local/clock.ts';
import { Kms } from '../../../local/kms/index.ts';
import { Members } from '../../../local/input.ts';
import { generateSecret } from '../../../local/secrets/generate-secret.ts';
import { Secrets } from '../../../local/secrets/secrets.ts';
import { ServiceError, type Caller } from '../../../local/service.ts';
import { account } from '../iam/account.ts';
import { keyArn as kmsKeyArn } from '../kms/rig.ts';

const rules = (members: Record<string, unknown>) => new Members(members, (message) => new Error(message));
const caller: Caller = { arn: 'arn:aws:sts::123456789012:assumed-role/transform/s', accountId: '123456789012' };
const keyArn = 'arn:aws:kms:us-east-1:123456789012:key/one';

test('a password has 32 characters of every kind unless told otherwise', () => {
  const password = generateSecret(rules({}));
  expect(password).toHaveLength(32);
  for (const kind of [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/]) expect(password).toMatch(kind);
});

test('leaves out what is excluded', () => {
  expect(
    generateSecret(rules({ PasswordLength: 64, ExcludePunctuation: true, ExcludeUppercase: true, ExcludeCharacters: 'abc' })),
  ).toMatch(/^[d-z0-9]{64}$/);
});

test('puts the password in a template', () => {
  const value = generateSecret(rules({ SecretStringTemplate: '{"user":"a"}', GenerateStringKey: 'password', PasswordLength: 8 }));
  expect(JSON.parse(value)).toEqual({ user: 'a', password: expect.stringMatching(/^.{8}$/) as string });
});

test.each([
  [{ PasswordLength: 0 }, 'must be 1 to 4096'],
  [{ PasswordLength: 2 }, 'at least 4'],
  [{ SecretStringTemplate: '{}' }, 'come together'],
  [{ Colour: 'blue' }, 'not known'],
])('fails for %j', (members, message) => {
  expect(() => generateSecret(rules(members))).toThrow(message);
});

function secrets(denied: readonly string[] = [], { versions = new Map<string, unknown>(), now = 0 } = {}) {
  const checks: unknown[] = [];
  const parts = {
    clock: new SimulatedClock(now),
    access: {
      check: (_caller: Caller, action: string, resource: string, context?: Readonly<Record<string, unknown>>) => {
        checks.push([action, resource, context?.['kms:EncryptionContext:SecretARN']]);
        if (denied.includes(action)) throw new ServiceError('AccessDeniedException', action);
      },
    },
    region: 'us-east-1',
    accountId: '123456789012',
  };
  const service = new Secrets(parts, versions);
  const settings = { name: 'token', keyArn, description: 'of a test', tags: { team: 'sales' } };
  const arn = service.createSecret(settings, () => 'value');
  const call = async (operation: string, SecretId: string, more: object = {}) =>
    service.service.operations[operation]?.({ SecretId, ...more }, caller);
  const get = async (SecretId: string, more: object = {}) => call('GetSecretValue', SecretId, more);
  const create = (name: string): string => service.createSecret({ name }, () => 'value');
  return { arn, checks, call, create, get };
}

test('gives a value to whom secret and key allow it', async () => {
  const { arn, checks, get } = secrets();
  expect(await get('token')).toMatchObject({ ARN: arn, Name: 'token', SecretString: 'value', VersionStages: ['AWSCURRENT'] });
  expect(checks).toEqual([
    ['secretsmanager:GetSecretValue', arn, undefined],
    ['kms:Decrypt', keyArn, arn],
  ]);
});

test.each(['secretsmanager:GetSecretValue', 'kms:Decrypt'])('fails without %s', async (action) => {
  await expect(secrets([action]).get('token')).rejects.toMatchObject({ code: 'AccessDeniedException' });
});

test('fails for a secret that is not there', async () => {
  await expect(secrets().get('other')).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
});

test.each(['a name', 'name?', 'arn:aws:secretsmanager:us-east-1:123456789012:secret:a name'])(
  'fails for %j, which names no secret, in words of AWS',
  async (SecretId) => {
    const { call } = secrets();
    for (const operation of ['GetSecretValue', 'DescribeSecret', 'ListSecretVersionIds'])
      await expect(call(operation, SecretId)).rejects.toMatchObject({
        code: 'ValidationException',
        message: 'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
      });
  },
);

/** @see https://github.com/localstack/localstack/blob/main/tests/aws/services/secretsmanager/test_secretsmanager.snapshot.json */
test('a name that ends as if it had the six characters is found by its whole ARN, and not by a part', async () => {
  const { create, get } = secrets();
  for (const [name, isFound] of [
    ['sales-a1b2', true],
    ['sales-a1b2c3-', true],
    ['sales-a1b2c3', false],
  ] as const) {
    const arn = create(name);
    expect(await get(arn)).toMatchObject({ Name: name });
    const part = get(arn.slice(0, -7));
    await (isFound
      ? expect(part).resolves.toMatchObject({ Name: name })
      : expect(part).rejects.toMatchObject({ code: 'ResourceNotFoundException' }));
  }
});

test('tells the day on which a value was last asked for, in a later run too', async () => {
  const versions = new Map<string, unknown>();
  const { call, get } = secrets([], { versions, now: Date.UTC(2001, 0, 9, 7) });
  expect(await call('DescribeSecret', 'token')).not.toHaveProperty('LastAccessedDate');
  await get('token');
  const LastAccessedDate = Date.UTC(2001, 0, 9) / 1000;
  expect(await call('DescribeSecret', 'token')).toMatchObject({ LastAccessedDate });
  expect(await secrets([], { versions }).call('DescribeSecret', 'token')).toMatchObject({ LastAccessedDate });
});

test('gives the current version by its id and its stage', async () => {
  const { get } = secrets();
  const { VersionId } = (await get('token')) as { VersionId: string };
  expect(await get('token', { VersionId, VersionStage: 'AWSCURRENT' })).toMatchObject({ SecretString: 'value' });
});

test.each([
  [{ VersionStage: 'AWSPREVIOUS' }, 'staging label: AWSPREVIOUS'],
  [{ VersionId: '11111111-1111-1111-1111-111111111111' }, 'VersionId: 11111111-1111-1111-1111-111111111111'],
])('fails for the version %j', async (version, what) => {
  await expect(secrets().get('token', version)).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
    message: `Secrets Manager can't find the specified secret value for ${what}`,
  });
});

test('fails for a member that GetSecretValue does not have', async () => {
  await expect(secrets().get('token', { Version: '1' })).rejects.toThrow("'Version' is not known here");
});

test('describes a secret and its version, which stay what they are in a later run', async () => {
  const versions = new Map<string, unknown>();
  const { arn, call, get } = secrets([], { versions, now: 1_000_000 });
  const { VersionId } = (await get('token')) as { VersionId: string };
  expect(VersionId).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  const described = await call('DescribeSecret', 'token');
  expect(described).toEqual({
    ARN: arn,
    Name: 'token',
    Description: 'of a test',
    KmsKeyId: keyArn,
    Tags: [{ Key: 'team', Value: 'sales' }],
    CreatedDate: 1000,
    LastChangedDate: 1000,
    LastAccessedDate: 0,
    VersionIdsToStages: { [VersionId]: ['AWSCURRENT'] },
  });
  const listed = await call('ListSecretVersionIds', 'token');
  expect(listed).toEqual({
    ARN: arn,
    Name: 'token',
    Versions: [{ VersionId, VersionStages: ['AWSCURRENT'], CreatedDate: 1000, KmsKeyIds: [keyArn] }],
  });
  const saved = new Map(Object.entries(JSON.parse(JSON.stringify(Object.fromEntries(versions))) as object));
  const later = secrets([], { versions: saved, now: 9_000_000 });
  expect(await later.call('DescribeSecret', 'token')).toEqual(described);
  expect(await later.call('ListSecretVersionIds', 'token')).toEqual(listed);
  expect(await later.get('token')).toMatchObject({ SecretString: 'value', VersionId, CreatedDate: 1000 });
});

test('reads what an earlier release saved: a value alone', async () => {
  const versions = new Map<string, unknown>([['token', 'of old']]);
  const { get } = secrets([], { versions, now: 1000 });
  const VersionId = '00000000-0000-4000-8000-000000000001';
  expect(await get('token', { VersionId })).toMatchObject({ SecretString: 'of old', CreatedDate: 1 });
  expect(await secrets([], { versions, now: 2000 }).get('token')).toMatchObject({ VersionId, CreatedDate: 1 });
});

test.each(['DescribeSecret', 'ListSecretVersionIds'])('fails on %s without its own permission', async (operation) => {
  await expect(secrets([`secretsmanager:${operation}`]).call(operation, 'token')).rejects.toMatchObject({
    code: 'AccessDeniedException',
  });
});

test.each([
  [{ NextToken: 'x' }, 'InvalidNextTokenException'],
  [{ MaxResults: 101 }, 'ValidationException'],
])('fails on ListSecretVersionIds with %j', async (more, code) => {
  await expect(secrets().call('ListSecretVersionIds', 'token', more)).rejects.toMatchObject({ code });
});

test('fails for a secret whose key is not there', async () => {
  const { iam, operator } = account();
  const parts = { clock: new SimulatedClock(0), region: 'us-east-1', accountId: '123456789012' };
  expect(new Kms({ ...parts, iam }).service.name).toBe('kms');
  const secret = new Secrets({ ...parts, access: iam });
  secret.createSecret({ name: 'token', keyArn: kmsKeyArn(7) }, () => 'value');
  await expect(secret.service.operations.GetSecretValue?.({ SecretId: 'token' }, operator)).rejects.toMatchObject({
    code: 'DecryptionFailure',
  });
});

test('fails for the id of a version beside a stage that it does not have', async () => {
  const { get } = secrets();
  const { VersionId } = (await get('token')) as { VersionId: string };
  await expect(get('token', { VersionId, VersionStage: 'AWSPREVIOUS' })).rejects.toMatchObject({
    code: 'InvalidRequestException',
  });
});
