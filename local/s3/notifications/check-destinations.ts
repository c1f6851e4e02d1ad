import type { NewBucket } from '../new-bucket.ts';
import { lacking, S3Error } from '../s3-error.ts';
import type { NotificationConfiguration } from './configuration.ts';
import type { Destinations } from './destinations.ts';

/**
 * Asks every destination whether S3 may tell it, and names all that refuse.
 *
 * @throws S3Error InvalidArgument, NotImplemented
 */
export function checkDestinations(
  bucket: NewBucket,
  { notifications }: NotificationConfiguration,
  destinations: Destinations | undefined,
): void {
  const asked = [...new Map(notifications.map((notification) => [notification.arn, notification])).values()];
  if (asked.length === 0) return;
  if (destinations === undefined) throw lacking('notifications without functions, topics and queues');
  const refusals = asked.flatMap((notification) => destinations.refusal(bucket, notification) ?? []);
  if (refusals.length === 0) return;
  const elements = refusals.flatMap(({ destination, reason }, index) => [
    [`ArgumentName${index + 1}`, destination],
    [`ArgumentValue${index + 1}`, reason],
  ]);
  throw new S3Error('InvalidArgument', 'Unable to validate the following destination configurations', 400, {
    elements: Object.fromEntries(elements) as Readonly<Record<string, string>>,
  });
}
