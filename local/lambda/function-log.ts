import type { SimulatedClock } from '../clock.ts';
import { isRecord } from '../input.ts';
import { ServiceError, type Access, type Caller, type Log, type LogEvent } from '../service.ts';
import { LOG_STREAM, logGroupOf } from './function-environment.ts';
import type { FunctionSettings } from './function-settings.ts';

/** One function's lines, under the name of its log group; where its role may not write there, the name says that nobody on AWS would read them. */
export class FunctionLog {
  private logGroup: string;

  constructor(
    private readonly settings: FunctionSettings,
    private readonly parts: {
      readonly clock: SimulatedClock;
      readonly access: Access;
      readonly region: string;
      readonly onLog: Log;
    },
  ) {
    this.logGroup = logGroupOf(settings);
  }

  /** Asks once whether the role may write: policies do not change while the runtime runs. */
  writeAs(caller: Caller): void {
    const group = logGroupOf(this.settings);
    const resource = `arn:aws:logs:${this.parts.region}:${caller.accountId}:log-group:${group}:log-stream:${LOG_STREAM}`;
    try {
      this.parts.access.check(caller, 'logs:PutLogEvents', resource);
      this.logGroup = group;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      this.logGroup = `(not written: the role may not logs:PutLogEvents to ${group})`;
    }
  }

  write(level: LogEvent['level'], message: string): void {
    this.parts.onLog({ time: this.parts.clock.now(), logGroup: this.logGroup, level, message });
  }
}

/** The level that a line states, if it is JSON with a `level`; else `info`. */
export function levelOf(text: string): LogEvent['level'] {
  const level = statedLevel(text)?.toLowerCase();
  if (level === 'error' || level === 'fatal') return 'error';
  return level === 'warn' || level === 'warning' ? 'warn' : 'info';
}

function statedLevel(text: string): string | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const line: unknown = JSON.parse(text);
    return isRecord(line) && typeof line.level === 'string' ? line.level : undefined;
  } catch {
    return undefined;
  }
}
