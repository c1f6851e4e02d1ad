import * as z from 'zod';
import { withoutColumns } from '../../contract/reader-view.ts';
import { danger } from '../danger.ts';
import { at, listOf } from '../value.ts';
import type { Judge } from './judge.ts';

const definition = z.object({ originalSql: z.string() });
const DAYS = /(?<=current_date - interval ')(\d+)(?=' day)/g;

/** The SQL of a view, as Athena keeps it. */
function sqlOf(text: unknown): string | undefined {
  const encoded = /^\/\* Presto View: ([A-Za-z0-9+/=]+) \*\/$/.exec(String(text))?.[1];
  if (encoded === undefined) return undefined;
  try {
    return definition.safeParse(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'))).data?.originalSql;
  } catch {
    return undefined;
  }
}

const namesOf = (properties: unknown): readonly string[] =>
  listOf(at(properties, 'TableInput', 'StorageDescriptor', 'Columns')).map((column) => String(at(column, 'Name')));

const daysOf = (sql: string): readonly number[] => [...sql.matchAll(DAYS)].map(([days]) => Number(days));

/** What a view asks: its columns are judged by themselves, its days here, and anything else is for a person to read. */
export const viewQuery: Judge = (before, after, path, whole) => {
  const [oldNames, newNames] = [namesOf(whole.before), namesOf(whole.after)];
  const differing = [
    ...oldNames.filter((name) => !newNames.includes(name)),
    ...newNames.filter((name) => !oldNames.includes(name)),
  ];
  const [old, now] = [before, after].map((text) => {
    const sql = sqlOf(text);
    return sql === undefined ? undefined : withoutColumns(sql, differing);
  });
  if (old === undefined || now === undefined || old.replaceAll(DAYS, '') !== now.replaceAll(DAYS, ''))
    return [danger('ViewQueryChanged', `'${path}' asks otherwise than it did; read the query: which rows does it leave out?`)];
  const oldDays = daysOf(old);
  const cut = daysOf(now).flatMap((days, index) =>
    days < (oldDays[index] ?? 0) ? [`from ${oldDays[index] ?? 0} to ${days}`] : [],
  );
  return cut.map((words) =>
    danger('ViewDaysShortened', `'${path}' shows the last days ${words}: older rows are there, and readers do not see them`),
  );
};
