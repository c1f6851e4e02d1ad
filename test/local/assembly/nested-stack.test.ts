import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SSM } from '@aws-sdk/client-ssm';
import * as iam from 'aws-cdk-lib/aws-iam';
import { App, CfnOutput, CustomResource, Duration, NestedStack, Stack } from 'aws-cdk-lib/core';
import { Provider } from 'aws-cdk-lib/custom-resources';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { SimulatedClock } from '../../../local/clock.ts';
import { start, type LocalRuntime } from '../../../local/start.ts';
import { writeAssembly } from './fixture.ts';

const state = () => mkdtempSync(path.join(tmpdir(), 'state-'));

/** Synthesizes a stack as the CDK does for `cdk deploy`. */
function synthesized(build: (stack: Stack) => void): string {
  const outdir = path.join(mkdtempSync(path.join(tmpdir(), 'cdk-')), 'out');
  const app = new App({ outdir, analyticsReporting: false, stackTraces: false, treeMetadata: false });
  build(new Stack(app, 'Parent', { env: { account: '123456789012', region: 'us-east-1' } }));
  app.synth();
  return outdir;
}

const run = (assembly: string, folder: string): Promise<LocalRuntime> =>
  start({ assembly, state: folder, clock: new SimulatedClock(Date.UTC(2026, 2, 1)) });

/** What a run of the templates tells. */
async function outputsOf(assembly: string, folder = state()) {
  const runtime = await run(assembly, folder);
  await runtime.stop();
  return runtime.outputs;
}

test('a nested stack takes from its parent and gives to it, however deep', async () => {
  const assembly = synthesized((parent) => {
    const outer = new sqs.Queue(parent, 'Outer');
    const child = new NestedStack(parent, 'Child');
    const grandchild = new NestedStack(child, 'Grandchild');
    const inner = new sqs.Queue(grandchild, 'Inner', { deadLetterQueue: { queue: outer, maxReceiveCount: 3 } });
    new CfnOutput(parent, 'InnerArn', { value: inner.queueArn });
    new CfnOutput(parent, 'ChildName', { value: child.stackName });
    new CfnOutput(parent, 'Named', {
      value: new ssm.StringParameter(child, 'Name', { stringValue: grandchild.stackId }).stringValue,
    });
  });
  const outputs = await outputsOf(assembly);
  expect(outputs).toEqual({
    Parent: {
      InnerArn: expect.stringMatching(/^arn:aws:sqs:us-east-1:123456789012:[\w-]{1,80}$/) as string,
      ChildName: expect.stringMatching(/^Parent-ChildNestedStackChildNestedStackResource[0-9A-F]{8}$/) as string,
      Named: expect.stringMatching(/^arn:aws:cloudformation:us-east-1:123456789012:stack\/Parent-Child/) as string,
    },
  });
  expect(await outputsOf(assembly)).toEqual(outputs);
}, 120_000);

/** Puts a parameter when it is made, and deletes it at its end. */
const MAKER = `
  const { SSM } = require('@aws-sdk/client-ssm');
  exports.handler = async ({ RequestType }) => {
    const ssm = new SSM();
    if (RequestType === 'Delete') await ssm.deleteParameter({ Name: '/made' });
    else await ssm.putParameter({ Name: '/made', Value: 'here', Type: 'String' });
    return { PhysicalResourceId: 'made' };
  };`;

async function parametersAfter(assembly: string, folder: string): Promise<readonly unknown[]> {
  const runtime = await run(assembly, folder);
  const { endpoint, region, operator: credentials } = runtime;
  const { Parameters = [] } = await new SSM({ endpoint, region, credentials }).describeParameters({});
  await runtime.stop();
  return Parameters.map(({ Name }) => Name);
}

test('what a nested stack has made ends with it, and stays while its parent does not run', async () => {
  const app = (hasChild: boolean) =>
    synthesized((parent) => {
      const onEventHandler = new lambda.Function(parent, 'Maker', {
        runtime: lambda.Runtime.NODEJS_22_X,
        handler: 'index.handler',
        code: lambda.Code.fromInline(MAKER),
        timeout: Duration.minutes(1),
      });
      onEventHandler.addToRolePolicy(
        new iam.PolicyStatement({ actions: ['ssm:PutParameter', 'ssm:DeleteParameter'], resources: ['*'] }),
      );
      const { serviceToken } = new Provider(parent, 'Provider', { onEventHandler });
      new Stack(App.of(parent), 'Other', { env: { account: parent.account, region: parent.region } });
      if (!hasChild) return;
      const child = new NestedStack(parent, 'Child');
      new ssm.StringParameter(child, 'Own', { parameterName: '/own', stringValue: 'here' });
      new CustomResource(child, 'Made', { serviceToken });
    });
  const folder = state();
  const [before, after] = [app(true), app(false)];
  expect(await parametersAfter(before, folder)).toEqual(['/made', '/own']);
  expect(await parametersAfter(before, folder)).toEqual(['/made', '/own']);
  const other = await start({
    assembly: after,
    state: folder,
    clock: new SimulatedClock(Date.UTC(2026, 2, 1)),
    stacks: ['Other'],
  });
  await other.stop();
  expect(await parametersAfter(before, folder)).toEqual(['/made', '/own']);
  expect(await parametersAfter(after, folder)).toEqual([]);
}, 240_000);

/** A parent whose nested stack has one parameter. */
const withParameter = (declaration: object, Parameters: object, url = 'https://s3.us-east-1.amazonaws.com/assets/child.json') =>
  writeAssembly(
    {
      Parent: {
        template: {
          Resources: { Child: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url, Parameters } } },
          Outputs: { Told: { Value: { 'Fn::GetAtt': ['Child', 'Outputs.Told'] } } },
        },
      },
    },
    undefined,
    {
      'child.json': {
        Parameters: { Given: { Type: 'String', ...declaration } },
        Resources: { Queue: { Type: 'AWS::SQS::Queue' } },
        Outputs: { Told: { Value: { 'Fn::Join': ['|', { 'Fn::Split': [',', { Ref: 'Given' }] }] } } },
      },
    },
  );

