import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SimulatedClock } from '../../../../local/clock.ts';
import { GlueCatalog } from '../../../../local/glue/index.ts';
import { ServiceError, type Caller } from '../../../../local/service.ts';
import { FakeAccess, FakeObjectStore } from '../../../support/fake-object-store.ts';

const CALLER: Caller = { arn: 'arn:aws:sts::111122223333:assumed-role/reader/me', accountId: '111122223333' };

/** A catalog with the database `sales`, asked over its operations. */
export class Catalog {
  readonly clock = new SimulatedClock(Date.UTC(2024, 1, 10));
  readonly access = new FakeAccess();
  readonly store = new FakeObjectStore(mkdtempSync(path.join(tmpdir(), 'catalog-')), this.access);
  readonly glue = new GlueCatalog({
    clock: this.clock,
    access: this.access,
    account: '111122223333',
    region: 'us-east-1',
    objects: this.store,
  });

  static async open(): Promise<Catalog> {
    const catalog = new Catalog();
    await catalog.call('CreateDatabase', { DatabaseInput: { Name: 'sales' } });
    catalog.access.asked.length = 0;
    return catalog;
  }

  async call<T = Readonly<Record<string, unknown>>>(operation: string, input: object): Promise<T> {
    const run = this.glue.service.operations[operation];
    if (run === undefined) throw new Error(`no ${operation}`);
    return (await run(input as Readonly<Record<string, unknown>>, CALLER)) as T;
  }

  /** What an operation is refused with. */
  async refusal(operation: string, input: object): Promise<{ readonly code: string; readonly message: string }> {
    try {
      await this.call(operation, input);
    } catch (error) {
      if (error instanceof ServiceError) return { code: error.code, message: error.message };
      throw error;
    }
    return { code: 'none', message: '' };
  }

  /** Makes `sales.<name>`, with partition keys of the types given. */
  async table(name: string, keys: Readonly<Record<string, string>> = {}): Promise<void> {
    const PartitionKeys = Object.entries(keys).map(([Name, Type]) => ({ Name, Type }));
    await this.call('CreateTable', { DatabaseName: 'sales', TableInput: { Name: name, PartitionKeys } });
  }
}
