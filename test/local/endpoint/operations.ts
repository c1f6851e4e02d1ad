import { AthenaClient } from '@aws-sdk/client-athena';
import * as athena from '@aws-sdk/client-athena';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import * as eventbridge from '@aws-sdk/client-eventbridge';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import * as firehose from '@aws-sdk/client-firehose';
import { GlueClient } from '@aws-sdk/client-glue';
import * as glue from '@aws-sdk/client-glue';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import * as kinesis from '@aws-sdk/client-kinesis';
import { KMSClient } from '@aws-sdk/client-kms';
import * as kms from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as secretsManager from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import * as sfn from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as sqs from '@aws-sdk/client-sqs';
import { SNSClient } from '@aws-sdk/client-sns';
import * as sns from '@aws-sdk/client-sns';
import { SSMClient } from '@aws-sdk/client-ssm';
import * as ssm from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import * as sts from '@aws-sdk/client-sts';
import type { LocalRuntime } from '../../../local/start.ts';

/** What a client of the AWS SDK is made with here. */
export interface ClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
}

/** A client of any service, as the tests use it. */
interface AnyClient {
  send(command: object): Promise<unknown>;
  destroy(): void;
}

/** A service's client package: its client, and its operations as the package itself lists them. */
export interface SdkService {
  /** The name that signatures carry, which `NotImplemented: <service>:<operation>` repeats. */
  readonly name: string;
  readonly client: (config: ClientConfig) => AnyClient;
  /** Names of operations, in order, with what makes a command of each. */
  readonly operations: ReadonlyMap<string, new (input: object) => object>;
}

function commandsOf(module: object): SdkService['operations'] {
  const commands = Object.entries(module).flatMap(([name, value]: [string, unknown]) =>
    /^[A-Z]\w*Command$/.test(name) && typeof value === 'function'
      ? [[name.slice(0, -'Command'.length), value as new (input: object) => object] as const]
      : [],
  );
  return new Map(commands.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const service = (name: string, module: object, client: (config: ClientConfig) => object): SdkService => ({
  name,
  client: (config) => client(config) as AnyClient,
  operations: commandsOf(module),
});

/** The services over JSON and forms. S3 speaks REST, and is asked by its own tests. */
export const SDK_SERVICES: readonly SdkService[] = [
  service('athena', athena, (config) => new AthenaClient(config)),
  service('dynamodb', dynamodb, (config) => new DynamoDBClient(config)),
  service('events', eventbridge, (config) => new EventBridgeClient(config)),
  service('firehose', firehose, (config) => new FirehoseClient(config)),
  service('glue', glue, (config) => new GlueClient(config)),
  service('kinesis', kinesis, (config) => new KinesisClient(config)),
  service('kms', kms, (config) => new KMSClient(config)),
  service('monitoring', cloudwatch, (config) => new CloudWatchClient(config)),
  service('secretsmanager', secretsManager, (config) => new SecretsManagerClient(config)),
  service('sqs', sqs, (config) => new SQSClient(config)),
  service('sns', sns, (config) => new SNSClient(config)),
  service('ssm', ssm, (config) => new SSMClient(config)),
  service('states', sfn, (config) => new SFNClient({ ...config, disableHostPrefix: true })),
  service('sts', sts, (config) => new STSClient(config)),
];

/** What is served of a service, and what is not. */
export interface Coverage {
  readonly service: string;
  readonly served: readonly string[];
  readonly notServed: readonly string[];
}

/** The operations of every service, parted by whether the endpoint serves them: what the documentation lists. */
export const coverage = ({ operations }: Pick<LocalRuntime, 'operations'>): readonly Coverage[] =>
  SDK_SERVICES.map(({ name, operations: all }) => {
    const serves = (operation: string): boolean => operations[name]?.includes(operation) === true;
    const names = [...all.keys()];
    return { service: name, served: names.filter(serves), notServed: names.filter((operation) => !serves(operation)) };
  });
