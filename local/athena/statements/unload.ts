import type { Outcome } from '../result-files.ts';
import { QueryError } from '../sql/query-error.ts';
import type { Statement } from '../sql/statement.ts';
import type { StatementContext } from './context.ts';
import { keysOf } from './create-table-as.ts';
import { checkEmpty, hiveFolder, putParts } from './data-files.ts';
import { encodingOf } from './encoding.ts';
import { hiveTypeText } from './hive-types.ts';
import { writeData } from './write-data.ts';

type Unload = Extract<Statement, { kind: 'unload' }>;

/** Writes a query's rows to S3, and makes no table of them. @see https://docs.aws.amazon.com/athena/latest/ug/unload.html */
export async function unload(context: StatementContext, { query, location, properties }: Unload): Promise<Outcome> {
  const { format } = properties;
  if (typeof format !== 'string') throw new QueryError("INVALID_TABLE_PROPERTY: UNLOAD requires the property 'format'");
  const encoding = encodingOf(properties, format.toUpperCase(), ['compression']);
  const { query: resolved } = await context.runner.resolve(context.request(query));
  const columns = resolved.columns.map(({ name, type }, place) => ({
    name: name.toLowerCase(),
    type: hiveTypeText(name, type, 'table'),
    source: place,
  }));
  const keys = keysOf(properties, columns);
  const plain = columns.slice(0, columns.length - keys.length);
  if (keys.length === 0) checkEmpty(context, location, 'UNLOAD');
  const { rows, parts } = await context.runner.run(context.request(query), (ready) =>
    writeData(ready, { columns: plain, keys: columns.slice(plain.length), encoding }),
  );
  return { kind: 'written', rows, files: await putParts(context, parts, encoding.suffix, hiveFolder(location, keys)) };
}
