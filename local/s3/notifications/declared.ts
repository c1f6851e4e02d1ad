import { isDeepStrictEqual } from 'node:util';
import { parseConfiguration, type BucketConfiguration } from '../configuration.ts';
import type { NewBucket } from '../new-bucket.ts';
import type { SavedBucket } from '../saved-bucket.ts';
import { checkConfiguration } from './check-configuration.ts';
import { checkDestinations } from './check-destinations.ts';
import type { AskedConfiguration, AskedNotification, NotificationConfiguration } from './configuration.ts';
import type { Destinations } from './destinations.ts';

type Declared = NonNullable<BucketConfiguration['NotificationConfiguration']>;

/**
 * What a bucket tells, and whom, once its template is deployed. CloudFormation compares a template with the one before, never with the bucket:
 * what calls have put since stays until the template itself says otherwise.
 *
 * @throws S3Error InvalidArgument, MalformedXML, NotImplemented
 */
export function declaredNotifications(
  settings: NewBucket,
  saved: SavedBucket | undefined,
  destinations: Destinations | undefined,
): NotificationConfiguration {
  const isAsBefore = isDeepStrictEqual(rawOf(settings), rawOf(saved?.settings));
  if (saved?.notifications !== undefined && isAsBefore) return saved.notifications;
  const configuration = checkConfiguration(askedOf(parseConfiguration(settings.configuration).NotificationConfiguration));
  checkDestinations(settings, configuration, destinations);
  return configuration;
}

const rawOf = (settings: Pick<NewBucket, 'configuration'> | undefined): unknown =>
  settings?.configuration?.NotificationConfiguration;

/** A property of `AWS::S3::Bucket`, whose configurations have an event each. */
function askedOf(declared: Declared | undefined): AskedConfiguration {
  if (declared === undefined) return { notifications: [], eventBridge: false };
  const { EventBridgeConfiguration, LambdaConfigurations, QueueConfigurations, TopicConfigurations } = declared;
  const one = (kind: AskedNotification['kind'], arn: string, { Event, Filter }: Entry): AskedNotification => ({
    kind,
    arn,
    events: [Event],
    filter: (Filter?.S3Key.Rules ?? []).map(({ Name, Value }) => ({ name: Name, value: Value })),
  });
  return {
    notifications: [
      ...TopicConfigurations.map((entry) => one('topic', entry.Topic, entry)),
      ...QueueConfigurations.map((entry) => one('queue', entry.Queue, entry)),
      ...LambdaConfigurations.map((entry) => one('function', entry.Function, entry)),
    ],
    eventBridge: EventBridgeConfiguration?.EventBridgeEnabled === true,
  };
}

type Entry = Pick<Declared['LambdaConfigurations'][number], 'Event' | 'Filter'>;
