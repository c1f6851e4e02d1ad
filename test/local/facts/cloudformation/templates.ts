import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../../local/clock.ts';
import { start } from '../../../../local/start.ts';
import { writeAssembly, type Template } from '../../assembly/fixture.ts';
import { recorded } from '../recorded.ts';
import type { FactTable } from '../fact.ts';

const REFERENCE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';
const GUIDE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide';
const PARAMETERS = `${GUIDE}/parameters-section-structure.html`;

const Queue = { Type: 'AWS::SQS::Queue' };
const NONE = { Ref: 'AWS::NoValue' };

/** What a stack of these outputs tells after its deployment, and what it fails with. */
async function outputs(
  told: Readonly<Record<string, unknown>>,
  rest: Partial<Template> = {},
  nested: Readonly<Record<string, object>> = {},
) {
  const Outputs = Object.fromEntries(Object.entries(told).map(([name, Value]) => [name, { Value }]));
  const template: Template = { Resources: { Queue }, Outputs, ...rest };
  const runtime = await start({
    assembly: writeAssembly({ App: { template } }, undefined, nested),
    state: mkdtempSync(path.join(tmpdir(), 'state-')),
    clock: new SimulatedClock(Date.UTC(2026, 0, 1)),
  });
  await runtime.stop();
  return runtime.outputs.App;
}
const told = async (value: unknown, rest: Partial<Template> = {}): Promise<unknown> => (await outputs({ It: value }, rest))?.It;

const child = (Parameters: object = {}) => ({
  Type: 'AWS::CloudFormation::Stack',
  Properties: { TemplateURL: 'https://s3.us-east-1.amazonaws.com/assets/child.json', Parameters },
});

