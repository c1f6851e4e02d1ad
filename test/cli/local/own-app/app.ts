/** An app of somebody's own: other names of stacks and outputs, no folder of contracts, two groups who ask, a stream that is no dataset and is named at deployment, and a stack that cannot run here. */
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import { App, CfnOutput, CfnParameter, CfnResource, RemovalPolicy, Size, Stack, Stage } from 'aws-cdk-lib/core';
import { Consumer, contractFromObject, Domain, LakeStorage } from '../../../../constructs/index.ts';
import { contractDocument, schemaObject } from '../../../support/contracts.ts';

const environment = 'lab';
const removalPolicy = RemovalPolicy.DESTROY;
const { domain, datasets } = contractFromObject(contractDocument({ schema: [schemaObject('readings', [], {})] }));

const app = new App();
new CfnResource(new Stack(app, 'Site'), 'Cluster', { type: 'AWS::ECS::Cluster' });
const stack = new Stack(new Stage(app, 'Lab'), 'Meters', { stackName: 'Meters' });
const lake = new LakeStorage(stack, 'Lake', { environment, removalPolicy });
new Domain(stack, 'Domain', { environment, domain, datasets, lake, removalPolicy });
const ask = (group: string) =>
  new Consumer(stack, group, { environment, group, domains: [domain], lake, scanCutoff: Size.gibibytes(10), removalPolicy });
new CfnOutput(stack, 'WhoLooks', { value: ask('scientists').role.roleArn });
ask('guests');

const tapsName = new CfnParameter(stack, 'TapsName');
const taps = new kinesis.Stream(stack, 'Taps', {
  streamName: tapsName.valueAsString,
  encryption: kinesis.StreamEncryption.UNENCRYPTED,
});
const plumber = new iam.Role(stack, 'Plumber', { roleName: 'plumber', assumedBy: new iam.AccountRootPrincipal() });
new iam.ManagedPolicy(stack, 'MayPut', {
  roles: [plumber],
  statements: [new iam.PolicyStatement({ actions: ['kinesis:PutRecords'], resources: [taps.streamArn] })],
});
