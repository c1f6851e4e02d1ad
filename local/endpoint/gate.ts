import { ServiceError, type Caller } from '../service.ts';

/** Services that take up what they held once all resources are there. */
const LATER = ['events', 'firehose', 'kinesis', 'monitoring'];

/**
 * Who is answered while the templates are deployed: functions that the deployment calls, but for what is put into services that have not taken up
 * what they held. Clients outside wait.
 */
export class Gate {
  private isOpen = false;
  private release: () => void = () => undefined;
  private readonly opened = new Promise<void>((resolve) => {
    this.release = resolve;
  });

  open(): void {
    this.isOpen = true;
    this.release();
  }

  /** @throws ServiceError ServiceUnavailable */
  async admit({ roleArn }: Caller, service: string): Promise<void> {
    if (this.isOpen) return;
    if (roleArn === undefined) await this.opened;
    else if (LATER.includes(service))
      throw new ServiceError(
        'ServiceUnavailable',
        `${service} answers once the templates are deployed, and not while they are`,
        503,
      );
  }
}
