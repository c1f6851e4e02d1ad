import { hiveText } from '../../../iceberg/hive-columns.ts';
import { currentSchema, fieldById, specOf, type TableMetadata } from '../../../iceberg/metadata.ts';
import { parseTransform } from '../../../iceberg/partition-spec.ts';
import { decimalOf, partsOf, type IcebergType } from '../../../iceberg/types.ts';
import type { OpenTable } from '../../iceberg/open-table.ts';
import type { Outcome } from '../../result-files.ts';
import { QueryError } from '../../sql/query-error.ts';
import { text } from '../text.ts';
import { shownProperties } from './table-properties.ts';

/** What Athena's DDL writes for a type. @throws QueryError for one that it has no word for */
function shownType(type: IcebergType): string {
  if (typeof type === 'string') {
    if (/^(?:time|uuid|fixed.*)$/.test(type)) throw new QueryError('Table has unsupported column types');
    const decimal = decimalOf(type);
    return decimal === undefined ? hiveText(type) : `decimal(${decimal.precision}, ${decimal.scale})`;
  }
  const inner = partsOf(type).map((part) => shownType(part.type));
  switch (type.type) {
    case 'struct':
      return `struct<${type.fields.map(({ name }, place) => `${name}: ${inner[place] ?? ''}`).join(', ')}>`;
    case 'list':
      return `array<${inner.join('')}>`;
    case 'map':
      return `map<${inner.join(', ')}>`;
  }
}

/** The columns of a table and its partitioning, a line for each. */
export function describeIceberg({ metadata }: OpenTable): Outcome {
  const columns = currentSchema(metadata).fields.map(({ name, type, doc }) => `${name}\t${shownType(type)}\t${doc ?? ''}`);
  const fields = partitionFields(metadata).map(({ name, transform, column }) => `${name}\t${transform}\t${column}`);
  return text(
    ['col_name', 'data_type', 'comment'],
    [
      '# Table schema:\t\t', '# col_name\tdata_type\tcomment', ...columns, '\t\t', '# Partition spec:\t\t',
      '# field_name\tfield_transform\tcolumn_name', ...fields,
    ],
  ); // prettier-ignore
}

const partitionFields = (metadata: TableMetadata) =>
  specOf(metadata, metadata['default-spec-id']).fields.map(({ name, transform, 'source-id': id }) => ({
    name,
    transform,
    column: fieldById(metadata, id)?.name ?? '',
  }));

/** The statement that makes a table like this one. */
export function showCreateIceberg({ glue, metadata }: OpenTable): Outcome {
  const columns = currentSchema(metadata).fields.map(
    ({ name, type, doc }) => `  ${name} ${shownType(type)}${doc === undefined ? '' : ` COMMENT '${doc.replaceAll("'", "\\'")}'`}`,
  );
  const partitions = partitionFields(metadata).map(({ transform, column }) => partitionText(transform, column));
  const properties = [['table_type', 'iceberg'] as const, ...shownProperties(metadata.properties)];
  return text(
    ['createtab_stmt'],
    [
      `CREATE TABLE ${glue.DatabaseName}.${glue.Name} (`,
      ...listed(columns, ')'),
      ...(partitions.length === 0 ? [] : [`PARTITIONED BY (${partitions.join(', ')})`]),
      `LOCATION '${metadata.location}'`,
      'TBLPROPERTIES (',
      ...listed(
        properties.map(([name, value]) => `  '${name}'='${value}'`),
        '',
      ),
      ');',
    ],
  );
}

function partitionText(transform: string, column: string): string {
  const { name, parameter } = parseTransform(transform);
  const quoted = `\`${column}\``;
  if (name === 'identity') return quoted;
  return `${name}(${parameter === undefined ? '' : `${parameter}, `}${quoted})`;
}

/** Lines with a comma between them, and something behind the last. */
const listed = (lines: readonly string[], end: string): readonly string[] =>
  lines.map((line, place) => `${line}${place === lines.length - 1 ? end : ','}`);

export const icebergColumns = ({ metadata }: OpenTable): Outcome =>
  text(['field'], currentSchema(metadata).fields.map(({ name }) => name)); // prettier-ignore

export function icebergProperties({ metadata }: OpenTable, property: string | undefined): Outcome {
  const shown = shownProperties(metadata.properties).filter(([name]) => property === undefined || name === property);
  return text(['prpt_name', 'prpt_value'], shown.map(([name, value]) => `${name}\t${value}`)); // prettier-ignore
}
