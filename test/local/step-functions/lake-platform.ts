import { DescribeExecutionCommand, GetExecutionHistoryCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import { start } from '../../../local/start.ts';
import { writeAssembly } from '../assembly/fixture.ts';
import type { Answer } from './rig.ts';

const MACHINE = 'arn:aws:states:us-east-1:123456789012:stateMachine:machine';
export const LAKE = 'the-lake';
const begin = Date.UTC(2001, 0, 9, 8);

/** A bucket and a state machine, with a role that may ask Athena and write there. */
const template = (definition: Answer, athena: readonly string[], more: readonly object[]) => ({
  Resources: {
    Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'topic' } },
    Lake: { Type: 'AWS::S3::Bucket', Properties: { BucketName: LAKE } },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
      },
    },
    Policy: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        Roles: [{ Ref: 'Role' }],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: athena, Resource: 'arn:aws:athena:us-east-1:123456789012:workgroup/primary' },
            { Effect: 'Allow', Action: ['s3:GetBucketLocation', 's3:ListBucket'], Resource: `arn:aws:s3:::${LAKE}` },
            { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: `arn:aws:s3:::${LAKE}/*` },
            ...more,
          ],
        },
      },
    },
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      DependsOn: 'Policy',
      Properties: { StateMachineName: 'machine', RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, Definition: definition },
    },
  },
});

/** A whole platform with a state machine that has been started. @param athena What its role may ask Athena for @param more Further statements of its policy */
export async function startOnLake(definition: Answer, athena: readonly string[], more: readonly object[] = []) {
  const clock = new SimulatedClock(begin);
  const state = mkdtempSync(path.join(tmpdir(), 'state-'));
  const assembly = writeAssembly({ Data: { template: template(definition, athena, more) } });
  const runtime = await start({ assembly, state, clock });
  const { endpoint, region, operator } = runtime;
  const client = new SFNClient({ endpoint, region, credentials: operator, disableHostPrefix: true });
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn: MACHINE }));
  await clock.advance(60_000);
  return {
    clock,
    client,
    ran: async () => {
      const { status, output, error, cause } = await client.send(new DescribeExecutionCommand({ executionArn }));
      const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
      return { status, output: JSON.parse(output ?? 'null') as unknown, error, cause, events };
    },
    stop: async () => {
      client.destroy();
      await runtime.stop();
    },
  };
}

/** Runs a state machine on a whole platform, for a minute: what came of it, and its events. */
export async function runOnLake(...platform: Parameters<typeof startOnLake>) {
  const { ran, stop } = await startOnLake(...platform);
  try {
    return await ran();
  } finally {
    await stop();
  }
}
