import { SimulatedClock } from '../../../local/clock.ts';
import { Members } from '../../../local/input.ts';
import { generateSecret } from '../../../local/secrets/generate-secret.ts';
import { Secrets } from '../../../local/secrets/secrets.ts';
import { ServiceError, type Caller } from '../../../local/service.ts';

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

function secrets(denied: readonly string[] = []) {
  const checks: unknown[] = [];
  const service = new Secrets({
    clock: new SimulatedClock(0),
    access: {
      check: (_caller, action, resource, context) => {
        checks.push([action, resource, context?.['kms:EncryptionContext:SecretARN']]);
        if (denied.includes(action)) throw new ServiceError('AccessDeniedException', action);
      },
    },
    region: 'us-east-1',
    accountId: '123456789012',
  });
  const arn = service.createSecret('token', keyArn, () => 'value');
  const get = async (SecretId: string, more: object = {}) =>
    service.service.operations.GetSecretValue?.({ SecretId, ...more }, caller);
  return { arn, checks, get };
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
