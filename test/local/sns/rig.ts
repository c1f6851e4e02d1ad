import { ServiceError, type Caller, type LogEvent } from '../../../local/service.ts';
import type { TakenNotice } from '../../../local/sns/notice.ts';
import type { Subscription } from '../../../local/sns/subscription.ts';
import { Topics } from '../../../local/sns/topics.ts';
import { account } from '../iam/account.ts';

export const TOPIC = 'arn:aws:sns:us-east-1:123456789012:news';
export const FIFO = `${TOPIC}.fifo`;

/** A topic of an account, with what those who subscribe are handed. @param fifo Settings of a FIFO topic beside it. @default - there is none */
export function topics(fifo?: Readonly<Record<string, string>>) {
  const time = { now: 0 };
  const iam = account();
  const lines: LogEvent[] = [];
  const told: { notice: TakenNotice; to: Subscription }[] = [];
  const tell = (notice: TakenNotice, to: Subscription): void => {
    told.push({ notice, to });
  };
  const service = new Topics({
    region: 'us-east-1',
    accountId: '123456789012',
    now: () => time.now,
    check: (publisher, action, resource, context) => {
      if (!('service' in publisher)) iam.iam.check(publisher, action, resource, context);
    },
    onLog: (line) => lines.push(line),
    deliver: { lambda: tell, sqs: tell },
  });
  service.createTopic(TOPIC, undefined);
  if (fifo !== undefined) service.createTopic(FIFO, undefined, fifo);
  let count = 0;
  const subscribe = (rest: Partial<Subscription> = {}, topic = TOPIC): void => {
    service.subscribe(topic, { arn: `${topic}:${(count += 1)}`, protocol: 'lambda', endpoint: 'arn:aws:lambda:x', ...rest });
  };
  /** What an operation answers to a form. @throws ServiceError */
  const ask = (action: string, fields: Readonly<Record<string, string>>, caller: Caller = iam.operator): object => {
    const run = service.service.operations[action];
    if (run === undefined) throw new ServiceError('NotImplemented', action);
    return run(new Map(Object.entries({ Action: action, Version: '2010-03-31', ...fields })), caller, '/') as object;
  };
  /** How the form is refused, in the service's words. */
  const refusal = (action: string, fields: Readonly<Record<string, string>>, caller?: Caller): string => {
    try {
      ask(action, fields, caller);
      return 'taken';
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      const { code, message, status } = service.service.wordError?.(error) ?? error;
      return `${status} ${code}: ${message}`;
    }
  };
  return { ...iam, time, service, lines, told, subscribe, ask, refusal };
}

/** Fields of a message attribute. */
export const attribute = (
  given: { readonly name?: string; readonly DataType?: string; readonly StringValue?: string; readonly BinaryValue?: string },
  number = 1,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries({ Name: given.name ?? 'attr1', ...valuesOf(given) }).map(([name, value]) => [
      `MessageAttributes.entry.${number}.${name}`,
      value,
    ]),
  );

function valuesOf({ name: _name, ...values }: Parameters<typeof attribute>[0]): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`Value.${name}`, value]));
}

/** Fields of a batch. */
export const batch = (entries: readonly Readonly<Record<string, string>>[], topic = TOPIC): Readonly<Record<string, string>> => ({
  TopicArn: topic,
  ...Object.fromEntries(
    entries.flatMap((entry, index) =>
      Object.entries(entry).map(([name, value]) => [`PublishBatchRequestEntries.member.${index + 1}.${name}`, value] as const),
    ),
  ),
});
