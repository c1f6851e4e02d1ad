import type { ObjectStore } from '../s3/object-store.ts';
import type { Access, Caller } from '../service.ts';
import type { Topics } from '../sns/topics.ts';
import type { MessageAttributes, Queues } from '../sqs/index.ts';
import type { Lambda } from './lambda.ts';

/** What Lambda tells, of events and of batches. */
export interface DestinationParts {
  readonly access: Access;
  readonly topics: Pick<Topics, 'publish'>;
  readonly queues: Pick<Queues, 'check' | 'send'>;
  readonly objects: Pick<ObjectStore, 'putObject'>;
  readonly lambda: () => Pick<Lambda, 'checkInvoke' | 'enqueue'>;
}

export type DestinationKind = 'bucket' | 'function' | 'queue' | 'topic';

const KINDS: readonly (readonly [RegExp, DestinationKind])[] = [
  [/^arn:aws:sns:[^:]+:\d{12}:[^:]+$/, 'topic'],
  [/^arn:aws:sqs:[^:]+:\d{12}:[^:]+$/, 'queue'],
  [/^arn:aws:lambda:[^:]+:\d{12}:function:.+$/, 'function'],
  [/^arn:aws:s3:::[^/]+$/, 'bucket'],
];

/** What an ARN is to whoever tells; undefined for buses, which are not simulated, and for what is no destination. */
export const kindOfDestination = (arn: string): DestinationKind | undefined => KINDS.find(([pattern]) => pattern.test(arn))?.[1];

/** Asks for what telling takes of the function's role. @throws ServiceError AccessDeniedException, ResourceNotFoundException */
export function checkDestination(
  arn: string,
  caller: Caller,
  { access, queues, lambda }: Pick<DestinationParts, 'access' | 'queues' | 'lambda'>,
): void {
  const kind = kindOfDestination(arn);
  if (kind === 'topic') access.check(caller, 'sns:Publish', arn);
  if (kind === 'queue') queues.check(caller, 'sqs:SendMessage', arn);
  if (kind === 'function') lambda().checkInvoke(caller, arn);
  if (kind === 'bucket') access.check(caller, 's3:ListBucket', arn);
}

/** What is told. */
export interface Told {
  /** JSON. */
  readonly message: string;
  /** What a queue is told beside it. @default - nothing */
  readonly attributes?: MessageAttributes;
  /** Whether the message holds what a client sent. @default false */
  readonly holdsData?: boolean;
  /** What a bucket gets, and under which key. @default - it is no bucket */
  readonly object?: { readonly key: string; readonly body: string };
}

/** Tells a destination, as the function's role. @throws ServiceError what SNS, SQS, S3, Lambda or KMS refuse */
export async function tellDestination(
  arn: string,
  caller: Caller,
  { message, attributes = new Map(), holdsData = false, object }: Told,
  { access, topics, queues, objects, lambda }: DestinationParts,
): Promise<void> {
  const kind = kindOfDestination(arn);
  if (kind === 'topic') topics.publish(caller, { topicArn: arn, subject: undefined, message, holdsData });
  else if (kind === 'queue') queues.send(caller, arn, { body: message, attributes });
  else if (kind === 'function') lambda().enqueue(caller, arn, JSON.parse(message));
  else if (kind === 'bucket' && object !== undefined) {
    access.check(caller, 's3:ListBucket', arn);
    await objects.putObject(caller, arn.slice('arn:aws:s3:::'.length), object.key, Buffer.from(object.body));
  } else throw new Error('a destination that is not simulated was let in');
}

/** `<folder>/2001/01/31/2001-01-31T10.20.30-<random UUID>`: the key of what a bucket is told. @param now Milliseconds since the epoch, simulated */
export function destinationKey(folder: string, now: number, uuid: string): string {
  const time = new Date(now).toISOString().slice(0, 19);
  return `${folder}/${time.slice(0, 10).replaceAll('-', '/')}/${time.replaceAll(':', '.')}-${uuid}`;
}
