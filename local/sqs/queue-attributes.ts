import { isRecord } from '../input.ts';
import { ServiceError } from '../service.ts';

/** Attributes of a queue that can be set, as texts, by name: what is absent has its default. */
export type AttributeTexts = ReadonlyMap<string, string>;

/** Where messages go that were received too often. */
export interface RedrivePolicy {
  readonly deadLetterArn: string;
  readonly maxReceiveCount: number;
}

/** Which queues may have this one for their dead letters. */
export interface RedriveAllowPolicy {
  readonly permission: 'allowAll' | 'byQueue' | 'denyAll';
  readonly sourceArns: readonly string[];
}

/** A queue's attributes, read. Times are milliseconds. */
export interface QueueSettings {
  readonly delay: number;
  /** Bytes of a body and its attributes. */
  readonly largestMessage: number;
  readonly retention: number;
  readonly waitTime: number;
  readonly visibilityTimeout: number;
  readonly redrive: RedrivePolicy | undefined;
  readonly redriveAllow: RedriveAllowPolicy;
  /** The customer's key, by id, alias or ARN; `alias/aws/sqs` for AWS's own. @default - messages are under no key of KMS */
  readonly keyId: string | undefined;
  readonly isFifo: boolean;
  readonly isContentDeduplicated: boolean;
  /** Whether an id of deduplication counts within its group alone. */
  readonly deduplicatesGroups: boolean;
}

/** Bounds, both inclusive, in seconds and bytes. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const NUMBERS = {
  DelaySeconds: { least: 0, most: 900, otherwise: 0 },
  MaximumMessageSize: { least: 1_024, most: 1_048_576, otherwise: 1_048_576 },
  MessageRetentionPeriod: { least: 60, most: 1_209_600, otherwise: 345_600 },
  ReceiveMessageWaitTimeSeconds: { least: 0, most: 20, otherwise: 0 },
  VisibilityTimeout: { least: 0, most: 43_200, otherwise: 30 },
  KmsDataKeyReusePeriodSeconds: { least: 60, most: 86_400, otherwise: 300 },
} as const;

const REUSE = 'KmsDataKeyReusePeriodSeconds';
type Numbered = keyof typeof NUMBERS;
const isNumbered = (name: string): name is Numbered => Object.hasOwn(NUMBERS, name);

const CHOICES: Readonly<Record<string, readonly [otherwise: string, ...others: string[]]>> = {
  ContentBasedDeduplication: ['false', 'true'],
  DeduplicationScope: ['queue', 'messageGroup'],
  FifoThroughputLimit: ['perQueue', 'perMessageGroupId'],
  SqsManagedSseEnabled: ['true', 'false'],
};

const FIFO_ALONE = ['ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit'];
const PER_GROUP = ['DeduplicationScope', 'FifoThroughputLimit'];
const TEXTS = ['KmsMasterKeyId', 'Policy', 'RedriveAllowPolicy', 'RedrivePolicy'];

/** Names that can be set, for any queue and for those that are first in, first out. */
export const SETTABLE: readonly string[] = [...Object.keys(NUMBERS), ...Object.keys(CHOICES), ...TEXTS];

const badName = (message: string): ServiceError => new ServiceError('InvalidAttributeName', message);
const badValue = (name: string, reason = ''): ServiceError =>
  new ServiceError(
    'InvalidAttributeValue',
    `Invalid value for the parameter ${name}.${reason === '' ? '' : ` Reason: ${reason}`}`,
  );

/**
 * What a queue's attributes are once some are set: an empty text sets one to its default.
 *
 * @throws ServiceError InvalidAttributeName, InvalidAttributeValue, InvalidParameterValueException
 */
export function withAttributes(before: AttributeTexts, asked: Readonly<Record<string, string>>, isFifo: boolean): AttributeTexts {
  const changes = Object.fromEntries(Object.entries(asked).map(([name, text]) => [name, inForm(name, text)]));
  for (const [name, text] of Object.entries(changes)) checkAttribute(name, text, isFifo);
  if ((changes.KmsMasterKeyId ?? '') !== '' && changes.SqsManagedSseEnabled === 'true')
    throw badName('You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.');
  const after = new Map(before);
  for (const [name, text] of Object.entries(changes)) {
    if (name === 'FifoQueue') continue; // it is in the queue's name
    if (text === '' || (name === REUSE && text === String(NUMBERS[REUSE].otherwise))) after.delete(name);
    else after.set(name, text);
  }
  if (changes.SqsManagedSseEnabled === 'true') for (const name of ['KmsMasterKeyId', REUSE]) after.delete(name);
  else if ((changes.KmsMasterKeyId ?? '') !== '') after.set('SqsManagedSseEnabled', 'false');
  if (after.get('FifoThroughputLimit') === 'perMessageGroupId' && after.get('DeduplicationScope') !== 'messageGroup')
    throw badValue(
      'FifoThroughputLimit',
      'The value perMessageGroupId is allowed only where DeduplicationScope is messageGroup.',
    );
  return after;
}

/** Truth may be written with capitals. */
const inForm = (name: string, text: string): string =>
  /^(true|false)$/i.test(text) && name !== 'Policy' ? text.toLowerCase() : text;

