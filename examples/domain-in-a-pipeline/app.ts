/** A whole domain from two contracts, in somebody's own pipeline. */
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { CodePipeline, CodePipelineSource, ManualApprovalStep, ShellStep } from 'aws-cdk-lib/pipelines';
import { WorkshopStage } from './workshop-stage.js';

const env = { account: '111122223333', region: 'eu-west-1' };
const app = new App();
const stack = new Stack(app, 'Pipeline', { env });
const pipeline = new CodePipeline(stack, 'Pipeline', {
  synth: new ShellStep('Synth', {
    input: CodePipelineSource.connection('example/workshop', 'main', {
      connectionArn: `arn:aws:codeconnections:${env.region}:${env.account}:connection/11111111-2222-3333-4444-555555555555`,
    }),
    commands: ['npm ci', 'npx cdk synth'],
  }),
});
pipeline.addStage(new WorkshopStage(app, 'Test', { env, environment: 'test', removalPolicy: RemovalPolicy.DESTROY }));
pipeline.addStage(new WorkshopStage(app, 'Live', { env, environment: 'live', removalPolicy: RemovalPolicy.RETAIN }), {
  pre: [new ManualApprovalStep('Promote')],
});