/** What templates say, and what CloudFormation makes of it. */
export const templates: FactTable = {
  service: 'CloudFormation’s templates',
  facts: [
    {
      says: 'Fn::Join leaves out what is AWS::NoValue, and joins nothing to an empty text',
      basis: 'observed',
      source: recorded('cloudformation/test_template_engine'),
      holds: async () => {
        expect(await outputs({ Some: { 'Fn::Join': ['', ['Sample', NONE]] }, None: { 'Fn::Join': ['', [NONE]] } })).toEqual({
          Some: 'Sample',
          None: '',
        });
      },
    },
    {
      says: 'Fn::FindInMap fails for a key that its mapping has not, and gives its DefaultValue where it has one',
      basis: 'documented',
      source: `${REFERENCE}/intrinsic-function-reference-findinmap-enhancements.html`,
      holds: async () => {
        const Mappings = { Suffixes: { A: { Suffix: 'a' } } };
        const find = (...rest: object[]) => ({ 'Fn::FindInMap': ['Suffixes', 'C', 'Suffix', ...rest] });
        await expect(told(find(), { Mappings })).rejects.toThrow("mapping 'Suffixes.C.Suffix' stands for nothing");
        const more = { Mappings, Transform: 'AWS::LanguageExtensions' };
        expect(await told(find({ DefaultValue: { Ref: 'AWS::Region' } }), more)).toBe('us-east-1');
      },
    },
    {
      says: 'Fn::Cidr cuts the first blocks of a size out of a block, 1 to 256 of them',
      basis: 'documented',
      source: `${REFERENCE}/intrinsic-function-reference-cidr.html`,
      holds: async () => {
        const cut = (count: number) => ({ 'Fn::Join': [' ', { 'Fn::Cidr': ['192.168.0.0/24', count, 5] }] });
        expect(await told(cut(6))).toBe(
          '192.168.0.0/27 192.168.0.32/27 192.168.0.64/27 192.168.0.96/27 192.168.0.128/27 192.168.0.160/27',
        );
        await expect(told(cut(9))).rejects.toThrow("9 blocks of 5 bits in '192.168.0.0/24' stands for nothing");
      },
    },
    {
      says: 'Fn::Length counts the items of a list, and Fn::ToJsonString writes a value as JSON once its references stand for something',
      basis: 'documented',
      source: `${REFERENCE}/intrinsic-function-reference-ToJsonString.html`,
      holds: async () => {
        const both = {
          Length: { 'Fn::Length': ['a', 'b'] },
          Json: { 'Fn::ToJsonString': { region: { Ref: 'AWS::Region' }, list: [1] } },
        };
        expect(await outputs(both, { Transform: 'AWS::LanguageExtensions' })).toEqual({
          Length: '2',
          Json: '{"region":"us-east-1","list":[1]}',
        });
      },
    },
    {
      says: 'a CommaDelimitedList is a list of its items without the blanks around them',
      basis: 'documented',
      source: PARAMETERS,
      holds: async () => {
        const Parameters = { Names: { Type: 'CommaDelimitedList', Default: 'test, dev,prod' } };
        expect(await told({ 'Fn::Join': ['|', { Ref: 'Names' }] }, { Parameters })).toBe('test|dev|prod');
      },
    },
    {
      says: 'a parameter’s value must be one of its AllowedValues, match its AllowedPattern whole, and be as long or great as it may; its ConstraintDescription is told',
      basis: 'documented',
      source: PARAMETERS,
      holds: async () => {
        const refusal = (rest: object) => told('x', { Parameters: { One: { Type: 'String', Default: 'ab', ...rest } } });
        await expect(refusal({ AllowedValues: ['a', 'b'] })).rejects.toThrow("Parameter 'One' must be one of AllowedValues");
        await expect(refusal({ AllowedPattern: '[a-z]' })).rejects.toThrow("Parameter 'One' must match pattern [a-z]");
        await expect(refusal({ MaxLength: 1, ConstraintDescription: 'must be one letter' })).rejects.toThrow(
          "Parameter 'One' must be one letter",
        );
        expect(await refusal({ AllowedValues: ['ab'], AllowedPattern: '[a-z]+', MinLength: 2 })).toBe('x');
      },
    },
    {
      says: 'Ref of a nested stack gives its ARN, and Fn::GetAtt its outputs, which other nested stacks take as parameters',
      basis: 'observed',
      source: recorded('cloudformation/api/test_nested_stacks'),
      holds: async () => {
        const nested = {
          'child.json': {
            Parameters: { Of: { Type: 'String', Default: 'nobody' } },
            Resources: { Queue },
            Outputs: { Told: { Value: { 'Fn::Sub': '${Of}, ${AWS::Region}' } } },
          },
        };
        const Resources = { First: child(), Second: child({ Of: { 'Fn::GetAtt': ['First', 'Outputs.Told'] } }) };
        const asked = { Id: { Ref: 'First' }, Told: { 'Fn::GetAtt': ['Second', 'Outputs.Told'] } };
        expect(await outputs(asked, { Resources }, nested)).toEqual({
          Id: expect.stringMatching(/^arn:aws:cloudformation:us-east-1:123456789012:stack\/App-First\/[\w-]{36}$/) as string,
          Told: 'nobody, us-east-1, us-east-1',
        });
      },
    },
    {
      says: 'a stack whose parameters have neither a value nor a default is refused: Parameters: [Input] must have values',
      basis: 'observed',
      source: recorded('cloudformation/api/test_stacks'),
      holds: async () => {
        const nested = { 'child.json': { Parameters: { Input: { Type: 'String' } }, Resources: { Queue } } };
        await expect(outputs({}, { Resources: { Child: child() } }, nested)).rejects.toThrow(
          'Parameters: [Input] must have values',
        );
      },
    },
    {
      says: 'a resource has no members but those of its attributes: Invalid template resource property; and it has a Type',
      basis: 'observed',
      source: recorded('cloudformation/api/test_validations'),
      holds: async () => {
        await expect(outputs({}, { Resources: { A: { ...Queue, Invalid: 10 } } })).rejects.toThrow(
          "Invalid template resource property 'Invalid'",
        );
        await expect(outputs({}, { Resources: { A: { Properties: {} } } })).rejects.toThrow(
          'Template format error: [/Resources/A] Every Resources object must contain a Type member.',
        );
      },
    },
    {
      says: 'an output has a value',
      basis: 'observed',
      source: recorded('cloudformation/api/test_validations'),
      holds: async () => {
        await expect(outputs({}, { Outputs: { It: {} } })).rejects.toThrow(
          'Template format error: Every Outputs member must contain a Value object',
        );
      },
    },
    {
      says: 'names of resources and of parameters are of letters and digits',
      basis: 'observed',
      source: recorded('cloudformation/api/test_changesets'),
      holds: async () => {
        await expect(outputs({}, { Resources: { 'AWS::NoValue': Queue } })).rejects.toThrow(
          'Template format error: Resource name AWS::NoValue is non alphanumeric.',
        );
        await expect(outputs({}, { Parameters: { 'AWS::NoValue': { Type: 'String' } } })).rejects.toThrow(
          'Template format error: Parameter name AWS::NoValue is non alphanumeric.',
        );
      },
    },
    {
      says: 'a parameter has a type that there is',
      basis: 'documented',
      source: `${GUIDE}/cloudformation-supplied-parameter-types.html`,
      holds: async () => {
        const refusal = (One: object) => told('x', { Parameters: { One: { Default: 'a', ...One } } });
        await expect(refusal({})).rejects.toThrow('Every Parameters object must contain a Type member');
        await expect(refusal({ Type: 'Text' })).rejects.toThrow('Unrecognized parameter type: Text');
        await expect(refusal({ Type: 'String', AllowedPatern: 'b' })).rejects.toThrow(
          "Invalid template parameter property 'AllowedPatern'",
        );
        for (const Type of ['List<AWS::EC2::Subnet::Id>', 'AWS::EC2::KeyPair::KeyName', 'CommaDelimitedList'])
          expect(await refusal({ Type })).toBe('x');
      },
    },
    {
      says: 'the value of an output is a text, a number or a truth value',
      basis: 'documented',
      source: `${GUIDE}/outputs-section-structure.html`,
      holds: async () => {
        expect(await told(5)).toBe('5');
        for (const value of [{ 'Fn::GetAZs': '' }, NONE, { a: 1 }])
          await expect(told(value)).rejects.toThrow('App.Outputs.It: Template format error');
      },
    },
    {
      says: 'an export has its name alone in the region of an account',
      basis: 'documented',
      source: `${GUIDE}/using-cfn-stack-exports.html`,
      holds: async () => {
        const exported = { Value: 'x', Export: { Name: 'shared' } };
        await expect(outputs({}, { Outputs: { One: exported, Two: exported } })).rejects.toThrow(
          'App.Outputs.Two: Export with name shared is already exported',
        );
      },
    },
  ],
};
