import { causeOf } from '../java-cause.ts';
import type { ServiceError } from '../service.ts';
import { queryCode, type MessageAttributes } from '../sqs/index.ts';
import type { Exhausted } from './retry-policy.ts';

/** Where an event was going that did not get there. */
export interface Undelivered {
  readonly ruleArn: string;
  readonly targetArn: string;
  readonly error: ServiceError;
  /** What ended the tries, and how many there were after the first. @default - there was nothing to try again for */
  readonly tried?: { readonly exhausted: Exhausted; readonly retries: number } | undefined;
}

/**
 * What a dead letter tells beside the event.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export const letterAttributes = ({ ruleArn, targetArn, error, tried }: Undelivered): MessageAttributes =>
  textAttributes({
    RULE_ARN: ruleArn,
    TARGET_ARN: targetArn,
    ERROR_CODE: codeOf(error),
    ERROR_MESSAGE: messageOf(targetArn, error),
    ...(tried !== undefined && {
      EXHAUSTED_RETRY_CONDITION: tried.exhausted,
      RETRY_ATTEMPTS: String(tried.retries),
    }),
  });

export const textAttributes = (texts: Readonly<Record<string, string>>): MessageAttributes =>
  new Map(Object.entries(texts).map(([name, value]) => [name, { dataType: 'String', value }]));

/** Codes that are EventBridge's own. */
const OWN = /^[A-Z_]+$/;

/** What EventBridge calls an error, by what the service's code says; the first that does. */
const CODES: readonly (readonly [RegExp, string])[] = [
  [/AccessDenied|AuthorizationError/, 'NO_PERMISSIONS'],
  [/NotFound|DoesNotExist|NoSuch/, 'NO_RESOURCE'],
  [/Throttl|ThroughputExceeded|TooManyRequests/, 'THROTTLING'],
  [/LimitExceeded/, 'RESOURCE_LIMIT_EXCEEDED'],
  [/^KmsDisabled$/, 'NO_RESOURCE'], // a queue's key, as recorded
  [/^(Validation|Invalid|Missing)/, 'INVALID_PARAMETER'],
];

const codeOf = ({ code }: ServiceError): string =>
  OWN.test(code) ? code : (CODES.find(([says]) => says.test(code))?.[1] ?? 'ERROR_FROM_TARGET');

/** What messages call a service, and the codes of one that has others over forms. */
const SERVICES: ReadonlyMap<string, { readonly name: string; readonly codeOf?: (code: string) => string }> = new Map([
  ['firehose', { name: 'AmazonKinesisFirehose' }],
  ['kinesis', { name: 'AmazonKinesis' }],
  ['lambda', { name: 'AWSLambda' }],
  ['sns', { name: 'AmazonSNS', codeOf: (code: string) => (code === 'AccessDeniedException' ? 'AuthorizationError' : code) }],
  ['sqs', { name: 'AmazonSQS', codeOf: queryCode }],
  ['states', { name: 'AWSStepFunctions' }],
]);

/** The code that a service's SDK is told. @param service As in ARNs: `sqs` */
export const wireCode = (service: string, { code }: ServiceError): string => SERVICES.get(service)?.codeOf?.(code) ?? code;

function messageOf(targetArn: string, error: ServiceError): string {
  const kind = targetArn.split(':')[2] ?? '';
  const service = SERVICES.get(kind);
  if (service === undefined || OWN.test(error.code)) return error.message;
  return causeOf(service.name, error, wireCode(kind, error));
}
