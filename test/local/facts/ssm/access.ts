import { because } from '../../iam/account.ts';
import { keyArn, keyId } from '../../kms/rig.ts';
import { parameterArn, ssm } from '../../ssm/rig.ts';
import type { FactTable } from '../fact.ts';

const GUIDE = 'https://docs.aws.amazon.com/systems-manager/latest/userguide';
const ACCESS = `${GUIDE}/sysman-paramstore-access.html`;
const CONDITIONS = `${GUIDE}/parameter-store-policy-conditions.html`;
const ENCRYPTION = `${GUIDE}/secure-string-parameter-kms-encryption.html`;

const secure = { Type: 'SecureString', KeyId: keyId() };
const allowing = (Action: string | string[], Resource: unknown, Condition?: object) => ({
  allows: [{ Action, Resource, ...(Condition !== undefined && { Condition }) }],
});

/** Who may use a parameter. */
export const ssmAccess: FactTable = {
  service: 'Systems Manager Parameter Store',
  facts: [
    {
      says: 'a policy names the parameter /a/b as parameter/a/b, and each operation has an action of its own',
      basis: 'documented',
      source: ACCESS,
      holds: async () => {
        const { outcome, put, role } = ssm();
        await put('/a/b');
        const reader = role('reader', allowing('ssm:GetParameter', parameterArn('a/b')));
        expect(await outcome('GetParameter', { Name: '/a/b' }, reader)).toBe('allowed');
        expect(await outcome('GetParameters', { Names: ['/a/b'] }, reader)).toMatch(
          `is not authorized to perform: ssm:GetParameters on resource: ${parameterArn('a/b')} because no identity-based policy`,
        );
      },
    },
    {
      says: 'an ARN with two slashes, as parameter//a/b, means no parameter',
      basis: 'observed',
      source: 'https://github.com/aws-samples/cdk-image-pipeline/issues/148',
      holds: async () => {
        const { outcome, put, role } = ssm();
        await put('/a/b');
        const reader = role('reader', allowing('ssm:GetParameter', parameterArn('/a/b')));
        expect(await outcome('GetParameter', { Name: '/a/b' }, reader)).toMatch('AccessDeniedException');
      },
    },
    {
      says: 'GetParameters is refused for all its names where one is not allowed',
      basis: 'undecided',
      source: ACCESS,
      holds: async () => {
        const { outcome, put, role } = ssm();
        await put('a');
        await put('b');
        const reader = role('reader', allowing('ssm:GetParameters', parameterArn('a')));
        expect(await outcome('GetParameters', { Names: ['a', 'b'] }, reader)).toMatch(`on resource: ${parameterArn('b')}`);
      },
    },
    {
      says: 'GetParametersByPath is asked of the path as it was given, with the slash at its end',
      basis: 'observed',
      source: 'https://github.com/aws-ia/terraform-aws-control_tower_account_factory/issues/174',
      holds: async () => {
        const { outcome, role } = ssm();
        expect(await outcome('GetParametersByPath', { Path: '/aft/custom-fields/' }, role('nobody'))).toMatch(
          `on resource: ${parameterArn('aft/custom-fields/')} because no identity-based policy allows the ssm:GetParametersByPath action`,
        );
      },
    },
    {
      says: 'whoever may read a path reads all its levels, also what a policy denies by name',
      basis: 'documented',
      source: ACCESS,
      holds: async () => {
        const { call, put, role } = ssm();
        await put('/a/b/c');
        const reader = role('reader', {
          allows: [
            { Action: 'ssm:GetParametersByPath', Resource: parameterArn('a') },
            { Effect: 'Deny', Action: 'ssm:*', Resource: parameterArn('a/b/c') },
          ],
        });
        expect(await call('GetParametersByPath', { Path: '/a', Recursive: true }, reader)).toMatchObject({
          Parameters: [{ Name: '/a/b/c' }],
        });
      },
    },
    {
      says: 'DescribeParameters is allowed on * alone',
      basis: 'observed',
      source: 'https://github.com/terraform-aws-modules/terraform-aws-iam/issues/347',
      holds: async () => {
        const { outcome, role } = ssm();
        const some = role('some', allowing('ssm:DescribeParameters', parameterArn('*')));
        expect(await outcome('DescribeParameters', {}, some)).toMatch('ssm:DescribeParameters on resource: * because');
        expect(await outcome('DescribeParameters', {}, role('all', allowing('ssm:DescribeParameters', '*')))).toBe('allowed');
      },
    },
    {
      says: 'a policy tells apart who may create and who may overwrite by ssm:Overwrite, and reads of whole hierarchies by ssm:Recursive',
      basis: 'documented',
      source: CONDITIONS,
      holds: async () => {
        const { outcome, role } = ssm();
        const creator = role('creator', allowing('ssm:PutParameter', '*', { StringEquals: { 'ssm:Overwrite': 'false' } }));
        const putting = { Name: 'a', Value: 'b', Type: 'String' };
        expect(await outcome('PutParameter', putting, creator)).toBe('allowed');
        expect(await outcome('PutParameter', { ...putting, Overwrite: true }, creator)).toMatch('AccessDeniedException');
        const flat = role('flat', allowing('ssm:GetParametersByPath', '*', { Bool: { 'ssm:Recursive': 'false' } }));
        expect(await outcome('GetParametersByPath', { Path: '/a' }, flat)).toBe('allowed');
        expect(await outcome('GetParametersByPath', { Path: '/a', Recursive: true }, flat)).toMatch('AccessDeniedException');
      },
    },
    {
      says: 'a policy may ask for the tags of a parameter',
      basis: 'documented',
      source: `${GUIDE}/security_iam_service-with-iam.html`,
      holds: async () => {
        const { outcome, put, role } = ssm();
        await put('a', 'x', { Tags: [{ Key: 'team', Value: 'sales' }] });
        await put('b');
        const sales = role('sales', allowing('ssm:GetParameter', '*', { StringEquals: { 'aws:ResourceTag/team': 'sales' } }));
        expect(await outcome('GetParameter', { Name: 'a' }, sales)).toBe('allowed');
        expect(await outcome('GetParameter', { Name: 'b' }, sales)).toMatch('AccessDeniedException');
      },
    },
    {
      says: 'a SecureString is put with kms:Encrypt, an advanced one with kms:GenerateDataKey, and read with kms:Decrypt',
      basis: 'documented',
      source: ENCRYPTION,
      holds: async () => {
        const { outcome, role } = ssm();
        const keyUser = (name: string, action: string) =>
          role(name, {
            allows: [
              { Action: ['ssm:PutParameter', 'ssm:GetParameter'], Resource: '*' },
              { Action: action, Resource: keyArn() },
            ],
          });
        const encrypter = keyUser('encrypter', 'kms:Encrypt');
        const putting = { Name: 'a', Value: 'secret', ...secure };
        expect(await outcome('PutParameter', putting, encrypter)).toBe('allowed');
        expect(because(await outcome('PutParameter', { ...putting, Tier: 'Advanced', Overwrite: true }, encrypter))).toMatch(
          'allows the kms:GenerateDataKey action',
        );
        expect(because(await outcome('GetParameter', { Name: 'a', WithDecryption: true }, encrypter))).toMatch(
          'allows the kms:Decrypt action',
        );
        expect(await outcome('GetParameter', { Name: 'a', WithDecryption: true }, keyUser('decrypter', 'kms:Decrypt'))).toBe(
          'allowed',
        );
      },
    },
    {
      says: 'the encryption context of a SecureString is PARAMETER_ARN, and Systems Manager is the service that KMS is called by',
      basis: 'documented',
      source: ENCRYPTION,
      holds: async () => {
        const { outcome, put, role } = ssm();
        await put('a', 'secret', secure);
        await put('b', 'secret', secure);
        const reader = role('reader', {
          allows: [
            { Action: 'ssm:GetParameter', Resource: '*' },
            {
              Action: 'kms:Decrypt',
              Resource: keyArn(),
              Condition: {
                StringEquals: {
                  'kms:EncryptionContext:PARAMETER_ARN': parameterArn('a'),
                  'kms:ViaService': 'ssm.us-east-1.amazonaws.com',
                },
              },
            },
          ],
        });
        expect(await outcome('GetParameter', { Name: 'a', WithDecryption: true }, reader)).toBe('allowed');
        expect(await outcome('GetParameter', { Name: 'b', WithDecryption: true }, reader)).toMatch('AccessDeniedException');
      },
    },
    {
      says: 'without WithDecryption a SecureString is answered encrypted, and asks for no right to its key',
      basis: 'documented',
      source: ENCRYPTION,
      holds: async () => {
        const { put, role, value } = ssm();
        await put('a', 'secret', secure);
        const reader = role('reader', allowing('ssm:GetParameter', '*'));
        expect(await value('a', {}, reader)).toMatch(/^[\w+/=]{40,}$/);
        expect(await value('a', { WithDecryption: true })).toBe('secret');
      },
    },
    {
      says: 'without KeyId a SecureString is encrypted under alias/aws/ssm, which whoever may read the parameter may use',
      basis: 'documented',
      source: ENCRYPTION,
      holds: async () => {
        const { call, put, role, value } = ssm();
        await put('a', 'secret', { Type: 'SecureString' });
        expect(await value('a', { WithDecryption: true }, role('reader', allowing('ssm:GetParameter', '*')))).toBe('secret');
        expect(await call('DescribeParameters')).toMatchObject({ Parameters: [{ KeyId: 'alias/aws/ssm' }] });
      },
    },
    {
      says: 'a key that is disabled or not there makes InvalidKeyId',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html#API_GetParameter_Errors',
      holds: async () => {
        const { kms, outcome, put } = ssm();
        await put('a', 'secret', secure);
        await kms('DisableKey');
        expect(await outcome('GetParameter', { Name: 'a', WithDecryption: true })).toMatch('InvalidKeyId');
        expect(await outcome('PutParameter', { Name: 'b', Value: 'secret', ...secure, KeyId: keyId(7) })).toMatch('InvalidKeyId');
      },
    },
  ],
};
