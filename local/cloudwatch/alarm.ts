import type { SimulatedClock } from '../clock.ts';
import type { AlarmSettings } from './alarm-settings.ts';
import { evaluationRange, judgeAlarm, type AlarmState, type Verdict } from './alarm-state.ts';
import { minuteOf } from './datapoints.ts';
import { evaluateMath, UnknownMath, type Series } from './evaluate-math.ts';
import { isMeasured } from './measured.ts';
import type { Metrics } from './metrics.ts';

const MINUTE = 60_000;

/** A state that an alarm has come to. */
export interface AlarmTransition extends Verdict {
  readonly from: AlarmState;
  /** Milliseconds since the epoch, simulated. */
  readonly time: number;
}

/** What an alarm has come to. */
export interface SavedAlarm extends Verdict {
  /** Milliseconds since the epoch, simulated. */
  readonly time: number;
  /** What EnableAlarmActions or DisableAlarmActions said last; absent where nobody called them. */
  readonly actionsEnabled?: boolean | undefined;
  /** When the alarm came to be; absent in what earlier releases saved. */
  readonly configured?: number | undefined;
}

export interface AlarmParts {
  readonly clock: SimulatedClock;
  readonly metrics: Metrics;
  readonly changed: (alarm: Alarm, transition: AlarmTransition) => void;
}

/** One alarm: evaluated at the end of each minute in which its value may be another. */
export class Alarm {
  private current: Verdict & { readonly time: number };
  /** Ends of minutes at which it will be evaluated. */
  private readonly due = new Set<number>();
  /** What of its expression cannot be computed here, of what was measured last. */
  private broken: string | undefined;
  /** What EnableAlarmActions or DisableAlarmActions said last. */
  private enabled: boolean | undefined;
  private made: number;

  constructor(
    readonly settings: AlarmSettings,
    private readonly parts: AlarmParts,
  ) {
    this.made = parts.clock.now();
    this.current = { state: 'INSUFFICIENT_DATA', reason: 'Unchecked: Initial alarm creation', time: parts.clock.now() };
    const { query } = settings;
    if ('notSimulated' in query) return;
    for (const { metric } of query.metrics.values()) {
      parts.metrics.watch(metric, (time) => {
        this.measured(time);
      });
    }
    this.evaluateAt(minuteOf(parts.clock.now()) + MINUTE);
  }

  get state(): Verdict & { readonly time: number } {
    return this.current;
  }

  get actionsEnabled(): boolean {
    return this.enabled ?? this.settings.actionsEnabled;
  }

  /** When it came to be, in milliseconds since the epoch, simulated. */
  get configured(): number {
    return this.made;
  }

  enableActions(enabled: boolean): void {
    this.enabled = enabled;
  }

  /** What of it is not simulated, or is measured by nobody here; undefined where all is. */
  get lacks(): string | undefined {
    const { query } = this.settings;
    const notSimulated = 'notSimulated' in query ? query.notSimulated : this.broken;
    if (notSimulated !== undefined || 'notSimulated' in query) return `not simulated: ${notSimulated ?? ''}`;
    const unmeasured = [...query.metrics.values()].filter(({ metric }) => !isMeasured(metric));
    const names = [...new Set(unmeasured.map(({ metric }) => `${metric.namespace} ${metric.name}`))];
    return names.length === 0 ? undefined : `not measured: ${names.join(', ')}`;
  }

  /** Takes over what an earlier process had come to, once its values are there. */
  resume({ actionsEnabled, configured = this.made, ...state }: SavedAlarm): void {
    this.current = state;
    this.enabled = actionsEnabled;
    this.made = configured;
    const { query, rule } = this.settings;
    if ('notSimulated' in query) return;
    const begin = this.parts.clock.now() - evaluationRange(rule) * query.period * 1000;
    for (const { metric } of query.metrics.values())
      for (const minute of this.parts.metrics.points(metric).minutesFrom(begin)) this.measured(minute);
  }

  /** What outlives the process. */
  get saved(): SavedAlarm {
    return { ...this.current, configured: this.made, ...(this.enabled !== undefined && { actionsEnabled: this.enabled }) };
  }

  /** Sets a state until the next evaluation, as SetAlarmState does. */
  set(verdict: Verdict): void {
    this.become(verdict);
    this.evaluateAt(minuteOf(this.parts.clock.now()) + MINUTE);
  }

  /**
   * A value counts from the end of its minute on, and again wherever the window's periods leave it behind.
   *
   * @param time The value's own, in milliseconds since the epoch
   */
  private measured(time: number): void {
    const { query, rule } = this.settings;
    if ('notSimulated' in query) return;
    const next = minuteOf(this.parts.clock.now()) + MINUTE;
    const end = minuteOf(time) + MINUTE;
    this.evaluateAt(next);
    for (let passed = 0; passed <= evaluationRange(rule); passed += 1) {
      const left = end + passed * query.period * 1000;
      if (left > next) this.evaluateAt(left);
    }
  }

  private evaluateAt(time: number): void {
    if (this.due.has(time)) return;
    this.due.add(time);
    this.parts.clock.at(time, () => {
      this.due.delete(time);
      this.evaluate(time);
    });
  }

  private evaluate(now: number): void {
    const { query, rule } = this.settings;
    if ('notSimulated' in query) return;
    const times = windowsBefore(now, query.period, evaluationRange(rule));
    try {
      const values = this.valuesAt(times);
      this.broken = undefined;
      const newestFirst = [...times].reverse();
      this.become(
        judgeAlarm(
          rule,
          newestFirst.map((time) => values(time)),
          newestFirst,
          this.current.state,
        ),
      );
    } catch (error) {
      if (!(error instanceof UnknownMath)) throw error;
      this.broken = error.message;
    }
  }

  private valuesAt(times: readonly number[]): (time: number) => number | undefined {
    const { query } = this.settings;
    if ('notSimulated' in query) return () => undefined;
    const value = evaluateMath(query.expression, (id) => this.seriesOf(id, times), times, query.period);
    return typeof value === 'number' ? () => value : (time) => value.get(time);
  }

  private seriesOf(id: string, times: readonly number[]): Series | undefined {
    const { query } = this.settings;
    const watched = 'notSimulated' in query ? undefined : query.metrics.get(id);
    if (watched === undefined || 'notSimulated' in query) return undefined;
    const points = this.parts.metrics.points(watched.metric);
    return new Map(
      times.flatMap((time) => {
        const value = points.statistic(watched.statistic, time, time + query.period * 1000);
        return value === undefined ? [] : [[time, value] as const];
      }),
    );
  }

  private become(verdict: Verdict): void {
    const from = this.current.state;
    if (verdict.state === from) return;
    const time = this.parts.clock.now();
    this.current = { ...verdict, time };
    this.parts.changed(this, { ...verdict, from, time });
  }
}

/** Beginnings of the periods that end with `now`, the oldest first. */
const windowsBefore = (now: number, period: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => now - (count - index) * period * 1000);
