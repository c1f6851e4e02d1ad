import type { SimulatedClock } from '../clock.ts';
import { isRecord } from '../input.ts';
import { ServiceError, type Access, type Caller, type Log, type LogEvent } from '../service.ts';
import { LOG_STREAM, logGroupOf } from './function-environment.ts';
import type { FunctionSettings } from './function-settings.ts';

/** What Lambda does as the function's role before a line can be read. @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html */
const ACTIONS = ['logs:CreateLogStream', 'logs:PutLogEvents'];

/** One function's lines, under the name of its log group; where its role may not write there, nobody on AWS would read them: they are left out, and one line says why. */
export class FunctionLog {
  private closed = false;

  constructor(
    private readonly settings: FunctionSettings,
    private readonly parts: {
      readonly clock: SimulatedClock;
      readonly access: Access;
      readonly region: string;
      readonly onLog: Log;
      readonly takeLine: (line: string) => void;
    },
  ) {}

  /** Asks, for a thread that starts, whether the role may write: policies do not change while it runs. */
  writeAs(caller: Caller): void {
    const group = logGroupOf(this.settings);
    const resource = `arn:aws:logs:${this.parts.region}:${caller.accountId}:log-group:${group}:log-stream:${LOG_STREAM}`;
    try {
      for (const action of ACTIONS) this.parts.access.check(caller, action, resource);
      this.closed = false;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (!this.closed) this.say(`(not written: ${group})`, 'error', error.message);
      this.closed = true;
    }
  }

  write(level: LogEvent['level'], message: string): void {
    if (this.closed) return;
    this.say(logGroupOf(this.settings), level, message);
    this.parts.takeLine(message);
  }

  private say(logGroup: string, level: LogEvent['level'], message: string): void {
    this.parts.onLog({ time: this.parts.clock.now(), logGroup, level, message });
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
