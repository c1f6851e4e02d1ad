import { SimulatedClock } from '../../../local/clock.ts';
import { EventBus, type DeadLetter, type Rule } from '../../../local/eventbridge/event-bus.ts';
import type { Sent } from '../../../local/eventbridge/outbox.ts';
import { ServiceError, type Caller, type LogEvent } from '../../../local/service.ts';
import { account } from '../iam/account.ts';

export const BUS_ARN = 'arn:aws:events:us-east-1:123456789012:event-bus/';
export const ENTRY = { Source: 'app', DetailType: 'told', Detail: '{"id":1}' };

/** Buses of an account, with what targets are handed. */
export function buses({
  invoke,
  bury,
}: {
  readonly invoke?: (sent: Sent) => Promise<void> | void;
  readonly bury?: (ruleArn: string, queueArn: string) => void;
} = {}) {
  const iam = account();
  const clock = new SimulatedClock(Date.UTC(2001, 0, 9, 8));
  const sent: Sent[] = [];
  const letters: (DeadLetter & { readonly queueArn: string })[] = [];
  const lines: LogEvent[] = [];
  const measured: { dimensions: Readonly<Record<string, string>>; values: Readonly<Record<string, number>> }[] = [];
  const events = new EventBus({
    clock,
    access: iam.iam,
    accountId: '123456789012',
    region: 'us-east-1',
    measure: (_namespace, dimensions, values) => measured.push({ dimensions, values }),
    onLog: (line) => lines.push(line),
    invoke: async (one) => {
      sent.push(one);
      await invoke?.(one);
    },
    bury: (ruleArn, queueArn, letter) => {
      bury?.(ruleArn, queueArn);
      letters.push({ queueArn, ...letter });
    },
  });
  const rule = (rest: Partial<Rule> = {}): void => {
    const name = rest.name ?? 'rule';
    events.createRule({
      name,
      arn: events.buses.ruleArn(name, rest.bus),
      matches: () => true,
      schedule: undefined,
      targets: [{ id: 'target', arn: 'arn:aws:lambda:x', roleArn: undefined, input: undefined }],
      ...rest,
    });
  };
  /** What an operation answers. @throws ServiceError */
  const ask = async (operation: string, input: object, caller: Caller = iam.operator): Promise<object> => {
    const run = events.service.operations[operation];
    if (run === undefined) throw new ServiceError('NotImplemented', operation);
    return run({ ...input }, caller);
  };
  const refusal = async (operation: string, input: object, caller?: Caller): Promise<string> =>
    ask(operation, input, caller).then(
      () => 'taken',
      (error: unknown) => (error instanceof ServiceError ? `${error.code}: ${error.message}` : String(error)),
    );
  return { ...iam, clock, events, rule, ask, refusal, sent, letters, lines, measured };
}
