import {
  CloudWatchClient,
  GetMetricDataCommand,
  PutMetricDataCommand,
  type CloudWatchClientConfig,
  type MetricDataQuery,
  type MetricDatum,
} from '@aws-sdk/client-cloudwatch';
import { AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import { CloudWatch } from '../../../local/cloudwatch/cloudwatch.ts';
import { parseAlarm } from '../../../local/cloudwatch/alarm-settings.ts';
import { Endpoint, Port } from '../../../local/endpoint/index.ts';
import { Sessions, Sts, type Credentials } from '../../../local/iam/index.ts';
import { Members } from '../../../local/input.ts';
import { accountId, lakeWith, START } from '../s3/lake.ts';

export const MINUTE = 60_000;
export const TOPIC = `arn:aws:sns:us-east-1:${accountId}:alarms`;
export const Namespace = 'Headwaters';
export const dimensions = [{ Name: 'Dataset', Value: 'orders' }];
export const at = (minutes: number): Date => new Date(START + minutes * MINUTE);
export const arnOf = (name: string): string => `arn:aws:cloudwatch:us-east-1:${accountId}:alarm:${name}`;

/** A query of the metric that `put` puts. */
export const late = (Stat: string, Id = 'm1', rest: Partial<MetricDataQuery> = {}, Period = 60): MetricDataQuery => ({
  Id,
  MetricStat: { Metric: { Namespace, MetricName: 'Late', Dimensions: dimensions }, Period, Stat },
  ...rest,
});

/** CloudWatch behind a port, and a client for it. */
export async function cloudwatchWith() {
  const lake = lakeWith();
  const { clock, iam } = lake;
  const published: string[] = [];
  const cloudwatch = new CloudWatch({
    clock,
    access: iam,
    accountId,
    region: 'us-east-1',
    topics: {
      publish: (_publisher, { subject }) => {
        published.push(subject ?? '');
        return { messageId: 'id' };
      },
    },
    onLog: () => undefined,
  });
  const sessions = new Sessions({ iam });
  const endpoint = new Endpoint({ services: [cloudwatch.service], sts: new Sts(sessions), s3: lake.s3, sessions });
  const port = await Port.open();
  endpoint.serve(port);
  const clients: CloudWatchClient[] = [];
  const client = (
    credentials: Omit<Credentials, 'expiration'>,
    config: CloudWatchClientConfig = { protocol: AwsSmithyRpcV2CborProtocol },
  ) => {
    const made = new CloudWatchClient({ region: 'us-east-1', endpoint: port.url, maxAttempts: 1, credentials, ...config });
    clients.push(made);
    return made;
  };
  const alarm = (name: string, properties: object): void => {
    const members = new Members({
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 5,
      ...properties,
    });
    cloudwatch.createAlarm(parseAlarm(members, name, arnOf(name)));
  };
  const asOperator = client(sessions.operator.credentials);
  return {
    clock,
    iam,
    sessions,
    url: port.url,
    operator: sessions.operator.credentials,
    published,
    alarm,
    client,
    asOperator,
    put: (...MetricData: Partial<MetricDatum>[]) =>
      asOperator.send(
        new PutMetricDataCommand({
          Namespace,
          MetricData: MetricData.map((datum) => ({ MetricName: 'Late', Dimensions: dimensions, ...datum })),
        }),
      ),
    get: (queries: MetricDataQuery[], rest: object = {}) =>
      asOperator.send(new GetMetricDataCommand({ MetricDataQueries: queries, StartTime: at(-10), EndTime: at(10), ...rest })),
    stop: async () => {
      for (const made of clients) made.destroy();
      await port.close();
      lake.remove();
    },
  };
}
