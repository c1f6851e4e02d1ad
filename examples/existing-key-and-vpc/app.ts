/** A lake on an existing key, reached from an existing VPC. */
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { App, CfnOutput, Duration, RemovalPolicy, Size, Stack } from 'aws-cdk-lib/core';
import { Consumer, Domain, FunctionEndpoints, LakeStorage } from 'headwaters';
import { vibrations } from './contract.js';

const env = { account: '111122223333', region: 'eu-west-1' };
const environment = 'prod';
const removalPolicy = RemovalPolicy.RETAIN;
const { domain } = vibrations;

const app = new App();
const stack = new Stack(app, 'Turbines', { env });

// what is there
const key = kms.Key.fromKeyArn(stack, 'Key', `arn:aws:kms:${env.region}:${env.account}:key/11111111-2222-3333-4444-555555555555`);
const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
  vpcId: 'vpc-11111111',
  vpcCidrBlock: '10.0.0.0/16',
  availabilityZones: ['eu-west-1a', 'eu-west-1b'],
  privateSubnetIds: ['subnet-11111111', 'subnet-22222222'],
  privateSubnetRouteTableIds: ['rtb-11111111', 'rtb-22222222'],
});

// the lake on that key, and what the key's owner adds to its policy: roles use a key only if both sides say so
const lake = new LakeStorage(stack, 'Lake', { environment, removalPolicy, encryptionKey: key });
const statements = LakeStorage.keyStatements(stack, environment).map((statement): unknown => statement.toStatementJson());
new CfnOutput(stack, 'KeyPolicyStatements', { value: stack.toJsonString(statements) });

// the transform function stands in the VPC, and reaches nothing but these
const network = new FunctionEndpoints(stack, 'FunctionEndpoints', {
  environment,
  vpcId: vpc.vpcId,
  subnetIds: vpc.privateSubnets.map(({ subnetId }) => subnetId),
});

const { ingestions } = new Domain(stack, 'Domain', {
  environment,
  domain,
  datasets: [vibrations],
  lake,
  network,
  streamRetention: Duration.days(7),
  logRetention: RetentionDays.ONE_YEAR,
  removalPolicy,
});

// a group that reads this one dataset, and none that the domain gets later
const engineers = new Consumer(stack, 'Engineers', { environment, group: 'engineers', lake, scanCutoff: Size.gibibytes(100) });
engineers.grantRead(vibrations);

// producers and analysts in the VPC need no way to the internet
const streams = vpc.addInterfaceEndpoint('Streams', { service: ec2.InterfaceVpcEndpointAwsService.KINESIS_STREAMS });
streams.addToPolicy(
  new iam.PolicyStatement({
    principals: [new iam.AccountRootPrincipal()],
    actions: ['kinesis:DescribeStreamSummary', 'kinesis:ListShards', 'kinesis:PutRecord', 'kinesis:PutRecords'],
    resources: [...ingestions.values()].map(({ stream }) => stream.streamArn),
  }),
);
vpc.addInterfaceEndpoint('Athena', { service: ec2.InterfaceVpcEndpointAwsService.ATHENA });
vpc.addInterfaceEndpoint('Catalog', { service: ec2.InterfaceVpcEndpointAwsService.GLUE });
vpc.addInterfaceEndpoint('Tokens', { service: ec2.InterfaceVpcEndpointAwsService.STS });
vpc.addGatewayEndpoint('Objects', { service: ec2.GatewayVpcEndpointAwsService.S3 });
