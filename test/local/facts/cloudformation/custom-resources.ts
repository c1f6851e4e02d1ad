import { resource, rig, TOKEN, type Event } from '../../cloudformation/rig.ts';
import { asTexts } from '../../../../local/cloudformation/request.ts';
import type { FactTable } from '../fact.ts';

const GUIDE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide';
const REQUESTS = `${GUIDE}/crpg-ref-requesttypes.html`;
const ANSWERS = `${GUIDE}/crpg-ref-responses.html`;
const issue = (repository: string, number: number): string => `https://github.com/${repository}/issues/${number}`;

const kinds = (events: readonly Event[]): string[] => events.map(({ RequestType }) => RequestType);

/** What a first deployment fails with, when its provider answers this. */
async function failure(said: object | undefined): Promise<string> {
  const { deploy } = rig(() => said);
  const failed = await deploy(resource()).then(
    () => new Error('it was taken'),
    (error: unknown) => error,
  );
  return failed instanceof Error ? failed.message : '';
}

/** What CloudFormation and the functions behind custom resources tell each other. */
export const customResources: FactTable = {
  service: 'CloudFormation',
  facts: [
    {
      says: 'a custom resource’s function gets the kind of request, where to answer, the stack, the resource and its properties, the token too',
      basis: 'documented',
      source: REQUESTS,
      holds: async () => {
        const { deploy, events } = rig();
        await deploy(resource({ Rows: '1' }));
        expect(events).toEqual([
          {
            RequestType: 'Create',
            ServiceToken: TOKEN,
            ResponseURL: expect.stringMatching(
              /^https:\/\/cloudformation-custom-resource-response-useast1\.s3\.amazonaws\.com\//,
            ) as string,
            StackId: resource().stackId,
            RequestId: expect.stringMatching(/^[\w-]{36}$/) as string,
            LogicalResourceId: 'Seed',
            ResourceType: 'Custom::Seed',
            ResourceProperties: { ServiceToken: TOKEN, Rows: '1' },
          },
        ]);
      },
    },
    {
      says: 'numbers and truth values of a custom resource’s properties come to its function as texts',
      basis: 'observed',
      source: issue('aws-cloudformation/cloudformation-coverage-roadmap', 1037),
      holds: () => {
        expect(asTexts({ boolean_property: true, integer_property: 14 })).toEqual({
          boolean_property: 'true',
          integer_property: '14',
        });
      },
    },
    {
      says: 'an update tells the properties before, and the physical id',
      basis: 'documented',
      source: REQUESTS,
      holds: async () => {
        const { deploy, events } = rig();
        await deploy(resource({ Rows: '1' }));
        await deploy(resource({ Rows: '2' }));
        expect(events[1]).toMatchObject({
          RequestType: 'Update',
          PhysicalResourceId: 'seed-1',
          OldResourceProperties: { Rows: '1' },
          ResourceProperties: { Rows: '2' },
        });
      },
    },
    {
      says: 'a custom resource whose properties did not change is sent no request when its stack is updated',
      basis: 'documented',
      source: `${GUIDE}/template-custom-resources-sns.html`,
      holds: async () => {
        const { deploy, events } = rig();
        await deploy(resource());
        await deploy(resource());
        expect(kinds(events)).toEqual(['Create']);
      },
    },
    {
      says: 'an update that answers another physical id replaces the resource, and a delete request of the old one follows',
      basis: 'documented',
      source: ANSWERS,
      holds: async () => {
        let count = 0;
        const { deploy, events } = rig(() => ({ PhysicalResourceId: String((count += 1)) }));
        await deploy(resource({ Rows: '1' }));
        await deploy(resource({ Rows: '2' }));
        expect(events.slice(1)).toMatchObject([
          { RequestType: 'Update', PhysicalResourceId: '1' },
          { RequestType: 'Delete', PhysicalResourceId: '1', ResourceProperties: { Rows: '1' } },
        ]);
      },
    },
    {
      says: 'that delete request comes in the clean-up, once all else is updated',
      basis: 'observed',
      source: issue('sonyxperiadev/amazon-custom-resources', 1),
      holds: async () => {
        let count = 0;
        const { deploy, events } = rig(() => ({ PhysicalResourceId: String((count += 1)) }));
        const both = (Rows: string) => [resource({ Rows }), resource({ Rows }, { logicalId: 'Other' })];
        await deploy(...both('1'));
        await deploy(...both('2'));
        expect(kinds(events).slice(2)).toEqual(['Update', 'Update', 'Delete', 'Delete']);
      },
    },
    {
      says: 'a custom resource that its template no longer has is sent a delete request, unless its deletion policy is Retain',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html',
      holds: async () => {
        const { deploy, events } = rig();
        await deploy(
          resource({}, { retention: { whenRemoved: true, whenReplaced: false } }),
          resource({}, { logicalId: 'Other' }),
        );
        await deploy();
        expect(events.slice(2)).toMatchObject([{ RequestType: 'Delete', LogicalResourceId: 'Other' }]);
      },
    },
    {
      says: 'a function that answers FAILED fails the deployment with its reason and the request’s id',
      basis: 'observed',
      source: issue('awslabs/aws-video-transcriber', 32),
      holds: async () => {
        expect(await failure({ Status: 'FAILED', Reason: 'Failure reason: AccessDenied' })).toMatch(
          /^Received response status \[FAILED\] from custom resource\. Message returned: Failure reason: AccessDenied \(RequestId: [\w-]{36}\)$/,
        );
      },
    },
    {
      says: 'an answer of more than 4096 bytes fails, for the response object is too long',
      basis: 'observed',
      source: issue('aws/aws-cdk', 23958),
      holds: async () => {
        expect(await failure({ Data: { text: 'x'.repeat(4096) } })).toBe('Response object is too long.');
      },
    },
    {
      says: 'an answer without a physical id fails as Invalid PhysicalResourceId',
      basis: 'observed',
      source: issue('aws/aws-lambda-go', 77),
      holds: async () => {
        expect(await failure({ PhysicalResourceId: '' })).toBe('Invalid PhysicalResourceId');
      },
    },
    {
      says: 'a function that never answers fails the deployment, whose words name the request’s id for the logs',
      basis: 'observed',
      source: issue('aws/aws-cdk', 18746),
      holds: async () => {
        expect(await failure({ silent: true })).toMatch(
          /^CloudFormation did not receive a response from your Custom Resource\. Please check your logs for requestId \[[\w-]{36}\]/,
        );
      },
    },
    {
      says: 'an event that its function fails on is given to it twice more',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html',
      holds: async () => {
        const { deploy, events } = rig(() => undefined);
        await expect(deploy(resource())).rejects.toThrow('did not receive a response');
        expect(kinds(events)).toEqual(['Create', 'Create', 'Create']);
      },
    },
    {
      says: 'another service token is refused: modifying it is not allowed',
      basis: 'observed',
      source: issue('serverless/serverless', 9240),
      holds: async () => {
        const { deploy } = rig();
        await deploy(resource());
        await expect(deploy(resource({}, { serviceToken: `${TOKEN}-2` }))).rejects.toThrow(
          /^Modifying service token is not allowed\.$/,
        );
      },
    },
    {
      says: 'another type under the same logical id is refused',
      basis: 'observed',
      source: issue('panther-labs/panther', 1895),
      holds: async () => {
        const { deploy } = rig();
        await deploy(resource());
        await expect(deploy(resource({}, { type: 'Custom::Other', logicalId: 'Seed' }))).rejects.toThrow(
          'Update of resource type is not permitted. The new template modifies resource type of the following resources: [Seed]',
        );
      },
    },
  ],
};
