import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import { ServiceError, type Caller } from '../../../local/service.ts';
import { Queues } from '../../../local/sqs/index.ts';
import type { QueuesParts } from '../../../local/sqs/parts.ts';

export const ACCOUNT = '123456789012';
export const SENDER: Caller = {
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/sender/session`,
  accountId: ACCOUNT,
  roleArn: `arn:aws:iam::${ACCOUNT}:role/sender`,
};
export const arnOf = (name: string): string => `arn:aws:sqs:us-east-1:${ACCOUNT}:${name}`;

export interface Answer {
  readonly [member: string]: unknown;
}
/** A message as ReceiveMessage answers it. */
export interface Got {
  readonly MessageId: string;
  readonly Body: string;
  readonly ReceiptHandle: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly [member: string]: unknown;
}

/** SQS by itself, asked as `SENDER`. */
export class SqsRig {
  readonly clock: SimulatedClock;
  readonly queues: Queues;
  readonly asked: [action: string, resource: string][] = [];
  readonly measured: [dimensions: object, values: Readonly<Record<string, number>>][] = [];
  readonly policies = new Map<string, unknown>();

  constructor({ time = Date.UTC(2001, 0, 1), ...parts }: Partial<QueuesParts> & { readonly time?: number } = {}) {
    this.clock = parts.clock ?? new SimulatedClock(time);
    this.queues = new Queues({
      clock: this.clock,
      accountId: ACCOUNT,
      region: 'us-east-1',
      endpoint: 'http://127.0.0.1:4000',
      check: (_sender, action, resource) => {
        this.asked.push([action, resource]);
      },
      keys: { arnOf: (name) => name },
      setPolicy: (arn, document) => {
        this.policies.set(arn, document);
      },
      measure: (_namespace, dimensions, values) => {
        this.measured.push([dimensions, values]);
      },
      ...parts,
    });
  }

  async ask(operation: string, input: Readonly<Record<string, unknown>>): Promise<Answer> {
    const run = this.queues.service.operations[operation];
    if (run === undefined) throw new Error(`no operation ${operation}`);
    return (await run(input, SENDER)) as Answer;
  }

  /** Code and words of a refusal. */
  async refusal(operation: string, input: Readonly<Record<string, unknown>>): Promise<{ code: string; message: string }> {
    try {
      await this.ask(operation, input);
    } catch (error) {
      if (error instanceof ServiceError) return { code: error.code, message: error.message };
      throw error;
    }
    throw new Error('it was not refused');
  }

  /** Makes a queue and answers its URL. */
  async queue(QueueName: string, Attributes: Readonly<Record<string, string>> = {}): Promise<string> {
    const fifo = QueueName.endsWith('.fifo') ? { FifoQueue: 'true' } : {};
    return (await this.ask('CreateQueue', { QueueName, Attributes: { ...fifo, ...Attributes } })).QueueUrl as string;
  }

  send(QueueUrl: string, MessageBody: string, more: object = {}): Promise<Answer> {
    return this.ask('SendMessage', { QueueUrl, MessageBody, ...more });
  }

  async receive(QueueUrl: string, more: object = {}): Promise<readonly Got[]> {
    const { Messages = [] } = await this.ask('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10, ...more });
    return Messages as readonly Got[];
  }

  async bodies(QueueUrl: string, more: object = {}): Promise<readonly string[]> {
    return (await this.receive(QueueUrl, more)).map(({ Body }) => Body);
  }

  async attributes(QueueUrl: string): Promise<Readonly<Record<string, string>>> {
    return (await this.ask('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] })).Attributes as Record<string, string>;
  }

  /** What a run leaves, taken up by another. */
  next(): SqsRig {
    const folder = mkdtempSync(path.join(tmpdir(), 'queues-'));
    this.queues.save(folder);
    const rig = new SqsRig({ time: this.clock.now() });
    rig.queues.restore(folder);
    return rig;
  }
}
