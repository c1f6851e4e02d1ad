import type { LogEvent } from '../../service.ts';
import type { Mapping } from './any-mapping.ts';
import type { WorkingParts } from './parts.ts';

/** Measures and logs in a mapping's name. */
export class Monitor {
  constructor(
    private readonly settings: Mapping['settings'],
    private readonly parts: Pick<WorkingParts, 'clock' | 'measure' | 'onLog'>,
  ) {}

  /** Under the dimensions of the function's own metrics. @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
  measure(values: Readonly<Record<string, number>>): void {
    const [name = '', ...qualifier] = this.settings.functionArn.split(':').slice(6);
    this.parts.measure('AWS/Lambda', { FunctionName: name }, values);
    this.parts.measure('AWS/Lambda', { FunctionName: name, Resource: [name, ...qualifier].join(':') }, values);
  }

  say(level: LogEvent['level'], message: string): void {
    this.parts.onLog({ time: this.parts.clock.now(), logGroup: this.settings.arn, level, message });
  }
}