function checkAttribute(name: string, text: string, isFifo: boolean): void {
  if (name === 'FifoQueue') {
    if (!isFifo) throw badName('Unknown Attribute FifoQueue.');
    if (text !== 'true') throw badValue('FifoQueue', 'Modifying queue type is not supported.');
    return;
  }
  if (!SETTABLE.includes(name)) throw badName(`Unknown Attribute ${name}.`);
  if (!isFifo && FIFO_ALONE.includes(name))
    throw badName(
      PER_GROUP.includes(name) ? `You can specify the ${name} only when FifoQueue is set to true.` : `Unknown Attribute ${name}.`,
    );
  if (text === '') return;
  if (isNumbered(name)) checkNumber(name, text);
  const choices = CHOICES[name];
  if (choices !== undefined && !choices.includes(text)) throw badValue(name);
  if (name === 'RedrivePolicy') readRedrivePolicy(text);
  if (name === 'RedriveAllowPolicy') readRedriveAllowPolicy(text);
}

function checkNumber(name: Numbered, text: string): void {
  const { least, most } = NUMBERS[name];
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= least && number <= most)) throw badValue(name);
}

const badRedrive = (text: string, reason: string): ServiceError =>
  new ServiceError('InvalidParameterValueException', `Value ${text} for parameter RedrivePolicy is invalid. Reason: ${reason}`);

function readRedrivePolicy(text: string): RedrivePolicy {
  const policy = parse(text);
  if (policy === undefined) throw badRedrive(text, 'Redrive policy is not a valid JSON map.');
  const { deadLetterTargetArn, maxReceiveCount } = policy;
  if (typeof deadLetterTargetArn !== 'string')
    throw new ServiceError('InvalidParameterValueException', "The required parameter 'deadLetterTargetArn' is missing");
  if (maxReceiveCount === undefined)
    throw new ServiceError('InvalidParameterValueException', "The required parameter 'maxReceiveCount' is missing");
  const count = Number(maxReceiveCount);
  if (!Number.isInteger(count) || count < 1 || count > 1_000)
    throw badRedrive(
      text,
      `Invalid value for maxReceiveCount: ${JSON.stringify(maxReceiveCount)}, valid values are from 1 to 1000 both inclusive.`,
    );
  if (!/^arn:aws:sqs:[^:]+:\d{12}:[\w.-]+$/.test(deadLetterTargetArn))
    throw badRedrive(text, `Invalid value for deadLetterTargetArn.`);
  return { deadLetterArn: deadLetterTargetArn, maxReceiveCount: count };
}

function readRedriveAllowPolicy(text: string): RedriveAllowPolicy {
  const policy = parse(text);
  const permission = (['allowAll', 'byQueue', 'denyAll'] as const).find((one) => one === policy?.redrivePermission);
  const sources: unknown = policy?.sourceQueueArns ?? [];
  const isList = Array.isArray(sources) && sources.every((arn) => typeof arn === 'string') && sources.length <= MOST_SOURCES;
  if (permission === undefined || !isList || (permission === 'byQueue') !== sources.length > 0)
    throw badValue('RedriveAllowPolicy');
  return { permission, sourceArns: sources };
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const MOST_SOURCES = 10;

/** Undefined for what is no JSON object. */
function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const numberOf = (texts: AttributeTexts, name: Numbered): number => Number(texts.get(name) ?? NUMBERS[name].otherwise);

export function settingsOf(texts: AttributeTexts, isFifo: boolean): QueueSettings {
  const [redrive, redriveAllow] = [texts.get('RedrivePolicy'), texts.get('RedriveAllowPolicy')];
  return {
    delay: numberOf(texts, 'DelaySeconds') * 1000,
    largestMessage: numberOf(texts, 'MaximumMessageSize'),
    retention: numberOf(texts, 'MessageRetentionPeriod') * 1000,
    waitTime: numberOf(texts, 'ReceiveMessageWaitTimeSeconds') * 1000,
    visibilityTimeout: numberOf(texts, 'VisibilityTimeout') * 1000,
    redrive: redrive === undefined ? undefined : readRedrivePolicy(redrive),
    redriveAllow: redriveAllow === undefined ? { permission: 'allowAll', sourceArns: [] } : readRedriveAllowPolicy(redriveAllow),
    keyId: texts.get('KmsMasterKeyId'),
    isFifo,
    isContentDeduplicated: texts.get('ContentBasedDeduplication') === 'true',
    deduplicatesGroups: texts.get('DeduplicationScope') === 'messageGroup',
  };
}

/** Every attribute that a queue has by itself or was given, as GetQueueAttributes tells it. */
export function describeAttributes(texts: AttributeTexts, isFifo: boolean): Readonly<Record<string, string>> {
  const numbers = (Object.keys(NUMBERS) as Numbered[]).filter((name) => name !== REUSE);
  return {
    ...Object.fromEntries(numbers.map((name) => [name, String(numberOf(texts, name))])),
    SqsManagedSseEnabled: 'true',
    ...(isFifo && {
      FifoQueue: 'true',
      ...Object.fromEntries(FIFO_ALONE.map((name) => [name, CHOICES[name]?.[0] ?? ''])),
    }),
    ...Object.fromEntries(texts),
  };
}
