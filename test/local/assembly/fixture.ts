import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export type Template = Record<string, unknown> & { Resources: Record<string, Record<string, unknown>> };

/** Echoes each record, and says in it what its layer holds. */
export const ECHO = `
import { readFileSync } from 'node:fs';
const layer = JSON.parse(readFileSync('/opt/layer.json', 'utf8'));
export const handler = async ({ records }) => {
  console.log(JSON.stringify({ level: 'INFO', records: records.length }));
  return {
    records: records.map(({ recordId, data }) => {
      const row = { ...JSON.parse(Buffer.from(data, 'base64').toString()), note: layer.note + process.env.SUFFIX };
      return { recordId, result: 'Ok', data: Buffer.from(JSON.stringify(row)).toString('base64') };
    }),
  };
};`;

/** The policy of the topic `Topic`, which lets a service tell it. */
export const topicPolicy = (Service: string) => ({
  Type: 'AWS::SNS::TopicPolicy',
  Properties: {
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: { Service }, Action: 'sns:Publish', Resource: { Ref: 'Topic' } },
    },
    Topics: [{ Ref: 'Topic' }],
  },
});

/**
 * Writes a cloud assembly as `cdk synth` lays it out: stacks in any order, one asset for code and one for a layer.
 *
 * @param nested Templates of nested stacks, by the keys of their assets
 */
export function writeAssembly(
  stacks: Record<string, { template: Template; dependencies?: string[] }>,
  code = ECHO,
  nested: Readonly<Record<string, object>> = {},
): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'assembly-'));
  const files = [
    ['asset.code', 'index.mjs', code],
    ['asset.layer', 'layer.json', '{"note":"from the layer"}'],
  ] as const;
  for (const [name, file, text] of files) {
    mkdirSync(path.join(folder, name));
    writeFileSync(path.join(folder, name, file), text);
  }
  const asset = (name: string) => ({
    source: { path: `asset.${name}`, packaging: 'zip' },
    destinations: { here: { bucketName: 'assets', objectKey: `${name}.zip` } },
  });
  const templates = Object.entries(nested).map(([objectKey, template]) => {
    writeFileSync(path.join(folder, objectKey), JSON.stringify(template));
    return [objectKey, { source: { path: objectKey }, destinations: { here: { bucketName: 'assets', objectKey } } }] as const;
  });
  writeFileSync(
    path.join(folder, 'all.assets.json'),
    JSON.stringify({ version: '1', files: { code: asset('code'), layer: asset('layer'), ...Object.fromEntries(templates) } }),
  );
  const artifacts: Record<string, unknown> = {};
  for (const [name, { template, dependencies = [] }] of Object.entries(stacks)) {
    writeFileSync(path.join(folder, `${name}.template.json`), JSON.stringify(template));
    artifacts[name] = {
      type: 'aws:cloudformation:stack',
      dependencies: [...dependencies, 'all.assets'],
      properties: { templateFile: `${name}.template.json` },
    };
  }
  artifacts['all.assets'] = { type: 'cdk:asset-manifest', properties: { file: 'all.assets.json' } };
  writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify({ version: '55.0.0', artifacts }));
  return folder;
}

const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const trust = (service: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: service },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    },
  ],
});
const role = (service: string) => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: trust(service), Path: '/fixture/' },
});
const policy = (roleId: string, ...Statement: object[]) => ({
  Type: 'AWS::IAM::ManagedPolicy',
  Properties: { PolicyDocument: { Version: '2012-10-17', Statement }, Roles: [{ Ref: roleId }], Path: '/fixture/' },
});
const allow = (Action: string | string[], Resource: unknown) => ({ Effect: 'Allow', Action, Resource });
const glueArn = (resource: string) => ({
  'Fn::Sub': `arn:\${AWS::Partition}:glue:\${AWS::Region}:\${AWS::AccountId}:${resource}`,
});

const lakePolicy = {
  Statement: {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: { 'Fn::Sub': '${Lake.Arn}/*' },
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  },
};

/** One bucket in a stack of its own, which the other imports. */
export function storage(): Template {
  return {
    Resources: {
      Lake: { Type: 'AWS::S3::Bucket', Properties: { VersioningConfiguration: { Status: 'Enabled' } } },
      LakePolicy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Lake' }, PolicyDocument: lakePolicy } },
      CDKMetadata: { Type: 'AWS::CDK::Metadata', Properties: { Analytics: 'x' } },
    },
    Outputs: { LakeName: { Value: { Ref: 'Lake' }, Export: { Name: 'lake' } } },
    Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/x/version' } },
    Rules: { CheckBootstrapVersion: {} },
  };
}

