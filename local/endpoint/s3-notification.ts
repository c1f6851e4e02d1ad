import { invalidArgument, type AskedConfiguration, type AskedNotification, type DestinationKind } from '../s3/index.ts';
import type { S3Call, S3Operation } from './s3-call.ts';
import { documentOf } from './s3-settings.ts';
import type { XmlElement } from './s3-xml.ts';
import type { WireResponse } from './wire.ts';

const SKIP = 'x-amz-skip-destination-validation';

/** The element of each kind of destination, and that of its ARN. */
const KINDS: Readonly<Record<string, { readonly kind: DestinationKind; readonly arn: string }>> = {
  TopicConfiguration: { kind: 'topic', arn: 'Topic' },
  QueueConfiguration: { kind: 'queue', arn: 'Queue' },
  CloudFunctionConfiguration: { kind: 'function', arn: 'CloudFunction' },
};

/** An empty document stands for no configuration. @throws S3Error MalformedXML */
function configurationOf(document: XmlElement): AskedConfiguration {
  document.only(...Object.keys(KINDS), 'EventBridgeConfiguration');
  const notifications = document.children.flatMap((element): AskedNotification[] => {
    const { kind, arn } = KINDS[element.name] ?? {};
    return kind === undefined || arn === undefined ? [] : [notificationOf(element, kind, arn)];
  });
  return { notifications, eventBridge: document.child('EventBridgeConfiguration')?.only() !== undefined };
}

const notificationOf = (element: XmlElement, kind: DestinationKind, arn: string): AskedNotification => ({
  kind,
  id: element.only('Id', arn, 'Event', 'Filter').text('Id'),
  arn: element.required(arn),
  events: element.all('Event').map(({ content }) => content),
  filter: (element.child('Filter')?.only('S3Key').child('S3Key')?.only('FilterRule').all('FilterRule') ?? []).map((rule) => ({
    name: rule.only('Name', 'Value').required('Name'),
    value: rule.required('Value'),
  })),
});

/** @throws S3Error InvalidArgument for a word that says neither */
function skipsDestinations({ header }: S3Call): boolean {
  const word = header(SKIP)?.toLowerCase();
  if (word !== undefined && word !== 'true' && word !== 'false')
    throw invalidArgument(`${SKIP} must be true or false`, SKIP, word);
  return word === 'true';
}

function put(call: S3Call): WireResponse {
  const asked = configurationOf(documentOf(call, 'NotificationConfiguration'));
  call.s3.putNotifications(call.caller, call.bucket, asked, { skipsDestinations: skipsDestinations(call) });
  return { status: 200 };
}

/** The one part of a bucket's configuration that clients may change: CDK's own function is one of them. */
export const PUT_NOTIFICATIONS: Readonly<Record<string, S3Operation>> = {
  PutBucketNotificationConfiguration: { parameters: ['notification'], headers: ['x-amz-checksum-*', SKIP], answer: put },
};
