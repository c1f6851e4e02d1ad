import { uuidOf } from '../happening.ts';
import { invalidArgument, lacking, malformedXml } from '../s3-error.ts';
import type {
  AskedConfiguration,
  AskedNotification,
  DestinationKind,
  Notification,
  NotificationConfiguration,
} from './configuration.ts';
import { isEventName, meantBy, NOT_SIMULATED } from './event-types.ts';

/** What the API calls a destination's ARN, and the service that the ARN must name. */
const ARN: Readonly<Record<DestinationKind, { readonly argument: string; readonly service: string }>> = {
  topic: { argument: 'Topic', service: 'sns' },
  queue: { argument: 'Queue', service: 'sqs' },
  function: { argument: 'CloudFunction', service: 'lambda' },
};

/** Bytes of a filter's value, and characters of an id. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_NotificationConfiguration.html */
const LONGEST = { value: 1024, id: 255 } as const;

/**
 * A configuration as S3 keeps it, whoever asks for it. Destinations are not asked.
 *
 * @throws S3Error InvalidArgument, MalformedXML, NotImplemented
 */
export function checkConfiguration({ notifications: asked, eventBridge }: AskedConfiguration): NotificationConfiguration {
  const notifications = asked.map(checkNotification);
  const ids = notifications.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  checkOverlaps(notifications);
  if (twice !== undefined) throw invalidArgument('Same ID used for multiple configurations. IDs must be unique', 'Id', twice);
  return { notifications, eventBridge };
}

function checkNotification(asked: AskedNotification): Notification {
  const { kind, arn, events } = asked;
  const { argument, service } = ARN[kind];
  if (!new RegExp(`^arn:[\\w-]+:${service}:[\\w-]*:\\d*:.+$`).test(arn))
    throw invalidArgument('The ARN could not be parsed', argument, arn);
  if (kind !== 'function' && arn.endsWith('.fifo'))
    throw invalidArgument(`FIFO ${kind}s are not supported as destinations`, argument, arn);
  if (events.length === 0) throw malformedXml();
  for (const event of events) {
    if (NOT_SIMULATED.includes(event)) throw lacking(`notifications of '${event}'`);
    if (!isEventName(event)) throw invalidArgument('The event is not supported for notifications', 'Event', event);
  }
  const rest = { kind, arn, events, filter: checkFilter(asked.filter) };
  const { id } = asked;
  if (id !== undefined && id.length > LONGEST.id)
    throw invalidArgument(`ID length should not exceed allowed limit of ${LONGEST.id}`, 'ID', id);
  return { id: id === undefined || id === '' ? uuidOf(JSON.stringify(rest)) : id, ...rest };
}

function checkFilter(rules: AskedNotification['filter']): Notification['filter'] {
  const filter = rules.map(({ name, value }) => {
    const known = (['Prefix', 'Suffix'] as const).find((one) => one.toLowerCase() === name.toLowerCase());
    if (known === undefined) throw invalidArgument('filter rule name must be either prefix or suffix', 'FilterRule.Name', name);
    if (Buffer.byteLength(value) > LONGEST.value)
      throw invalidArgument(
        `Size of filter rule value cannot exceed ${LONGEST.value} bytes in UTF-8 representation`,
        'FilterRule.Value',
        value,
      );
    return { name: known, value };
  });
  for (const name of ['Prefix', 'Suffix'] as const) {
    if (filter.filter((rule) => rule.name === name).length > 1)
      throw invalidArgument(`Cannot specify more than one ${name.toLowerCase()} rule in a filter.`, 'FilterRule.Name', name);
  }
  return filter;
}

/** No event of one object may go two ways. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html */
function checkOverlaps(notifications: readonly Notification[]): void {
  for (const [index, one] of notifications.entries()) {
    for (const other of notifications.slice(index + 1)) {
      const meant = meantBy(other.events);
      if (![...meantBy(one.events)].some((event) => meant.has(event)) || !mayMeet(one, other)) continue;
      const isFiltered = one.filter.length > 0 || other.filter.length > 0;
      throw invalidArgument(
        isFiltered
          ? 'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.'
          : 'Configurations overlap. Configurations on the same bucket cannot share a common event type.',
        'Event',
        [...one.events, ...other.events].join(', '),
      );
    }
  }
}

const ruleOf = ({ filter }: Notification, name: 'Prefix' | 'Suffix'): string =>
  filter.find((rule) => rule.name === name)?.value ?? '';

/** Whether S3 takes it that a key may be meant by both: it looks at prefixes and at suffixes, each by themselves. */
const mayMeet = (one: Notification, other: Notification): boolean =>
  eitherWay(ruleOf(one, 'Prefix'), ruleOf(other, 'Prefix'), (text, part) => text.startsWith(part)) &&
  eitherWay(ruleOf(one, 'Suffix'), ruleOf(other, 'Suffix'), (text, part) => text.endsWith(part));

const eitherWay = (one: string, other: string, holds: (text: string, part: string) => boolean): boolean =>
  holds(one, other) || holds(other, one);
