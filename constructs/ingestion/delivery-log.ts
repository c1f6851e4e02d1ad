import { Stack, type RemovalPolicy } from 'aws-cdk-lib/core';
import type * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface DeliveryLogProps {
  readonly retention: logs.RetentionDays;
  /** @default - the service's own key */
  readonly encryptionKey?: kms.IKey | undefined;
  readonly removalPolicy: RemovalPolicy;
}

/** Where a delivery says what it could not do: one log stream for each thing it writes. */
export class DeliveryLog extends Construct {
  /** Resources that the delivery's role writes to. */
  public readonly streamArns: readonly string[];
  private readonly group: logs.LogGroup;

  constructor(
    scope: Construct,
    id: string,
    { retention, encryptionKey, removalPolicy }: DeliveryLogProps,
    streams: readonly string[],
  ) {
    super(scope, id);
    this.group = new logs.LogGroup(this, 'Group', {
      retention,
      ...(encryptionKey === undefined ? {} : { encryptionKey }),
      removalPolicy,
    });
    for (const name of streams) new logs.CfnLogStream(this, name, { logGroupName: this.group.logGroupName, logStreamName: name });
    const { partition, region, account } = Stack.of(this);
    const groupArn = `arn:${partition}:logs:${region}:${account}:log-group:${this.group.logGroupName}`; // the group's own Arn ends in ':*'
    this.streamArns = streams.map((name) => `${groupArn}:log-stream:${name}`);
  }

  /** As a delivery stream's destination wants it. */
  public options(stream: string): firehose.CfnDeliveryStream.CloudWatchLoggingOptionsProperty {
    return { enabled: true, logGroupName: this.group.logGroupName, logStreamName: stream };
  }
}
