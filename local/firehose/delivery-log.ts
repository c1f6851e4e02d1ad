import type { SimulatedClock } from '../clock.ts';
import { ServiceError, type Access, type Caller, type Log } from '../service.ts';
import type { LogTarget } from './settings.ts';

/** Writes a delivery's errors to its log group as the delivery role; where that is not possible, the runtime's log says why nobody on AWS would read them. */
export class DeliveryLog {
  constructor(
    private readonly parts: {
      readonly clock: SimulatedClock;
      readonly access: Access;
      readonly onLog: Log;
      readonly deliveryStreamArn: string;
      readonly region: string;
      readonly version: () => number;
      readonly caller: () => Caller;
    },
  ) {}

  error(target: LogTarget | undefined, destination: string, errorCode: string, message: string): void {
    const unwritten = this.whyUnwritten(target);
    this.parts.onLog({
      time: this.parts.clock.now(),
      logGroup: unwritten === undefined ? (target?.group ?? '') : `(${unwritten})`,
      level: 'error',
      message: JSON.stringify({
        deliveryStreamARN: this.parts.deliveryStreamArn,
        destination,
        deliveryStreamVersionId: this.parts.version(),
        message,
        errorCode,
      }),
    });
  }

  private whyUnwritten(target: LogTarget | undefined): string | undefined {
    if (target === undefined) return 'not written: CloudWatch logging is off';
    try {
      const caller = this.parts.caller();
      const resource = `arn:aws:logs:${this.parts.region}:${caller.accountId}:log-group:${target.group}:log-stream:${target.stream}`;
      this.parts.access.check(caller, 'logs:PutLogEvents', resource);
      return undefined;
    } catch (error) {
      if (error instanceof ServiceError) return 'not written: the role may not logs:PutLogEvents';
      throw error;
    }
  }
}
