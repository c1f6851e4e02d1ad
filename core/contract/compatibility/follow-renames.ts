import type { DatasetContract } from '../model.ts';
import type { Renames } from './find-renames.ts';

/** The dataset as it would read had its columns always had the names of now. */
export function followRenames(dataset: DatasetContract, renames: Renames): DatasetContract {
  const now = (name: string): string => renames.get(name)?.to ?? name;
  const head = (path: string): string => path.replace(/^[^.[]+/, now);
  const { sequenceField, tenantField } = dataset;
  return {
    ...dataset,
    columns: dataset.columns.map((column) => ({ ...column, name: now(column.name) })),
    primaryKey: dataset.primaryKey.map(now),
    eventIdFields: dataset.eventIdFields.map(now),
    eventTimeField: now(dataset.eventTimeField),
    ...(sequenceField === undefined ? {} : { sequenceField: now(sequenceField) }),
    ...(tenantField === undefined ? {} : { tenantField: now(tenantField) }),
    relationships: dataset.relationships.map((relationship) => ({
      ...relationship,
      columns: relationship.columns.map(now),
    })),
    quality: dataset.quality.map((rule) => ({
      ...rule,
      ...(rule.column === undefined ? {} : { column: head(rule.column) }),
      ...(rule.kind === 'library' && rule.metric === 'duplicateValues' ? { values: rule.values.map(now) } : {}),
    })),
  };
}
