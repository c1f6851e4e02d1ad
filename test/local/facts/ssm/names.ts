import { ssm } from '../../ssm/rig.ts';
import type { FactTable } from '../fact.ts';
import { recorded } from '../recorded.ts';
import { api, issue, RECORDED } from './sources.ts';

const PUT = api('PutParameter');
const SUB_PATHS =
  'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_';

/** How parameters are named, and found by their names. */
export const ssmNames: FactTable = {
  service: 'Systems Manager Parameter Store',
  facts: [
    {
      says: 'a parameter is found by its ARN, under the name that it was created with',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { call, put } = ssm();
        await put('/test/param');
        await put('plain');
        const byArn = (name: string) => call('GetParameter', { Name: `arn:aws:ssm:us-east-1:123456789012:parameter/${name}` });
        expect([await byArn('test/param'), await byArn('plain')]).toMatchObject([
          { Parameter: { Name: '/test/param' } },
          { Parameter: { Name: 'plain' } },
        ]);
      },
    },
    {
      says: 'a parameter without a leading slash is found with one, too, and is then told under that name',
      basis: 'observed',
      source: 'https://github.com/localstack/localstack/blob/main/tests/aws/services/ssm/test_ssm.py',
      holds: async () => {
        const { call, put } = ssm();
        await put('param');
        expect(await call('GetParameter', { Name: '/param' })).toMatchObject({ Parameter: { Name: '/param', Value: 'value' } });
        expect(await call('GetParameters', { Names: ['/param'] })).toMatchObject({ Parameters: [{ Name: '/param' }] });
      },
    },
    {
      says: 'one with a leading slash is found and deleted without it, and its ARN is the same',
      basis: 'observed',
      source: 'https://github.com/getmoto/moto/blob/master/tests/test_ssm/test_ssm.py',
      holds: async () => {
        const { call, put, outcome } = ssm();
        await put('/with-slash');
        expect(await call('GetParameter', { Name: 'with-slash' })).toMatchObject({
          Parameter: { ARN: 'arn:aws:ssm:us-east-1:123456789012:parameter/with-slash' },
        });
        expect(await call('DeleteParameters', { Names: ['with-slash'] })).toMatchObject({ DeletedParameters: ['with-slash'] });
        expect(await outcome('GetParameter', { Name: '/with-slash' })).toBe('ParameterNotFound: ');
      },
    },
    {
      says: 'ParameterNotFound has no words',
      basis: 'observed',
      source: recorded('cloudformation/resources/test_ssm'),
      holds: async () => {
        const { outcome } = ssm();
        expect(await outcome('GetParameter', { Name: '/nothing' })).toBe('ParameterNotFound: ');
      },
    },
    {
      says: 'a hierarchy with two slashes in a row, or without a leading one, is refused by GetParameter for its sub-paths',
      basis: 'observed',
      source: 'https://github.com/localstack/localstack/blob/main/tests/aws/services/ssm/test_ssm.py',
      holds: async () => {
        const { outcome, put } = ssm();
        await put('/a/b/c');
        for (const Name of ['/a//b//c', 'a/b/c'])
          expect(await outcome('GetParameter', { Name })).toBe(`ValidationException: ${SUB_PATHS}`);
      },
    },
    {
      says: 'a name with a character that names do not have is refused in the words of the prefix ssm',
      basis: 'observed',
      source: issue('aws/aws-sdk-php', 1952),
      holds: async () => {
        const { outcome } = ssm();
        expect(await outcome('PutParameter', { Name: '/myPrefix/xmpt/support@gmail.com', Value: '1', Type: 'String' })).toBe(
          `ValidationException: ${SUB_PATHS}`,
        );
      },
    },
    {
      says: 'a new hierarchy without a leading slash is refused as no fully qualified name',
      basis: 'observed',
      source: issue('hashicorp/terraform-provider-aws', 7251),
      holds: async () => {
        const { outcome } = ssm();
        expect(await outcome('PutParameter', { Name: 'project/dev/version', Value: '1', Type: 'String' })).toBe(
          'ValidationException: Parameter name must be a fully qualified name.',
        );
      },
    },
    {
      says: 'names cannot begin with aws or ssm, in whatever case, nor hold a space within, and spaces at their ends go',
      basis: 'documented',
      source: PUT,
      holds: async () => {
        const { call, outcome, put } = ssm();
        for (const Name of ['awsome', 'SSM', '/ssm/a', '/Aws/a', 'a b'])
          expect(await outcome('PutParameter', { Name, Value: '1', Type: 'String' })).toMatch(
            /^(Validation|AccessDenied)Exception: /,
          );
        await put(' a ');
        expect(await call('GetParameter', { Name: 'a' })).toMatchObject({ Parameter: { Name: 'a' } });
      },
    },
    {
      says: 'a hierarchy has fifteen levels at most, and an ARN 1,011 characters',
      basis: 'documented',
      source: PUT,
      holds: async () => {
        const { outcome } = ssm();
        const putting = (Name: string) => outcome('PutParameter', { Name, Value: '1', Type: 'String' });
        expect(await putting('/a'.repeat(15))).toBe('allowed');
        expect(await putting('/a'.repeat(16))).toMatch('HierarchyLevelLimitExceededException');
        const room = 1011 - 'arn:aws:ssm:us-east-1:123456789012:parameter/'.length;
        expect(await putting('a'.repeat(room))).toBe('allowed');
        expect(await putting('b'.repeat(room + 1))).toMatch('ValidationException');
      },
    },
  ],
};
