import type { SimulatedClock } from '../clock.ts';
import { ServiceError, type Access, type JsonService, type Log } from '../service.ts';
import type { Topics } from '../sns/topics.ts';
import { Alarm, type AlarmTransition, type SavedAlarm } from './alarm.ts';
import { alarmNotice } from './alarm-notice.ts';
import type { AlarmSettings } from './alarm-settings.ts';
import { setOf } from './datapoints.ts';
import { embeddedMetrics } from './embedded-metrics.ts';
import { Metrics } from './metrics.ts';
import { CBOR, operations, queryCode } from './operations.ts';
import { restoreMetrics, saveMetrics } from './saved-metrics.ts';

export interface CloudWatchParts {
  readonly clock: SimulatedClock;
  readonly access: Access;
  readonly accountId: string;
  readonly region: string;
  readonly topics: Pick<Topics, 'publish'>;
  readonly onLog: Log;
}

/** What services call on CloudWatch as, whose topics alarms tell. */
const PRINCIPAL = 'cloudwatch.amazonaws.com';

/** CloudWatch: what services and functions measure, and the alarms that look at it. */
export class CloudWatch {
  readonly metrics: Metrics;
  /** States that an earlier process saved of alarms that are not there yet. */
  private saved: Map<string, SavedAlarm> | undefined;
  readonly service: JsonService;
  private readonly byName = new Map<string, Alarm>();
  private readonly transitions: { readonly alarm: Alarm; readonly transition: AlarmTransition }[] = [];

  constructor(private readonly parts: CloudWatchParts) {
    this.metrics = new Metrics(parts.clock);
    const looks = { metrics: this.metrics, alarms: () => this.alarms(), history: () => this.history() };
    this.service = {
      name: 'monitoring',
      targetPrefix: 'GraniteServiceVersion20100801',
      version: '1.0',
      operations: operations({ ...parts, ...looks }),
      cbor: CBOR,
      queryCode,
    };
  }

  createAlarm(settings: AlarmSettings): void {
    const { clock } = this.parts;
    const changed = (alarm: Alarm, transition: AlarmTransition): void => {
      this.transitions.push({ alarm, transition });
      this.tell(alarm, transition);
    };
    this.byName.set(settings.name, new Alarm(settings, { clock, metrics: this.metrics, changed }));
  }

  /** Every alarm, by name. */
  alarms(): readonly Alarm[] {
    return [...this.byName.values()].sort((one, other) => (one.settings.name < other.settings.name ? -1 : 1));
  }

  /** What alarms have come to since the start, the oldest first. */
  history(): readonly { readonly alarm: Alarm; readonly transition: AlarmTransition }[] {
    return this.transitions;
  }

  /** Takes the metrics out of what a function has written to its log group. */
  takeLine(line: string): void {
    for (const { metric, value } of embeddedMetrics(line)) this.metrics.put(metric, setOf(value));
  }

  /** @param isWhole Whether every stack is there: of some, an alarm may lie in another. @default true */
  save(folder: string, isWhole = true): void {
    const elsewhere = isWhole ? [] : [...(this.saved ?? [])].map(([arn, state]) => ({ arn, ...state }));
    const here = this.alarms().map((alarm) => ({ arn: alarm.settings.arn, ...alarm.saved }));
    saveMetrics({ series: this.metrics.all(), alarms: [...here, ...elsewhere] }, folder);
  }

  /** Takes over what an earlier process saved: what was measured, and then, once for each, the states of alarms that are there. */
  restore(folder: string): void {
    this.saved ??= this.restoreMetrics(folder);
    for (const alarm of this.alarms()) {
      const { arn } = alarm.settings;
      const saved = this.saved.get(arn);
      this.saved.delete(arn);
      if (saved !== undefined) alarm.resume(saved);
    }
  }

  /** @returns States of alarms by their ARNs */
  private restoreMetrics(folder: string): Map<string, SavedAlarm> {
    const { series, alarms } = restoreMetrics(folder);
    for (const { metric, points, unit } of series) {
      this.metrics.points(metric).restore(points);
      if (unit !== undefined) this.metrics.measureIn(metric, unit);
    }
    return new Map(alarms.map(({ arn, ...saved }) => [arn, saved]));
  }

  private tell(alarm: Alarm, transition: AlarmTransition): void {
    const { arn, actions } = alarm.settings;
    if (!alarm.actionsEnabled) return;
    const { accountId, topics } = this.parts;
    for (const action of actions[transition.state]) {
      if (!/^arn:[^:]+:sns:/.test(action)) {
        this.failed(alarm, action, 'only topics are told here');
        continue;
      }
      try {
        const publisher = { service: PRINCIPAL, sourceArn: arn, accountId };
        topics.publish(publisher, { topicArn: action, ...alarmNotice(alarm, transition, this.parts) });
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        this.failed(alarm, action, error.message);
      }
    }
  }

  /** CloudWatch keeps it in the alarm's history, and tells nobody. */
  private failed({ settings: { arn } }: Alarm, action: string, why: string): void {
    const { clock, onLog } = this.parts;
    const message = `Failed to execute action ${action}. Received error: "${why}"`;
    onLog({ time: clock.now(), logGroup: arn, level: 'error', message });
  }
}