test.each([
  ['a text', { Type: 'String' }, { Given: 'a,b' }, 'a|b'],
  ['a number', { Type: 'Number', MinValue: 1, MaxValue: 3 }, { Given: 3 }, '3'],
  ['its default', { Default: 'usual' }, {}, 'usual'],
  ['what is allowed', { AllowedValues: ['a', 'b'], AllowedPattern: '[a-z]', MaxLength: 1 }, { Given: 'b' }, 'b'],
])('a nested stack is given %s', async (_name, declaration, given, told) => {
  expect(await outputsOf(withParameter(declaration, given))).toEqual({ Parent: { Told: told } });
});

test('a list reaches a nested stack as one', async () => {
  const child = {
    Parameters: { Given: { Type: 'CommaDelimitedList' } },
    Resources: { Queue: { Type: 'AWS::SQS::Queue' } },
    Outputs: { Told: { Value: { 'Fn::Select': [1, { Ref: 'Given' }] } } },
  };
  const Properties = { TemplateURL: 'https://s3.us-east-1.amazonaws.com/assets/child.json', Parameters: { Given: 'a, b' } };
  const template = {
    Resources: { Child: { Type: 'AWS::CloudFormation::Stack', Properties } },
    Outputs: { Told: { Value: { 'Fn::GetAtt': ['Child', 'Outputs.Told'] } } },
  };
  expect(await outputsOf(writeAssembly({ Parent: { template } }, undefined, { 'child.json': child }))).toEqual({
    Parent: { Told: 'b' },
  });
});

const refused = "Parent-Child.Parameters.Given: Parameter 'Given' ";
test.each([
  ['no value', {}, {}, 'Parent.Child (AWS::CloudFormation::Stack): Parameters: [Given] must have values'],
  [
    'a parameter that it has not',
    { Default: '' },
    { Other: '1' },
    'Parent-Child: Parameters: [Other] do not exist in the template',
  ],
  ['what is not allowed', { AllowedValues: ['a'] }, { Given: 'b' }, `${refused}must be one of AllowedValues`],
  ['what its pattern does not match', { AllowedPattern: 'a+' }, { Given: 'aab' }, `${refused}must match pattern a+`],
  ['too short a text', { MinLength: 3 }, { Given: 'ab' }, `${refused}must contain at least 3 characters`],
  ['too long a text', { MaxLength: 1 }, { Given: 'ab' }, `${refused}must contain at most 1 characters`],
  ['no number', { Type: 'Number' }, { Given: 'ab' }, `${refused}must be a number.`],
  ['too small a number', { Type: 'Number', MinValue: 2 }, { Given: '1' }, `${refused}must be a number not less than 2`],
  [
    'too great a number',
    { Type: 'List<Number>', MaxValue: 2 },
    { Given: '1,3' },
    `${refused}must be a number not greater than 2`,
  ],
  [
    'what the author describes',
    { MaxLength: 1, ConstraintDescription: 'must be short' },
    { Given: 'ab' },
    `${refused}must be short`,
  ],
  [
    'a pattern of Java alone',
    { AllowedPattern: 'a++(?<!b' },
    { Given: 'a' },
    `${refused}has an AllowedPattern that is not known here`,
  ],
])('a nested stack is refused for %s', async (_name, declaration, given, message) => {
  await expect(outputsOf(withParameter(declaration, given))).rejects.toThrow(message);
});

test('a template that the assembly does not hold is refused', async () => {
  await expect(
    outputsOf(withParameter({ Default: '' }, {}, 'https://s3.us-east-1.amazonaws.com/assets/none.json')),
  ).rejects.toThrow("Parent.Child (AWS::CloudFormation::Stack): 'TemplateURL' names a template that is not in the assembly");
});

test.each([
  ['a transform', { Transform: ['AWS::LanguageExtensions', 'Macro'] }, 'the transform "Macro"'],
  ['a rule', { Rules: { CheckBootstrapVersion: {}, Mine: {} } }, "the rule 'Mine'"],
  ['a section', { Hooks: {} }, "the section 'Hooks'"],
])('%s that is not simulated is refused by name', async (_name, more, told) => {
  const template = { Resources: { Queue: { Type: 'AWS::SQS::Queue' } }, ...more };
  await expect(outputsOf(writeAssembly({ Parent: { template } }))).rejects.toThrow(
    `Parent: ${told} is not known to the local runtime`,
  );
});

const nested = (Properties: object) => ({
  Resources: {
    Child: {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: 'https://s3.us-east-1.amazonaws.com/assets/child.json', ...Properties },
    },
  },
});

test.each<[string, object, object, string]>([
  ['a template within itself', {}, nested({}), "'TemplateURL' names a template within which the stack lies itself"],
  ['a URL that is none', { TemplateURL: 'child.json' }, {}, "'TemplateURL' must be a supported URL, got 'child.json'"],
  ['a list for a parameter', { Parameters: { L: ['a'] } }, {}, "'Parameters.L' must be a text"],
  ['a parameter that it has not', { Parameters: { constructor: 'a' } }, {}, 'Parameters: [constructor] do not exist'],
])('fails for a nested stack of %s', async (_name, properties, child, message) => {
  const assembly = writeAssembly({ Parent: { template: nested(properties) } }, undefined, { 'child.json': child });
  await expect(run(assembly, state())).rejects.toThrow(message);
});
