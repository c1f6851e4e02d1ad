import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../local/clock.ts';
import { DynamoDb } from '../../../local/dynamodb/index.ts';
import type { TablesParts } from '../../../local/dynamodb/parts.ts';
import { ServiceError, type Caller } from '../../../local/service.ts';

export const ACCOUNT = '123456789012';
export const ASKER: Caller = {
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/asker/session`,
  accountId: ACCOUNT,
  roleArn: `arn:aws:iam::${ACCOUNT}:role/asker`,
};
export const arnOf = (name: string): string => `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/${name}`;

type Context = Readonly<Record<string, string | readonly string[]>>;
export interface Answer {
  readonly [member: string]: unknown;
}

/** A table's key, each attribute `<name>:<type>`; without a type, `S`. */
const keyOf = (attributes: readonly string[]) => ({
  AttributeDefinitions: attributes.map((text) => {
    const [AttributeName, AttributeType = 'S'] = text.split(':');
    return { AttributeName, AttributeType };
  }),
  KeySchema: attributes.map((text, place) => ({
    AttributeName: text.split(':')[0],
    KeyType: place === 0 ? 'HASH' : 'RANGE',
  })),
});

/** DynamoDB by itself, asked as `ASKER`. */
export class DynamoRig {
  readonly clock: SimulatedClock;
  readonly tables: DynamoDb;
  readonly asked: [action: string, resource: string, context: Context][] = [];
  readonly measured: [dimensions: object, values: Readonly<Record<string, number>>][] = [];
  readonly folder: string;

  constructor({ time = Date.UTC(2001, 0, 1), ...parts }: Partial<TablesParts> & { readonly time?: number } = {}) {
    this.clock = parts.clock ?? new SimulatedClock(time);
    this.folder = parts.folder ?? mkdtempSync(path.join(tmpdir(), 'tables-'));
    this.tables = new DynamoDb({
      clock: this.clock,
      accountId: ACCOUNT,
      region: 'us-east-1',
      access: {
        check: (_caller, action, resource, context = {}) => {
          this.asked.push([action, resource, context]);
        },
      },
      keys: { arnOf: (name) => name },
      measure: (_namespace, dimensions, values) => {
        this.measured.push([dimensions, values]);
      },
      setPolicy: () => undefined,
      ...parts,
      folder: this.folder,
    });
  }

  async ask(operation: string, input: object): Promise<Answer> {
    const { service, streams } = this.tables;
    const run = service.operations[operation] ?? streams.operations[operation];
    if (run === undefined) throw new Error(`no operation ${operation}`);
    return (await run(JSON.parse(JSON.stringify(input)) as Record<string, unknown>, ASKER)) as Answer;
  }

  /** Code and words of a refusal, and what it tells beside them. */
  async refusal(operation: string, input: object): Promise<{ code: string; message: string }> {
    try {
      await this.ask(operation, input);
    } catch (error) {
      if (error instanceof ServiceError) return { code: error.code, message: error.message, ...error.documents };
      throw error;
    }
    throw new Error('it was not refused');
  }

  /** Words of a ValidationException. */
  async invalid(operation: string, input: object): Promise<string> {
    const { code, message } = await this.refusal(operation, input);
    expect(code).toBe('ValidationException');
    return message;
  }

  /** Makes a table that is paid for by request. */
  async table(TableName: string, key: readonly string[] = ['id'], more: object = {}): Promise<Answer> {
    return this.ask('CreateTable', { TableName, BillingMode: 'PAY_PER_REQUEST', ...keyOf(key), ...more });
  }

  put(TableName: string, Item: object, more: object = {}): Promise<Answer> {
    return this.ask('PutItem', { TableName, Item, ...more });
  }

  async get(TableName: string, Key: object, more: object = {}): Promise<unknown> {
    return (await this.ask('GetItem', { TableName, Key, ...more })).Item;
  }

  /** What a run leaves, taken up by another. */
  next(): DynamoRig {
    this.tables.save();
    const rig = new DynamoRig({ time: this.clock.now(), folder: this.folder });
    rig.tables.restore();
    return rig;
  }
}
