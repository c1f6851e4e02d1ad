import type { SimulatedClock } from '../clock.ts';
import { ServiceError, type Caller, type Log } from '../service.ts';
import { tellDestination, type EventDestinationParts } from './event-destination.ts';
import type { EventSettings } from './event-settings.ts';
import type { FunctionSettings } from './function-settings.ts';
import { invocationRecord, type EndedEvent } from './invocation-record.ts';

export interface EventReportsParts extends EventDestinationParts {
  readonly clock: SimulatedClock;
  readonly onLog: Log;
  /** A session of the function's role. @throws ServiceError */
  readonly callerOf: (settings: FunctionSettings) => Caller;
}

/** The function that an event was for, as it was named. */
export interface Invoked {
  readonly settings: FunctionSettings;
  /** With its version or alias, where one was named. */
  readonly arn: string;
  readonly version: string;
}

/** What of an event could not be told: the names of metrics. */
type Untold = 'DeadLetterErrors' | 'DestinationDeliveryFailures';

/** Tells destinations and dead-letter topics of events that nobody waited for. */
export class EventReports {
  constructor(private readonly parts: EventReportsParts) {}

  /** @returns What could not be told: the log says why */
  async tell(invoked: Invoked, ended: EndedEvent, { onSuccess, onFailure }: EventSettings): Promise<readonly Untold[]> {
    const { settings, arn, version } = invoked;
    const now = this.parts.clock.now();
    const untold: Untold[] = [];
    const isTaken = ended.condition === 'Success';
    const destination = isTaken ? onSuccess : onFailure;
    if (destination !== undefined) {
      const functionArn = arn === settings.arn ? `${arn}:$LATEST` : arn;
      const record = JSON.stringify(invocationRecord(ended, { functionArn, executedVersion: version, now }));
      if (!(await this.send(invoked, destination, record))) untold.push('DestinationDeliveryFailures');
    }
    if (!isTaken && settings.deadLetter !== undefined && !(await this.send(invoked, settings.deadLetter, ended.event)))
      untold.push('DeadLetterErrors');
    return untold;
  }

  private async send({ settings, arn }: Invoked, destination: string, message: string): Promise<boolean> {
    const { clock, onLog, callerOf } = this.parts;
    try {
      const caller = callerOf(settings);
      await tellDestination(destination, message, { caller, functionName: settings.name, now: clock.now() }, this.parts);
      return true;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      onLog({
        time: clock.now(),
        logGroup: arn,
        level: 'error',
        message: `${destination} was not told of an event: ${error.message}`,
      });
      return false;
    }
  }
}
