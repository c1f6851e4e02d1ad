import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Answer } from '../../cloudformation/answer.ts';
import { CustomResourceError } from '../../cloudformation/custom-resource-error.ts';
import type { OwnProvider } from '../../cloudformation/custom-resources.ts';
import type { Change, CustomResource } from '../../cloudformation/request.ts';
import type { Sessions } from '../../iam/index.ts';
import type { Lambda } from '../../lambda/lambda.ts';
import { inFull, type AskedConfiguration, type AskedNotification, type DestinationKind, type S3 } from '../../s3/index.ts';
import { ServiceError, type Caller } from '../../service.ts';

/**
 * What `bucket.addEventNotification` of CDK makes. CDK's function for it is in Python, which does not run here: the runtime does what it does, as
 * its role.
 */
export const BUCKET_NOTIFICATIONS = 'Custom::S3BucketNotifications';

/** Whether this runtime stands in for a function of CDK's: one that somebody wrote for Node.js runs, as all do. */
export const standsIn = ({ type }: Pick<CustomResource, 'type'>, runtime: string): boolean =>
  type === BUCKET_NOTIFICATIONS && runtime.startsWith('python');

export interface BucketNotificationsParts {
  readonly accountId: string;
  readonly s3: Pick<S3, 'bucketFor' | 'putNotifications'>;
  readonly lambda: Pick<Lambda, 'has' | 'roleOf' | 'strangeRuntime'>;
  readonly sessions: Pick<Sessions, 'operator' | 'sessionFor'>;
}

const filterRule = z.strictObject({ Name: z.string(), Value: z.string() });
const entry = {
  Id: z.string().optional(),
  Events: z.array(z.string()),
  Filter: z.strictObject({ Key: z.strictObject({ FilterRules: z.array(filterRule) }) }).optional(),
};
type Entry = Readonly<z.infer<z.ZodObject<typeof entry>>>;
const configuration = z.strictObject({
  TopicConfigurations: z.array(z.strictObject({ TopicArn: z.string(), ...entry })).default([]),
  QueueConfigurations: z.array(z.strictObject({ QueueArn: z.string(), ...entry })).default([]),
  LambdaFunctionConfigurations: z.array(z.strictObject({ LambdaFunctionArn: z.string(), ...entry })).default([]),
  EventBridgeConfiguration: z.strictObject({}).optional(),
});
const truth = z
  .string()
  .optional()
  .transform((text) => text?.toLowerCase());
const properties = z.object({
  BucketName: z.string(),
  NotificationConfiguration: configuration,
  Managed: truth,
  SkipDestinationValidation: truth,
});

/** The provider of a resource, if it is one that the runtime makes itself; where its function went with it, it ends all the same. */
export const bucketNotifications =
  (parts: BucketNotificationsParts) =>
  (resource: CustomResource): OwnProvider | undefined => {
    const { serviceToken, type } = resource;
    if (type !== BUCKET_NOTIFICATIONS) return undefined;
    if (parts.lambda.has(serviceToken)) {
      const runtime = parts.lambda.strangeRuntime(serviceToken);
      if (runtime === undefined || !standsIn(resource, runtime)) return undefined;
    }
    return (change) => provide(resource, change, parts);
  };

function provide(resource: CustomResource, change: Change, { s3, ...parts }: BucketNotificationsParts): Answer {
  const read = properties.safeParse(resource.properties);
  if (!read.success) throw new CustomResourceError(`Parameter validation failed: ${z.prettifyError(read.error)}`);
  const { BucketName, NotificationConfiguration, Managed = 'true', SkipDestinationValidation } = read.data;
  const physicalId = change.kind === 'Create' ? resource.logicalId : change.physicalId;
  try {
    const caller = callerOf(resource, parts);
    const asked =
      Managed === 'true'
        ? askedOf(change.kind === 'Delete' ? {} : NotificationConfiguration)
        : beside(
            s3.bucketFor(caller, 's3:GetBucketNotification', BucketName).notifications,
            resource.stackId,
            change,
            NotificationConfiguration,
          );
    s3.putNotifications(caller, BucketName, asked, { skipsDestinations: SkipDestinationValidation === 'true' });
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (change.kind === 'Delete' && error.code === 'NoSuchBucket') return { physicalId, data: {} }; // it went with its stack
    throw new CustomResourceError(
      `Received response status [FAILED] from custom resource. Message returned: Error: An error occurred (${error.code}) when calling the PutBucketNotificationConfiguration operation: ${inFull(error)}`,
    );
  }
  return { physicalId, data: {} };
}

/** The function's role; of a function that is no more, whoever deploys. */
function callerOf(
  { serviceToken }: CustomResource,
  { accountId, lambda, sessions }: Omit<BucketNotificationsParts, 's3'>,
): Caller {
  if (!lambda.has(serviceToken)) return sessions.operator.caller;
  return sessions.sessionFor({
    roleArn: lambda.roleOf(serviceToken),
    service: 'lambda.amazonaws.com',
    context: { 'aws:SourceAccount': accountId, 'aws:SourceArn': serviceToken },
    sessionName: serviceToken.split(':').at(-1) ?? '',
  });
}

function askedOf(given: unknown): AskedConfiguration {
  const { TopicConfigurations, QueueConfigurations, LambdaFunctionConfigurations, EventBridgeConfiguration } =
    configuration.parse(given);
  const one = (kind: DestinationKind, arn: string, { Id, Events, Filter }: Entry): AskedNotification => ({
    kind,
    id: Id,
    arn,
    events: Events,
    filter: (Filter?.Key.FilterRules ?? []).map(({ Name, Value }) => ({ name: Name, value: Value })),
  });
  return {
    notifications: [
      ...TopicConfigurations.map((each) => one('topic', each.TopicArn, each)),
      ...QueueConfigurations.map((each) => one('queue', each.QueueArn, each)),
      ...LambdaFunctionConfigurations.map((each) => one('function', each.LambdaFunctionArn, each)),
    ],
    eventBridge: EventBridgeConfiguration !== undefined,
  };
}

/** What tells a notification from others but its id. */
const contentOf = ({ kind, arn, events, filter }: AskedNotification): string =>
  JSON.stringify([kind, arn, events, filter.map(({ name, value }) => `${name.toLowerCase()}=${value}`).sort()]);

/**
 * The configuration of a bucket that is not the stack's own: beside what is there from others. What is the stack's tells its id, and at an update
 * its content; the others lose their ids then, as CDK's function overwrites them. Events for EventBridge stay once they are asked for.
 */
function beside(existing: AskedConfiguration, stackId: string, change: Change, wanted: unknown): AskedConfiguration {
  const idOf = (notification: AskedNotification): string =>
    `${stackId}-${createHash('sha256').update(contentOf(notification)).digest('hex').slice(0, 16)}`;
  const { notifications, eventBridge } = askedOf(wanted);
  switch (change.kind) {
    case 'Delete':
      return { ...existing, notifications: existing.notifications.filter(({ id }) => id?.startsWith(`${stackId}-`) !== true) };
    case 'Create':
    case 'Update': {
      const before =
        change.kind === 'Update' ? askedOf(change.before.NotificationConfiguration).notifications.map(contentOf) : [];
      const others = existing.notifications.filter((one) => !before.includes(contentOf(one)));
      return {
        notifications: [
          ...(change.kind === 'Update' ? others.map(({ id: _id, ...one }) => one) : others),
          ...notifications.map((one) => ({ ...one, id: idOf(one) })),
        ],
        eventBridge: eventBridge || existing.eventBridge,
      };
    }
  }
}
