import {
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  type NotificationConfiguration,
  type S3Client,
} from '@aws-sdk/client-s3';
import { notifyDestinations, type S3Props } from '../../../local/s3/index.ts';
import { ServiceError } from '../../../local/service.ts';
import { START } from './lake.ts';
import { Bucket, withS3, type Rig } from './rig.ts';

export const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:worker';
export const OTHER = 'arn:aws:lambda:us-east-1:123456789012:function:other';
/** Its policy does not let S3. */
export const CLOSED = 'arn:aws:lambda:us-east-1:123456789012:function:closed';
export const TOPIC = 'arn:aws:sns:us-east-1:123456789012:topic';

export interface Record {
  readonly eventName: string;
  readonly [member: string]: unknown;
  readonly s3: {
    readonly configurationId: string;
    readonly object: { readonly key: string; readonly [member: string]: unknown };
  };
}

/** Destinations that keep what they get: two functions that let S3, one that does not, and a topic. */
export function listeners() {
  const records: Record[] = [];
  const notices: { readonly subject: string | undefined; readonly message: string }[] = [];
  const destinations = notifyDestinations({
    ephemeral: false,
    accountId: '123456789012',
    topics: {
      has: (arn) => arn === TOPIC,
      publish: (_publisher, { subject, message }) => {
        notices.push({ subject, message });
        return { messageId: 'id' };
      },
    },
    queues: { find: () => undefined, send: () => ({ id: '' }) },
    lambda: () => ({
      has: (arn) => [FUNCTION, OTHER, CLOSED].includes(arn),
      strangeRuntime: () => undefined,
      enqueueFor: (_service, _arn, event) => {
        records.push(...(event as { Records: Record[] }).Records);
      },
    }),
    check: (_bucket, _action, arn) => {
      if (arn === CLOSED) throw new ServiceError('AccessDeniedException', 'no');
    },
    now: () => START,
    onLog: () => undefined,
  });
  return { records, notices, destinations };
}

export type Heard = ReturnType<typeof listeners>;

/** Puts a configuration as the operator does. */
export const configure = ({ client }: Pick<Rig, 'client'>, configuration: NotificationConfiguration, skip?: boolean) =>
  client.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket,
      NotificationConfiguration: configuration,
      ...(skip === undefined ? {} : { SkipDestinationValidation: skip }),
    }),
  );

type Filter = Readonly<{ prefix?: string; suffix?: string }>;

/** A notification to the function. */
export const toFunction = (events: readonly string[], { prefix, suffix }: Filter = {}, LambdaFunctionArn = FUNCTION) => ({
  LambdaFunctionArn,
  Events: events as NonNullable<NotificationConfiguration['LambdaFunctionConfigurations']>[number]['Events'],
  ...((prefix ?? suffix) === undefined
    ? {}
    : {
        Filter: {
          Key: {
            FilterRules: [
              ...(prefix === undefined ? [] : [{ Name: 'prefix' as const, Value: prefix }]),
              ...(suffix === undefined ? [] : [{ Name: 'suffix' as const, Value: suffix }]),
            ],
          },
        },
      }),
});

/** Tells the function of events, as far as a filter lets it. */
export const tell = (rig: Pick<Rig, 'client'>, events: readonly string[], filter: Filter = {}) =>
  configure(rig, { LambdaFunctionConfigurations: [toFunction(events, filter)] });

export const put = (client: S3Client, Key = 'a', rest: object = {}) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body: 'hello', ...rest }));

/** Runs `act` on a lake whose bucket can notify. */
export async function withListeners(
  settings: Parameters<typeof withS3>[0],
  act: (rig: Rig, heard: Heard) => Promise<void>,
  props: Partial<S3Props> = {},
): Promise<void> {
  const heard = listeners();
  await withS3(settings, (rig) => act(rig, heard), { destinations: heard.destinations, ...props });
}
