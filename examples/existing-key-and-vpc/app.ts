/** A lake of one's own buckets on an existing key, reached from an existing VPC. */
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import { App, CfnOutput, Duration, RemovalPolicy, Size, Stack } from 'aws-cdk-lib/core';
import {
  Consumer,
  databaseName,
  datasetPrefix,
  QuarantineDelivery,
  rolePath,
  StreamIngestion,
  type Actor,
  type Lake,
  type LakeZone,
} from 'headwaters';
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

// the lake: anything that has the shape of `Lake`
const zone = (name: string): LakeZone => ({
  key,
  bucket: new s3.Bucket(stack, name, {
    encryption: s3.BucketEncryption.KMS,
    encryptionKey: key,
    bucketKeyEnabled: true, // the roles use the key for this bucket alone
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    versioned: true,
    removalPolicy,
    lifecycleRules: [
      { prefix: datasetPrefix(vibrations), expiration: Duration.days(vibrations.storage.retentionDays) },
      { noncurrentVersionExpiration: Duration.days(7), abortIncompleteMultipartUploadAfter: Duration.days(7) },
    ],
  }),
});
const lake: Lake = {
  raw: zone('Raw'),
  clean: zone('Clean'),
  quarantine: zone('Quarantined'),
  results: zone('Results'),
  streamKey: key,
  closedKey: key,
};

// what the key's owner adds to its policy: roles use a key only if both sides say so
const actors: readonly Actor[] = ['producer', 'delivery', 'quarantine-delivery', 'transform', 'analyst', 'steward'];
const roles = (path: string): string => `arn:aws:iam::${env.account}:role${path}`;
const use = (sid: string, principals: readonly string[], services: readonly string[]) =>
  new iam.PolicyStatement({
    sid,
    principals: [new iam.AccountRootPrincipal()],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: ['*'],
    conditions: {
      ArnLike: { 'aws:PrincipalArn': principals },
      StringEquals: { 'kms:ViaService': services.map((service) => `${service}.${env.region}.amazonaws.com`) },
    },
  }).toStatementJson() as unknown;
const statements = [
  use(
    'UseByHeadwaters',
    actors.map((actor) => roles(`${rolePath(environment, actor)}*`)),
    ['kinesis', 's3', 'secretsmanager'],
  ),
  use('CreateSecretsByDeployment', [roles(`/cdk-*-cfn-exec-role-${env.account}-${env.region}`)], ['secretsmanager']),
];
new CfnOutput(stack, 'KeyPolicyStatements', { value: stack.toJsonString(statements) });

const database = new glue.CfnDatabase(stack, 'Database', {
  catalogId: env.account,
  databaseInput: { name: databaseName(environment, domain) },
});
const quarantine = new QuarantineDelivery(stack, 'Quarantine', {
  environment,
  domain,
  quarantine: lake.quarantine,
  logRetention: RetentionDays.ONE_YEAR,
  removalPolicy,
});
const ingestion = new StreamIngestion(stack, 'Vibrations', {
  environment,
  dataset: vibrations,
  lake,
  databaseName: databaseName(environment, domain),
  quarantine: quarantine.stream,
  protectionSecret: new secrets.Secret(stack, 'ProtectionSecret', {
    encryptionKey: lake.closedKey,
    generateSecretString: { passwordLength: 64, excludePunctuation: true },
    removalPolicy,
  }),
  streamRetention: Duration.days(7),
  logRetention: RetentionDays.ONE_YEAR,
  removalPolicy,
});
ingestion.table.node.addDependency(database);
new Consumer(stack, 'Engineers', { environment, group: 'engineers', domains: [domain], lake, scanCutoff: Size.gibibytes(100) });

// producers and analysts in the VPC need no way to the internet
const streams = vpc.addInterfaceEndpoint('Streams', { service: ec2.InterfaceVpcEndpointAwsService.KINESIS_STREAMS });
streams.addToPolicy(
  new iam.PolicyStatement({
    principals: [new iam.AccountRootPrincipal()],
    actions: ['kinesis:DescribeStreamSummary', 'kinesis:ListShards', 'kinesis:PutRecord', 'kinesis:PutRecords'],
    resources: [ingestion.stream.streamArn],
  }),
);
vpc.addInterfaceEndpoint('Athena', { service: ec2.InterfaceVpcEndpointAwsService.ATHENA });
vpc.addInterfaceEndpoint('Catalog', { service: ec2.InterfaceVpcEndpointAwsService.GLUE });
vpc.addInterfaceEndpoint('Tokens', { service: ec2.InterfaceVpcEndpointAwsService.STS });
vpc.addGatewayEndpoint('Objects', { service: ec2.GatewayVpcEndpointAwsService.S3 });
