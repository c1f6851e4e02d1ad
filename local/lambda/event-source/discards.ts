import { ServiceError } from '../../service.ts';
import type { BatchSenderProps } from './batch-sender.ts';
import { Destination } from './destination.ts';
import type { Discarded } from './failure-record.ts';

/** Gives up what a function did not process, and tells the destination of it. */
export class Discards {
  private readonly destination: Destination | undefined;

  constructor(private readonly props: Pick<BatchSenderProps, 'settings' | 'roleArn' | 'parts' | 'report'>) {
    const { settings, parts } = props;
    if (settings.destination !== undefined)
      this.destination = new Destination(settings.destination, settings.uuid, { ...parts, lambda: () => parts.lambda });
  }

  async add(discarded: Discarded): Promise<void> {
    const { settings, roleArn, parts, report } = this.props;
    const { condition, records, shardId } = discarded;
    const { functionArn, streamArn } = settings;
    const what = records.length === 0 ? 'the state of a window' : `${records.length} records`;
    report.say('error', `${what} of ${shardId} ${records.length === 0 ? 'is' : 'are'} discarded: ${condition}`);
    if (this.destination === undefined) return;
    const executedVersion = parts.lambda.versionOf(functionArn);
    try {
      const caller = parts.assume(roleArn, functionArn);
      await this.destination.tell(caller, discarded, { functionArn, executedVersion, streamArn, now: parts.clock.now() });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      report.measure({ DestinationDeliveryFailures: 1 });
      report.say('error', `the destination was not told: ${error.message}`);
    }
  }
}
