import { ssm } from '../../ssm/rig.ts';
import type { FactTable } from '../fact.ts';
import { api, issue } from './sources.ts';

/** Parameters by many names, by their paths and by what is told of them. */
export const ssmListings: FactTable = {
  service: 'Systems Manager Parameter Store',
  facts: [
    {
      says: 'GetParameters answers in alphabetical order, names apart what it does not find, and takes ten names',
      basis: 'documented',
      source: api('GetParameters'),
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
      source: api('GetParametersByPath'),
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
      source: api('GetParametersByPath'),
      holds: async () => {
        const { call, put } = ssm();
        await put('plain');
        expect(await call('GetParametersByPath', { Path: '/' })).toMatchObject({ Parameters: [{ Name: 'plain' }] });
      },
    },
    {
      says: 'DescribeParameters filters by parts of names, types, tiers, paths and tags, GetParametersByPath by type and key alone',
      basis: 'documented',
      source: api('ParameterStringFilter'),
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
      source: api('ParameterMetadata'),
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
  ],
};
