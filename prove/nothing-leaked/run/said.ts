import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { LogEvent } from '../../../local/service.ts';

/** Writes down what resources log, what is answered and what is refused: each where a search finds it. */
export class Said {
  /** Calls and queries that failed. */
  refused = 0;

  constructor(private readonly folder: string) {
    mkdirSync(path.join(folder, 'logs'), { recursive: true });
  }

  readonly log = (event: LogEvent): void => {
    const group = event.logGroup.replaceAll(/[^A-Za-z0-9_-]+/g, '-');
    appendFileSync(path.join(this.folder, 'logs', `${group}.log`), `${JSON.stringify(event)}\n`);
  };

  answer(rows: unknown): void {
    appendFileSync(path.join(this.folder, 'answers.json'), `${JSON.stringify(rows)}\n`);
  }

  /** Keeps an error as whoever caught it would print it. */
  error(error: unknown): void {
    this.refused += 1;
    const text = error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ''}` : String(error);
    appendFileSync(path.join(this.folder, 'errors.log'), `${text}\n`);
  }
}
