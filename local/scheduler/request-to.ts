import type { ScheduleTarget } from './settings.ts';
import { universalAction } from './universal-action.ts';

/** What Scheduler asks of a service, in the words of Java's SDK. */
export interface TargetRequest {
  /** `sqs:sendMessage`. */
  readonly action: string;
  /** JSON. */
  readonly request: string;
}

const lastOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

type Make = (target: ScheduleTarget, input: string) => object;

/** By the service in a target's ARN, what a target of a template stands for. @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html */
const TEMPLATED: Readonly<Record<string, readonly [action: string, make: Make]>> = {
  events: [
    'eventbridge:putEvents',
    ({ arn, event }, Detail) => ({
      Entries: [{ Detail, DetailType: event?.detailType, EventBusName: lastOf(arn), Source: event?.source }],
    }),
  ],
  firehose: ['firehose:putRecord', ({ arn }, Data) => ({ DeliveryStreamName: lastOf(arn), Record: { Data } })],
  kinesis: ['kinesis:putRecord', ({ arn, partitionKey }, Data) => ({ Data, PartitionKey: partitionKey, StreamARN: arn })],
  lambda: ['lambda:invoke', ({ arn }, Payload) => ({ FunctionName: arn, InvocationType: 'Event', Payload })],
  sns: ['sns:publish', ({ arn }, Message) => ({ Message, TopicArn: arn })],
  sqs: [
    'sqs:sendMessage',
    ({ arn, messageGroupId }, MessageBody) => ({ MessageBody, MessageGroupId: messageGroupId, QueueUrl: queueUrl(arn) }),
  ],
  states: ['sfn:startExecution', ({ arn }, Input) => ({ Input, StateMachineArn: arn })],
};

function queueUrl(arn: string): string {
  const [, , , region = '', account = '', name = ''] = arn.split(':');
  return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
}

export function requestTo(target: ScheduleTarget, input: string): TargetRequest {
  const universal = universalAction(target.arn);
  if (universal !== undefined) return { action: universal, request: input };
  const [action, make] = TEMPLATED[target.arn.split(':')[2] ?? ''] ?? ['', (): object => ({})];
  return { action, request: JSON.stringify(make(target, input)) };
}
