import { randomUUID } from 'node:crypto';
import type { ObjectStore } from '../s3/object-store.ts';
import type { Access, Caller } from '../service.ts';
import type { Topics } from '../sns/topics.ts';
import type { Lambda } from './lambda.ts';

export interface EventDestinationParts {
  readonly access: Access;
  readonly topics: Pick<Topics, 'publish'>;
  readonly objects: Pick<ObjectStore, 'putObject'>;
  readonly lambda: () => Pick<Lambda, 'checkInvoke' | 'enqueue'>;
}

type Kind = 'bucket' | 'function' | 'topic';

const KINDS: readonly (readonly [RegExp, Kind])[] = [
  [/^arn:aws:sns:[^:]+:\d{12}:[^:]+$/, 'topic'],
  [/^arn:aws:lambda:[^:]+:\d{12}:function:.+$/, 'function'],
  [/^arn:aws:s3:::[^/]+$/, 'bucket'],
];

/** What an ARN is to whoever tells of events; undefined for queues and buses, which are not simulated. */
export const kindOfDestination = (arn: string): Kind | undefined => KINDS.find(([pattern]) => pattern.test(arn))?.[1];

/** Asks, when a destination is set, for what telling it takes of the function's role. @throws ServiceError AccessDeniedException, ResourceNotFoundException */
export function checkEventDestination(arn: string, caller: Caller, { access, lambda }: EventDestinationParts): void {
  const kind = kindOfDestination(arn);
  if (kind === 'topic') access.check(caller, 'sns:Publish', arn);
  if (kind === 'function') lambda().checkInvoke(caller, arn);
  if (kind === 'bucket') access.check(caller, 's3:ListBucket', arn);
}

/**
 * Tells of an event, as the function's role.
 *
 * @param message JSON
 * @throws ServiceError what SNS, S3, Lambda or KMS refuse
 */
export async function tellDestination(
  arn: string,
  message: string,
  { caller, functionName, now }: { readonly caller: Caller; readonly functionName: string; readonly now: number },
  { access, topics, objects, lambda }: EventDestinationParts,
): Promise<void> {
  switch (kindOfDestination(arn)) {
    case 'topic':
      topics.publish(caller, { topicArn: arn, subject: undefined, message, holdsData: true });
      return;
    case 'function':
      lambda().enqueue(caller, arn, JSON.parse(message));
      return;
    case 'bucket':
      access.check(caller, 's3:ListBucket', arn);
      await objects.putObject(caller, arn.slice('arn:aws:s3:::'.length), keyOf(functionName, now), Buffer.from(message));
      return;
    case undefined:
      throw new Error('a destination that is not simulated was let in');
  }
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
function keyOf(functionName: string, now: number): string {
  const time = new Date(now).toISOString().slice(0, 19);
  return `aws/lambda/async/${functionName}/${time.slice(0, 10).replaceAll('-', '/')}/${time.replaceAll(':', '.')}-${randomUUID()}`;
}
