import { randomUUID } from 'node:crypto';
import type { SimulatedClock } from '../clock.ts';
import { ServiceError, type Caller, type Log } from '../service.ts';
import type { MessageAttributes } from '../sqs/index.ts';
import { destinationKey, tellDestination, type DestinationParts, type Told } from './destination.ts';
import type { EventSettings } from './event-settings.ts';
import type { FunctionSettings } from './function-settings.ts';
import { invocationRecord, type EndedEvent } from './invocation-record.ts';

export interface EventReportsParts extends DestinationParts {
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

/** Tells destinations and what gets dead letters of events that nobody waited for. */
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
      const message = JSON.stringify(invocationRecord(ended, { functionArn, executedVersion: version, now }));
      const key = destinationKey(`aws/lambda/async/${settings.name}`, now, randomUUID());
      const told = { message, holdsData: true, object: { key, body: message } };
      if (!(await this.send(invoked, destination, told))) untold.push('DestinationDeliveryFailures');
    }
    if (!isTaken && settings.deadLetter !== undefined) {
      const told = { message: ended.event, holdsData: true, attributes: attributesOf(ended) };
      if (!(await this.send(invoked, settings.deadLetter, told))) untold.push('DeadLetterErrors');
    }
    return untold;
  }

  private async send({ settings, arn }: Invoked, destination: string, told: Told): Promise<boolean> {
    const { clock, onLog, callerOf } = this.parts;
    try {
      await tellDestination(destination, callerOf(settings), told, this.parts);
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

/** Characters of an error that a dead letter tells. @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-dlq */
const LONGEST_ERROR = 1024;

/** What a dead letter tells beside the event. */
function attributesOf({ requestId, outcome }: EndedEvent): MessageAttributes {
  const error = 'errorMessage' in outcome ? outcome.errorMessage.slice(0, LONGEST_ERROR) : '';
  return new Map([
    ['RequestID', { dataType: 'String', value: requestId }],
    ['ErrorCode', { dataType: 'Number', value: '200' }],
    ...(error === '' ? [] : [['ErrorMessage', { dataType: 'String', value: error }] as const]),
  ]);
}
