import type { Execution } from './execution.ts';

/** Milliseconds that Athena keeps a query in its history: 45 days. @see https://docs.aws.amazon.com/athena/latest/ug/querying.html */
const KEPT = 45 * 86_400_000;

/** The history of queries. */
export class Executions {
  private readonly byId = new Map<string, Execution>();
  private readonly byToken = new Map<string, string>();

  /** @param now Milliseconds since the epoch, simulated. */
  constructor(private readonly now: () => number) {}

  add(execution: Execution): void {
    this.forget();
    this.byId.set(execution.id, execution);
    if (execution.token !== undefined) this.byToken.set(tokenKey(execution.token, execution.caller.arn), execution.id);
  }

  find(id: string): Execution | undefined {
    this.forget();
    return this.byId.get(id);
  }

  /** The execution that a caller's token began. */
  withToken(token: string | undefined, callerArn: string): Execution | undefined {
    return token === undefined ? undefined : this.find(this.byToken.get(tokenKey(token, callerArn)) ?? '');
  }

  /** The newest first. */
  all(): readonly Execution[] {
    this.forget();
    return [...this.byId.values()].reverse();
  }

  /** In order of their submission: what is too old comes first. */
  private forget(): void {
    for (const execution of this.byId.values()) {
      if (execution.submitted > this.now() - KEPT) break;
      this.byId.delete(execution.id);
      if (execution.token !== undefined) this.byToken.delete(tokenKey(execution.token, execution.caller.arn));
    }
  }
}

const tokenKey = (token: string, callerArn: string): string => `${callerArn} ${token}`;
