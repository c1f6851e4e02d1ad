import { copy, deployments, parameter } from '../../ssm/deploy.ts';
import { recorded } from '../recorded.ts';
import type { FactTable } from '../fact.ts';

const GUIDE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide';
const RESOURCE = `${GUIDE}/aws-resource-ssm-parameter.html`;
const TYPES = `${GUIDE}/cloudformation-supplied-parameter-types.html`;
const REFERENCES = `${GUIDE}/dynamic-references-ssm.html`;
const issue = (repository: string, number: number): string => `https://github.com/${repository}/issues/${number}`;

const alone = (template: ReturnType<typeof copy>) => ({ App: { template } });
const made = (Value: string, rest: object = {}) => alone({ Resources: { Made: parameter('/made', Value, rest) } });
const asking = (type: string, Default: string) =>
  copy({ Ref: 'Asked' }, { Asked: { Type: `AWS::SSM::Parameter::${type}`, Default } });

/** What templates make of parameters, and what they read. */
export const ssmTemplates: FactTable = {
  service: 'Systems Manager Parameter Store in templates',
  facts: [
    {
      says: 'Ref of a parameter gives its name, CFN-<logical id>- and twelve characters where the template has none, and GetAtt Type and Value',
      basis: 'observed',
      source: recorded('cloudformation/resource_providers/ssm/test_parameter'),
      holds: async () => {
        const template = {
          Resources: { MyResource: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'abc123' } } },
          Outputs: {
            Name: { Value: { Ref: 'MyResource' } },
            Type: { Value: { 'Fn::GetAtt': ['MyResource', 'Type'] } },
            Value: { Value: { 'Fn::GetAtt': ['MyResource', 'Value'] } },
          },
        };
        expect(await deployments().outputs(alone(template))).toEqual({
          App: { Name: expect.stringMatching(/^CFN-MyResource-[A-Za-z\d]{12}$/) as string, Type: 'String', Value: 'abc123' },
        });
        const other = { ...template, Outputs: { Tier: { Value: { 'Fn::GetAtt': ['MyResource', 'Tier'] } } } };
        expect(await deployments().failure(alone(other))).toMatch("'MyResource.Tier' stands for nothing");
      },
    },
    {
      says: 'a template cannot make a SecureString',
      basis: 'observed',
      source: 'https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-ssm/pull/63',
      holds: async () => {
        expect(await deployments().failure(made('x', { Type: 'SecureString' }))).toMatch(
          'SSM Parameters of type SecureString cannot be created using CloudFormation',
        );
      },
    },
    {
      says: 'what a template changes becomes the next version, and what it leaves as it was leaves what clients have put',
      basis: 'documented',
      source: RESOURCE,
      holds: async () => {
        const { get, put } = deployments();
        await put(made('one'), '/made', 'by a client', { Overwrite: true });
        expect(await get(made('one'), '/made')).toBe('by a client, version 2');
        expect(await get(made('two'), '/made')).toBe('two, version 3');
      },
    },
    {
      says: 'a parameter that a client has put is no resource of a template that comes later to its name',
      basis: 'documented',
      source: RESOURCE,
      holds: async () => {
        const { failure, get, put } = deployments();
        await put(alone({ Resources: {} }), '/made', 'by a client');
        expect(await failure(made('one'))).toMatch('The parameter already exists.');
        expect(await get(alone({ Resources: {} }), '/made')).toBe('by a client, version 1');
      },
    },
    {
      says: 'a parameter that its template no longer has is deleted, unless it is to be retained',
      basis: 'documented',
      source: `${GUIDE}/aws-attribute-deletionpolicy.html`,
      holds: async () => {
        const { get, outputs } = deployments();
        const Kept = { ...parameter('/kept', 'k'), DeletionPolicy: 'Retain' };
        await outputs(alone({ Resources: { Made: parameter('/made', 'm'), Kept } }));
        expect(await get(alone({ Resources: {} }), '/kept')).toBe('k, version 1');
        expect(await get(alone({ Resources: {} }), '/made').catch((error: unknown) => String(error))).toMatch(
          'ParameterNotFound',
        );
      },
    },
    {
      says: 'a parameter of type AWS::SSM::Parameter::Value<String> is the value that Parameter Store holds as the stack is deployed, anew each time',
      basis: 'documented',
      source: TYPES,
      holds: async () => {
        const { outputs, put } = deployments();
        await put(alone({ Resources: {} }), '/asked', 'one');
        const stacks = alone(asking('Value<String>', '/asked'));
        expect(await outputs(stacks)).toEqual({ App: { Copied: 'one' } });
        await put(stacks, '/asked', 'two', { Overwrite: true });
        expect(await outputs(stacks)).toEqual({ App: { Copied: 'two' } });
      },
    },
    {
      says: 'one of type AWS::SSM::Parameter::Value<List<String>> is a list, and AWS::SSM::Parameter::Name is the name',
      basis: 'documented',
      source: TYPES,
      holds: async () => {
        const { outputs, put } = deployments();
        await put(alone({ Resources: {} }), '/asked', 'a,b', { Type: 'StringList' });
        const List = asking('Value<List<String>>', '/asked');
        List.Outputs = { Copied: { Value: { 'Fn::Join': ['+', { Ref: 'Asked' }] } } };
        List.Resources = {};
        expect(await outputs(alone(List))).toEqual({ App: { Copied: 'a+b' } });
        expect(await outputs(alone(asking('Name', '/asked')))).toEqual({ App: { Copied: '/asked' } });
      },
    },
    {
      says: 'a stack is not deployed that asks for a parameter that is not there',
      basis: 'observed',
      source: issue('awslabs/aws-deployment-framework', 339),
      holds: async () => {
        expect(await deployments().failure(alone(asking('Value<String>', 'kms_arn')))).toMatch(
          'Unable to fetch parameters [kms_arn] from parameter store for this account',
        );
      },
    },
    {
      says: 'a stack cannot ask for a SecureString as for a text',
      basis: 'observed',
      source: issue('aws/aws-cdk', 15135),
      holds: async () => {
        const { failure, put } = deployments();
        await put(alone({ Resources: {} }), '/asked', 'hidden', { Type: 'SecureString' });
        const told = await failure(alone(asking('Value<String>', '/asked')));
        expect(told).toMatch('Parameters [/asked] referenced by template have types not supported by CloudFormation.');
        expect(await failure(alone(copy('{{resolve:ssm:/asked}}')))).not.toMatch('hidden');
      },
    },
    {
      says: 'a stack finds what one has made that it depends on, and not what a stack makes that is deployed later',
      basis: 'documented',
      source: TYPES,
      holds: async () => {
        const First = { template: { Resources: { Made: parameter('/asked', 'of the first') } } };
        const App = { template: asking('Value<String>', '/asked') };
        expect(await deployments().outputs({ App: { ...App, dependencies: ['First'] }, First })).toMatchObject({
          App: { Copied: 'of the first' },
        });
        expect(await deployments().failure({ App, First })).toMatch(
          "stack 'First' makes it, and is deployed later: let 'App' depend on it",
        );
      },
    },
    {
      says: 'what a bootstrapped account holds for the CDK is not asked for here, where nothing is bootstrapped',
      basis: 'undecided',
      source: 'https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html',
      holds: async () => {
        const BootstrapVersion = { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' };
        expect(await deployments().failure(alone(copy('x', { BootstrapVersion })))).toBe('it was deployed');
      },
    },
    {
      says: 'a dynamic reference is the latest version of a parameter, or the one whose number it names, also within a text',
      basis: 'documented',
      source: REFERENCES,
      holds: async () => {
        const { outputs, put } = deployments();
        await put(alone({ Resources: {} }), '/asked', 'one');
        await put(alone({ Resources: {} }), '/asked', 'two', { Overwrite: true });
        const text = 'a {{resolve:ssm:/asked}}, before {{resolve:ssm:/asked:1}}';
        expect(await outputs(alone(copy(text)))).toEqual({ App: { Copied: 'a two, before one' } });
      },
    },
    {
      says: 'a dynamic reference may be made by Fn::Sub and Fn::Join, and be split by Fn::Split',
      basis: 'observed',
      source: issue('aws-cloudformation/cloudformation-coverage-roadmap', 844),
      holds: async () => {
        const { outputs, put } = deployments();
        await put(alone({ Resources: {} }), '/asked', 'a,b', { Type: 'StringList' });
        const Parameters = { Name: { Type: 'String', Default: '/asked' } };
        const list = { 'Fn::Split': [',', { 'Fn::Sub': '{{resolve:ssm:${Name}}}' }] };
        expect(await outputs(alone(copy({ 'Fn::Select': [1, list] }, Parameters)))).toEqual({ App: { Copied: 'b' } });
        const joined = { 'Fn::Join': ['', ['{{resolve:ssm:', { Ref: 'Name' }, ':1}}']] };
        expect(await outputs(alone(copy(joined, Parameters)))).toEqual({ App: { Copied: 'a,b' } });
      },
    },
    {
      says: 'a dynamic reference to what is not there before the stack is deployed is refused, also where the stack itself makes it',
      basis: 'observed',
      source: issue('aws-samples/data-mesh-datazone-cdk-cloudformation', 19),
      holds: async () => {
        const template = copy('{{resolve:ssm:/asked}}');
        template.Resources.Seed = parameter('/asked', 'too late');
        template.Resources.Copy = { ...template.Resources.Copy, DependsOn: 'Seed' };
        expect(await deployments().failure(alone(template))).toMatch(
          /Parameters: \[ssm:\/asked\] cannot be found; the stack makes it itself/,
        );
      },
    },
    {
      says: 'a reference to a secret is all of it or one member of its JSON, looked up as its resource is made; outputs keep the reference',
      basis: 'documented',
      source: `${GUIDE}/dynamic-references-secretsmanager.html`,
      holds: async () => {
        const Secret = { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'token', SecretString: '{"user":"a"}' } };
        const reference = (rest: string) => ({ 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Secret' }, rest, '}}']] });
        const template = copy(reference(':SecretString:user::'));
        template.Resources.Secret = Secret;
        template.Outputs = { ...(template.Outputs as object), Kept: { Value: '{{resolve:secretsmanager:token}}' } };
        expect(await deployments().outputs(alone(template))).toEqual({
          App: { Copied: 'a', Kept: '{{resolve:secretsmanager:token}}' },
        });
        const lacking = copy(reference(':SecretString:password::'));
        lacking.Resources.Secret = Secret;
        const told = await deployments().failure(alone(lacking));
        expect(told).toMatch('Could not find a value associated with JSONKey in SecretString');
        expect(told).not.toMatch('user');
        const whole = copy('{{resolve:secretsmanager:token:SecretString}}');
        whole.Resources.Secret = Secret;
        whole.Resources.Copy = { ...whole.Resources.Copy, DependsOn: 'Secret' };
        expect(await deployments().outputs(alone(whole))).toEqual({ App: { Copied: '{"user":"a"}' } });
      },
    },
    {
      says: 'ssm-secure is not supported in a property of what runs here',
      basis: 'observed',
      source: issue('aws/serverless-application-model', 1528),
      holds: async () => {
        expect(await deployments().failure(alone(copy('{{resolve:ssm-secure:MyApiKey:1}}')))).toMatch(
          'SSM Secure reference is not supported in: [AWS::SSM::Parameter/Properties/Value]',
        );
      },
    },
  ],
};
