import type { Members } from '../../input.ts';
import { enumOf } from '../request.ts';
import type { Table, Written } from '../table/table.ts';
import { itemSize } from '../values/size.ts';

const KINDS = ['INDEXES', 'TOTAL', 'NONE'];

/** Bytes that one unit reads or writes. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html */
const READ = 4096;
const WRITE = 1024;

/** Units that reading so many bytes takes. A read of nothing takes as much as one of little. */
export const readUnits = (bytes: number, isConsistent: boolean): number =>
  Math.max(1, Math.ceil(bytes / READ)) * (isConsistent ? 1 : 0.5);

interface Used {
  table: number;
  readonly indexes: Map<string, number>;
}

/** What one request uses of its tables' capacity. */
export class Capacity {
  private readonly used = new Map<Table, Used>();
  private readonly asked: string;

  /**
   * @param measure Told of each table's units
   * @throws ServiceError ValidationException
   */
  constructor(
    input: Members,
    private readonly kind: 'Read' | 'Write',
    private readonly measure: (table: Table, kind: 'Read' | 'Write', units: number) => void,
  ) {
    this.asked = enumOf(input, 'ReturnConsumedCapacity', KINDS) ?? 'NONE';
  }

  add(table: Table, units: number, index?: string): void {
    const used = this.used.get(table) ?? { table: 0, indexes: new Map<string, number>() };
    this.used.set(table, used);
    if (index === undefined) used.table += units;
    else used.indexes.set(index, (used.indexes.get(index) ?? 0) + units);
    this.measure(table, this.kind, units);
  }

  /** Of one write, the indexes' among it. @param factor Two in a transaction */
  addWrite(table: Table, { before, after }: Written, factor = 1): void {
    const bytes = Math.max(before === undefined ? 0 : itemSize(before), after === undefined ? 0 : itemSize(after));
    this.add(table, Math.max(1, Math.ceil(bytes / WRITE)) * factor);
    for (const index of table.indexes) {
      const units = index.unitsOf(before, after);
      if (units > 0) this.add(table, units * factor, index.settings.name);
    }
  }

  /** What the answer says of one table. */
  get ofOne(): { readonly ConsumedCapacity?: object } {
    const [first] = this.described(false);
    return first === undefined ? {} : { ConsumedCapacity: first };
  }

  /** What the answer says of several tables. @param isSplit Whether it tells reads from writes */
  ofAll(isSplit = false): { readonly ConsumedCapacity?: readonly object[] } {
    return this.asked === 'NONE' ? {} : { ConsumedCapacity: this.described(isSplit) };
  }

  private described(isSplit: boolean): readonly object[] {
    if (this.asked === 'NONE') return [];
    return [...this.used].map(([table, { table: own, indexes }]) => {
      const units = [...indexes.values()].reduce((sum, each) => sum + each, own);
      const split = isSplit ? { [`${this.kind}CapacityUnits`]: units } : {};
      const ofIndexes = (isGlobal: boolean): object =>
        Object.fromEntries(
          [...indexes]
            .filter(([name]) => table.index(name)?.settings.isGlobal === isGlobal)
            .map(([name, CapacityUnits]) => [name, { CapacityUnits }]),
        );
      const [global, local] = [ofIndexes(true), ofIndexes(false)];
      return {
        TableName: table.name,
        CapacityUnits: units,
        ...split,
        ...(this.asked === 'INDEXES' && {
          Table: { CapacityUnits: own },
          ...(Object.keys(global).length > 0 && { GlobalSecondaryIndexes: global }),
          ...(Object.keys(local).length > 0 && { LocalSecondaryIndexes: local }),
        }),
      };
    });
  }
}
