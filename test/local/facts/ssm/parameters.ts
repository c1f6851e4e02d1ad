import { ssm } from '../../ssm/rig.ts';
import type { FactTable } from '../fact.ts';
import { api, guide, issue, RECORDED } from './sources.ts';

const PUT = api('PutParameter');
const TIERS = guide('parameter-store-advanced-parameters');

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
      source: guide('sysman-paramstore-su-create'),
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
      source: api('Parameter'),
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
      source: guide('sysman-paramstore-versions'),
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
      says: 'EventBridge hears of a parameter that is created, updated or deleted, by its name and type, and not of its value',
      basis: 'documented',
      source: guide('monitoring-systems-manager-event-examples'),
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
      source: api('AddTagsToResource'),
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
