import type { Ora } from 'ora';
import { withOptionalPeers } from './optional-peer.ts';

/** Where a command writes: results to stdout, progress to stderr. */
export interface Out {
  /** A line of the result. */
  line(text: string): void;
  /** Says what is being done; a terminal shows one moving line, a log one line for each step. */
  step(text: string): Promise<void>;
  /** What the current step has come to. */
  detail(text: string): void;
  /** Ends the current step. */
  done(text?: string): void;
  /** Ends it as failed. */
  failed(text?: string): void;
}

/** A log is told no oftener than this what a step has come to. */
const QUIET_MS = 5_000;

/** Writes to this process's stdout and stderr. */
export class ProcessOut implements Out {
  private spinner: Ora | undefined;
  private current = '';
  private lastDetail = 0;

  line(text: string): void {
    process.stdout.write(`${text}\n`);
  }

  async step(text: string): Promise<void> {
    this.done();
    this.current = text;
    if (!process.stderr.isTTY || process.stderr.columns === 0) {
      // a terminal without a width cannot be drawn on: ora would never end
      process.stderr.write(`${text} …\n`);
      return;
    }
    const { default: ora } = await withOptionalPeers(() => import('ora'));
    this.spinner = ora({ text, stream: process.stderr, discardStdin: false }).start();
  }

  detail(text: string): void {
    if (this.spinner !== undefined) this.spinner.text = `${this.current}: ${text}`;
    else if (performance.now() - this.lastDetail > QUIET_MS) {
      process.stderr.write(`  ${text}\n`);
      this.lastDetail = performance.now();
    }
  }

  done(text?: string): void {
    if (this.spinner !== undefined) this.spinner.succeed(text === undefined ? this.current : `${this.current}: ${text}`);
    else if (text !== undefined && this.current !== '') process.stderr.write(`  ${text}\n`);
    this.spinner = undefined;
    this.current = '';
  }

  failed(text?: string): void {
    if (this.spinner !== undefined) this.spinner.fail(text === undefined ? this.current : `${this.current}: ${text}`);
    else if (text !== undefined) process.stderr.write(`  ${text}\n`);
    this.spinner = undefined;
    this.current = '';
  }
}
