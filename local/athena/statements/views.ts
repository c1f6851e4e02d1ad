import type { GlueTableInput } from '../../glue/table.ts';
import type { Outcome } from '../result-files.ts';
import { typeText } from '../sql/analysis/type.ts';
import { QueryError } from '../sql/query-error.ts';
import type { RelationName, Statement } from '../sql/statement.ts';
import type { TranslatedQuery } from '../sql/translator.ts';
import { writeView } from '../view.ts';
import { checkColumnNames } from './column-names.ts';
import { fullName, lookUp, type FullName, type StatementContext } from './context.ts';
import { hiveTypeText } from './hive-types.ts';
import { isView } from './show.ts';
import { done } from './text.ts';

type CreateView = Extract<Statement, { kind: 'create_view' }>;

/** Puts a view into the catalog. It has no rights of its own: each reader needs those of what it reads. */
export async function createView(context: StatementContext, { view, orReplace, query, text }: CreateView): Promise<Outcome> {
  const name = fullName(context, view);
  if (name.database === 'information_schema')
    throw new QueryError('NOT_SUPPORTED: a view cannot be created in information_schema');
  const { query: resolved } = await context.runner.resolve(context.request(query));
  checkColumnNames(resolved.columns);
  const before = lookUp(context, name);
  if (before !== undefined && !(orReplace && isView(before)))
    throw new QueryError(
      `TABLE_ALREADY_EXISTS: ${isView(before) ? 'View' : 'Table'} already exists: 'awsdatacatalog.${name.database}.${name.name}'`,
    );
  const input = viewInput(name, text, context.database ?? name.database, resolved.columns);
  const { tables } = context.catalog;
  if (before === undefined) tables.create(context.caller, name.database, input);
  else tables.update(context.caller, name.database, input, { skipArchive: false });
  return done;
}

const viewInput = ({ name }: FullName, sql: string, schema: string, columns: TranslatedQuery['columns']): GlueTableInput => ({
  Name: name,
  TableType: 'VIRTUAL_VIEW',
  Parameters: { presto_view: 'true', comment: 'Presto View' },
  StorageDescriptor: {
    Columns: columns.map((column) => ({ Name: column.name, Type: hiveTypeText(column.name, column.type, 'view') })),
    Location: '',
    SerdeInfo: {},
  },
  ViewOriginalText: writeView({
    originalSql: sql,
    schema,
    columns: columns.map(({ name: column, type }) => ({ name: column, type: typeText(type) })),
  }),
  ViewExpandedText: '/* Presto View */',
});

export function dropView(context: StatementContext, view: RelationName, ifExists: boolean): Outcome {
  const name = fullName(context, view);
  const known = lookUp(context, name);
  if (known === undefined && ifExists) return done;
  if (known === undefined || !isView(known))
    throw new QueryError(`TABLE_NOT_FOUND: View 'awsdatacatalog.${name.database}.${name.name}' does not exist`);
  context.catalog.tables.delete(context.caller, name.database, name.name);
  return done;
}
