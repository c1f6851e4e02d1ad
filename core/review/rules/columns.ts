import { same } from '../../contract/compatibility/canonical.ts';
import { danger, type Danger } from '../danger.ts';
import { at, isObject, listOf } from '../value.ts';
import { unknownEffect, type Judge } from './judge.ts';

interface Column {
  readonly name: string;
  readonly type: string;
}

const SPOKEN_OF = ['Comment', 'Name', 'Type'];

/** Columns that a judge can read; undefined when there is more to one of them than name, type and comment. */
function columnsOf(value: unknown): readonly Column[] | undefined {
  const columns = listOf(value);
  if (!columns.every((column) => isObject(column) && Object.keys(column).every((key) => SPOKEN_OF.includes(key))))
    return undefined;
  return columns.map((column) => ({ name: String(at(column, 'Name')).toLowerCase(), type: String(at(column, 'Type')) }));
}

/** Whether files say by names what they hold. @see https://docs.aws.amazon.com/athena/latest/ug/handling-schema-updates-chapter.html */
const isReadByName = (table: unknown): boolean =>
  at(table, 'TableType') === 'VIRTUAL_VIEW' ||
  /parquet|json/i.test(String(at(table, 'StorageDescriptor', 'SerdeInfo', 'SerializationLibrary')));

/** The columns of a table: one more is harmless, one fewer is not. */
export const columns: Judge = (before, after, path, whole) => {
  const [old, now] = [columnsOf(before), columnsOf(after)];
  if (old === undefined || now === undefined) return unknownEffect(before, after, path, whole);
  const names = now.map(({ name }) => name);
  const gone = old.filter(({ name }) => !names.includes(name));
  const isReordered = !same(
    old.filter((column) => !gone.includes(column)).map(({ name }) => name),
    names.slice(0, old.length - gone.length),
  );
  return [
    ...gone.map(({ name }) => danger('ColumnDropped', `column '${name}' is gone: what is stored of it can no longer be read`)),
    ...old.flatMap(({ name, type }): Danger[] => {
      const changed = now.find((column) => column.name === name && column.type !== type);
      return changed === undefined
        ? []
        : [danger('ColumnTypeChanged', `column '${name}' from ${type} to ${changed.type}: files hold it as it was`)];
    }),
    ...(isReordered && !isReadByName(whole.after.TableInput)
      ? [
          danger(
            'ColumnsReordered',
            `'${path}' has its columns at other places, and nothing says that its files are read by name`,
          ),
        ]
      : []),
  ];
};

/** Partition keys make the layout of the keys in S3: any change is another layout. */
export const partitionKeys: Judge = (before, after, path, whole) => {
  const [old, now] = [columnsOf(before), columnsOf(after)];
  if (old === undefined || now === undefined) return unknownEffect(before, after, path, whole);
  return same(old, now)
    ? []
    : [danger('PartitionKeysChanged', `'${path}' changed: what is stored lies under the old keys, where no query looks`)];
};
