import { CloudWatch } from '../../../local/cloudwatch/cloudwatch.ts';
import { setOf } from '../../../local/cloudwatch/datapoints.ts';
import { parseAlarm } from '../../../local/cloudwatch/alarm-settings.ts';
import { SimulatedClock } from '../../../local/clock.ts';
import { Members } from '../../../local/input.ts';
import { ServiceError, type LogEvent } from '../../../local/service.ts';
import type { Notice, Publisher } from '../../../local/sns/topics.ts';

export const start = Date.UTC(2001, 0, 9, 8);
export const MINUTE = 60_000;
export const TOPIC = 'arn:aws:sns:us-east-1:123456789012:alarms';
const NAMESPACE = 'Mine';

/** An alarm of five units or more in each of some periods of five minutes. */
export const alarmOf = (properties: object = {}): Readonly<Record<string, unknown>> => ({
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  EvaluationPeriods: 1,
  Namespace: NAMESPACE,
  MetricName: 'errors',
  Period: 300,
  Statistic: 'Sum',
  Threshold: 5,
  AlarmActions: [TOPIC],
  OKActions: [TOPIC],
  InsufficientDataActions: [TOPIC],
  ...properties,
});

/** One alarm, and what it says to a topic. */
export function watching(properties: object = {}, denied = false) {
  const clock = new SimulatedClock(start);
  const notices: (Notice & { readonly publisher: Publisher })[] = [];
  const lines: LogEvent[] = [];
  const service = new CloudWatch({
    clock,
    accountId: '123456789012',
    region: 'us-east-1',
    access: { check: () => undefined },
    topics: {
      publish: (publisher, notice) => {
        if (denied) throw new ServiceError('AccessDeniedException', 'not authorized to perform: sns:Publish');
        notices.push({ ...notice, publisher });
        return { messageId: 'id' };
      },
    },
    onLog: (line) => lines.push(line),
  });
  const name = 'alarm';
  service.createAlarm(
    parseAlarm(new Members(alarmOf(properties)), name, `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${name}`),
  );
  const put = (value: number, metric = 'errors'): void => {
    service.metrics.put({ namespace: NAMESPACE, name: metric, dimensions: {} }, setOf(value));
  };
  const alarm = () => {
    const [only] = service.alarms();
    if (only === undefined) throw new Error('there is no alarm');
    return only;
  };
  return {
    clock,
    service,
    notices,
    lines,
    put,
    alarm,
    state: () => alarm().state.state,
    /** Lets minutes pass, and puts a value at the beginning of each. */
    minutes: async (count: number, value?: number): Promise<void> => {
      for (let minute = 0; minute < count; minute += 1) {
        if (value !== undefined) put(value);
        await clock.advance(MINUTE);
      }
    },
  };
}