/** One stream, one delivery through one function into Parquet, and a producer. */
export function pipeline(): Template {
  const lakeArn = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::', { 'Fn::ImportValue': 'lake' }]] };
  return {
    Resources: {
      Stream: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1, RetentionPeriodHours: 24 } },
      Database: {
        Type: 'AWS::Glue::Database',
        Properties: { CatalogId: { Ref: 'AWS::AccountId' }, DatabaseInput: { Name: 'fixture' } },
      },
      Table: {
        Type: 'AWS::Glue::Table',
        DependsOn: ['Database'],
        Properties: {
          CatalogId: { Ref: 'AWS::AccountId' },
          DatabaseName: 'fixture',
          TableInput: {
            Name: 'events',
            TableType: 'EXTERNAL_TABLE',
            PartitionKeys: [{ Name: 'dt', Type: 'string' }],
            StorageDescriptor: {
              Columns: [
                { Name: 'id', Type: 'bigint' },
                { Name: 'note', Type: 'string' },
              ],
            },
          },
        },
      },
      FunctionRole: role('lambda.amazonaws.com'),
      FunctionPolicy: policy(
        'FunctionRole',
        allow(['logs:CreateLogStream', 'logs:PutLogEvents'], {
          'Fn::Sub': 'arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/${Function}:*',
        }),
      ),
      Layer: { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: 'assets', S3Key: 'layer.zip' } } },
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Code: { S3Bucket: 'assets', S3Key: 'code.zip' },
          Handler: 'index.handler',
          Runtime: 'nodejs24.x',
          Role: arnOf('FunctionRole'),
          Layers: [{ Ref: 'Layer' }],
          Environment: { Variables: { SUFFIX: '!' } },
        },
      },
      Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Function' } } },
      Live: {
        Type: 'AWS::Lambda::Alias',
        Properties: {
          FunctionName: { Ref: 'Function' },
          FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] },
          Name: 'live',
        },
      },
      Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 14 } },
      DeliveryRole: role('firehose.amazonaws.com'),
      DeliveryPolicy: policy(
        'DeliveryRole',
        allow(
          ['kinesis:DescribeStream', 'kinesis:GetShardIterator', 'kinesis:GetRecords', 'kinesis:ListShards'],
          arnOf('Stream'),
        ),
        allow(['lambda:InvokeFunction', 'lambda:GetFunctionConfiguration'], { Ref: 'Live' }),
        allow(
          ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'],
          ['catalog', 'database/fixture', 'table/fixture/events'].map(glueArn),
        ),
        allow(['s3:GetBucketLocation', 's3:ListBucket'], lakeArn),
        allow('s3:PutObject', { 'Fn::Join': ['', [lakeArn, '/data/*']] }),
        allow('logs:PutLogEvents', {
          'Fn::Sub': 'arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Logs}:log-stream:delivery',
        }),
      ),
      Delivery: {
        Type: 'AWS::KinesisFirehose::DeliveryStream',
        DependsOn: 'DeliveryPolicy',
        Properties: {
          DeliveryStreamType: 'KinesisStreamAsSource',
          KinesisStreamSourceConfiguration: { KinesisStreamARN: arnOf('Stream'), RoleARN: arnOf('DeliveryRole') },
          ExtendedS3DestinationConfiguration: {
            BucketARN: lakeArn,
            RoleARN: arnOf('DeliveryRole'),
            Prefix: 'data/dt=!{timestamp:yyyy-MM-dd}/',
            ErrorOutputPrefix: '_errors/!{firehose:error-output-type}/',
            BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 60 },
            CloudWatchLoggingOptions: { Enabled: true, LogGroupName: { Ref: 'Logs' }, LogStreamName: 'delivery' },
            ProcessingConfiguration: {
              Enabled: true,
              Processors: [{ Type: 'Lambda', Parameters: [{ ParameterName: 'LambdaArn', ParameterValue: { Ref: 'Live' } }] }],
            },
            DataFormatConversionConfiguration: {
              Enabled: true,
              InputFormatConfiguration: { Deserializer: { OpenXJsonSerDe: {} } },
              OutputFormatConfiguration: { Serializer: { ParquetSerDe: {} } },
              SchemaConfiguration: { DatabaseName: 'fixture', TableName: { Ref: 'Table' }, RoleARN: arnOf('DeliveryRole') },
            },
          },
        },
      },
      ProducerRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } },
                Action: 'sts:AssumeRole',
              },
            ],
          },
        },
      },
      ProducerPolicy: policy('ProducerRole', allow('kinesis:PutRecords', arnOf('Stream'))),
    },
    Outputs: { StreamName: { Value: { Ref: 'Stream' } }, ProducerRoleArn: { Value: arnOf('ProducerRole') } },
  };
}

/** The whole fixture; `change` may break the pipeline first. */
export function fixture(change: (resources: Template['Resources']) => void = () => undefined): string {
  const template = pipeline();
  change(template.Resources);
  return writeAssembly({ Pipeline: { template, dependencies: ['Storage'] }, Storage: { template: storage() } });
}
