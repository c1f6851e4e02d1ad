import { ServiceError } from '../../../../local/service.ts';
import {
  ARN,
  caught,
  definition,
  pass,
  refusal,
  sdkTask,
  serviceOf,
  start,
  states,
  type Answer,
} from '../../step-functions/rig.ts';
import type { FactTable } from '../fact.ts';
import { guide, recorded } from './pages.ts';

const INTEGRATIONS = guide('supported-services-awssdk');
const RECORDED = recorded('services/test_aws_sdk_task_service');
const ERRORS = recorded('error_handling/test_aws_sdk');
const OTHER = ARN.replace(/machine$/, 'other');
const BYTES = Buffer.from([0xff, 0xfe]).toString('base64');

/** One task of the SDK, of a service that answers so. */
const run = (resource: string, asked: object, answer: Readonly<Record<string, (asked: Answer) => object>>, signs = 'kinesis') =>
  states(definition({ A: sdkTask(resource, asked) }), { services: [serviceOf(signs, answer)] }).run();

const refusing = (code: string, message = 'said so') => ({
  PutRecord: () => {
    throw new ServiceError(code, message);
  },
});

/** Tasks that call operations as a client of AWS's SDK does. */
export const stepFunctionsSdkTasks: FactTable = {
  service: 'Step Functions',
  facts: [
    {
      says: 'aws-sdk:sfn:startExecution takes and gives PascalCase where the API has camelCase: ExecutionArn and StartDate come of StateMachineArn, Name and Input',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = states(definition({ A: sdkTask('sfn:startExecution', { StateMachineArn: OTHER, Name: 'n', Input: null }) }));
        rig.create('other', definition({ B: pass() }));
        const { output } = await rig.run();
        const executionArn = OTHER.replace(':stateMachine:', ':execution:') + ':n';
        expect(output).toEqual({ ExecutionArn: executionArn, StartDate: '2001-01-09T08:00:00Z' });
        expect(await rig.describe(executionArn)).toMatchObject({ status: 'SUCCEEDED', input: '{}' });
      },
    },
    {
      says: 'an Input of aws-sdk:sfn:startExecution that is an object is handed over as JSON',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const asked = { StateMachineArn: OTHER, Name: 'n', Input: { key: 'value' } };
        const rig = states(definition({ A: sdkTask('sfn:startExecution', asked) }));
        rig.create('other', definition({ B: pass() }));
        await rig.run();
        const executionArn = OTHER.replace(':stateMachine:', ':execution:') + ':n';
        expect(await rig.describe(executionArn)).toMatchObject({ input: '{"key":"value"}' });
      },
    },
    {
      says: 'the events of a task of aws-sdk:secretsmanager:listSecrets name the resource listSecrets of the type aws-sdk:secretsmanager, without TaskSubmitted',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const rig = states(definition({ A: sdkTask('secretsmanager:listSecrets', {}) }), {
          services: [serviceOf('secretsmanager', { ListSecrets: () => ({ SecretList: [] }) })],
        });
        const executionArn = await rig.begin();
        await rig.clock.advance(0);
        const { events } = await rig.send('GetExecutionHistory', { executionArn });
        const about = { resource: 'listSecrets', resourceType: 'aws-sdk:secretsmanager' };
        expect((events as Answer[]).slice(2, 5)).toMatchObject([
          { type: 'TaskScheduled', taskScheduledEventDetails: { ...about, parameters: '{}' } },
          { type: 'TaskStarted', taskStartedEventDetails: about },
          { type: 'TaskSucceeded', taskSucceededEventDetails: { ...about, output: '{"SecretList":[]}' } },
        ]);
      },
    },
    {
      says: 'an operation is asked with the rights of the state machine’s role, and refuses by the service’s name',
      basis: 'documented',
      source: guide('procedure-create-iam-role'),
      holds: async () => {
        const rig = states(definition({ A: sdkTask('sfn:listStateMachines', {}) }), { denied: ['states:ListStateMachines'] });
        expect((await rig.run()).error).toBe('Sfn.SfnException');
        expect(rig.checks).toContain('states:ListStateMachines *');
      },
    },
    {
      says: 'an error that the service’s model does not name is the service’s own exception: SecretsManager.SecretsManagerException',
      basis: 'observed',
      source: ERRORS,
      holds: async () => {
        const machine = definition({ A: sdkTask('secretsmanager:createSecret', { Name: 'Invalid Name' }) });
        const refuse = () => {
          throw new ServiceError('ValidationException', 'Invalid name.');
        };
        const { error, cause } = await states(machine, {
          services: [serviceOf('secretsmanager', { CreateSecret: refuse })],
        }).run();
        expect(error).toBe('SecretsManager.SecretsManagerException');
        expect(cause).toMatch(
          /^Invalid name\. \(Service: SecretsManager, Status Code: 400, Request ID: [0-9a-f-]{36}\) \(SDK Attempt Count: 1\)$/,
        );
      },
    },
    {
      says: 'an error is named Service.Error in PascalCase, and always ends in Exception: Sfn.StateMachineDoesNotExistException',
      basis: 'documented',
      source: INTEGRATIONS,
      holds: async () => {
        const asked = { StateMachineArn: OTHER };
        expect((await states(definition({ A: sdkTask('sfn:startExecution', asked) })).run()).error).toBe(
          'Sfn.StateMachineDoesNotExistException',
        );
        expect((await run('kinesis:putRecord', {}, refusing('ResourceNotFoundException'))).error).toBe(
          'Kinesis.ResourceNotFoundException',
        );
        expect((await run('kinesis:putRecord', {}, refusing('KMSDisabledException'))).error).toBe('Kinesis.KmsDisabledException');
      },
    },
    {
      says: 'a parameter in the spelling of the API, and not in PascalCase, is not supported by Step Functions',
      basis: 'documented',
      source: guide('connect-parameters'),
      holds: async () => {
        const { error, cause } = await states(
          definition({ A: sdkTask('sfn:startExecution', { stateMachineArn: OTHER }, caught('States.ALL')), Caught: pass() }),
        ).run();
        expect([error, cause]).toEqual([
          'States.Runtime',
          expect.stringContaining('The field "stateMachineArn" is not supported by Step Functions'),
        ]);
      },
    },
    {
      says: 'members are spelled as Java’s SDK spells them, whose acronyms at the beginning have one capital: Arn for ARN, and ETag stays',
      basis: 'documented',
      source:
        'https://github.com/aws/aws-sdk-java-v2/blob/master/codegen/src/main/java/software/amazon/awssdk/codegen/naming/DefaultNamingStrategy.java',
      holds: async () => {
        const secret = { GetSecretValue: () => ({ ARN: 'a', ETag: 'e' }) };
        expect((await run('secretsmanager:getSecretValue', {}, secret, 'secretsmanager')).output).toEqual({
          Arn: 'a',
          ETag: 'e',
        });
      },
    },
    {
      says: 'points in time are texts of ISO 8601, in what is asked and in what is answered',
      basis: 'observed',
      source: 'https://github.com/floci-io/floci/pull/2686',
      holds: async () => {
        let got: unknown;
        const answer = {
          GetShardIterator: (asked: Answer) => {
            got = asked;
            return { ApproximateArrivalTimestamp: start / 1000 + 0.25, Records: [{ StreamCreationTimestamp: start / 1000 }] };
          },
        };
        const { output } = await run('kinesis:getShardIterator', { Timestamp: '2001-01-09T09:00:00+01:00' }, answer);
        expect(got).toEqual({ Timestamp: start / 1000 });
        expect(output).toEqual({
          ApproximateArrivalTimestamp: '2001-01-09T08:00:00.250Z',
          Records: [{ StreamCreationTimestamp: '2001-01-09T08:00:00Z' }],
        });
      },
    },
    {
      says: 'bytes that are asked are the UTF-8 of a text, which is not taken for base64',
      basis: 'observed',
      source: 'https://github.com/aws/aws-cdk/issues/7724',
      holds: async () => {
        let got: unknown;
        const keep = { PutRecord: (asked: Answer) => ((got = asked.Data), {}) };
        await run('kinesis:putRecord', { Data: 'Hello World' }, keep);
        expect(got).toBe('SGVsbG8gV29ybGQ=');
      },
    },
    {
      says: 'bytes that are asked as an object are its JSON, and bytes that are answered are a text',
      basis: 'observed',
      source: RECORDED,
      holds: async () => {
        const echo = { PutRecord: ({ Data }: Answer) => ({ Data }) };
        expect((await run('kinesis:putRecord', { Data: { Dict: 'Value' } }, echo)).output).toEqual({ Data: '{"Dict":"Value"}' });
      },
    },
    {
      says: 'what is answered in bytes that are no text fails the task by its name, and is not taken for another',
      basis: 'undecided',
      source: INTEGRATIONS,
      holds: async () => {
        const { error, cause } = await run('kinesis:putRecord', {}, { PutRecord: () => ({ Data: BYTES }) });
        expect([error, cause]).toEqual(['States.Runtime', expect.stringContaining("not simulated: 'Data'")]);
      },
    },
    {
      says: 'names that belong to whoever sends them stay as they are: tags of a stream',
      basis: 'documented',
      source: INTEGRATIONS,
      holds: async () => {
        const echo = { AddTagsToStream: (asked: Answer) => asked };
        const asked = { StreamName: 's', Tags: { costCenter: 'a', ARN: 'b', transient_lastDdlTime: '1', Data: 'd' } };
        expect((await run('kinesis:addTagsToStream', asked, echo)).output).toEqual(asked);
      },
    },
    {
      says: 'a token that makes a request idempotent is made up by the client where nobody gives one',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html',
      holds: async () => {
        const echo = { StartQueryExecution: (asked: Answer) => asked };
        const asked = { QueryString: 'SELECT 1' };
        expect((await run('athena:startQueryExecution', asked, echo, 'athena')).output).toEqual({
          ...asked,
          ClientRequestToken: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        });
      },
    },
    {
      says: '.sync of an integration of the SDK is no resource: the state machine is refused',
      basis: 'observed',
      source: 'https://github.com/aws/aws-cdk/issues/19174',
      holds: () => {
        const machine = definition({ A: sdkTask('codebuild:startBuild.sync', {}) });
        expect(() => states(machine)).toThrow(
          "'arn:aws:states:::aws-sdk:codebuild:startBuild.sync' is not recognized. The value is not a valid resource ARN",
        );
      },
    },
    {
      says: 'an operation that is not served here is refused by its name when the state machine is started, and what an operation does not simulate when it runs, by no error that States.ALL takes',
      basis: 'undecided',
      source: INTEGRATIONS,
      holds: async () => {
        const unknown = states(definition({ A: sdkTask('kinesis:mergeShards', {}) }));
        expect(await refusal(unknown.begin())).toMatchObject({
          code: 'NotImplemented',
          message: expect.stringContaining("the task 'arn:aws:states:::aws-sdk:kinesis:mergeShards'") as string,
        });
        const lacking = refusing('NotImplemented', 'kinesis:PutRecord of this kind: not simulated');
        const machine = definition({ A: sdkTask('kinesis:putRecord', {}, caught('States.ALL')), Caught: pass() });
        expect(await states(machine, { services: [serviceOf('kinesis', lacking)] }).run()).toMatchObject({
          status: 'FAILED',
          error: 'States.Runtime',
          cause: 'kinesis:PutRecord of this kind: not simulated',
        });
      },
    },
  ],
};
