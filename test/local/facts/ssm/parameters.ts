import type { FactTable } from '../fact.ts';
import { recorded } from '../recorded.ts';
import { ssm } from '../../ssm/rig.ts';

const API = 'https://docs.aws.amazon.com/systems-manager/latest/APIReference';
const GUIDE = 'https://docs.aws.amazon.com/systems-manager/latest/userguide';
const PUT = `${API}/API_PutParameter.html`;
const TIERS = `${GUIDE}/parameter-store-advanced-parameters.html`;
const RECORDED = recorded('ssm/test_ssm');
const issue = (repository: string, number: number): string => `https://github.com/${repository}/issues/${number}`;
const SUB_PATHS =
  'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_';

/** What Parameter Store keeps, and what it refuses. */
export const ssmParameters: FactTable = {
  service: 'Systems Manager Parameter Store',
  facts: [
    {
      says: 'GetParameter answers ARN, data type, date, name, type, value and version, and PutParameter tier and version',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const { call, put, clock } = ssm();
        expect(await put('/test/param', '123')).toEqual({ Tier: 'Standard', Version: 1 });
        expect(await call('GetParameter', { Name: '/test/param' })).toEqual({
          Parameter: {
            ARN: 'arn:aws:ssm:us-east-1:123456789012:parameter/test/param',
            DataType: 'text',
            LastModifiedDate: clock.now() / 1000,
            Name: '/test/param',
            Type: 'String',
            Value: '123',
            Version: 1,
          },
        });
      },
    },
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
    {
      says: 'a parameter that is there is put again with Overwrite alone',
      basis: 'observed',
      source: issue('garystafford/emr-demo', 1),
      holds: async () => {
        const { outcome, put } = ssm();
        await put('a');
        expect(await outcome('PutParameter', { Name: 'a', Value: 'b', Type: 'String' })).toBe(
          'ParameterAlreadyExists: The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
        );
        expect(await put('a', 'b', { Overwrite: true })).toMatchObject({ Version: 2 });
      },
    },
    {
      says: 'a new parameter needs a type, an update keeps the one that there was and cannot change it',
      basis: 'documented',
      source: PUT,
      holds: async () => {
        const { call, outcome } = ssm();
        expect(await outcome('PutParameter', { Name: 'a', Value: 'b' })).toMatch('ValidationException: ');
        await call('PutParameter', { Name: 'a', Value: 'b,c', Type: 'StringList' });
        expect(await outcome('PutParameter', { Name: 'a', Value: 'c', Type: 'String', Overwrite: true })).toMatch(
          'HierarchyTypeMismatchException',
        );
        await call('PutParameter', { Name: 'a', Value: 'd', Overwrite: true });
        expect(await call('GetParameter', { Name: 'a' })).toMatchObject({ Parameter: { Type: 'StringList', Value: 'd' } });
      },
    },
    {
      says: 'a standard parameter holds 4,096 bytes, and the 4,097th is refused in words that tell of the advanced tier',
      basis: 'documented',
      source: TIERS,
      holds: async () => {
        const { outcome } = ssm();
        const putting = (bytes: number, rest: object = {}) =>
          outcome('PutParameter', { Name: `p${bytes}`, Value: 'x'.repeat(bytes), Type: 'String', ...rest });
        expect(await putting(4096)).toBe('allowed');
        expect(await putting(4097)).toMatch('Standard tier parameters support a maximum parameter value of 4096 characters.');
        expect(await putting(8192, { Tier: 'Advanced' })).toBe('allowed');
        expect(await putting(8193, { Tier: 'Advanced' })).toMatch('ValidationException');
      },
    },
    {
      says: 'Intelligent-Tiering makes a parameter advanced when its value needs that, and an advanced one never becomes standard again',
      basis: 'documented',
      source: TIERS,
      holds: async () => {
        const { call, outcome } = ssm();
        const putting = { Name: 'a', Type: 'String', Overwrite: true };
        expect(await call('PutParameter', { ...putting, Value: 'x', Tier: 'Intelligent-Tiering' })).toMatchObject({
          Tier: 'Standard',
        });
        expect(await call('PutParameter', { ...putting, Value: 'x'.repeat(4097), Tier: 'Intelligent-Tiering' })).toMatchObject({
          Tier: 'Advanced',
        });
        expect(await outcome('PutParameter', { ...putting, Value: 'x', Tier: 'Standard' })).toMatch("You can't downgrade");
      },
    },
    {
      says: 'a pattern must fit the whole value, and goes for later versions too: \\d{1,4} refuses 10000',
      basis: 'documented',
      source: `${GUIDE}/sysman-paramstore-su-create.html`,
      holds: async () => {
        const { outcome, put } = ssm();
        await put('a', '100', { AllowedPattern: '\\d{1,4}' });
        expect(await outcome('PutParameter', { Name: 'a', Value: '10000', Type: 'String', Overwrite: true })).toBe(
          'ParameterPatternMismatchException: Parameter value, cannot be validated against allowedPattern: \\d{1,4}',
        );
      },
    },
    {
      says: 'a pattern is held against each item of a list',
      basis: 'undecided',
      source: PUT,
      holds: async () => {
        const { outcome } = ssm();
        const putting = { Name: 'a', Type: 'StringList', AllowedPattern: '[a-z]' };
        expect(await outcome('PutParameter', { ...putting, Value: 'a,bb' })).toMatch('ParameterPatternMismatchException');
        expect(await outcome('PutParameter', { ...putting, Value: 'a,b' })).toBe('allowed');
      },
    },
    {
      says: 'a value cannot refer to another parameter, nor be empty',
      basis: 'documented',
      source: PUT,
      holds: async () => {
        const { outcome } = ssm();
        for (const Value of ['{{ssm:other}}', ''])
          expect(await outcome('PutParameter', { Name: 'a', Value, Type: 'String' })).toMatch('ValidationException');
      },
    },
    {
      says: 'a version is had by its number behind a colon, and the answer repeats it as the selector',
      basis: 'documented',
      source: `${API}/API_Parameter.html`,
      holds: async () => {
        const { call, put } = ssm();
        await put('a', 'one');
        await put('a', 'two', { Overwrite: true });
        expect(await call('GetParameter', { Name: 'a:1' })).toMatchObject({
          Parameter: { Name: 'a', Selector: ':1', Value: 'one', Version: 1 },
        });
      },
    },
    {
      says: 'a version that is not there is ParameterVersionNotFound to GetParameter',
      basis: 'observed',
      source: 'https://github.com/getmoto/moto/pull/3977',
      holds: async () => {
        const { outcome, put } = ssm();
        await put('a');
        expect(await outcome('GetParameter', { Name: 'a:3' })).toBe(
          'ParameterVersionNotFound: Systems Manager could not find version 3 of a. Verify the version and try again.',
        );
      },
    },
    {
      says: 'a hundred versions are kept, and the oldest goes for the next',
      basis: 'documented',
      source: `${GUIDE}/sysman-paramstore-versions.html`,
      holds: async () => {
        const { call, outcome, put } = ssm();
        for (let version = 1; version <= 101; version++) await put('a', `${version}`, { Overwrite: true });
        expect(await outcome('GetParameter', { Name: 'a:1' })).toMatch('ParameterVersionNotFound');
        const first = await call('GetParameterHistory', { Name: 'a' });
        const rest = await call('GetParameterHistory', { Name: 'a', NextToken: first.NextToken });
        const versions = [first, rest]
          .flatMap(({ Parameters }) => Parameters as { Version: number }[])
          .map(({ Version }) => Version);
        expect(versions).toEqual(Array.from({ length: 100 }, (_, index) => index + 2));
      },
    },
    {
      says: 'GetParameters answers in alphabetical order, names apart what it does not find, and takes ten names',
      basis: 'documented',
      source: `${API}/API_GetParameters.html`,
      holds: async () => {
        const { call, outcome, put } = ssm();
        await put('b');
        await put('a');
        expect(await call('GetParameters', { Names: ['b', 'lost', 'a', 'a:9'] })).toMatchObject({
          InvalidParameters: ['lost', 'a:9'],
          Parameters: [{ Name: 'a' }, { Name: 'b' }],
        });
        const Names = Array.from({ length: 11 }, (_, index) => `n${index}`);
        expect(await outcome('GetParameters', { Names })).toMatch('ValidationException: 1 validation error detected');
      },
    },
    {
      says: 'GetParametersByPath answers what lies in a path, deeper levels only if asked for, ten at a time',
      basis: 'documented',
      source: `${API}/API_GetParametersByPath.html`,
      holds: async () => {
        const { call, put } = ssm();
        for (const name of ['/a/b', '/a/c/d', '/ab', '/a']) await put(name);
        const names = async (rest: object) =>
          ((await call('GetParametersByPath', rest)).Parameters as { Name: string }[]).map(({ Name }) => Name);
        expect(await names({ Path: '/a' })).toEqual(['/a/b']);
        expect(await names({ Path: '/a/', Recursive: true })).toEqual(['/a/b', '/a/c/d']);
        for (let index = 0; index < 10; index++) await put(`/many/${index}`);
        await put('/many/last');
        const page = await call('GetParametersByPath', { Path: '/many' });
        expect(page.Parameters).toHaveLength(10);
        expect(await call('GetParametersByPath', { Path: '/many', NextToken: page.NextToken })).toEqual({
          Parameters: [expect.objectContaining({ Name: '/many/last' })],
        });
      },
    },
    {
      says: 'a path that does not begin with a slash is refused in words that end with a valid example',
      basis: 'observed',
      source: issue('aws/aws-sdk-js-v3', 5928),
      holds: async () => {
        const { outcome } = ssm();
        expect(await outcome('GetParametersByPath', { Path: 'a' })).toMatch(
          /^ValidationException: The parameter doesn't meet .* begin with a forward slash "\/".* Valid example: \/get\/parameters2-\/by1\.\/path0_\.$/,
        );
      },
    },
    {
      says: 'the path / holds the parameters without a leading slash',
      basis: 'undecided',
      source: `${API}/API_GetParametersByPath.html`,
      holds: async () => {
        const { call, put } = ssm();
        await put('plain');
        expect(await call('GetParametersByPath', { Path: '/' })).toMatchObject({ Parameters: [{ Name: 'plain' }] });
      },
    },
    {
      says: 'DescribeParameters filters by parts of names, types, tiers, paths and tags, GetParametersByPath by type and key alone',
      basis: 'documented',
      source: `${API}/API_ParameterStringFilter.html`,
      holds: async () => {
        const { call, outcome, put } = ssm();
        await put('/a/one', 'x', { Tags: [{ Key: 'team', Value: 'sales' }] });
        await put('/a/b/two', 'x,y', { Type: 'StringList', Tier: 'Advanced' });
        const named = async (filter: object) =>
          ((await call('DescribeParameters', { ParameterFilters: [filter] })).Parameters as { Name: string }[]).map(
            ({ Name }) => Name,
          );
        expect(await named({ Key: 'Name', Option: 'Contains', Values: ['one'] })).toEqual(['/a/one']);
        expect(await named({ Key: 'Name', Option: 'BeginsWith', Values: ['/a/b'] })).toEqual(['/a/b/two']);
        expect(await named({ Key: 'Type', Values: ['StringList'] })).toEqual(['/a/b/two']);
        expect(await named({ Key: 'Tier', Values: ['Standard'] })).toEqual(['/a/one']);
        expect(await named({ Key: 'Path', Values: ['/a'] })).toEqual(['/a/one']);
        expect(await named({ Key: 'Path', Option: 'Recursive', Values: ['/a'] })).toEqual(['/a/b/two', '/a/one']);
        expect(await named({ Key: 'tag:team', Values: ['sales'] })).toEqual(['/a/one']);
        const byPath = (Key: string) =>
          outcome('GetParametersByPath', { Path: '/a', ParameterFilters: [{ Key, Values: ['String'] }] });
        expect([await byPath('Type'), await byPath('Name')]).toEqual([
          'allowed',
          expect.stringMatching('InvalidFilterKey') as string,
        ]);
      },
    },
    {
      says: 'DescribeParameters tells everything of a parameter but its value, and who put it',
      basis: 'documented',
      source: `${API}/API_ParameterMetadata.html`,
      holds: async () => {
        const { call, put, operator } = ssm();
        await put('a', 'hidden', { Description: 'of a test', AllowedPattern: '[a-z]+' });
        const { Parameters } = await call('DescribeParameters');
        expect(Parameters).toMatchObject([
          {
            Name: 'a',
            Description: 'of a test',
            AllowedPattern: '[a-z]+',
            LastModifiedUser: operator.arn,
            Tier: 'Standard',
            Version: 1,
          },
        ]);
        expect(JSON.stringify(Parameters)).not.toContain('hidden');
      },
    },
    {
      says: 'EventBridge hears of a parameter that is created, updated or deleted, by its name and type, and not of its value',
      basis: 'documented',
      source: `${GUIDE}/monitoring-systems-manager-event-examples.html`,
      holds: async () => {
        const { call, events, put } = ssm();
        await put('/a', 'hidden', { Description: 'of a test' });
        await put('/a', 'hidden', { Overwrite: true });
        await call('DeleteParameter', { Name: '/a' });
        const detail = (operation: string) => ({ operation, name: '/a', type: 'String', description: 'of a test' });
        expect(events).toEqual(
          ['Create', 'Update', 'Delete'].map(
            (operation) =>
              expect.objectContaining({
                source: 'aws.ssm',
                'detail-type': 'Parameter Store Change',
                resources: ['arn:aws:ssm:us-east-1:123456789012:parameter/a'],
                detail: detail(operation),
              }) as object,
          ),
        );
      },
    },
    {
      says: 'a parameter is tagged as it is made or later, and not as it is overwritten',
      basis: 'documented',
      source: `${API}/API_AddTagsToResource.html`,
      holds: async () => {
        const { call, outcome, put } = ssm();
        const Tags = [{ Key: 'team', Value: 'sales' }];
        await put('a');
        expect(await outcome('PutParameter', { Name: 'a', Value: 'b', Type: 'String', Overwrite: true, Tags })).toMatch(
          "tags and overwrite can't be used together",
        );
        const resource = { ResourceType: 'Parameter', ResourceId: '/a' };
        await call('AddTagsToResource', { ...resource, Tags });
        expect(await call('ListTagsForResource', { ...resource, ResourceId: 'a' })).toEqual({ TagList: Tags });
        await call('RemoveTagsFromResource', { ...resource, TagKeys: ['team'] });
        expect(await call('ListTagsForResource', resource)).toEqual({ TagList: [] });
      },
    },
  ],
};
