import type { Caller } from '../service.ts';

/** Who is answered while the templates are deployed: functions that the deployment calls. Clients outside wait. */
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

  async admit({ roleArn }: Caller): Promise<void> {
    if (!this.isOpen && roleArn === undefined) await this.opened;
  }
}
