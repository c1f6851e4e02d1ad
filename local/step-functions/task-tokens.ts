import { randomUUID } from 'node:crypto';
import { ServiceError } from '../service.ts';

/** What came of a task whose token was given back. */
export type Answer = { readonly output: unknown } | { readonly error: string | undefined; readonly cause: string | undefined };

/** A task that may be answered by its token. */
export class Callback {
  answer: Answer | undefined;
  /** When it was heard of last: milliseconds since the epoch, simulated. */
  heard: number;
  /** Told of an answer. */
  onAnswer: () => void = () => undefined;

  constructor(
    readonly token: string,
    private readonly now: () => number,
  ) {
    this.heard = now();
  }

  give(answer: Answer): void {
    this.answer ??= answer;
    this.onAnswer();
  }

  beat(): void {
    this.heard = this.now();
  }
}

/** Tokens of the tasks that wait. They say whose they are: one of a task that waits no more is told from one that nobody gave out. */
export class TaskTokens {
  private readonly waiting = new Map<string, Callback>();

  /**
   * @param now Milliseconds since the epoch, simulated
   * @param machineOf ARN of the state machine of an execution; undefined where there was none
   */
  constructor(
    private readonly now: () => number,
    private readonly machineOf: (executionArn: string) => string | undefined,
  ) {}

  /** @param executionArn The execution that a client sees */
  open(executionArn: string): Callback {
    const token = Buffer.from(JSON.stringify([executionArn, randomUUID()])).toString('base64url');
    const callback = new Callback(token, this.now);
    this.waiting.set(token, callback);
    return callback;
  }

  close({ token }: Callback): void {
    this.waiting.delete(token);
  }

  /** A task that waits for the token; undefined for one that does not. */
  find(token: string): Callback | undefined {
    const callback = this.waiting.get(token);
    return callback?.answer === undefined ? callback : undefined;
  }

  /** ARN of the state machine whose task got the token, whether it waits or not; undefined for a token that nobody gave out. */
  resourceOf(token: string): string | undefined {
    return this.machineOf(executionIn(token));
  }

  /** Why nobody waits for a token. @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html */
  refusal(token: string): ServiceError {
    return this.resourceOf(token) !== undefined
      ? new ServiceError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'")
      : new ServiceError('InvalidToken', "Invalid Token: 'Invalid token'");
  }
}

function executionIn(token: string): string {
  try {
    const parts: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    return Array.isArray(parts) ? String(parts[0]) : '';
  } catch {
    return '';
  }
}
